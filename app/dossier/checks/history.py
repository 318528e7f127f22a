"""History: an id that was published once stays known, and keeps its meaning."""

from collections.abc import Iterator

from app.dossier.draft import Draft
from app.dossier.findings import Finding


def vanished(draft: Draft) -> Iterator[Finding]:
    """Every id of the predecessor is there, or a former id of a record that is, or listed as removed."""
    explained = {*draft.by_id, *draft.lost_ids, *draft.former, *draft.removed}
    for written in draft.dossiers:
        before = draft.predecessor.get(written.id, {})
        for id in sorted(before.keys() - explained):
            yield written.finding("vanished-id", ("id",), f"the {before[id]} '{id}' of the last release is gone")


def changed_kinds(draft: Draft) -> Iterator[Finding]:
    """What was an event cannot become an actor, be merged into one, or be removed as one."""
    for id, kind in draft.before.items():
        place = ("id",)
        if id in draft.by_id:
            now, holder = draft.by_id[id].kind, draft.by_id[id]
        elif id in draft.former:
            now, holder = draft.former[id].kind, draft.former[id]
            place = ("formerly",)
        elif id in draft.removed:
            now, holder = draft.removed[id].text("kind"), draft.removed[id]
        else:
            continue
        if now != kind:
            yield holder.finding("changed-kind", place, f"'{id}' is of kind {kind} in the last release, not {now}")
