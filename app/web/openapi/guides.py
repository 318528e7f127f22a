"""Which section of a guide explains an operation."""

from collections.abc import Mapping

from app.resources import by_name
from app.values.members import Members
from app.web.api.offers import kind_of
from app.web.openapi.examples import COLLECTIONS, is_of_changes

# The page of the contract and the anchor on it, of operations about no collection
BY_TAG: Mapping[str, tuple[str, str]] = {
    "Releases": ("Releases, and how to pin one", "releases#releases"),
    "Vocabularies": ("The vocabularies", "vocabularies#vocabularies"),
    "Service": ("What every path gives", "paths#paths"),
}
CHANGES = ("What each member of a change means", "changes#changes")
ERRORS = ("The kinds of problem", "errors#errors")


def explained(path: str, operation: Members, base: str) -> dict[str, str]:
    """The `externalDocs` of the operation at `path`, as long as it still says what it is about."""
    words, place = _section(path, operation)
    return {"description": words, "url": f"{base}/guide/api/{place}"}


def _section(path: str, operation: Members) -> tuple[str, str]:
    kind = kind_of(path, operation)
    if kind is None:
        if is_of_changes(path):
            return CHANGES
        return ERRORS if path.startswith("/problems") else BY_TAG[operation["tags"][0]]
    home = COLLECTIONS[operation["x-collection"]].home
    if kind == "list":
        return f"The filters of /{home}", f"filters-by-collection#filters-of-{home}"
    name = operation["x-below"] if kind == "derived" else by_name(home).noun
    return f"What each member of the {name} means", f"documents#{name}"
