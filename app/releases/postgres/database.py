"""One release in PostgreSQL: statements as `app.releases.base` has them, put into PostgreSQL's words."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from psycopg.errors import InvalidEscapeSequence

from app.errors import ReleaseGone, Unavailable
from app.releases.base import Database, Row
from app.releases.postgres.server import NotArrived, Server

DOCUMENTS = "SELECT number, document FROM document WHERE number"
TABLE = re.compile(r'\b(FROM|JOIN|UPDATE) "?(\w+)"?')


class PostgresDatabase:
    """The protocol `Database` over one schema. Tables are named with their schema, never by a search path."""

    is_remote = True

    def __init__(self, server: Server, schema: str) -> None:
        self._server, self._schema = server, schema
        self._closed = False

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a statement."""
        if self._closed:
            raise ReleaseGone("The release is not kept here any more.")
        try:
            return self._server.rows(translated(statement, self._schema), [*map(storable, values)])
        except InvalidEscapeSequence:  # a pattern that ends in its escape character matches nothing
            return []
        except NotArrived as error:
            raise Unavailable("The release has not arrived at this copy of the database yet.") from error

    def row(self, statement: str, values: Sequence[object] = ()) -> Row | None:
        """Return the first row of a statement, or None."""
        rows = self.rows(statement, values)
        return rows[0] if rows else None

    def of_any(self, statement: str, values: Iterable[object]) -> list[Row]:
        """Return the rows that have any of these values in the column whose name the statement ends with."""
        wanted = [*map(storable, values)]
        return self.rows(f"{statement} = ANY(?)", [wanted]) if wanted else []

    def documents(self, numbers: Sequence[int]) -> list[bytes]:
        """Return the documents of these records, in this order, as UTF-8; a number without one is passed over."""
        return documents(self, numbers)

    def close(self) -> None:
        """Refuse every further statement; the connections belong to the server."""
        self._closed = True


def documents(database: Database, numbers: Sequence[int]) -> list[bytes]:
    """Return the documents of these records, in this order, as UTF-8; a number without one is passed over."""
    found: dict[int, str] = dict(database.of_any(DOCUMENTS, numbers))
    return [found[number].encode() for number in numbers if number in found]


@lru_cache(1024)
def translated(statement: str, schema: str) -> str:
    """Return a statement with the schema before each table, and with PostgreSQL's mark for a value."""
    return TABLE.sub(rf'\1 "{schema}"."\2"', statement.replace("%", "%%").replace("?", "%s"))


def storable(value: object) -> object:
    """Return a value that PostgreSQL takes: no text holds U+0000, and none that is stored has a control character."""
    return value.replace("\x00", "\x01") if isinstance(value, str) else value
