"""Ids: each names one record for good, over all kinds and dossiers, former and removed ones included."""

from collections.abc import Iterator

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.layout import DOSSIER, REMOVED
from app.dossier.nodes import Location
from app.dossier.written import Written

Use = tuple[str, Written, Location]


def unique_ids(draft: Draft) -> Iterator[Finding]:
    """The first use of an id stands; every other one is a finding that names the first."""
    ids = [id for id, _, _ in _uses(draft)]
    if len(set(ids)) == len(ids):
        return
    first: dict[str, Use] = {}
    for use in _uses(draft):
        id, written, location = use
        _, holder, where = first.setdefault(id, use)
        if holder is not written or where != location:
            line = holder.at(where).line
            message = f"'{id}' is already {_holding(holder, where)} at {holder.origin.file}:{line}"
            yield written.finding("duplicate-id", location, message, _way_out(written, holder))


def _way_out(written: Written, holder: Written) -> str:
    """What to do where editors who never met chose one id; empty within one dossier."""
    if written.origin.folder == holder.origin.folder:
        return ""
    if DOSSIER in (written.kind, holder.kind) or written.kind != holder.kind:
        return "give the one that is not published yet another id"
    return (
        f"if both are the same {written.kind}, keep one, best in a dossier of shared records, and refer to it; "
        "else give the one that is not published yet another id"
    )


def _uses(draft: Draft) -> Iterator[Use]:
    """Ids in use, then former ones, then removed ones: what is in use goes before."""
    for written in draft.written:
        if written.id:
            yield written.id, written, ("id",)
    for written in draft.written:
        for number, old in enumerate(written.texts("formerly")):
            yield old, written, ("formerly", number)
    for written in draft.everything:
        if written.kind == REMOVED and written.id:
            yield written.id, written, ("id",)


def _holding(holder: Written, where: Location) -> str:
    if holder.kind == REMOVED:
        return "listed as removed"
    article = "an" if holder.kind[0] in "aeiou" else "a"
    return f"the id of {article} {holder.kind}" if where == ("id",) else f"a former id of '{holder.id}'"
