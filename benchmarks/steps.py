"""The cost of a question: steps of SQLite's virtual machine for a page with its total, for each filter.

And for two frequent words written in one, for which texts of the collection have to be read. Steps do not depend on
the machine or its load. `python -m benchmarks.steps STORE` prints a table; the tests check that no question exceeds the
bound.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path

from app.query.base import Collection
from app.query.question import ask
from app.query.reader import Published, Reader
from app.query.text import MOST_OF_BOTH, WORDS
from app.query.typed import SHORTEST_HALF
from app.releases.base import Database
from app.releases.database import SqliteDatabase
from app.releases.reader import SqlReader
from app.releases.sqlite import SqliteStore
from app.releases.stored_index import StoredIndex
from app.resources import MAIN
from app.resources.search import search

BOUND = 3000  # steps of a page of 50 with its total, in a release with at most a hundred places
STEPS_OF_TEXT = 12  # for each text that is read besides
FREQUENT = 30  # words that two are chosen from


class CountingDatabase(SqliteDatabase):
    """A database that counts the steps of its statements."""

    def __init__(self, path: Path) -> None:
        self.steps = 0
        super().__init__(path, connections=1)
        self._idle[0].set_progress_handler(self._step, 1)

    def _step(self) -> int:
        self.steps += 1
        return 0


@dataclass(frozen=True)
class Cost:
    """One question, the number of records that it selects, and its steps with empty caches.

    `texts` is how many records may have to be read: those of the collection that have both words of a compound.
    """

    path: str
    question: Mapping[str, str]
    total: int
    steps: int
    texts: int = 0


def costs(store: SqliteStore) -> Iterator[Cost]:
    """Yield the cost of every filter of every collection with one value, in the default order and its reverse."""
    release = store.catalogue().needed()
    path = store.database(release.info.id)
    for collection in (*MAIN, search):
        for question in questions(collection, store.current().examples(collection)):
            yield cost(collection, question, path, release)


def costs_of_compounds(store: SqliteStore) -> Iterator[Cost]:
    """Yield the cost, in every collection, of two frequent words written in one."""
    release, reader = store.catalogue().needed(), store.current()
    path = store.database(release.info.id)
    with closing(SqliteDatabase(path, connections=1)) as database:
        pair = frequent_pair(database)
    for collection, question, texts in compounds(pair, reader):
        yield replace(cost(collection, question, path, release), texts=texts)


def compounds(pair: tuple[str, str], reader: Reader) -> Iterator[tuple[Collection, dict[str, str], int]]:
    """Yield the question for two words in one for every collection that has words, and how many of it have both."""
    first, second = pair
    for collection in (*MAIN, search):
        if "q" in collection.by_name:
            both = ask(collection, {"q": (f'"{first}" "{second}"',), "limit": ("0",)}, reader)
            yield collection, {"q": f"{first}{second}", "sort": collection.sorts[0]}, reader.page(both).total


def frequent_pair(database: Database) -> tuple[str, str]:
    """Two words that are read in one as well; of the most frequent those that most records have both of."""
    index = StoredIndex(database)
    frequent = sorted((-size, word) for word, size in index.counts(WORDS) if len(word) >= SHORTEST_HALF)[:FREQUENT]
    having = {word: index.having(WORDS, word) for _, word in frequent}
    both = {pair: having[pair[0]].intersection_cardinality(having[pair[1]]) for pair in permutations(having, 2)}
    return max((pair for pair, size in both.items() if size <= MOST_OF_BOTH), key=lambda pair: (both[pair], pair))


def questions(collection: Collection, examples: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield every filter with its example, in the default order and its reverse."""
    order = collection.sorts[0]
    needed = {collection.requires: examples[collection.requires]} if collection.requires else {}
    for filter in collection.filters:
        if filter.name in examples:
            paired = {filter.needs: examples[filter.needs]} if filter.needs else {}
            for sort in (order, f"-{order}"):
                yield {**needed, **paired, filter.name: examples[filter.name], "sort": sort}


def cost(collection: Collection, question: Mapping[str, str], path: Path, release: Published) -> Cost:
    """Return the cost of one question."""
    database = CountingDatabase(path)
    reader = SqlReader(database, release)  # a new reader, whose caches are empty
    opened = database.steps
    page = reader.page(ask(collection, {name: (value,) for name, value in question.items()}, reader))
    reader.close()
    return Cost(f"/{collection.name}", question, page.total, database.steps - opened)


def main() -> None:
    """Print the cost of every question over a store."""
    store = SqliteStore(Path(sys.argv[1]))
    highest_first = sorted(costs(store), key=lambda cost: -cost.steps)
    in_one = list(costs_of_compounds(store))
    store.close()
    for each in highest_first:
        print(f"{each.steps:8,} steps {each.total:10,} records  {each.path}?{query(each.question)}")
    print(f"{len(highest_first)} questions, at most {highest_first[0].steps:,} steps each; two words in one:")
    for each in in_one:
        print(f"{each.steps:8,} steps {each.texts:10,} texts at most  {each.path}?{query(each.question)}")


def query(question: Mapping[str, str]) -> str:
    """Return the question as a URL has it, but for escapes."""
    return "&".join(f"{name}={value}" for name, value in question.items())


if __name__ == "__main__":
    main()
