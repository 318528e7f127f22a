"""Synthetic data, the same for the same number of events: a dossier for onrecord, a database for the peers."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Final, TypeVar

from app.values.stems import stem

SEED: Final = 20190528
FIRST_DAY: Final = date(1990, 1, 1)
DAYS: Final = 36 * 365

TYPES: Final = ("protest", "assault", "coerce", "accuse", "consult", "mobilize", "threaten", "reject", "agree", "aid")
ROLES: Final = ("initiator", "target", "participant", "mediator", "observer")
COUNTRIES: Final = ("XK", "RS", "AL", "BA", "HR", "ME", "MK", "SI", "GR", "BG", "RO", "HU", "AT", "IT", "DE", "FR")

# Texts and names have no syllables in common, so that a search for a word of a text never finds a name.
TEXT_SYLLABLES: Final = ("ba", "ro", "ni", "tu", "sel", "mar", "kin", "dop", "vel", "gar", "tis", "lum")
NAME_SYLLABLES: Final = ("zha", "wex", "qui", "jor", "hyp", "fyn", "cza", "thu")

DOSSIER: Final = """\
id: benchmark
title: Synthetic events
edition: {label: benchmark-1, issued: "2026-01-01"}
licence: CC0-1.0
citation: Synthetic rows for a benchmark.
curators:
  - name: benchmarks/data.py
corrections: mailto:nobody@example.org
scope: Nothing that happened.
read: [nothing]
"""
TABLES: Final = """
CREATE TABLE place (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL, lat REAL, lon REAL);
CREATE TABLE actor (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL);
CREATE TABLE source (id TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL);
CREATE TABLE event (id TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL, type TEXT NOT NULL,
    date TEXT NOT NULL, place TEXT NOT NULL REFERENCES place(id), country TEXT NOT NULL);
CREATE TABLE event_actor (event TEXT NOT NULL REFERENCES event(id), actor TEXT NOT NULL REFERENCES actor(id),
    role TEXT NOT NULL, PRIMARY KEY (event, actor));
CREATE TABLE claim (id TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL, said TEXT NOT NULL,
    speaker TEXT NOT NULL REFERENCES actor(id), event TEXT NOT NULL REFERENCES event(id),
    source TEXT NOT NULL REFERENCES source(id), killed INTEGER NOT NULL);
