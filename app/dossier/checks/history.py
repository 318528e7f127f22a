"""History: an id that was published once stays known, and keeps its meaning."""

from collections.abc import Iterator

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.values.identity import Identity


def vanished(draft: Draft) -> Iterator[Finding]:
    """Every id that the predecessor knew is there, or a former id of a record that is, or listed as removed.

    So former and removed ids stay known too: their addresses go on leading somewhere.
    """
    if not draft.before:  # as of a first release
        return
    explained = {*draft.by_id, *draft.lost_ids, *draft.former, *draft.removed}
    perhaps_former = {word for lost in draft.lost for word in lost.words}
    for written in draft.dossiers:
        before = draft.predecessor.get(written.id, {})
        for id in sorted(before.keys() - explained):
            if before[id].state != "merged" or id not in perhaps_former:
                yield written.finding("vanished-id", ("id",), f"{_known_as(before[id])} is gone")


def changed_kinds(draft: Draft) -> Iterator[Finding]:
    """What was an event cannot become an actor, be merged into one, or be removed as one."""
    for id, known in draft.before.items():
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
        if now != known.kind:
            message = f"'{id}' is of kind {known.kind} in the last release, not {now}"
            yield holder.finding("changed-kind", place, message)


def _known_as(known: Identity) -> str:
    """What an id was to the last release."""
    if known.state == "merged":
        return f"'{known.id}', a former id of the {known.kind} '{known.target}' in the last release,"
    if known.state == "removed":
        return f"'{known.id}', in the last release a removed {known.kind},"
    return f"the {known.kind} '{known.id}' of the last release"
