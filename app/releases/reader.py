"""Reading a release: the Reader over its database and its indexes."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from threading import Lock

import orjson
from cachetools import LRUCache
from pyroaring import BitMap

from app.query import fuzzy_match
from app.query.base import Collection, Filter
from app.query.condition import select
from app.query.cursor import Cursor
from app.query.index import KINDS, Rows, intersection
from app.query.question import Question
from app.query.reader import FacetValue, Located, Page, Published, ReleaseInfo
from app.query.sorting import RELEVANCE, Key, Relevance, SortKey, Walk, in_order
from app.query.text import Searched, name_rank
from app.releases.database import Database
from app.releases.packing import unpack_text
from app.releases.samples import examples
from app.releases.stored_index import StoredIndex
from app.resources import by_kind
from app.resources.search import search
from app.values.identity import Identity
from app.values.nearest import nearest

SELECTED = 16 * 2**20  # bytes of what questions selected that are kept, as bitmaps
IDENTITIES = 10_000  # that were asked for and are kept
FACET_VALUES = 500  # values of one facet
PIECE = 500  # documents of an export that are in memory at once
NEIGHBOURS = 200  # values that a suggestion is chosen from

IDENTITY = "SELECT id, kind, state, label, target, reason, last_release FROM record WHERE id"
DOCUMENT = "SELECT number, document FROM record JOIN document USING (number) WHERE id = ? AND state = 'live'"
DOCUMENTS = "SELECT number, document FROM document WHERE number"
HITS = "SELECT number, id, kind, label FROM record WHERE number"
IDS = "SELECT id FROM record WHERE number"
NAMES = "SELECT id, value, key FROM name JOIN record ON record.number = name.record WHERE id"
PARTS = "SELECT lines FROM part WHERE name = ? AND first <= ? ORDER BY first DESC LIMIT 1"
ENTRIES = "SELECT lines FROM entry WHERE position = ?"
STORED_ID = "SELECT id FROM release"


class SqlReader:
    """One opened release."""

    def __init__(self, database: Database, release: Published) -> None:
        self._database, self._index = database, StoredIndex(database)
        self._stamp = release.info
        self._licences = tuple(dict.fromkeys(dossier["licence"] for dossier in release.about["dossiers"]))
        self._selected: LRUCache[str, BitMap] = LRUCache(SELECTED, getsizeof=lambda members: 64 + len(members) // 4)
        self._identities: LRUCache[str, Identity] = LRUCache(IDENTITIES)
        self._lock = Lock()

    @property
    def info(self) -> ReleaseInfo:
        return self._stamp

    @property
    def licences(self) -> Sequence[str]:
        return self._licences

    def close(self) -> None:
        """Give the connections back to the system; those in use end with their request."""
        self._database.close()

    def is_slow(self, question: Question) -> bool:
        beside = question.facets or question.include or question.filtered is not None
        several = len(question.order) > 2
        return bool(beside) or several or any(met.filter.is_slow(met.reading) for met in question.readings)

    def page(self, question: Question) -> Page:
        members = self._members(question)
        if question.limit == 0:
            return Page((), len(members), None)
        numbers = list(islice(self._ordered(question, members), question.limit + 1))
        found = self._located(question.collection, numbers[: question.limit])
        further = len(numbers) > question.limit
        return Page(tuple(found), len(members), self._cursor(question, len(members), found[-1].id) if further else None)

    def export(self, question: Question) -> Iterator[Located]:
        numbers = islice(self._ordered(question, self._members(question)), question.limit)
        while some := list(islice(numbers, PIECE)):
            yield from self._located(question.collection, some)

    def _members(self, question: Question) -> BitMap:
        """What a question selects; worked out once as long as it is kept."""
        with self._lock:
            known = self._selected.get(question.text)
        if known is None:
            found = select(question.condition, question.collection, self._index)
            known = intersection((found, self._of_kind(question.collection)))
            with self._lock:
                if self._selected.getsizeof(known) <= SELECTED:
                    self._selected[question.text] = known
        return known

    def _of_kind(self, collection: Collection) -> BitMap:
        rows = Rows(self._index)
        return rows.everything if collection.searches_all else rows.having(KINDS, (collection.kind,))

    def _ordered(self, question: Question, members: BitMap) -> Iterator[int]:
        """The members in the order asked, from where the cursor stands."""
        *keys, last = question.order
        if keys and keys[-1].word != RELEVANCE and keys[-1].descending == last.descending:
            last = keys.pop()  # every ordering goes by id where values are equal
        after = self._number(question.cursor.after) if question.cursor else None
        walks = [self._key(key, question) for key in keys]
        return in_order(members, walks, self._walk(question.collection, last), after)

    def _key(self, key: SortKey, question: Question) -> Key:
        if key.word != RELEVANCE:
            return self._walk(question.collection, key)
        sought = question.searched
        assert sought is not None, "read_sort refuses relevance without words"
        return Relevance(sought[0].relevance(sought[1], Rows(self._index)), key.descending)

    def _walk(self, collection: Collection, key: SortKey) -> Walk:
        members = self._of_kind(collection)
        numbers = range(members.min(), members.max() + 1) if members else range(1, 1)
        return Walk(self._index.ordering(collection.home, key.word, numbers), key.descending)

    def _located(self, collection: Collection, numbers: Sequence[int]) -> list[Located]:
        """The documents of these records, or what a search shows of them, in this order."""
        if collection.searches_all:
            hits = {number: _hit(*hit) for number, *hit in self._database.of_any(HITS, numbers)}
            return [hits[number] for number in numbers]
        home, start = collection.home, len('{"id":"')
        texts: dict[int, str] = dict(self._database.of_any(DOCUMENTS, numbers))
        ordered = [texts[number] for number in numbers]
        return [Located(home, text[start : text.index('"', start)], text) for text in ordered]

    def _number(self, id: str) -> int | None:
        return next(iter(self._index.numbered([id])), None)

    def _cursor(self, question: Question, total: int, after: str) -> str:
        return Cursor(self.info.id, total, question.digest, after).encode()

    def labels(self, ids: Iterable[str]) -> Mapping[str, str]:
        known = self.identify(ids).values()
        return {found.id: found.label for found in known if found.state == "live" and found.label is not None}

    def documents(self, ids: Iterable[str], most: int) -> Sequence[Located]:
        live = (known for known in self.identify(ids).values() if known.state == "live")
        wanted = sorted(live, key=lambda known: (known.kind, known.id))[: most + 1]
        numbers = self._index.numbered(known.id for known in wanted)
        found = {located.id: located for located in map(_document, self._texts(numbers))}
        return [found[known.id] for known in wanted]

    def _texts(self, numbers: Iterable[int]) -> Iterator[str]:
        return (text for _, text in self._database.of_any(DOCUMENTS, numbers))

    def below(self, collection: Collection, filter: str, ids: Sequence[str], most: int) -> Sequence[str]:
        found = collection.filter(filter).match(tuple(ids), Rows(self._index)) & self._of_kind(collection)
        return self.ids(list(found[: most + 1]))

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

    def _facet(self, counted: Filter, members: BitMap) -> list[FacetValue]:
        """The values that most of the members have; those that too few records have at all are not looked at."""
        index, found, least = counted.inverted[0].name, [], 1
        for value, size in sorted(self._index.counts(index), key=lambda pair: -pair[1]):
            if size < least:
                break
            if number := members.intersection_cardinality(self._index.having(index, value)):
                found.append((-number, value))
            if len(found) == 2 * FACET_VALUES:
                found = sorted(found)[:FACET_VALUES]
                least = -found[-1][0]
        found = sorted(found)[:FACET_VALUES]
        labels = counted.labels([value for _, value in found], self)
        return [FacetValue(value, labels.get(value, value), -number) for number, value in found]

    def document(self, collection: Collection, id: str) -> str | None:
        row = self._database.row(DOCUMENT, (id,))
        if row is None:
            return None
        number, text = row
        rows = Rows(self._index)
        fixed = (rows.having(collection.filter(name).inverted[0].name, (value,)) for name, value in collection.fixed)
        return str(text) if number in intersection((self._of_kind(collection), *fixed)) else None

    def part(self, id: str, name: str) -> str | None:
        number = self._number(id)
        row = None if number is None else self._database.row(PARTS, (name, number))
        lines = unpack_text(row[0]).split("\n") if row else ()
        return next((text for text in map(partial(_after, f"{number} "), lines) if text), None)

    def identify(self, ids: Iterable[str]) -> Mapping[str, Identity]:
        wanted = list(ids)
        with self._lock:
            found = {id: known for id in wanted if (known := self._identities.get(id)) is not None}
        if unseen := [id for id in wanted if id not in found]:
            read = {row[0]: Identity(*row) for row in self._database.of_any(IDENTITY, unseen)}
            with self._lock:
                self._identities.update(read)
            found |= read
        return found

    def identity(self, id: str) -> Identity | None:
        """What is known of one id."""
        return self.identify([id]).get(id)

    def ids(self, numbers: Sequence[int]) -> Sequence[str]:
        """The ids of records."""
        return [id for (id,) in self._database.of_any(IDS, numbers)]

    def beginning(self, kind: str, start: str, most: int) -> Sequence[str]:
        """The live ids of a kind that begin so, in order."""
        ordered = self._walk(by_kind(kind), SortKey("id", descending=False)).ordering.numbers
        first = bisect_left(ordered, start, key=lambda number: self.ids([number])[0])
        found = self.ids(ordered[first : first + most])
        return sorted(id for id in found if id.startswith(start))

    def nearest(self, kinds: Sequence[str], id: str) -> str | None:
        return fuzzy_match.best(id, kinds, self, self._index)

    def path_of(self, kinds: Sequence[str]) -> str:
        return f"/{(by_kind(kinds[0]) if len(kinds) == 1 else search).name}"

    def holds(self, index: str, value: str) -> bool:
        return bool(self._index.having(index, value))

    def nearest_value(self, index: str, value: str) -> str | None:
        return nearest(value, [known for known, _ in self._index.counts(index, NEIGHBOURS)])

    def examples(self, collection: Collection) -> Mapping[str, str]:
        return examples(self._database, collection, self._of_kind(collection), self._index)

    def entries(self) -> Iterator[str]:
        position = 1
        while (row := self._database.row(ENTRIES, (position,))) is not None:
            yield unpack_text(row[0])
            position += 1

    def stored_id(self) -> str:
        """The id that the database itself bears; raises sqlite3.DatabaseError, or LookupError where it has none."""
        row = self._database.row(STORED_ID)
        if row is None:
            raise LookupError("no release")
        return str(row[0])


def _document(text: str) -> Located:
    """A stored document, which begins with its id and kind."""
    _, _, _, id, _, _, _, kind, _ = text.split('"', 8)
    return Located(by_kind(kind).home, id, text)


def _after(start: str, line: str) -> str:
    """The rest of a line that begins so; empty of any other."""
    return line.removeprefix(start) if line.startswith(start) else ""


def _hit(id: str, kind: str, label: str) -> Located:
    return Located(by_kind(kind).home, id, orjson.dumps({"id": id, "kind": kind, "label": label}).decode())
