"""Reading a release by SQL: the Reader that both stores share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from threading import Lock
from typing import Any

from cachetools import LRUCache
from sqlalchemy import Column, Engine, select

from app.query import likeness, plan
from app.query.base import Collection, Filter, Identity
from app.query.condition import Meets, where
from app.query.cursor import Cursor
from app.query.question import Question
from app.query.reader import FacetValue, Located, Page, Published, Stamp
from app.query.text import Searched, name_rank
from app.resources import by_kind
from app.resources.register import EntryRow, NameRow, PartRow, RecordRow, ReleaseRow, WordRow
from app.resources.search import search
from app.values.nearest import nearest

RECORDS = RecordRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
ENTRIES = EntryRow.__table__  # type: ignore[attr-defined]  # as above
NAMES = NameRow.__table__  # type: ignore[attr-defined]  # as above
RELEASES = ReleaseRow.__table__  # type: ignore[attr-defined]  # as above
PARTS = PartRow.__table__  # type: ignore[attr-defined]  # as above
WORDS = WordRow.__table__  # type: ignore[attr-defined]  # as above
REGISTER = likeness.Register(RECORDS, NAMES, WORDS)
IDENTITY = tuple(each.name for each in fields(Identity))
TOTALS = 10_000  # questions whose total is kept
FACET_VALUES = 500  # values of one facet
PIECE = 500  # rows of an export that are in memory at once
NEIGHBOURS = 200  # values that a suggestion is chosen from


class SqlReader:
    """One opened release behind a read-only engine."""

    def __init__(self, engine: Engine, release: Published) -> None:
        self._engine = engine
        self._stamp = release.stamp
        self._licences = tuple(dict.fromkeys(each["licence"] for each in release.about["dossiers"]))
        self._totals: LRUCache[str, int] = LRUCache(TOTALS)
        self._lock = Lock()

    @property
    def stamp(self) -> Stamp:
        return self._stamp

    @property
    def licences(self) -> Sequence[str]:
        return self._licences

    def close(self) -> None:
        """Give the connections back to the system; those in use end with their request."""
        self._engine.dispose()

    def page(self, question: Question) -> Page:
        with self._engine.connect() as connection:
            total = self._total(connection, question)
            if question.limit == 0:
                return Page((), (), (), total, None)
            after = self._position(connection, question)
            rows = connection.execute(plan.page(question, after)).all()
        kept = rows[: question.limit]
        following = self._cursor(question, total, kept[-1].id) if len(rows) > question.limit else None
        homes = tuple(by_kind(row.kind).home for row in kept)
        return Page(tuple(row.id for row in kept), homes, tuple(row.document for row in kept), total, following)

    def export(self, question: Question) -> Iterator[Located]:
        with self._engine.connect() as connection:
            rows = connection.execution_options(yield_per=PIECE).execute(plan.page(question, None, more=0))
            for row in rows:
                yield Located(by_kind(row.kind).home, row.id, row.document)

    def _total(self, connection: Any, question: Question) -> int:
        """Counted once a question: from the cursor, from memory, or now."""
        if question.cursor is not None:
            return question.cursor.total
        with self._lock:
            known = self._totals.get(question.text)
        if known is None:
            known = int(connection.execute(plan.count(question)).scalar_one())
            with self._lock:
                self._totals[question.text] = known
        return known

    def _position(self, connection: Any, question: Question) -> tuple[Any, ...] | None:
        if question.cursor is None:
            return None
        row = connection.execute(plan.position(question, question.cursor.after)).first()
        return tuple(row) if row else None

    def _cursor(self, question: Question, total: int, after: str) -> str:
        return Cursor(self.stamp.id, total, question.digest, after).encode()

    def labels(self, ids: Iterable[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for collection, wanted in self._by_collection(ids):
            table = collection.table
            with self._engine.connect() as connection:
                rows = connection.execute(select(table.c.id, table.c.label).where(table.c.id.in_(wanted))).all()
            found |= {row.id: row.label for row in rows}
        return found

    def documents(self, ids: Iterable[str], most: int) -> Sequence[Located]:
        found: list[Located] = []
        for collection, wanted in self._by_collection(ids):
            table = collection.table
            statement = select(table.c.id, table.c.document).where(table.c.id.in_(wanted)).order_by(table.c.id)
            with self._engine.connect() as connection:
                rows = connection.execute(statement.limit(most + 1 - len(found))).all()
            found += [Located(collection.home, row.id, row.document) for row in rows]
        return found

    def _by_collection(self, ids: Iterable[str]) -> Iterator[tuple[Collection, list[str]]]:
        """The live ones of the ids by where they live, in the order of kinds."""
        kinds: dict[str, list[str]] = {}
        for each in self.identify(ids).values():
            if each.state == "live":
                kinds.setdefault(each.kind, []).append(each.id)
        for kind in sorted(kinds):
            yield by_kind(kind), kinds[kind]

    def below(self, collection: Collection, filter: str, ids: Sequence[str], most: int) -> Sequence[str]:
        meets = Meets(collection.filter(filter), tuple(ids))
        table = collection.table
        statement = select(table.c.id).where(where(meets, collection)).order_by(table.c.id).limit(most + 1)
        with self._engine.connect() as connection:
            return connection.execute(statement).scalars().all()

    def matched_names(self, ids: Sequence[str], sought: Searched) -> Mapping[str, str]:
        statement = select(NAMES.c.record, NAMES.c.value, NAMES.c.key).where(NAMES.c.record.in_(ids))
        with self._engine.connect() as connection:
            rows = connection.execute(statement.order_by(NAMES.c.record, NAMES.c.value)).all()
        best: dict[str, tuple[int, str]] = {}
        for row in rows:
            rank = name_rank(row.key, sought)
            if rank is not None and (row.record not in best or rank < best[row.record][0]):
                best[row.record] = (rank, row.value)
        return {id: value for id, (_, value) in best.items()}

    def facets(self, question: Question) -> Mapping[str, Sequence[FacetValue]]:
        with self._engine.connect() as connection:
            counted = {
                name: connection.execute(plan.facet(question, question.collection.filter(name), FACET_VALUES)).all()
                for name in question.facets
            }
        return {name: self._named(question.collection.filter(name), rows) for name, rows in counted.items()}

    def _named(self, each: Filter, rows: Sequence[Any]) -> list[FacetValue]:
        values = [str(row.value).lower() if isinstance(row.value, bool) else str(row.value) for row in rows]
        labels = each.labels(values, self)
        counted = zip(values, rows, strict=True)
        return [FacetValue(value, labels.get(value, value), row.number) for value, row in counted]

    def document(self, collection: Collection, id: str) -> str | None:
        with self._engine.connect() as connection:
            found: str | None = connection.execute(plan.record(collection, id)).scalar()
        return found

    def part(self, id: str, name: str) -> str | None:
        statement = select(PARTS.c.document).where(PARTS.c.record == id, PARTS.c.name == name)
        with self._engine.connect() as connection:
            found: str | None = connection.execute(statement).scalar()
        return found

    def identify(self, ids: Iterable[str]) -> Mapping[str, Identity]:
        statement = select(RECORDS).where(RECORDS.c.id.in_(list(ids)))
        with self._engine.connect() as connection:
            rows = connection.execute(statement).mappings().all()
        return {row["id"]: Identity(**{name: row[name] for name in IDENTITY}) for row in rows}

    def nearest(self, kinds: Sequence[str], id: str) -> str | None:
        with self._engine.connect() as connection:
            return likeness.best(id, connection.execute(likeness.candidates(REGISTER, kinds, id)).all())

    def path_of(self, kinds: Sequence[str]) -> str:
        return by_kind(kinds[0]).path if len(kinds) == 1 else search.path

    def holds(self, column: Column[Any], value: str) -> bool:
        with self._engine.connect() as connection:
            return connection.execute(select(column).where(column == value).limit(1)).first() is not None

    def nearest_value(self, column: Column[Any], value: str) -> str | None:
        statement = select(column).distinct().where(column.is_not(None)).order_by(column).limit(NEIGHBOURS)
        with self._engine.connect() as connection:
            return nearest(value, connection.execute(statement).scalars().all())

    def examples(self, collection: Collection) -> Mapping[str, str]:
        found: dict[str, str] = {}
        with self._engine.connect() as connection:
            for each in collection.filters:
                rows = connection.execute(plan.sample(collection, each)).mappings().all()
                found |= next(_shown(collection, each, rows), {})
        return found

    def entries(self) -> Iterator[str]:
        statement = select(ENTRIES.c.canonical).order_by(ENTRIES.c.kind, ENTRIES.c.id)
        with self._engine.connect() as connection:
            yield from connection.execution_options(yield_per=1000).execute(statement).scalars()

    def stored_id(self) -> str:
        """The id that the database itself bears."""
        with self._engine.connect() as connection:
            return str(connection.execute(select(RELEASES.c.id)).scalar_one())


def _shown(collection: Collection, each: Filter, rows: Sequence[Any]) -> Iterator[dict[str, str]]:
    """From each row that has one, a value for the filter, and one for the filter that it needs beside it."""
    for row in rows:
        if (value := each.example(dict(row))) is not None:
            needed = collection.filter(each.needs).example(dict(row)) if each.needs else None
            yield {each.name: value, **({each.needs: needed} if needed else {})}
