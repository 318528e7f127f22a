"""What a collection declares: the entry as curated, rows as stored, document as published, and how it is asked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic

from pydantic import ConfigDict, Field
from typing_extensions import TypeVar

from app.entries.base import Entry, Ref, When
from app.entries.corpus import Corpus
from app.entries.made import Made
from app.query.base import Collection, Filter
from app.query.filters import Ids, OwnIds, Terms
from app.query.pairs import Identifiers
from app.query.text import Text
from app.resources import columns
from app.resources.columns import Stored, TableRow
from app.resources.register import IdentifierRow, RecordRow, TextRow
from app.values.members import JsonObject
from app.vocabularies import Layer


class Identified(Made):
    """The members that come first: what programs call the record, what kind it is of, and where it lives."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True, defer_build=True)

    id: str = Field(description="Human slug, unique over the whole release, stable for ever.")
    kind: str = Field(description="What kind of record it is.")
    url: str = Field(default="", description="Where this record lives: always in its main collection.")


class Typed(Identified):
    """A record that has a category within its kind, which stands next."""

    type: str


class Document(Identified):
    """One record as clients see it. Every member is always there; what is not known is null."""

    label: str = Field(description="What people call the record.")
    dossier: Ref = Field(description="The dossier that defines it.")
    layer: Layer = Field(description="`text`: from the dossier's main sources; `background`: known otherwise.")
    formerly: list[str] = Field(description="Former ids; each answers 308 to this record.")
    identifiers: dict[str, str] = Field(description="Identifiers elsewhere, by scheme.")
    note: str | None = Field(description="What a reader should know: what stays open, and why.")

    def stored(self) -> str:
        """The JSON text that a release keeps: all but `url`, which depends on who serves it."""
        return self.written(without="url")


class Row(TableRow):
    """What the main table of every collection has: the number of the row of `record` that has the rest."""

    number: int = columns.number(primary=True)


@dataclass(frozen=True)
class Inverse:
    """A path below a record that lists another collection with one filter set: `/events/{id}/claims`."""

    path: str
    collection: str
    filter: str
    about: str


# The entry as curated, what is derived of it, and the document; of collections taken together nobody can say them.
E = TypeVar("E", bound=Entry, default=Any)
F = TypeVar("F", default=Any)
D = TypeVar("D", bound=Document, default=Any)


@dataclass(frozen=True)
class Subdocument(Generic[F]):
    """A derived document below a record: `/events/{id}/matrix`. `of` takes it from the record's derived facts."""

    path: str
    document: type[Made]
    about: str
    of: Callable[[F], Made | None]


@dataclass(frozen=True, kw_only=True, eq=False)
class Resource(Collection, Generic[E, F, D]):
    """One collection, declared: routes, parameters, OpenAPI, indexes and contract tests are read from this.

    Its kind and, but for a view, its name are those that its entry declares.
    """

    name: str = ""
    kind: str = field(init=False)
    title: str = field(init=False)
    about: str = field(repr=False)
    entry: type[E] = field(repr=False)
    describe: Callable[[E, F, Corpus], D] = field(repr=False)  # entry, derived facts -> document
    store: Callable[[E, D, Corpus], Iterator[Stored]] = field(repr=False)  # entry, document -> rows
    moment: Callable[[E], When | None] | None = field(default=None, repr=False)
    inverses: tuple[Inverse, ...] = ()
    subdocuments: tuple[Subdocument[F], ...] = ()
    tables: Mapping[str, str] = field(default_factory=dict, repr=False)  # lists whose table has a name of its own
    parts: str = ""  # the filter that finds the records that are part of one of them; empty where none can be

    def __post_init__(self) -> None:
        name = self.name or self.entry.collection
        for member, value in {"name": name, "kind": self.entry.kind, "title": name.capitalize()}.items():
            object.__setattr__(self, member, value)  # it is frozen

    @property
    def noun(self) -> str:
        """What one of its records is called: event, person."""
        return self.fixed[0][1] if self.fixed else self.kind

    @property
    def path_id(self) -> str:
        """What the id in the path of a record is called: event_id, person_id."""
        return f"{self.noun}_id"


def view(main: Resource, name: str, about: str, document: Any, fixed: tuple[str, str]) -> Resource:
    """A collection of those records of `main` that one filter selects; that filter is no parameter of it."""
    return replace(main, name=name, about=about, document=document, fixed=(fixed,), view_of=main.name)


def common_filters(kind: str, searched: str = "names, titles and texts") -> tuple[Filter, ...]:
    """The filters that every collection has; `searched` says in which words of a record `q` looks."""
    return (
        Text(
            "q", TextRow.words, f'Words in {searched}, in any script: `vucic`, `"northern kosovo"`, `mitro*`, `-tax`.'
        ),
        OwnIds("id", RecordRow.id, "Any of these ids: a batch in one call.", kinds=(kind,)),
        Ids("dossier", RecordRow.dossier, "Records that this dossier defines.", kinds=("dossier",)),
        Terms(
            "layer",
            RecordRow.layer,
            "`text`: from the main sources; `background`: known otherwise.",
            vocabulary="layers",
        ),
        Identifiers(
            "identifier", IdentifierRow.scheme, "An identifier elsewhere, as `scheme:value`.", value=IdentifierRow.value
        ),
    )


def common_members(entry: Entry, corpus: Corpus) -> JsonObject:
    """The members that every document begins with."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "label": corpus.label(entry.id),
        "dossier": corpus.dossier(entry.id),
        "layer": entry.layer,
        "formerly": entry.formerly,
        "identifiers": dict(sorted(entry.identifiers.items())) if entry.identifiers else {},
        "note": entry.note,
    }
