"""A file has everything that matches, in each format, whichever client writes it; it is whole or it is not there."""

import asyncio
import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.web.api.guard import Guard
from onrecord_client import Client, NotWithThisFormat, UnexpectedAnswer
from onrecord_client.bundles import FeaturePage
from onrecord_client.driving import PIECE
from test_client_walks import in_process
from wire import Wire

READERS: dict[str, Callable[[str], list[str]]] = {
    "csv": lambda text: [row["id"] for row in csv.DictReader(text.splitlines())],
    "ndjson": lambda text: [json.loads(line)["id"] for line in text.splitlines()],
    "geojson": lambda text: [feature["id"] for feature in json.loads(text)["features"]],
    "jsonld": lambda text: [each["id"] for page in json.loads(text)["@graph"] for each in page["data"]],
}
FORMATS = pytest.mark.parametrize("format", READERS)


@FORMATS
def test_a_file_has_what_a_walk_gives(client: Client, tmp_path: Path, format: str) -> None:
    events = client.events(sort="-date", type=["coerce", "consult"], limit=2)
    written = events.save(tmp_path / f"events.{format}")
    assert READERS[format](written.read_text("utf-8")) == [event.id for event in events] != []
    assert list(tmp_path.iterdir()) == [written]


@FORMATS
def test_both_clients_write_the_same(client: Client, app: Guard, tmp_path: Path, format: str) -> None:
    async def save() -> Path:
        async with in_process(app) as asking:
            return await asking.places().save(tmp_path / "awaited", format=format)

    awaited = asyncio.run(save()).read_text("utf-8")
    blocking = client.places().save(str(tmp_path / "blocking"), format=format).read_text("utf-8")
    assert READERS[format](awaited) == READERS[format](blocking) != []


@pytest.mark.parametrize("format", ["geojson", "jsonld"])
def test_many_pages_are_one_document(client: Client, wire: Wire, tmp_path: Path, format: str) -> None:
    events = client.events(limit=5)
    made = json.loads(events.save(tmp_path / f"events.{format}").read_text("utf-8"))
    assert len(wire.requests) > 2
    assert READERS[format](json.dumps(made)) == [event.id for event in events]
    if format == "geojson":
        assert made == events.geojson()
        assert made["type"] == "FeatureCollection"
        assert made["numberMatched"] == len(made["features"]) == events.total
        assert not {"links", "numberReturned"} & set(made)
    else:
        assert made["@context"].endswith("/context.jsonld")
        assert len({page["@id"] for page in made["@graph"]}) == len(made["@graph"]) > 2


@FORMATS
@pytest.mark.parametrize("limit", [0, 3, None])
def test_a_limit_is_no_bound(client: Client, tmp_path: Path, format: str, limit: int | None) -> None:
    written = client.places(limit=limit).save(tmp_path / "places", format=format)
    assert len(READERS[format](written.read_text("utf-8"))) == client.places().total > 3


def test_geojson_awaited_and_of_nothing(app: Guard) -> None:
    async def ask() -> tuple[dict[str, Any], dict[str, Any]]:
        async with in_process(app) as client:
            return await client.places().geojson(), await client.places(q="nowhere-of-this-name").geojson()

    places, none = asyncio.run(ask())
    assert {feature["geometry"] and feature["geometry"]["type"] for feature in places["features"]} == {"Point", None}
    assert (none["features"], none["numberMatched"]) == ([], 0)


def test_fields_are_columns(client: Client, tmp_path: Path) -> None:
    written = client.actors().save(tmp_path / "actors.csv", fields=["label", "id"])
    assert written.read_bytes().startswith(b"label,id\r\n")


def test_what_a_format_cannot_honour_leaves_no_file(client: Client, tmp_path: Path) -> None:
    with pytest.raises(NotWithThisFormat):
        client.actors().save(tmp_path / "actors.geojson")
    with pytest.raises(NotWithThisFormat):
        client.events(facets="type").save(tmp_path / "events.csv")
    assert not list(tmp_path.iterdir())