"""
INDEXES: Final = """
CREATE INDEX event_date ON event (date, id);
CREATE INDEX event_date_down ON event (date DESC, id); -- made after that, or Datasette's pages leave gaps
CREATE INDEX event_type_date ON event (type, date, id);
CREATE INDEX event_country_date ON event (country, date, id);
CREATE INDEX event_actor_actor ON event_actor (actor, event);
CREATE INDEX claim_event ON claim (event);
CREATE INDEX claim_speaker ON claim (speaker);
CREATE VIRTUAL TABLE event_fts USING fts5(title, summary, content="event");
INSERT INTO event_fts (event_fts) VALUES ('rebuild');
ANALYZE;
"""
T = TypeVar("T")
Entry = dict[str, Any]
Rows = dict[str, list[Entry]]
"""The entries as in a dossier, by the name of their file; events are ordered by date and id."""


class Generator:
    """Draws entries; some places, actors, types and words are drawn more often than others, as in real data."""

    def __init__(self, count: int) -> None:
        self.random = Random(SEED)
        self.count = count
        self.names = self._words(NAME_SYLLABLES)
        self.texts = self._unevenly(self._words(TEXT_SYLLABLES))

    def rows(self) -> Rows:
        """Draw the events, a claim for each of them, and the places, actors and sources that they refer to."""
        places = [self._place(number) for number in range(max(10, self.count // 100))]
        actors = [self._actor(number) for number in range(max(20, self.count // 50))]
        sources = [self._source(number) for number in range(max(5, self.count // 10))]
        where, who, types = self._unevenly(places), self._unevenly(actors), self._unevenly(TYPES)
        # Recent days are drawn more often. They are sorted, so that rows are in the order of dates and of ids.
        days = sorted(int(DAYS * self.random.random() ** 0.6) for _ in range(self.count))
        keys = [f"{FIRST_DAY + timedelta(day)}-{number:06}" for number, day in enumerate(days)]
        events = [self._event(key, types(k=1)[0], where(k=1)[0], who(k=3)) for key in keys]
        claims = [self._claim(event, who(k=1)[0], self.random.choice(sources)) for event in events]
        return {"places": places, "actors": actors, "sources": sources, "events": events, "claims": claims}

    def _unevenly(self, values: Sequence[T]) -> Callable[..., list[T]]:
        """Return a function that draws values; the first is drawn most often (weights 1/3, 1/4, 1/5 ...)."""
        return partial(self.random.choices, values, cum_weights=[*accumulate(1 / (n + 3) for n in range(len(values)))])

    def _words(self, syllables: Sequence[str]) -> list[str]:
        # Ours also finds two words by what they are together, and words of one stem; the peers find neither. So no word
        # is two others, and none shares a stem.
        words = {"".join(self.random.choices(syllables, k=self.random.choice((3, 5)))) for _ in range(3000)}
        alike = Counter(map(stem, words))
        return self.random.sample(sorted(word for word in words if alike[stem(word)] == 1), 1200)

    def _name(self) -> str:
        return " ".join(self.random.choices(self.names, k=2)).title()

    def _text(self, words: int) -> str:
        return f"{' '.join(self.texts(k=words)).capitalize()}."

    def _place(self, number: int) -> Entry:
        point = {"lat": round(self.random.uniform(36, 66), 4), "lon": round(self.random.uniform(-9, 30), 4)}
        country = COUNTRIES[number % len(COUNTRIES)]
        return {"id": f"place-{number}", "name": self._name(), "country": country, **point, "precision": "city"}

    def _actor(self, number: int) -> Entry:
        return {"id": f"actor-{number}", "type": "organisation" if number % 3 else "person", "name": self._name()}

    def _source(self, number: int) -> Entry:
        title = f"{self._name()}, {number}"
        return {"id": f"source-{number}", "type": "news-report", "title": title, "language": "en", "reference": title}

    def _event(self, key: str, type_: str, place: Entry, actors: list[Entry]) -> Entry:
        who = {actor["id"] for actor in actors[: self.random.randint(1, 3)]}  # an actor drawn twice takes part once
        roles = zip(sorted(who), self.random.sample(ROLES, len(who)), strict=True)
        title = f"{type_.title()} in {place['name']}: {' '.join(self.texts(k=3))}"
        entry = {"id": f"{key}-{type_}", "title": title, "summary": self._text(30), "type": type_, "date": key[:10]}
        return entry | {"place": place["id"], "participants": [{"actor": id_, "role": role} for id_, role in roles]}

    def _claim(self, event: Entry, speaker: Entry, source: Entry) -> Entry:
        figures = [{"measure": "killed", "value": self.random.randint(0, 20)}]
        said = {"type": "assertion", "speaker": speaker["id"], "medium": "news-report", "said": event["date"]}
        about = {"events": [event["id"]], "figures": figures, "evidence": [{"source": source["id"]}]}
        return {"id": f"claim-{event['id']}", "text": self._text(12), **said, **about}


def write_dossier(rows: Rows, folder: Path) -> None:
    """Write a dossier: dossier.yaml, and an NDJSON file for each kind of entry."""
    folder.mkdir(parents=True)
    (folder / "dossier.yaml").write_text(DOSSIER, encoding="utf-8")
    for name, entries in rows.items():
        lines = (f"{json.dumps(entry, separators=(',', ':'))}\n" for entry in entries)
        (folder / f"{name}.ndjson").write_text("".join(lines), encoding="utf-8")


def write_database(rows: Rows, path: Path) -> None:
    """Write the same data as SQLite tables, with the indexes that the questions need, full text among them."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(TABLES)
        for table, values in tables(rows).items():
            marks = ", ".join(f":{column[1]}" for column in connection.execute(f"PRAGMA table_info({table})"))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        connection.commit()
        connection.executescript(INDEXES)


def tables(rows: Rows) -> dict[str, Iterable[Entry]]:
    """Return the rows of each table of the peers, with more members than it has columns."""
    countries = {place["id"]: place["country"] for place in rows["places"]}
    events, claims = rows["events"], rows["claims"]
    return {
        "place": rows["places"],
        "actor": rows["actors"],
        "source": rows["sources"],
        "event": (event | {"country": countries[event["place"]]} for event in events),
        "event_actor": ({"event": event["id"], **who} for event in events for who in event["participants"]),
        "claim": (
            claim | {"event": claim["events"][0], **claim["evidence"][0], "killed": claim["figures"][0]["value"]}
            for claim in claims
        ),
    }
