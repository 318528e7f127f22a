"""Names: which record a text means, by its id or by what it is called, and the ids of records that have none yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from app.dossier.nodes import Location
from app.dossier.shape import Reached, references
from app.dossier.written import MODELS, Written
from app.entries import ENTRIES
from app.imports.record import Record
from app.values.folding import fold
from app.values.members import Members
from app.values.nearest import nearest
from app.values.slugs import is_slug, slugify

WORDS: Final = 8  # of each member that an id is made of
MOST_HINTS: Final = 100  # unknown names that get a hint: looking for the nearest takes time among thousands

_CALLED: Final = ("name", "title", "text")


class Names:
    """The records that are known so far."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self._named: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._written: dict[str, set[str]] = defaultdict(set)
        self._hints = 0

    def add(self, kind: str, id: str, names: Iterable[str]) -> None:
        """Know a record, and what it is called."""
        self.kinds.setdefault(id, kind)
        for name in names:
            self._named[kind][fold(name)].add(id)
            self._written[kind].add(name)

    def meant(self, text: str, kinds: Sequence[str]) -> list[str]:
        """The ids of the records that a text may mean: the one of that id, or all of that name."""
        if self.kinds.get(text) in kinds:
            return [text]
        return sorted({id for kind in kinds for id in self._named[kind].get(fold(text), ())})

    def near(self, text: str, kinds: Sequence[str]) -> str | None:
        """A name that a mistyped one was probably meant to be."""
        self._hints += 1
        if self._hints > MOST_HINTS:
            return None
        return nearest(text, sorted(name for kind in kinds for name in self._written[kind]))


def names_of(items: Iterable[object]) -> Names:
    """The records that were read from a dossier."""
    names = Names()
    for item in items:
        if isinstance(item, Written) and item.id and item.kind in ENTRIES:
            called = [item.text(name) for name in _CALLED if item.text(name)]
            others = item.given("names")
            names.add(item.kind, item.id, [*called, *_values(others if isinstance(others, list) else [])])
    return names


def called(value: Members) -> list[str]:
    """Every name that a record is given."""
    own = [value[name] for name in _CALLED if isinstance(value.get(name), str)]
    others = value.get("names")
    return [*own, *_values(others if isinstance(others, list) else [])]


def made_id(record: Record) -> str | None:
    """The id that a record without one gets: the first words of what its kind is named by.

    None without the last of these, which is never left out; empty if no word is in them.
    """
    told = [_at(record.value, path) for path in ENTRIES[record.kind].named_by]
    return slugify(" ".join(" ".join(fold(text).split()[:WORDS]) for text in told)) if told[-1] else None


def unresolved(record: Record, names: Names) -> Iterator[Reached]:
    """Write the id of each record that is called by its name; yield the place of each that is not one record."""
    for location, text, kinds in list(references(MODELS[record.kind], record.value)):
        found = names.meant(text, kinds)
        if len(found) == 1:
            _set(record.value, location, found[0])
        elif not is_slug(text) or len(found) > 1:
            yield location, text, kinds


def _values(names: Iterable[object]) -> Iterator[str]:
    for each in names:
        value = each.get("value") if isinstance(each, dict) else getattr(each, "value", None)
        if isinstance(value, str):
            yield value


def _at(value: Members, path: str) -> str:
    inner: Any = value
    for step in path.split("."):
        inner = inner.get(step) if isinstance(inner, dict) else None
    return inner if isinstance(inner, str) else ""


def _set(value: Any, location: Location, id: str) -> None:
    for step in location[:-1]:
        value = value[step]
    value[location[-1]] = id