def test_a_name_that_tells_no_format(client: Client, wire: Wire, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.csv, \.ndjson, \.geojson, \.jsonld; 'events\.xlsx' does not"):
        client.events().save(tmp_path / "events.xlsx")
    with pytest.raises(ValueError, match="JSON comes in pages"):
        client.events().save(tmp_path / "events", format="json")
    with pytest.raises(FileNotFoundError):
        client.events().save(tmp_path / "no-folder" / "events.csv")
    assert not wire.requests


class Breaking(httpx.SyncByteStream):
    """A body that breaks off."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"id,label\r\n"
        raise httpx.RemoteProtocolError("peer closed connection")


@pytest.mark.parametrize(
    "answer", [httpx.Response(200, stream=Breaking()), httpx.Response(200, html="<h1>Log in</h1>")]
)
def test_what_is_not_whole_leaves_the_file_before(tmp_path: Path, answer: httpx.Response) -> None:
    before = tmp_path / "events.csv"
    before.write_text("before", encoding="utf-8")
    with (
        Client("http://onrecord.test", transport=httpx.MockTransport(lambda _: answer)) as client,
        pytest.raises((httpx.TransportError, UnexpectedAnswer)),
    ):
        client.events().save(before)
    assert [each.read_text("utf-8") for each in tmp_path.iterdir()] == ["before"]


def test_a_write_that_is_cancelled_leaves_no_file(app: Guard, tmp_path: Path) -> None:
    async def ask() -> None:
        async with in_process(app) as client:
            saving = asyncio.create_task(client.events().save(tmp_path / "events.csv"))
            while not list(tmp_path.iterdir()):  # what is awaited is the file
                await asyncio.sleep(0)
            saving.cancel()
            with pytest.raises(asyncio.CancelledError):
                await saving

    asyncio.run(ask())
    assert not list(tmp_path.iterdir())


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    pieces: list[int] = []

    class Long(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for _ in range(64):
                pieces.append(sum(each.stat().st_size for each in tmp_path.iterdir()))
                yield b"x" * PIECE

    answer = httpx.Response(200, stream=Long())
    with Client("http://onrecord.test", transport=httpx.MockTransport(lambda _: answer)) as client:
        assert client.events().save(tmp_path / "events.csv").stat().st_size == 64 * PIECE
        assert not client._exchange.cache.used
    assert all(at * PIECE - size <= 2 * PIECE for at, size in enumerate(pieces))  # what has come is on disk


def test_a_release_as_its_database_and_its_input(client: Client, tmp_path: Path) -> None:
    release = client.releases()[0]
    with closing(sqlite3.connect(client.save_release(release.label, tmp_path / "copy.sqlite"))) as database:
        entries = database.execute("SELECT count(*) FROM entry").fetchone()[0]
    written = client.save_release(release.id, tmp_path / "copy.ndjson").read_text("utf-8")
    assert entries > 0
    assert {json.loads(line)["kind"] for line in written.splitlines()} >= {"event", "claim"}
    with pytest.raises(ValueError, match=r"\.sqlite, \.ndjson"):
        client.save_release(release.id, tmp_path / "copy.db")


def test_a_release_awaited(app: Guard, tmp_path: Path) -> None:
    async def save() -> Path:
        async with in_process(app) as client:
            return await client.save_release((await client.releases())[0].id, tmp_path / "copy.ndjson")

    assert asyncio.run(save()).stat().st_size > 0


def test_a_release_of_other_bytes_is_not_kept(url: str, tmp_path: Path) -> None:
    class Altered(Wire):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            response = super().handle_request(request)
            return httpx.Response(200, content=b"altered") if request.url.path.endswith("sqlite") else response

    with Client(url, transport=Altered()) as client, pytest.raises(UnexpectedAnswer, match="another sha256"):
        client.save_release(client.releases()[0].id, tmp_path / "copy.sqlite")
    assert not list(tmp_path.iterdir())


def test_the_next_page_is_in_its_link() -> None:
    links = [{"rel": "self", "href": "x?cursor=no"}, {"rel": "next", "href": "x?limit=5&cursor=a%2Bb"}]
    page = FeaturePage.model_validate({"type": "FeatureCollection", "features": [], "links": links})
    assert page.cursor == "a+b"
