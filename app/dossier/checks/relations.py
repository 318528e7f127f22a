"""Relations: of actors, claims and events, always to another one."""

from collections.abc import Iterator

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.nodes import Location
from app.dossier.written import Written

_TO_OTHERS = {"claim": ("relations", "claim"), "event": ("links", "event")}


def self_relations(draft: Draft) -> Iterator[Finding]:
    """No record stands in a relation to itself."""
    for written in draft.written:
        for location in _to_itself(written):
            yield written.finding("relation-to-itself", location, "this relation leads back to where it starts")


def _to_itself(written: Written) -> Iterator[Location]:
    if written.kind == "relation" and written.text("subject") and written.text("subject") == written.text("object"):
        yield ("object",)
    wanted = _TO_OTHERS.get(written.kind)
    for location, id, _ in written.references() if wanted and written.given(wanted[0]) else ():
        if id == written.id and tuple(step for step in location if isinstance(step, str)) == wanted:
            yield location
