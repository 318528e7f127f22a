"""Tables are downloads as any other: their length is known, ranges are served, and the same bytes bear the same tag."""

import base64
import gc
import hashlib
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from app.errors import Overloaded
from app.formats.tables import WRITINGS, tables
from app.main import create_app
from app.query.reader import Reader
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from app.web.api.table_files import LEAST, TableFiles
from problems import problem
from releases.publishing import SMALL, published
from visitor import BASE, Visitor

PINNED = "public, max-age=86400"
FILES = [f"tables/figures.{suffix}" for suffix in WRITINGS]
ALL = pytest.mark.parametrize("name", [*FILES, "datapackage.json"])


@pytest.fixture(scope="module")
def release(visitor: Visitor) -> Any:
    """The current release as the catalogue shows it."""
    return visitor.data("/releases")["data"][0]


@pytest.fixture
def reader(store: SqliteStore) -> Reader:
    """The current release, read past the web."""
    return store.current()


@ALL
def test_a_table_is_sent_with_its_length_and_its_hash(visitor: Visitor, release: Any, name: str) -> None:
    answer = visitor.get(f"{release['url']}/{name}")
    sha256 = hashlib.sha256(answer.content).digest()
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == len(answer.content) > 1000
    assert answer.headers["etag"] == f'"{sha256.hex()}"'
    assert answer.headers["repr-digest"] == f"sha-256=:{base64.b64encode(sha256).decode()}:"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"] == PINNED
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    assert answer.headers["content-disposition"] == f'attachment; filename="{stem}-{release["label"]}.{suffix}"'


@pytest.mark.parametrize("suffix", WRITINGS)
def test_a_table_has_the_media_type_of_its_suffix_and_leads_to_its_description(
    visitor: Visitor, release: Any, suffix: str
) -> None:
    answer = visitor.get(f"{release['url']}/tables/events.{suffix}", headers={"accept": "text/html"})
    assert answer.headers["content-type"].partition(";")[0] == WRITINGS[suffix].media_type
    assert answer.headers["link"] == f'<{release["downloads"]["datapackage"]}>; rel="describedby"'


