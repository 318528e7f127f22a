"""Finished answers are sent again as they were, compressed if the client likes, and never of a release that is gone."""

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.main import create_app
from app.releases.catalogue_file import CATALOGUE
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from app.web.api.cache import Rendered
from app.web.api.guard import Guard
from releases.publishing import ODD, SMALL, edition, published
from visitor import Visitor

URLS = [
    "/events",
    "/events?limit=3&sort=-date",
    "/claims?speaker=ingrid-solem",
    "/events/hallvik-ferry-strike",
    "/people/ingrid-solem",
    "/events/hallvik-ferry-strike/claims",
    "/events/hallvik-ferry-strike/matrix",
    "/search?q=ferry",
    "/events?format=geojson",
    "/events/hallvik-ferry-strike?format=jsonld",
]
OWN = ("x-request-id",)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of the small dossier."""
    published(tmp_path / "store", SMALL)
    return tmp_path / "store"


@pytest.fixture
def app(folder: Path) -> Guard:
    """The app before it, with a cache."""
    return create_app(Settings(store=folder, cache=8))


@pytest.fixture
def visitor(app: Guard) -> Iterator[Visitor]:
    """A visitor of that app."""
    with Visitor(app) as made:
        yield made


def kept(app: Guard) -> int:
    """How many answers the cache holds."""
    return len(app.cache)


@pytest.mark.parametrize("url", URLS)
def test_an_answer_from_memory_is_the_same_answer(app: Guard, visitor: Visitor, url: str) -> None:
    answers = [visitor.get(url) for _ in range(4)]
    assert kept(app) == 1
    shown = [({**answer.headers, **dict.fromkeys(OWN)}, answer.status_code, answer.content) for answer in answers]
    assert shown[0][1] == 200
    assert all(one == shown[0] for one in shown)
    assert len({answer.headers["x-request-id"] for answer in answers}) == 4
    head = visitor.send("HEAD", url)
    assert (head.content, {**head.headers, **dict.fromkeys(OWN)}) == (b"", shown[0][0])


@pytest.mark.parametrize("url", ["/events?format=csv", "/events?format=ndjson", "/events?limit=x", "/nothing", "/"])
def test_exports_problems_and_the_rest_are_not_kept(app: Guard, visitor: Visitor, url: str) -> None:
    assert len({visitor.get(url).status_code for _ in range(3)}) == 1
    assert kept(app) == 0


def test_what_is_asked_once_is_not_kept(app: Guard, visitor: Visitor) -> None:
    for limit in range(1, 20):
        visitor.get("/events", limit=limit)
    assert kept(app) == 0


def test_another_host_accept_or_order_of_parameters_is_another_answer(app: Guard, visitor: Visitor) -> None:
    for _ in range(3):
        one = visitor.get("/events?limit=1&sort=id").json()
        other = visitor.get("/events?sort=id&limit=1").json()
        elsewhere = visitor.get("/events?limit=1&sort=id", headers={"host": "data.example.org"}).json()
        linked = visitor.get("/events?limit=1&sort=id", headers={"accept": "application/ld+json"}).json()
    assert one["links"]["self"] == "http://testserver/events?limit=1&sort=id"
    assert other["links"]["self"] == "http://testserver/events?sort=id&limit=1"
    assert elsewhere["data"][0]["url"].startswith("http://data.example.org/")
    assert "@context" in linked
    assert kept(app) == 4


@pytest.mark.parametrize("wanted", ["{etag}", "{strong}", '"x", {etag}', "*", '"x",{strong}'])
def test_a_client_that_holds_it_is_told_so_from_memory(app: Guard, visitor: Visitor, wanted: str) -> None:
    first = visitor.get("/events?limit=2")
    etag = first.headers["etag"]
    value = wanted.format(etag=etag, strong=etag.removeprefix("W/"))
    fresh = [visitor.get("/events?limit=2", headers={"if-none-match": value})]
    visitor.get("/events?limit=2")
    assert kept(app) == 1
    fresh.append(visitor.get("/events?limit=2", headers={"if-none-match": value}))
    assert [answer.status_code for answer in fresh] == [304, 304]
    assert [answer.content for answer in fresh] == [b"", b""]
    for name in ("etag", "cache-control", "vary", "content-location"):
        assert fresh[0].headers[name] == fresh[1].headers[name]
    assert visitor.get("/events?limit=2", headers={"if-none-match": '"another"'}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "coded"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("GZIP", True), ("gzip;q=0", False), ("br", False), ("identity", False)],
)
def test_a_repeated_answer_is_compressed_if_the_client_takes_it(visitor: Visitor, accepted: str, coded: bool) -> None:
    plain = [visitor.get("/events") for _ in range(2)][-1]
    answer = visitor.raw("GET", b"/events", [(b"host", b"testserver"), (b"accept-encoding", accepted.encode())])
    assert answer.headers.get("content-encoding") == ("gzip" if coded else None)
    assert answer.headers["etag"] == plain.headers["etag"]
    assert "Accept-Encoding" in answer.headers["vary"]
    assert answer.content == plain.content  # as the client decodes it
    assert int(answer.headers["content-length"]) <= len(plain.content) // (2 if coded else 1)
    assert json.loads(gzip.decompress(gzip.compress(answer.content))) == plain.json()


def test_a_body_that_is_too_large_is_refused_also_where_the_answer_is_kept(visitor: Visitor) -> None:
    for _ in range(2):
        visitor.get("/events")
    large = [(b"host", b"testserver"), (b"content-length", b"10485760")]
    assert visitor.raw("GET", b"/events", large).status_code == 413
    many = [(b"host", b"testserver"), *((f"x-{number}".encode(), b"1") for number in range(120))]
    assert visitor.raw("GET", b"/events", many).status_code == 431


def test_a_new_release_answers_at_once(app: Guard, visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    for _ in range(3):
        assert visitor.data("/events")["release"]["label"] == "hallvik-2"
    published(folder, edition(tmp_path, "hallvik-3"))
    for _ in range(3):
        assert visitor.data("/events")["release"]["label"] == "hallvik-3"
    assert kept(app) == 1


def test_a_withdrawn_or_removed_release_is_not_answered_from_memory(
    visitor: Visitor, folder: Path, tmp_path: Path
) -> None:
    first = published(folder, SMALL).info.id
    published(folder, edition(tmp_path, "hallvik-3"))
    url = f"/events?release={first}"
    for _ in range(3):
        assert visitor.get(url).status_code == 200
    path = SqliteStore(folder).database(first)
    away = path.with_suffix(".away")
    shutil.move(path, away)
    assert visitor.get(url).status_code == 410
    shutil.move(away, path)
    assert [visitor.get(url).status_code for _ in range(3)] == [200, 200, 200]
    with (folder / CATALOGUE).open("a", encoding="utf-8") as catalogue:
        event = {"number": 3, "op": "withdraw", "release": first, "at": "2021-07-01T00:00:00Z", "reason": "Wrong."}
        catalogue.write(f"{json.dumps(event)}\n")
    assert visitor.get(url).status_code == 410


def test_no_more_is_kept_than_the_setting_allows(folder: Path, tmp_path: Path) -> None:
    published(folder, SMALL, ODD)
    app = create_app(Settings(store=folder, cache=1))
    with Visitor(app) as visitor:
        for limit in range(1, 40):
            for _ in range(2):
                visitor.get("/claims", limit=500, sort="id", layer=["text", "background"], id=f"x-{limit}")
                visitor.get("/events", limit=100 + limit)
        assert 0 < app.cache.size <= 2**20


def test_a_cache_of_nothing_keeps_nothing(folder: Path) -> None:
    app = create_app(Settings(store=folder, cache=0))
    with Visitor(app) as visitor:
        for _ in range(3):
            assert visitor.get("/events").status_code == 200
        assert kept(app) == 0


def test_what_was_rendered_before_a_publication_is_not_kept_after_it(
    app: Guard, visitor: Visitor, folder: Path
) -> None:
    """It was asked for twice, of the current release; meanwhile another one became current."""
    key = ("http", b"testserver", b"/events", b"", b"")
    cache, release = app.cache, visitor.data("/events")["release"]["id"]
    state = {"release": release, "base": "http://testserver", "route": "/events"}
    rendered = Rendered(state, [(b"etag", b'W/"x"')], b"{}")
    before = cache.version
    published(folder, SMALL, ODD)
    assert cache.get(key) is None
    cache.offer(key, lambda: rendered, before)
    cache.offer(key, lambda: rendered, before)
    assert cache.get(key) is None
    cache.offer(key, lambda: rendered, cache.version)
    assert cache.get(key) is rendered
