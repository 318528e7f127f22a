"""Conditional requests: a weak ETag known before any SQL, 304 with what a cache renews, and what an ETag depends on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.main import create_app
from app.query.reader import ReleaseInfo
from app.releases.schema import HEAD
from app.releases.sqlite import SqliteStore
from app.resources import RESOURCES
from app.settings import Settings
from app.web.api.conditional import etag
from problems import problem
from visitor import BASE, Visitor

PATHS = [
    *(f"/{each.name}" for each in RESOURCES),
    "/events?type=protest&limit=1",
    "/events/hallvik-ferry-strike",
    "/events/hallvik-ferry-strike/claims",
    "/events/hallvik-ferry-strike/matrix",
    "/sources/hallvik-observer-note/coverage",
    "/search?q=strike",
    "/",
    "/releases",
    "/vocabularies",
    "/vocabularies/measures",
    "/openapi.json",
    "/problems/not-found",
]
CURRENT = "public, max-age=60, stale-while-revalidate=600"


@pytest.fixture(scope="module")
def proxied(folder: Path) -> Iterator[Visitor]:
    """The same store behind a proxy that adds a path of its own."""
    with Visitor(create_app(Settings(store=folder, public_url="https://data.example.org/on/record/"))) as made:
        yield made


def tag(visitor: Visitor, url: str) -> str:
    """The ETag of a 200."""
    answer = visitor.get(url)
    assert answer.status_code == 200, answer.text
    return str(answer.headers["etag"])


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_a_weak_tag_and_no_date(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.headers["etag"].startswith('W/"')
    assert answer.headers["cache-control"] == CURRENT
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
    assert "last-modified" not in answer.headers
    assert tag(visitor, path) == answer.headers["etag"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("form", ["{}", "{strong}", '"a", {}', 'W/"x",{strong} ,"y"', "*", " * "])
def test_row_37_not_modified(visitor: Visitor, path: str, form: str) -> None:
    known = visitor.get(path)
    weak = known.headers["etag"]
    answer = visitor.get(path, headers={"if-none-match": form.format(weak, strong=weak.removeprefix("W/"))})
    assert (answer.status_code, answer.content) == (304, b"")
    for name in ("etag", "cache-control", "vary", "content-location"):
        assert answer.headers.get(name) == known.headers.get(name)
    assert "content-type" not in answer.headers
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("other", ['"x"', 'W/"x"', "x", "", '"*"', "W/*"])
def test_row_37_modified(visitor: Visitor, other: str) -> None:
    assert visitor.get("/events", headers={"if-none-match": other}).status_code == 200


def test_row_37_several_header_lines_are_one_list(visitor: Visitor) -> None:
    lines = [(b"if-none-match", b'"x"'), (b"if-none-match", tag(visitor, "/events").encode())]
    assert visitor.raw("GET", b"/events", [(b"host", b"testserver"), *lines]).status_code == 304


def test_row_37_any_is_fresh_only_for_what_exists(visitor: Visitor) -> None:
    fresh = {"if-none-match": "*"}
    assert visitor.get("/events/hallvik-ferry-strike", headers=fresh).status_code == 304
    problem(visitor.get("/events/none", headers=fresh), 404, "not-found")
    problem(visitor.get("/events/none/claims", headers=fresh), 404, "not-found")
    problem(visitor.get("/events/hallvik-overtime-ban", headers=fresh), 410, "removed")
    problem(visitor.get("/events?foo=1", headers=fresh), 400, "unknown-parameter")
    problem(visitor.get("/people/vestmark-dockers-union", headers=fresh), 404, "not-found")


# Answers that the paths have, each asked for something that is not there: a record, then a parameter.
ABSENT = [
    ("/events/hallvik-overtime-ban", 410),
    ("/events/hallvik-ferry-walkout", 308),
    ("/events/vestmark-dockers-union", 404),
    ("/events/none", 404),
]


@pytest.mark.parametrize("form", ["*", '"x", {}'])
def test_row_37_no_path_calls_what_is_not_there_unchanged(visitor: Visitor, store: SqliteStore, form: str) -> None:
    for path in visitor.data("/openapi.json")["paths"]:
        if "{" in path:
            asked, status = path.replace("{", "no-such-").replace("}", ""), 404
        else:
            asked, status = f"{path}?no-such=1", 400
        for method in ("GET", "HEAD"):
            answer = visitor.send(method, asked, _holding(form, store.current().info, asked))
            assert answer.status_code == status, asked


@pytest.mark.parametrize("form", ["*", '"x", {}'])
@pytest.mark.parametrize(("record", "status"), ABSENT)
def test_row_37_below_a_record_its_own_answer_comes_first(
    visitor: Visitor, store: SqliteStore, record: str, status: int, form: str
) -> None:
    below = [
        path.removeprefix("/events/{event_id}")
        for path in visitor.data("/openapi.json")["paths"]
        if "/events/{" in path and not path.endswith("/history")  # which such records have too
    ]
    assert {"", "/claims", "/matrix"} <= set(below)
    for path in below:
        answer = visitor.get(record + path, headers=_holding(form, store.current().info, record + path))
        assert answer.status_code == status, path
        if status == 308:
            assert answer.headers["location"] == f"{BASE}/events/hallvik-ferry-strike{path}"


def _holding(form: str, info: ReleaseInfo, path: str) -> dict[str, str]:
    """The ETag that the answer would have if there were one."""
    return {"if-none-match": form.format(etag(info.id, HEAD, BASE, path.partition("?")[0], "", "json"))}


@pytest.mark.parametrize(
    "path",
    ["/events/hallvik-ferry-strike/matrix?format=csv", "/claims/solem-strike-about-wages?format=geojson"],
)
def test_row_37_any_is_not_fresh_where_the_format_cannot_be_had(visitor: Visitor, path: str) -> None:
    problem(visitor.get(path), 400, "not-with-this-format")
    problem(visitor.get(path, headers={"if-none-match": "*"}), 400, "not-with-this-format")


@pytest.mark.thorough
def test_the_tag_of_the_openapi_document_changes_when_the_document_does(visitor: Visitor, folder: Path) -> None:
    made = create_app(Settings(store=folder))
    with Visitor(made) as same, Visitor(create_app(Settings(store=folder))) as another:
        another.app.app.description = "Other words."  # type: ignore[attr-defined]  # a Guard around FastAPI
        known = tag(visitor, "/openapi.json")
        assert tag(same, "/openapi.json") == known
        assert tag(another, "/openapi.json") != known
        answer = another.get("/openapi.json", headers={"if-none-match": known})
        assert (answer.status_code, answer.json()["info"]["description"]) == (200, "Other words.")


def test_row_38_if_none_match_beats_if_modified_since(visitor: Visitor) -> None:
    since = "Fri, 31 Dec 2100 23:59:59 GMT"
    both = {"if-none-match": '"x"', "if-modified-since": since}
    assert visitor.get("/events", headers=both).status_code == 200
    assert visitor.get("/events", headers={"if-modified-since": since}).status_code == 200
    both["if-none-match"] = tag(visitor, "/events")
    assert (
        visitor.get("/events", headers=both | {"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"}).status_code == 304
    )


def test_row_39_a_range_of_json_is_the_whole(visitor: Visitor) -> None:
    for path in ("/events", "/events/hallvik-ferry-strike", "/releases"):
        answer = visitor.get(path, headers={"range": "bytes=0-10"})
        assert (answer.status_code, answer.headers["accept-ranges"]) == (200, "none")
        assert answer.json()["data"]


# Questions that mean the same, however they are written.
SAME = [
    ("/events?type=protest&country=NO", "/events?country=NO&type=protest"),
    ("/events?type=protest,consult", "/events?type=consult&type=protest"),
    ("/events?type=protest", "/events?type=protest&limit=50"),
    ("/events?type=protest", "/events?type=protest,protest&sort=date"),
    ("/events?sort=date", "/events?sort=date,id"),
    ("/claims?event=hallvik-ferry-walkout", "/claims?event=hallvik-ferry-strike"),
    ("/events?date=2019", "/events?undated=exclude&date_match=possible&date=2019"),
    ("/people?name=Djindjic", "/people?name=DJINDJIC"),
]
OTHER = [
    "/events?type=consult",
    "/events?type=protest&limit=2",
    "/events?sort=-date",
    "/events?sort=title",
    "/events?date=2019",
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_questions_that_mean_the_same_share_their_tag(visitor: Visitor, one: str, other: str) -> None:
    assert visitor.data(one)["data"] == visitor.data(other)["data"]
    assert tag(visitor, one) == tag(visitor, other)


def test_other_questions_have_other_tags(visitor: Visitor) -> None:
    pages = [visitor.data("/claims", limit=2)["links"]["next"]]
    pages.append(visitor.data(pages[0])["links"]["next"])
    urls = [*OTHER, *pages, *PATHS]
    assert len({tag(visitor, url) for url in urls}) == len(urls)


def test_the_tag_depends_on_the_base(visitor: Visitor, proxied: Visitor) -> None:
    for path in PATHS[:-3]:
        elsewhere = visitor.get(path, headers={"host": "elsewhere.example"}).headers["etag"]
        assert len({tag(visitor, path), elsewhere, tag(proxied, path)}) == 3, path


def test_links_start_with_the_public_url_whatever_the_host(proxied: Visitor) -> None:
    base = "https://data.example.org/on/record"
    for path in PATHS:
        if path != "/problems/not-found":
            text = proxied.get(path, headers={"host": "h7.internal:8000"}).text
            assert "h7.internal" not in text
            assert BASE not in text
    answer = proxied.get("/events?limit=1", headers={"host": "h7.internal:8000"})
    links = answer.json()["links"]
    assert links["self"] == f"{base}/events?limit=1"
    assert all(link.startswith(f"{base}/events?") for link in links.values())
    assert answer.json()["data"][0]["url"].startswith(f"{base}/events/")
    assert answer.headers["content-location"] == links["permalink"]
    assert answer.links["next"]["url"] == links["next"]
    moved = proxied.get("/events/", headers={"host": "h7.internal:8000"})
    assert moved.headers["location"] == f"{base}/events"
    assert proxied.get("/events/hallvik-ferry-walkout").headers["location"] == f"{base}/events/hallvik-ferry-strike"
    problem(proxied.get("/none"), 404, "not-found", base)


def test_the_base_follows_scheme_and_host(visitor: Visitor) -> None:
    answer = visitor.get("/events?limit=1", headers={"host": "Data.Example.org:8443"})
    assert answer.json()["links"]["self"] in (
        "http://data.example.org:8443/events?limit=1",
        "http://Data.Example.org:8443/events?limit=1",
    )


@pytest.mark.parametrize("path", ["/events", "/openapi.json", "/context.jsonld", "/docs/assets/site.css"])
def test_row_37_a_tag_that_apache_marked_as_compressed_is_the_same(visitor: Visitor, path: str) -> None:
    tag = visitor.get(path).headers["etag"]
    for sent in (f'{tag[:-1]}-gzip"', f'"other", {tag[:-1]}-gzip"'):
        answer = visitor.get(path, headers={"if-none-match": sent})
        assert (answer.status_code, answer.content) == (304, b"")
        assert {"etag", "cache-control", "vary"} <= set(answer.headers)
    assert visitor.get(path, headers={"if-none-match": f'{tag[:-2]}-gzip"'}).status_code == 200
