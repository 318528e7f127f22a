"""Reading a release by SQL: the Reader that both stores share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import Any

from cachetools import LRUCache
from sqlalchemy import Column, Engine, distinct, select

from app.query import plan
from app.query.base import Collection, Identity
from app.query.cursor import Cursor
from app.query.question import Question
from app.query.reader import Page, Stamp
from app.resources.register import EntryRow, RecordRow, ReleaseRow
from app.values.nearest import nearest

RECORDS = RecordRow.__table__  # type: ignore[attr-defined]  # SQLModel adds it
ENTRIES = EntryRow.__table__  # type: ignore[attr-defined]  # as above
RELEASES = ReleaseRow.__table__  # type: ignore[attr-defined]  # as above
TOTALS = 10_000  # questions whose total is kept
NEIGHBOURS = 200  # ids or values that a suggestion is chosen from


class SqlReader:
    """One opened release behind a read-only engine."""

    def __init__(self, engine: Engine, stamp: Stamp) -> None:
        self._engine = engine
        self._stamp = stamp
        self._totals: LRUCache[str, int] = LRUCache(TOTALS)
        self._lock = Lock()

    @property
    def stamp(self) -> Stamp:
        return self._stamp

    def close(self) -> None:
        """Give the connections back to the system; those in use end with their request."""
        self._engine.dispose()

    def page(self, question: Question) -> Page:
        with self._engine.connect() as connection:
            total = self._total(connection, question)
            if question.limit == 0:
                return Page((), (), total, None)
            after = self._position(connection, question)
            rows = connection.execute(plan.page(question, after)).all()
        kept = rows[: question.limit]
        following = self._cursor(question, total, kept[-1].id) if len(rows) > question.limit else None
        return Page(tuple(row.id for row in kept), tuple(row.document for row in kept), total, following)

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

    def document(self, collection: Collection, id: str) -> str | None:
        with self._engine.connect() as connection:
            found: str | None = connection.execute(plan.record(collection, id)).scalar()
        return found

    def identify(self, ids: Iterable[str]) -> Mapping[str, Identity]:
        statement = select(RECORDS).where(RECORDS.c.id.in_(list(ids)))
        with self._engine.connect() as connection:
            rows = connection.execute(statement).mappings().all()
        return {row["id"]: Identity(**row) for row in rows}

    def nearest(self, kinds: Sequence[str], id: str) -> str | None:
        """Among the ids that share its first letters; the primary key finds them."""
        for length in (3, 1):
            start = id[:length]
            within = (RECORDS.c.id >= start, RECORDS.c.id < start + "{")  # "{" follows "z"
            statement = select(RECORDS.c.id).where(*within, RECORDS.c.kind.in_(kinds), RECORDS.c.state == "live")
            with self._engine.connect() as connection:
                ids = connection.execute(statement.order_by(RECORDS.c.id).limit(NEIGHBOURS)).scalars().all()
            if found := nearest(id, ids):
                return found
        return None

    def holds(self, column: Column[Any], value: str) -> bool:
        with self._engine.connect() as connection:
            return connection.execute(select(column).where(column == value).limit(1)).first() is not None

    def nearest_value(self, column: Column[Any], value: str) -> str | None:
        statement = select(distinct(column)).where(column.is_not(None)).order_by(column).limit(NEIGHBOURS)
        with self._engine.connect() as connection:
            return nearest(value, connection.execute(statement).scalars().all())

    def examples(self, collection: Collection) -> Mapping[str, str]:
        found = {}
        with self._engine.connect() as connection:
            for each in collection.filters:
                statement = plan.sample(collection, each)
                rows = connection.execute(statement).mappings().all()
                values = (each.example(dict(row)) for row in rows)
                if (value := next((value for value in values if value is not None), None)) is not None:
                    found[each.name] = value
        return found

    def entries(self) -> Iterator[str]:
        statement = select(ENTRIES.c.canonical).order_by(ENTRIES.c.kind, ENTRIES.c.id)
        with self._engine.connect() as connection:
            yield from connection.execution_options(yield_per=1000).execute(statement).scalars()

    def stored_id(self) -> str:
        """The id that the database itself bears."""
        with self._engine.connect() as connection:
            return str(connection.execute(select(RELEASES.c.id)).scalar_one())
