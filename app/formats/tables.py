"""The tidy tables of a release: one of each collection, and one of each list that its records have.

They follow from the types of the documents, as the columns of CSV do. A row of a list has the id of its record, its
`number` in the list, and its values; a reference is `_id` and `_label`. No table holds a URL of ours, so that a release
has the same tables wherever it is served.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import orjson

from app.entries.base import Ref
from app.formats.columns import Items, item_members, items_of
from app.formats.csv import encoded, written
from app.formats.document_types import Member, members, models, value_at
from app.formats.references import referred
from app.formats.xlsx import write_sheet, xlsx
from app.resources import MAIN
from app.resources.base import Resource
from app.values.members import Members

ROWS = 500  # of one piece
NUMBER = Member(("number",), int, ("Counts the rows of one record, from 1.",))


@dataclass(frozen=True)
class Field:
    """One column of a table; `table` is the one whose `id` it has."""

    name: str
    member: Member
    table: str | None = None


@dataclass(frozen=True)
class Table:
    """One table: what a row of it is, its fields, and those that tell one row from all others."""

    name: str
    about: str
    resource: Resource
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ("id",)
    items: Items | None = None

    def rows(self, document: Members) -> Iterator[list[object]]:
        """Yield the rows that one document makes: one, or one for each item of its list."""
        if self.items is None:
            yield [value_at(document, field.member.path) for field in self.fields]
            return
        paths = [field.member.path for field in self.fields[2:]]
        for number, item in enumerate(self.items.of(document), 1):
            yield [document["id"], number, *(value_at(item, path) for path in paths)]


@cache
def tables() -> Mapping[str, Table]:
    """Return all tables by name: of each collection its own, then those of its lists."""
    return {table.name: table for resource in MAIN for table in _of(resource)}


def _of(resource: Resource) -> Iterator[Table]:
    found = {member.path: member for model in models(resource.document) for member in members(model)}
    fields = [_field(resource, member, member.name) for member in found.values() if not member.is_list]
    yield Table(resource.name, resource.about, resource, tuple(field for field in fields if field.name != "url"))
    yield from (_of_list(resource, member) for member in found.values() if member.is_list)


def _of_list(resource: Resource, member: Member) -> Table:
    owner = Member((f"{resource.kind}_id",), str, (f"The {resource.kind}.",))
    fields = [Field(owner.name, owner, resource.name), Field(NUMBER.name, NUMBER)]
    items = items_of(member)
    inside = list(item_members(member))
    taken = {resource.kind, *(_bare(inner, items)[0] for inner in inside if _is_deep(inner, items))}
    for inner in inside:
        path = _bare(inner, items)
        is_taken = path[:1] and path[0] in taken and not _is_deep(inner, items)
        is_whole = inner.model is Ref and len(path) == 1
        name = "_".join((member.name, *path) if is_taken or is_whole else path or (member.name,))
        fields.append(_field(resource, inner, name, member.path[-1]))
    name = resource.tables.get(member.name, f"{resource.kind}-{member.name.replace('_', '-')}")
    return Table(name, member.description, resource, tuple(fields), (owner.name, NUMBER.name), items)


def _is_deep(member: Member, items: Items) -> bool:
    """Say whether a member is one of the list inside the items."""
    return bool(items.inner) and member.path[0] == items.inner


def _bare(member: Member, items: Items) -> tuple[str, ...]:
    """Return the path of a member from the items that make the rows."""
    return member.path[1:] if _is_deep(member, items) else member.path


def _field(resource: Resource, member: Member, name: str, within: str = "") -> Field:
    """Return the field of a member; `within` is the list whose items may be references themselves."""
    if member.model is None or not issubclass(member.model, Ref) or member.path[-1] != "id":
        return Field(name, member)
    referring = [*([within] if within else ()), *member.path][-2]
    try:
        kind = referred(resource.kind, referring)
    except KeyError:  # a record of one kind or another: no table has them all
        return Field(name, member)
    return Field(name, member, next(other.name for other in MAIN if other.kind == kind))


@dataclass(frozen=True)
class Writing:
    """How a table is written: its media type, and a function from a table and its rows to bytes."""

    media_type: str
    write: Callable[[Table, Iterable[Sequence[object]]], Generator[bytes]]


def write_csv(table: Table, rows: Iterable[Sequence[object]]) -> Generator[bytes]:
    """Yield the table as CSV, as lists are written."""
    waiting: list[Sequence[object]] = [[field.name for field in table.fields]]
    for row in rows:
        waiting.append(written(row))
        if len(waiting) >= ROWS:
            yield encoded(waiting)
            waiting = []
    yield encoded(waiting)


def write_ndjson(table: Table, rows: Iterable[Sequence[object]]) -> Generator[bytes]:
    """Yield the table as NDJSON: a row is an object."""
    names = [field.name for field in table.fields]
    for row in rows:
        yield orjson.dumps(dict(zip(names, row, strict=True))) + b"\n"


def write_xlsx(table: Table, rows: Iterable[Sequence[object]]) -> Generator[bytes]:
    """Yield the table as a workbook; raise NotWithThisFormat if it has too many cells for one."""
    yield from write_sheet([(field.name, field.member.is_day) for field in table.fields], rows)


WRITINGS = {
    "csv": Writing("text/csv", write_csv),
    "ndjson": Writing("application/x-ndjson", write_ndjson),
    "xlsx": Writing(xlsx.media_type, write_xlsx),
}


def write_table(table: Table, suffix: str, documents: Iterable[bytes]) -> Generator[bytes]:
    """Yield a table of these documents in pieces, as the format of that suffix."""
    rows = (row for document in documents for row in table.rows(orjson.loads(document)))
    yield from WRITINGS[suffix].write(table, rows)
