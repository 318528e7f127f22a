"""The questions (pages of events, one event, all events), and the right answers, read by plain SQL."""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.data import DAYS, FIRST_DAY, SEED

EventKey = tuple[str, str]
"""The date and the id of an event."""


@dataclass(frozen=True)
class Page:
    """A page of the events that have a value in a column, between two days; newest first, or in the order of ids."""

    by: str = ""
    value: str = ""
    since: str = ""
    until: str = ""
    skip: int = 0
    limit: int = 50
    newest: bool = True


@dataclass(frozen=True)
class Count(Page):
    """How many events the question of a page selects, without any of them."""

    limit: int = 0


@dataclass(frozen=True)
class Record:
    """One event."""

    id: str


@dataclass(frozen=True)
class Everything:
    """All events in one answer."""


Question = Page | Record | Everything
FIRST_PAGE: Final = Page(limit=20, newest=False)


@dataclass(frozen=True)
class Workload:
    """Questions that are timed together: one that is sent repeatedly, or many that are sent once each."""

    name: str
    title: str
    questions: tuple[Question, ...]
    unchanged: bool = False  # sent with the ETag of the answer, so that the answer is 304

    @property
    def group(self) -> str:
        if isinstance(self.questions[0], Everything):
            return "export"
        return "repeated" if len(self.questions) == 1 else "new"


class Truth:
    """The right answers, from the tables that the peers read, without the full-text index."""

    MATCHING: Final = {
        "": "SELECT date, id FROM event WHERE ? = ''",
        "id": "SELECT date, id FROM event WHERE id = ?",
        "type": "SELECT date, id FROM event WHERE type = ?",
        "country": "SELECT date, id FROM event WHERE country = ?",
        "actor": "SELECT date, id FROM event JOIN event_actor ON event = id WHERE actor = ?",
        "word": "SELECT date, id FROM event "
        "WHERE ' ' || replace(lower(title || ' ' || summary), '.', ' ') || ' ' LIKE '% ' || ? || ' %'",
    }

    def __init__(self, database: Path) -> None:
        self.rows = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        self.newest_first = cache(self._newest_first)

    def matching(self, page: Page) -> list[EventKey]:
        """Return all events that match the question of a page, in its order."""
        last = page.until or "9999"
        events = [(day, id_) for day, id_ in self.newest_first(page.by, page.value) if page.since <= day <= last]
        return events if page.newest else events[::-1]

    def values(self) -> dict[str, list[str]]:
        """Return the values to ask for by column, most frequent first; a word is in one text in twenty, or fewer."""
        titles = " ".join(self._column("SELECT substr(title, instr(title, ':') + 2) FROM event ORDER BY id"))
        words = sorted(Counter(titles.split()).items(), key=lambda item: (-item[1], item[0]))
        often = "GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 200"
        return {
            "id": self._column("SELECT id FROM event ORDER BY id"),
            "type": self._column(f"SELECT type FROM event {often}"),
            "country": self._column(f"SELECT country FROM event {often}"),
            "actor": self._column(f"SELECT actor FROM event_actor {often}"),
            "word": [word for word, _ in words[100:160]],
        }

    def _column(self, sql: str) -> list[str]:
        return [value for (value,) in self.rows.execute(sql)]

    def _newest_first(self, by: str, value: str) -> list[EventKey]:
        return sorted(self.rows.execute(self.MATCHING[by], (value,)), reverse=True)


def workloads(values: dict[str, list[str]], distinct: int) -> list[Workload]:
    """Return the workloads; each workload of new questions has that many `distinct` ones."""
    ids, first, type_ = values["id"], (FIRST_PAGE,), Page("type", values["type"][0], "2012-01-01", "2016-12-31")
    return [
        Workload("first", "First page, 20 events", first),
        Workload("record", "One event", (Record(ids[len(ids) // 2]),)),
        Workload("type", "A type between two days", (type_,)),
        Workload("actor", "Events of one actor", (Page("actor", values["actor"][10]),)),
        Workload("word", "A word of the text", (Page("word", values["word"][0]),)),
        Workload("deep", "A page after nine tenths of all", (Page(skip=len(ids) * 9 // 10),)),
        Workload("unchanged", "First page, not modified (304)", first, unchanged=True),
        Workload("new-type", "Types between two days", new_pages("type", values, distinct)),
        Workload("new-country", "Countries between two days", new_pages("country", values, distinct)),
        Workload("new-actor", "Actors from a day on", new_pages("actor", values, distinct)),
        Workload("new-word", "Words from a day on", new_pages("word", values, distinct)),
        Workload("export", "All events", (Everything(),)),
    ]


def new_pages(by: str, values: dict[str, list[str]], count: int) -> tuple[Page, ...]:
    """Return that many pages by a column, each of another value or other days."""
    random, pages = Random(f"{SEED} {by}"), dict[Page, None]()
    while len(pages) < count:
        since = FIRST_DAY + timedelta(random.randrange(DAYS))
        until = since + timedelta(random.randint(30, 3000)) if by in ("type", "country") else ""
        pages[Page(by, random.choice(values[by]), str(since), str(until))] = None
    return tuple(pages)
