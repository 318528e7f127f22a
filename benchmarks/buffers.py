"""The cost of a question in PostgreSQL: blocks of its buffers for a page with its total, for each filter.

Blocks do not depend on the machine or its load: PostgreSQL counts each one that a statement asks its buffers for, in a
table, an index, or where long values are kept apart. `python -m benchmarks.buffers URL` prints a table; the tests check
that no question exceeds the bound.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from app.query.base import Collection
from app.query.question import ask
from app.query.reader import Published
from app.releases.base import Row
from app.releases.postgres.catalogue import schema_name
from app.releases.postgres.database import PostgresDatabase
from app.releases.postgres.server import Server
from app.releases.postgres.store import PostgresStore
from app.releases.reader import SqlReader
from app.resources import MAIN
from app.resources.search import search
from benchmarks.steps import compounds, frequent_pair, query, questions

BOUND = 500  # blocks of a page of 50 with its total
BLOCKS_OF_TEXT = 5  # for each text that is read besides

# What this transaction has asked for so far: nobody else's statements are counted, nor the work in the background.
COUNTED = """
WITH own AS (SELECT oid, reltoastrelid, relkind FROM pg_class WHERE relnamespace = to_regnamespace('{schema}')),
apart AS (SELECT reltoastrelid AS oid FROM own WHERE reltoastrelid <> 0),
tables AS (
    SELECT oid FROM own UNION SELECT oid FROM apart
    UNION SELECT indexrelid FROM pg_index JOIN apart ON indrelid = oid
)
SELECT (SELECT sum(pg_stat_get_xact_blocks_fetched(oid)) FROM tables)::bigint,
    (SELECT sum(pg_stat_get_xact_tuples_returned(oid)) FROM own WHERE relkind = 'r')::bigint;
"""


@dataclass(frozen=True)
class Cost:
    """One question, the records that it selects, and with empty caches: blocks, statements, rows read without index.

    `texts` is how many records may have to be read: those of the collection that have both words of a compound.
    """

    path: str
    question: Mapping[str, str]
    total: int
    blocks: int
    statements: int
    scanned: int
    texts: int = 0


class CountingServer(Server):
    """A server that counts the blocks of a schema that its statements ask for, and rows that are read without index."""

    def __init__(self, dsn: str, schema: str) -> None:
        super().__init__(dsn)
        self._counted = COUNTED.format(schema=schema)
        self.blocks, self.statements, self.scanned = 0, 0, 0

    def rows(self, statement: str, values: Sequence[object] = (), line: int = 0) -> list[Row]:
        message = f"{self._bounds}{self._counted}{statement};{self._counted}"
        with self._lent() as connection, connection.cursor() as cursor:
            cursor.execute(message, values or None)
            before, found, after = [each.fetchall() for each in cursor.results() if each.description]
        self.statements += 1
        self.blocks += after[0][0] - before[0][0]
        self.scanned += after[0][1] - before[0][1]
        return found


def costs(dsn: str) -> Iterator[Cost]:
    """Yield the cost of every filter of every collection with one value, in the default order and its reverse."""
    with closing(PostgresStore(Server(dsn))) as store:
        release = store.catalogue().needed()
        for collection in (*MAIN, search):
            for question in questions(collection, store.current().examples(collection)):
                yield _cost(collection, question, dsn, release)


def costs_of_compounds(dsn: str) -> Iterator[Cost]:
    """Yield the cost, in every collection, of two frequent words written in one."""
    with closing(PostgresStore(Server(dsn))) as store:
        release, reader = store.catalogue().needed(), store.current()
        schema = schema_name(release.info.id, release.schema_version)
        with closing(Server(dsn)) as server:
            pair = frequent_pair(PostgresDatabase(server, schema))
        for collection, question, texts in compounds(pair, reader):
            yield replace(_cost(collection, question, dsn, release), texts=texts)


def _cost(collection: Collection, question: Mapping[str, str], dsn: str, release: Published) -> Cost:
    schema = schema_name(release.info.id, release.schema_version)
    with closing(CountingServer(dsn, schema)) as server:
        reader = SqlReader(PostgresDatabase(server, schema), release)  # a new reader, whose caches are empty
        page = reader.page(ask(collection, {name: (value,) for name, value in question.items()}, reader))
    return Cost(f"/{collection.name}", question, page.total, server.blocks, server.statements, server.scanned)


def main() -> None:
    """Print the cost of every question over a database."""
    highest_first = sorted(costs(sys.argv[1]), key=lambda cost: -cost.blocks)
    for cost in highest_first:
        spent = f"{cost.blocks:8,} blocks {cost.statements:4} statements {cost.scanned:8,} rows without index"
        print(f"{spent} {cost.total:10,} records  {cost.path}?{query(cost.question)}")
    print(f"{len(highest_first)} questions, at most {highest_first[0].blocks:,} blocks each; two words in one:")
    for cost in costs_of_compounds(sys.argv[1]):
        print(f"{cost.blocks:8,} blocks {cost.texts:10,} texts at most  {cost.path}?{query(cost.question)}")


if __name__ == "__main__":
    main()
