"""References: every id that an entry refers to is that of a record of the right kind."""

from collections.abc import Iterator

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.nodes import Location
from app.dossier.shape import referring
from app.dossier.written import MODELS, Written
from app.entries.visitor import AT_HAND, texts_at
from app.values.batches import batched
from app.values.nearest import nearest
from app.values.slugs import is_slug

Hints = dict[tuple[str, tuple[str, ...]], str]  # what to say of an unknown id, by the kinds expected

MOST_HINTS = 100  # unknown ids that get a hint: looking for the nearest id takes time in a dossier of thousands


def references(draft: Draft) -> Iterator[Finding]:
    """Entries that are faulty or could not be read are there all the same; malformed ids are another finding."""
    hints: Hints = {}
    wrong = _wrong(draft)
    for written in draft.written if wrong else ():
        for location, id, kinds in written.references():
            if (id, kinds) not in wrong:
                continue
            kind = draft.kind_of(id)
            if kind is None and is_slug(id):
                yield _outdated(draft, written, location, id) or written.finding(
                    "dangling-reference", location, _hint(draft, hints, id, kinds)
                )
            elif kind is not None and kind not in kinds:
                message = f"'{id}' is {_a(kind)}, and {_a(' or '.join(kinds))} belongs here"
                yield written.finding("wrong-kind-of-reference", location, message)


def _wrong(draft: Draft) -> set[tuple[str, tuple[str, ...]]]:
    """Each id, with the kinds expected, that is not that of a record of such a kind."""
    used: dict[tuple[str, ...], set[str]] = {}
    for kind, sound in draft.sound.items():
        for some in batched((written.entry for written in sound), AT_HAND):
            for path, kinds in referring(MODELS[kind]):
                used.setdefault(kinds, set()).update(texts_at(some, path))
    for written in draft.written:
        for _, id, kinds in written.references() if written.entry is None else ():
            used.setdefault(kinds, set()).add(id)
    return {(id, kinds) for kinds, ids in used.items() for id in ids if draft.kind_of(id) not in kinds}


def _outdated(draft: Draft, written: Written, location: Location, id: str) -> Finding | None:
    """The finding about an id that is a former or a removed one."""
    if id in draft.former:
        now = draft.former[id].id
        return written.finding("outdated-reference", location, f"'{id}' is now '{now}'", f"write '{now}'")
    if id in draft.removed:
        return written.finding("outdated-reference", location, f"'{id}' was removed")
    return None


def _hint(draft: Draft, hints: Hints, id: str, kinds: tuple[str, ...]) -> str:
    if (id, kinds) not in hints:
        known = [id for kind in kinds for id in draft.ids_of_kinds.get(kind, ())]
        near = nearest(id, known) if len(hints) < MOST_HINTS else None
        hint = f"; did you mean '{near}'?" if near else ""
        hints[id, kinds] = f"there is no {' or '.join(kinds)} '{id}'{hint}"
    return hints[id, kinds]


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
