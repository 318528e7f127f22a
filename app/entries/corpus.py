"""The corpus: every checked entry of the dossiers that a release is built from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, Protocol, cast
from weakref import proxy

from app.entries.base import E, Entry, Name, Ref
from app.entries.places import PlaceEntry
from app.vocabularies import CORE, Vocabularies


@dataclass(frozen=True, slots=True)
class Curated:
    """One entry, and where it belongs."""

    kind: str
    dossier: str
    entry: Entry


@dataclass(frozen=True)
class Tombstone:
    """An id that was taken out, and why."""

    id: str
    kind: str
    dossier: str
    reason: str
    last_release: str


class _Named(Protocol):
    """An actor or a place."""

    name: str
    names: list[Name]


@dataclass(frozen=True)
class Corpus:
    """Entries by kind and id, in the order of their ids; and the vocabularies with the terms that they add."""

    curated: tuple[Curated, ...]
    tombstones: tuple[Tombstone, ...] = ()
    vocabularies: Vocabularies = CORE

    @cached_property
    def by_id(self) -> Mapping[str, Curated]:
        """Every entry by its id: ids are unique over all kinds and dossiers."""
        return {curated.entry.id: curated for curated in self.curated}

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of each kind, ordered by id."""
        kinds: dict[str, list[Entry]] = {}
        for curated in self.curated:
            kinds.setdefault(curated.kind, []).append(curated.entry)
        return {kind: tuple(sorted(entries, key=attrgetter("id"))) for kind, entries in kinds.items()}

    def of(self, model: type[E]) -> tuple[E, ...]:
        """The entries of one kind, ordered by id."""
        return cast(tuple[E, ...], self.by_kind.get(model.kind, ()))

    def kind(self, kind: str) -> tuple[Any, ...]:
        """The entries of one kind, ordered by id; typed by whoever asks."""
        return self.by_kind.get(kind, ())

    def entry(self, model: type[E], id: str) -> E:
        """One entry, of that kind: references were checked before a corpus is made; raises KeyError."""
        return cast(E, self.by_id[id].entry)

    def label(self, id: str) -> str:
        """What people call one record."""
        return self.by_id[id].entry.label(self)

    @cached_property
    def ref(self) -> Callable[[str], Ref]:
        """The reference `{id, label}` to one record; those asked for most are made once."""
        corpus = proxy(self)  # in a circle with what it holds, it would stay in memory until the collector finds it
        return lru_cache(maxsize=10_000)(lambda id: Ref(id=id, label=corpus.label(id)))

    def maybe(self, id: str | None) -> Ref | None:
        """The reference, if there is one."""
        return None if id is None else self.ref(id)

    def refs(self, ids: Iterable[str]) -> list[Ref]:
        """The references, in the order given."""
        return [self.ref(id) for id in ids]

    def names(self, ids: Iterable[str | None]) -> list[str]:
        """Every name, in every script, of these actors and places; None is nobody."""
        return [name for id in dict.fromkeys(ids) if id is not None for name in self._names(id)]

    @cached_property
    def _names(self) -> Callable[[str], list[str]]:
        """The names of one actor or place; of those asked for most they are put together once."""
        corpus = proxy(self)  # as in `ref`

        def names(id: str) -> list[str]:
            bearer = cast(_Named, corpus.by_id[id].entry)
            return [bearer.name, *(other.value for other in bearer.names)]

        return lru_cache(maxsize=10_000)(names)

    def dossier(self, id: str) -> Ref:
        """The dossier that defines a record."""
        return self.ref(self.by_id[id].dossier)

    def ancestors(self, place: str | None) -> Iterator[str]:
        """The place itself and every place around it, innermost first."""
        while place is not None:
            yield place
            place = self.entry(PlaceEntry, place).within
