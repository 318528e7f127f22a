"""The servers that are compared: their command lines, their URLs, and how their answers are read."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks.questions import Count, EventKey, Page

UVICORN: Final = ("--app-dir", Path(__file__).parent / "servers", "--no-access-log", "--log-level", "warning", "--port")
Command = list[str | Path]


@dataclass(frozen=True)
class Paths:
    """The folders with our commands and with those of the peers, and where this run has its data."""

    ours: Path
    theirs: Path
    folder: Path
    postgres: str = ""  # the URL of a PostgreSQL, without a database

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def database(self) -> Path:
        return self.folder / "rows.sqlite"

    @property
    def answers(self) -> Path:
        return self.folder / "answers"


@dataclass(frozen=True)
class Answer:
    """The events of an answer, the total and the cursor of the next page; the last two only if the answer has them."""

    events: list[EventKey]
    total: int | None = None
    next: str | None = None


class Peer:
    """One server: its command line, the paths of a page, of one event and of the export, and how to read answers."""

    name: str
    title: str
    export: str
    longest_page = 0  # events of a page, for a peer that has cursors

    def command(self, paths: Paths, port: int) -> Command:
        raise NotImplementedError

    def page(self, page: Page, cursor: str = "") -> str:
        raise NotImplementedError

    def record(self, id_: str) -> str:
        return f"/events/{id_}"

    def read(self, body: bytes) -> Answer:
        raise NotImplementedError

    def read_export(self, body: bytes) -> Answer:
        return self.read(body)


class Onrecord(Peer):
    """onrecord as it ships."""

    name = title = "onrecord"
    export = "/events?format=ndjson"
    longest_page = 500

    def command(self, paths: Paths, port: int) -> Command:
        return [paths.ours / "onrecord", "serve", "--host", "127.0.0.1", "--port", str(port), "--store", paths.store]

    def page(self, page: Page, cursor: str = "") -> str:
        names = {"actor": "participant", "word": "q"}
        days = f"{page.since}/{page.until or '..'}" if page.since else ""
        query = {"limit": page.limit, names.get(page.by, page.by): page.value, "date": days, "cursor": cursor}
        return f"/events?{_encoded(query | {'sort': '-date' if page.newest else ''})}"

    def read(self, body: bytes) -> Answer:
        answer = json.loads(body)
        if isinstance(answer["data"], dict):
            return Answer([_key(answer["data"])])
        return Answer([*map(_key, answer["data"])], answer["page"]["total"], answer["page"]["next"])

    def read_export(self, body: bytes) -> Answer:
        return Answer([_key(json.loads(line)) for line in body.splitlines()])


class Bare(Onrecord):
    """An ASGI app that replays the bytes that onrecord answered, and does nothing else."""

    name, title = "bare", "bare, our bytes"

    def command(self, paths: Paths, port: int) -> Command:
        return ["env", f"ANSWERS={paths.answers}", paths.theirs / "uvicorn", "bare:app", *UVICORN, str(port)]


class Tutorial(Peer):
    """FastAPI and SQLModel, used as in SQLModel's tutorial."""

    name, title = "tutorial", "FastAPI + SQLModel"
    export = "/events/export"

    def database(self, paths: Paths) -> str:
        """Return the URL of its database."""
        return f"sqlite:///{paths.database}"

    def command(self, paths: Paths, port: int) -> Command:
        database = f"DATABASE={self.database(paths)}"
        return ["env", database, paths.theirs / "uvicorn", "tutorial:app", *UVICORN, str(port)]

    def page(self, page: Page, cursor: str = "") -> str:
        query = {page.by: page.value, "since": page.since, "until": page.until}
        if isinstance(page, Count):
            return f"/events/count?{_encoded(query)}"
        query |= {"offset": str(page.skip or ""), "limit": str(page.limit), "newest": "true" if page.newest else ""}
        return f"/events/?{_encoded(query)}"

    def read(self, body: bytes) -> Answer:
        answer = json.loads(body)
        if isinstance(answer, int):
            return Answer([], answer)
        events = answer if isinstance(answer, list) else [answer]
        return Answer([(event["date"], event["id"]) for event in events])


class Datasette(Peer):
    """Datasette over the same database, served as immutable, without suggested facets; it has totals, as we do."""

    name, title = "datasette", "Datasette"
    export = "/rows/event.csv?_stream=on&_size=max"
    longest_page = 1000

    def command(self, paths: Paths, port: int) -> Command:
        settings = {"suggest_facets": "off", "sql_time_limit_ms": "20000", "max_csv_mb": "0"}
        words = [word for name, value in settings.items() for word in ("--setting", name, value)]
        return [paths.theirs / "datasette", "serve", "-i", paths.database, "--port", str(port), *words]

    def page(self, page: Page, cursor: str = "") -> str:
        query = {"_shape": "objects", "_size": page.limit, "date__gte": page.since, "date__lte": page.until}
        query |= {"_sort_desc": "date" if page.newest else "", "_next": cursor}
        if page.by == "actor":  # _through finds nothing together with a filter
            query["_where"] = f"id IN (SELECT event FROM event_actor WHERE actor = '{page.value}')"
        else:
            query["_search" if page.by == "word" else page.by] = page.value
        return f"/rows/event.json?{_encoded(query)}"

    def record(self, id_: str) -> str:
        return f"/rows/event/{id_}.json?_shape=objects"

    def read(self, body: bytes) -> Answer:
        answer = json.loads(body)
        events = [(row["date"], row["id"]) for row in answer["rows"]]
        return Answer(events, answer.get("filtered_table_rows_count"), answer.get("next"))

    def read_export(self, body: bytes) -> Answer:
        return Answer([(row["date"], row["id"]) for row in csv.DictReader(body.decode().splitlines())])


BARE: Final = Bare()
ONRECORD: Final = Onrecord()
PEERS: Final[tuple[Peer, ...]] = (BARE, ONRECORD, Tutorial(), Datasette())


def _encoded(query: Mapping[str, object]) -> str:
    return urlencode({name: value for name, value in query.items() if value != ""}, safe="/.")


def _key(event: dict[str, Any]) -> EventKey:
    return event["date"]["edtf"], event["id"]