@ALL
def test_head_tells_the_same_and_sends_nothing(visitor: Visitor, release: Any, name: str) -> None:
    whole, head = (visitor.send(method, f"{release['url']}/{name}") for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    for header in ("content-length", "etag", "content-type", "repr-digest", "content-disposition"):
        assert head.headers[header] == whole.headers[header]


@ALL
@pytest.mark.parametrize(
    ("wanted", "part"),
    [("bytes=0-10", slice(0, 11)), ("bytes=100-", slice(100, None)), ("bytes=-16", slice(-16, None))],
)
def test_row_39_a_range_of_a_table(visitor: Visitor, release: Any, name: str, wanted: str, part: slice) -> None:
    url = f"{release['url']}/{name}"
    whole = visitor.get(url)
    for more in ({}, {"if-range": whole.headers["etag"]}):
        answer = visitor.get(url, headers={"range": wanted, **more})
        assert (answer.status_code, answer.content) == (206, whole.content[part])
        assert answer.headers["content-range"].endswith(f"/{len(whole.content)}")
        assert answer.headers["etag"] == whole.headers["etag"]
    other = visitor.get(url, headers={"range": wanted, "if-range": '"x"'})
    assert (other.status_code, other.content) == (200, whole.content)
    problem(visitor.get(url, headers={"range": "bytes=99999999-"}), 416, "range-not-satisfiable")


@ALL
def test_what_the_client_holds_is_not_sent_again(visitor: Visitor, release: Any, name: str) -> None:
    url = f"{release['url']}/{name}"
    known = visitor.get(url)
    answer = visitor.get(url, headers={"if-none-match": known.headers["etag"]})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == known.headers["etag"]


@ALL
def test_a_release_goes_by_its_label_for_a_while(visitor: Visitor, release: Any, name: str) -> None:
    for short in (release["label"], release["id"][:12]):
        answer = visitor.get(f"/releases/{short}/{name}")
        assert answer.content == visitor.get(f"{release['url']}/{name}").content
        assert "max-age=60" in answer.headers["cache-control"]


@ALL
def test_parameters_and_unknown_releases_are_refused(visitor: Visitor, release: Any, name: str) -> None:
    problem(visitor.get(f"{release['url']}/{name}", sort="id"), 400, "unknown-parameter")
    problem(visitor.get(f"/releases/never/{name}"), 404, "not-found")


@pytest.mark.parametrize(("name", "near"), [("event", "events"), ("particpations", "participations"), ("xyzzy", None)])
def test_an_unknown_table_is_answered_with_the_nearest(
    visitor: Visitor, release: Any, name: str, near: str | None
) -> None:
    body = problem(visitor.get(f"{release['url']}/tables/{name}.csv"), 404, "not-found")
    assert [(fault["parameter"], fault["did_you_mean"]) for fault in body["errors"]] == [("table", near)]


def test_a_release_leads_to_its_package(visitor: Visitor, release: Any) -> None:
    package = release["downloads"]["datapackage"]
    assert package == f"{BASE}/releases/{release['id']}/datapackage.json"
    for format in ("json", "html"):
        answer = visitor.get(release["url"], format=format)
        assert f'<{package}>; rel="describedby"' in answer.headers["link"]
        assert package in answer.text
    links = visitor.get(release["url"], format="html").text
    assert f"/releases/{release['id']}/tables/figures.xlsx" in links


def test_a_withdrawn_release_has_no_tables(tmp_path: Path) -> None:
    gone = published(tmp_path, SMALL)
    catalogue = tmp_path / "catalogue.ndjson"
    with Visitor(create_app(Settings(store=tmp_path))) as visitor:
        paths = [f"/releases/{gone.info.id}/{name}" for name in (*FILES, "datapackage.json")]
        assert {visitor.get(path).status_code for path in paths} == {200}
        line = '{"number": 2, "op": "withdraw", "release": "%s", "at": "2026-01-01T00:00:00Z", "reason": "A slip."}\n'
        catalogue.write_text(catalogue.read_text("utf-8") + line % gone.info.id, "utf-8")
        for path in paths:
            assert "A slip." in problem(visitor.get(path), 410, "release-gone")["detail"]


def test_a_table_is_made_once_and_kept_up_to_a_bound(reader: Reader) -> None:
    files = TableFiles(kept=2 * LEAST)
    wanted = [tables()[name] for name in ("events", "claims", "places")]
    first, second, third = (files.file(reader, table, "csv") for table in wanted)
    assert files.file(reader, wanted[2], "csv") is third
    again = files.file(reader, wanted[0], "csv")  # was dropped, and is made again
    assert again is not first
    assert again.sha256 == first.sha256
    assert b"".join(second.read(0, second.size)).startswith(b"id,kind,type,label,")


def test_a_table_larger_than_the_bound_is_sent_and_not_kept(reader: Reader) -> None:
    files = TableFiles(kept=1)
    first, second = (files.file(reader, tables()["events"], "csv") for _ in range(2))
    assert first is not second
    assert b"".join(first.read(0, first.size)) == b"".join(second.read(0, second.size))


def test_a_download_ends_though_its_file_is_dropped(reader: Reader) -> None:
    files = TableFiles(kept=LEAST)
    kept = files.file(reader, tables()["events"], "csv")
    sha256, pieces = kept.sha256, kept.read(0, kept.size)
    del kept
    files.file(reader, tables()["claims"], "csv")
    gc.collect()
    assert hashlib.sha256(b"".join(pieces)).hexdigest() == sha256


def test_many_who_ask_for_a_table_get_one_file(reader: Reader) -> None:
    files, found = TableFiles(), []
    threads = [Thread(target=lambda: found.append(files.file(reader, tables()["claims"], "csv"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(file) for file in found}) == 1


def test_who_would_wait_too_long_for_others_is_told_so(reader: Reader) -> None:
    files = TableFiles(wait=0)
    with files.making, pytest.raises(Overloaded):
        files.file(reader, tables()["claims"], "csv")
    assert files.file(reader, tables()["claims"], "csv").size


def test_a_table_that_fails_holds_up_no_other(reader: Reader) -> None:
    files = TableFiles(wait=0)
    with pytest.raises(ValueError, match="broken"):
        files.made(("release", "events", "csv"), broken)
    assert files.file(reader, tables()["events"], "csv").size


def broken() -> Iterator[bytes]:
    """A table that cannot be written."""
    yield b"id"
    raise ValueError("broken")
