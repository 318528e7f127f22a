"""Reading a release: answers questions from its database and its indexes."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

import orjson
from pyroaring import BitMap

from app.query import fuzzy_match, suggestions
from app.query.base import Collection, Filter
from app.query.condition import Condition, Meets, together
from app.query.cursor import Cursor
from app.query.index import KINDS, Rows, intersection
from app.query.question import Question
from app.query.reader import FacetValue, Located, Page, Published, ReleaseInfo, located
from app.query.sorting import RELEVANCE, Key, Relevance, SortKey, Walk, in_order
from app.query.text import name_rank
from app.query.typed import Searched
from app.releases.base import Database
from app.releases.packing import unpack_text
from app.releases.samples import examples
from app.releases.stored_index import StoredIndex
from app.releases.terms import vocabularies_of
from app.resources import by_kind
from app.resources.search import hit, search
from app.values.batches import batched
from app.values.identity import Identity
from app.values.memory import Memory
from app.values.nearest import nearest
from app.vocabularies import Vocabularies

SELECTED = 16 * 2**20  # bytes of the bitmaps of selected records that are kept
IDENTITIES = 10_000  # identities that are kept
READINGS = 10_000  # parameters that are kept as they were read
FACET_VALUES = 500  # most values of one facet
PIECE = 500  # documents of an export that are in memory at once
NEIGHBOURS = 1000  # values that a suggestion is chosen from

IDENTITY = "SELECT id, kind, state, label, target, reason, last_release FROM record WHERE id"
# By a sub-select, which PostgreSQL plans in half the time that it takes for a join; SQLite does either in the same.
DOCUMENT = (
    "SELECT number, document FROM document WHERE number = (SELECT number FROM record WHERE id = ? AND state = 'live')"
)
IDS = "SELECT number, id FROM record WHERE number"
LIVE_IDS = "SELECT kind, id FROM record WHERE number > ? AND number <= ? AND state = 'live' ORDER BY number"
NAMES = "SELECT id, value, key FROM name JOIN record ON record.number = name.record WHERE id"
PARTS = "SELECT lines FROM part WHERE name = ? AND first <= ? ORDER BY first DESC LIMIT 1"
ENTRIES = "SELECT lines FROM entry WHERE position = ?"
STORED_ID = "SELECT id FROM release"


class SqlReader:
    """The protocol `Reader` over the database of one release."""

    def __init__(self, database: Database, release: Published) -> None:
        self._database, self._index = database, StoredIndex(database)
        self._info, self._schema_version = release.info, release.schema_version
        self._licences = tuple(dict.fromkeys(dossier["licence"] for dossier in release.about["dossiers"]))
        self._rows = Rows(self._index)
        self._ranges: dict[str, range] = {}  # the numbers of each kind of record
        self._selected: Memory[BitMap] = Memory(SELECTED, lambda members: 64 + len(members) // 4)
        self._identities: Memory[Identity] = Memory(IDENTITIES)
        self.parts: Memory[Meets] = Memory(READINGS)

    @property
    def info(self) -> ReleaseInfo:
        return self._info

    @property
    def schema_version(self) -> str:
        return self._schema_version

    @property
    def licences(self) -> Sequence[str]:
        return self._licences

    @cached_property
    def vocabularies(self) -> Vocabularies:
        return vocabularies_of(self._database)

    def close(self) -> None:
        """Close the connections; those in use are closed when their request ends."""
        self._database.close()

    def is_slow(self, question: Question) -> bool:
        if self._database.is_remote:
            return True
        if question.facets or question.include or question.filtered is not None or len(question.order) > 2:
            return True
        return any(met.is_slow for met in question.readings)

    def page(self, question: Question) -> Page:
        members, limit = self._members(question), question.limit
        if limit == 0:
            return Page((), (), len(members))
        numbers = list(islice(self._ordered(question, members), limit + 1))
        documents, homes = self._documents(question.collection, numbers[:limit])
        if len(numbers) <= limit:
            return Page(documents, homes, len(members))
        last = located(homes[-1], documents[-1]).id
        return Page(documents, homes, len(members), Cursor(self.info.id, len(members), question.digest, last).encode())

    def export(self, question: Question) -> Iterator[Located]:
        numbers = islice(self._ordered(question, self._members(question)), question.limit)
        for piece in batched(numbers, PIECE):
            documents, homes = self._documents(question.collection, piece)
            yield from map(located, homes, documents)

    def _members(self, question: Question) -> BitMap:
        """Return the numbers of the records that a question selects, from memory if they are kept there."""
        members = self._selected.get(question.text)
        if members is None:
            collection = question.collection
            groups: list[Sequence[Condition]] = [*question.groups]
            if question.filtered is not None:
                groups.append([question.filtered])
            members = together(groups, collection, self._rows.narrowed(self._of_kind(collection)))
            self._selected.put(question.text, members)
        return members

    def _of_kind(self, collection: Collection) -> BitMap:
        return self._rows.everything if collection.searches_all else self._index.having(KINDS, collection.kind)

    def _ordered(self, question: Question, members: BitMap) -> Iterator[int]:
        """Return the members in the order of the question, from behind the record of the cursor."""
        *keys, last = question.order
        if keys and keys[-1].word != RELEVANCE and keys[-1].descending == last.descending:
            last = keys.pop()  # in every ordering, records with equal values are ordered by id
        after = self._number(question.cursor.after) if question.cursor else None
        walks = [self._key(key, question, members) for key in keys]
        return in_order(members, walks, self._walk(question.collection, last), after)

    def _key(self, key: SortKey, question: Question, members: BitMap) -> Key:
        if key.word != RELEVANCE:
            return self._walk(question.collection, key)
        searched = question.searched
        assert searched is not None, "read_sort refuses relevance without words"
        search_filter, words = searched
        return Relevance(search_filter.relevance(words, self._rows.narrowed(members)), key.descending)

    def _walk(self, collection: Collection, key: SortKey) -> Walk:
        return Walk(self._index.ordering(collection.home, key.word, self._numbers(collection)), key.descending)

    def _numbers(self, collection: Collection) -> range:
        """The numbers of all records of a collection, which is numbered without a gap."""
        numbers = self._ranges.get(collection.kind)
        if numbers is None:
            members = self._of_kind(collection)
            numbers = range(members.min(), members.max() + 1) if members else range(1, 1)
            self._ranges[collection.kind] = numbers
        return numbers

    def _documents(self, collection: Collection, numbers: Sequence[int]) -> tuple[list[bytes], list[str]]:
        """Return the documents of these records, or the hits of a search, in this order, and where each lives."""
        texts = self._database.documents(numbers)
        if collection.searches_all:
            hits = [hit(orjson.loads(text)) for text in texts]
            return [orjson.dumps(shown) for shown in hits], [by_kind(shown["kind"]).home for shown in hits]
        return texts, [collection.home] * len(texts)

    def _number(self, id: str) -> int | None:
        return next(iter(self._index.numbered([id])), None)

    def labels(self, ids: Iterable[str]) -> Mapping[str, str]:
        identities = self.identify(ids).values()
        return {known.id: known.label for known in identities if known.state == "live" and known.label is not None}

    def documents(self, ids: Iterable[str], most: int) -> Sequence[Located]:
        live = (known for known in self.identify(ids).values() if known.state == "live")
        wanted = sorted(live, key=lambda known: (known.kind, known.id))[: most + 1]
        numbers = self._index.numbered(known.id for known in wanted)
        documents = map(_document, self._database.documents(list(numbers)))
        by_id = {document.id: document for document in documents}
        return [by_id[known.id] for known in wanted]

    def addresses(self, after: int, most: int) -> Sequence[tuple[str, str]]:
        # Live records are numbered from 1 without a gap.
        return [(by_kind(kind).home, id) for kind, id in self._database.rows(LIVE_IDS, (after, after + most))]

    def below(self, collection: Collection, filter: str, ids: Sequence[str], most: int) -> Sequence[str]:
        records = collection.filter(filter).match(tuple(ids), self._rows) & self._of_kind(collection)
        return self.ids(list(records[: most + 1]))

    def matched_names(self, ids: Sequence[str], sought: Searched) -> Mapping[str, str]:
        best: dict[str, tuple[int, str]] = {}
        for id, value, key in sorted(self._database.of_any(NAMES, ids)):
            rank = name_rank(key, sought)
            if rank is not None and (id not in best or rank < best[id][0]):
                best[id] = (rank, value)
        return {id: value for id, (_, value) in best.items()}

    def facets(self, question: Question) -> Mapping[str, Sequence[FacetValue]]:
        members = self._members(question)
        return {name: self._facet(question.collection.filter(name), members) for name in question.facets}

    def _facet(self, filter: Filter, members: BitMap) -> list[FacetValue]:
        """Return the values that most members have, each with its count.

        Values are read from the most frequent on, until none of the rest can be among the first FACET_VALUES.
        """
        index, counts, least = filter.inverted[0].name, [], 1
        for value, size in sorted(self._index.counts(index), key=lambda pair: -pair[1]):
            if size < least:
                break
            if count := members.intersection_cardinality(self._index.having(index, value)):
                counts.append((-count, value))
            if len(counts) == 2 * FACET_VALUES:
                counts = sorted(counts)[:FACET_VALUES]
                least = -counts[-1][0]
        counts = sorted(counts)[:FACET_VALUES]
        labels = filter.labels([value for _, value in counts], self)
        return [FacetValue(value, labels.get(value, value), -negative) for negative, value in counts]

    def document(self, collection: Collection, id: str) -> bytes | None:
        row = self._database.row(DOCUMENT, (id,))
        if row is None:
            return None
        number, text = row
        rows = self._rows
        fixed = (rows.having(collection.filter(name).inverted[0].name, (value,)) for name, value in collection.fixed)
        return text.encode() if number in intersection((self._of_kind(collection), *fixed)) else None

    def part(self, id: str, name: str) -> str | None:
        number = self._number(id)
        row = None if number is None else self._database.row(PARTS, (name, number))
        lines, start = unpack_text(row[0]).split("\n") if row else (), f"{number} "
        return next((line.removeprefix(start) for line in lines if line.startswith(start)), None)

    def identify(self, ids: Iterable[str]) -> Mapping[str, Identity]:
        wanted = list(ids)
        identities = {id: known for id in wanted if (known := self._identities.get(id)) is not None}
        for row in self._database.of_any(IDENTITY, [id for id in wanted if id not in identities]):
            identities[row[0]] = Identity(*row)
            self._identities.put(row[0], identities[row[0]])
        return identities

    def identity(self, id: str) -> Identity | None:
        """Return what is known of one id: live, merged or removed; None if it is unknown."""
        return self.identify([id]).get(id)

    def ids(self, numbers: Sequence[int]) -> Sequence[str]:
        """Return the ids of records in the order of their numbers."""
        return [id for _, id in sorted(self._database.of_any(IDS, numbers))]

    def beginning(self, kind: str, start: str, most: int) -> Sequence[str]:
        """Return at most `most` live ids of a kind that begin with `start`, in order."""
        ordered = self._walk(by_kind(kind), SortKey("id", descending=False)).ordering.numbers
        first = bisect_left(ordered, start, key=lambda number: self.ids([number])[0])
        following = self.ids(ordered[first : first + most])
        return sorted(id for id in following if id.startswith(start))

    def nearest(self, kinds: Sequence[str], id: str) -> str | None:
        return fuzzy_match.best(id, kinds, self, self._index)

    def look_up(self, kinds: Sequence[str], text: str) -> str:
        collection: Collection = by_kind(kinds[0]) if len(kinds) == 1 else search
        return suggestions.look_up(f"/{collection.name}", text if self._finds(collection, text) else "")

    def _finds(self, collection: Collection, text: str) -> bool:
        """Whether the words of a text find a record that is listed here."""
        filter, of_kind = collection.filter("q"), self._of_kind(collection)
        words = filter.read((suggestions.looked_up(text),), self)
        return bool(filter.match(words, self._rows.narrowed(of_kind)) & of_kind)

    def holds(self, index: str, value: str) -> bool:
        return bool(self._index.having(index, value))

    def nearest_value(self, index: str, value: str) -> str | None:
        few = [known for known, _ in self._index.counts(index, NEIGHBOURS)]
        longer = self._index.with_words(index, value) if len(value) > 3 else None
        return longer or nearest(value, dict.fromkeys([*few, *self._index.around(index, value, NEIGHBOURS)]))

    def examples(self, collection: Collection) -> Mapping[str, str]:
        return examples(self._database, collection, self._of_kind(collection), self._index)

    def entries(self) -> Iterator[str]:
        position = 1
        while (row := self._database.row(ENTRIES, (position,))) is not None:
            yield unpack_text(row[0])
            position += 1

    def stored_id(self) -> str:
        """Return the id that is stored in the database; raise sqlite3.DatabaseError, or LookupError if it has none."""
        row = self._database.row(STORED_ID)
        if row is None:
            raise LookupError("no release")
        return str(row[0])


def _document(text: bytes) -> Located:
    """Return a stored document with its path and id; its text begins with id and kind."""
    _, _, _, _, _, _, _, kind, _ = text.split(b'"', 8)
    return located(by_kind(kind.decode()).home, text)
