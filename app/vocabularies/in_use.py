"""Which terms there are: those of onrecord, and those that the dossiers of a release add to them.

People write the YAML files beside this module. `make vocabularies` compiles them to compiled.json, which is read here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import orjson

from app.vocabularies.vocabulary import TermEntry, Vocabulary


@dataclass(frozen=True)
class Vocabularies:
    """Every vocabulary by name, as one release has them. It never changes; `with_terms` makes another one."""

    by_name: Mapping[str, Vocabulary]

    def with_terms(self, terms: Mapping[str, Iterable[TermEntry]]) -> "Vocabularies":
        """These with further terms, by the name of the vocabulary; one that is not there is passed over."""
        changed = {name: self.by_name[name].with_terms(found) for name, found in terms.items() if name in self.by_name}
        return Vocabularies({**self.by_name, **changed}) if changed else self

    def own(self) -> Iterator[tuple[str, TermEntry]]:
        """The terms that dossiers define, each after the name of its vocabulary; ordered by id."""
        return iter(self._own)

    @cached_property
    def _own(self) -> Sequence[tuple[str, TermEntry]]:
        found = ((name, term) for name, known in self.by_name.items() for term in known.terms.values() if term.dossier)
        return sorted(found, key=lambda pair: (pair[1].id, pair[0]))


@cache
def _documents() -> dict[str, object]:
    documents: dict[str, object] = orjson.loads(files(__package__).joinpath("compiled.json").read_bytes())
    return documents


class _Compiled(Mapping[str, Vocabulary]):
    """The vocabularies of onrecord itself, each made when it is first asked for."""

    def __getitem__(self, name: str) -> Vocabulary:
        return _compiled(name)

    def __iter__(self) -> Iterator[str]:
        return iter(names())

    def __len__(self) -> int:
        return len(names())


@cache
def _compiled(name: str) -> Vocabulary:
    return Vocabulary.model_validate(_documents()[name])


CORE = Vocabularies(_Compiled())
"""The terms of onrecord itself, without those of any dossier."""

_in_use: ContextVar[Vocabularies] = ContextVar("_in_use", default=CORE)


@cache
def names() -> tuple[str, ...]:
    """Return the names of all vocabularies, in alphabetical order."""
    return tuple(sorted(_documents()))


def load(name: str) -> Vocabulary:
    """Return a vocabulary as it is in use here, with the terms of the release at hand; raise KeyError if there is none.

    Whoever checks, builds or answers from a release says which it is, by `using`.
    """
    return _in_use.get().by_name[name]


def vocabularies() -> Mapping[str, Vocabulary]:
    """Return all vocabularies by name, as they are in use here."""
    return _in_use.get().by_name


def own_terms() -> Iterator[tuple[str, TermEntry]]:
    """Return the terms that dossiers define, as they are in use here, each after the name of its vocabulary."""
    return _in_use.get().own()


@contextmanager
def using(vocabularies: Vocabularies) -> Iterator[None]:
    """Have `load` give these vocabularies inside, in this task or thread and in no other."""
    token = _in_use.set(vocabularies)
    try:
        yield
    finally:
        _in_use.reset(token)


def use(vocabularies: Vocabularies) -> None:
    """Have `load` give these vocabularies from here on, up to the end of the `using` around it."""
    _in_use.set(vocabularies)
