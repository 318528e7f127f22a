"""Downloads of a release are the very bytes that the catalogue vouches for, whole or in ranges."""

import base64
import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.api.downloads import cut_pieces
from problems import problem
from visitor import BASE, Visitor

PINNED = "public, max-age=86400"


@pytest.fixture(scope="module")
def release(visitor: Visitor) -> Any:
    """The current release as the catalogue shows it."""
    return visitor.data("/releases")["data"][0]


def test_the_database_is_the_one_of_the_catalogue(visitor: Visitor, release: Any, tmp_path: Path) -> None:
    answer = visitor.get(release["downloads"]["sqlite"])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.sqlite3"
    assert answer.headers["content-disposition"] == f'attachment; filename="onrecord-{release["label"]}.sqlite"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert hashlib.sha256(answer.content).hexdigest() == release["sqlite_sha256"]
    (tmp_path / "copy.sqlite").write_bytes(answer.content)
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy:
        found = copy.execute("SELECT id, label FROM release").fetchall()
    assert found == [(release["id"], release["label"])]


def test_the_curated_input_hashes_to_the_id_of_the_release(visitor: Visitor, release: Any) -> None:
    answer = visitor.get(release["downloads"]["entries"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-ndjson")
    assert hashlib.sha256(answer.content).hexdigest() == release["id"]
    assert answer.content.endswith(b"\n")
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["content-disposition"] == f'attachment; filename="entries-{release["label"]}.ndjson"'


@pytest.mark.parametrize("name", ["sqlite", "entries"])
def test_a_download_bears_its_hash(visitor: Visitor, release: Any, name: str) -> None:
    sha256 = {"sqlite": release["sqlite_sha256"], "entries": release["id"]}[name]
    digest = base64.b64encode(bytes.fromhex(sha256)).decode()
    for wanted in ({}, {"range": "bytes=0-10"}):
        answer = visitor.get(release["downloads"][name], headers=wanted)
        assert answer.headers["etag"] == f'"{sha256}"'
        assert answer.headers["repr-digest"] == f"sha-256=:{digest}:"


@pytest.mark.parametrize("name", ["sqlite", "entries"])
def test_a_full_id_is_kept_for_ever_and_a_label_for_a_while(visitor: Visitor, release: Any, name: str) -> None:
    url = release["downloads"][name]
    assert url.startswith(f"{BASE}/releases/{release['id']}/")
    assert visitor.get(url).headers["cache-control"] == PINNED
    for short in (release["label"], release["id"][:12]):
        answer = visitor.get(url.replace(release["id"], short))
        assert answer.status_code == 200
        assert "max-age=60" in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["sqlite", "entries"])
def test_what_the_client_holds_is_not_sent_again(visitor: Visitor, release: Any, name: str) -> None:
    url = release["downloads"][name]
    known = visitor.get(url)
    assert "last-modified" not in known.headers
    answer = visitor.get(url, headers={"if-none-match": known.headers["etag"]})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == known.headers["etag"]
    assert answer.headers["cache-control"] == PINNED


RANGES = {
    "bytes=0-10": slice(0, 11),
    "bytes=100-": slice(100, None),
    "bytes=-16": slice(-16, None),
    "bytes=-99999999": slice(0, None),
    "bytes=7-99999999": slice(7, None),
    "bytes=3-3": slice(3, 4),
}


@pytest.mark.parametrize("name", ["sqlite", "entries"])
@pytest.mark.parametrize("wanted", RANGES)
def test_row_39_a_range(visitor: Visitor, release: Any, name: str, wanted: str) -> None:
    url = release["downloads"][name]
    whole = visitor.get(url)
    part = visitor.get(url, headers={"range": wanted})
    assert part.status_code == 206
    assert part.content == whole.content[RANGES[wanted]]
    assert part.headers["content-range"].endswith(f"/{len(whole.content)}")
    assert part.headers["accept-ranges"] == whole.headers["accept-ranges"] == "bytes"
    assert part.headers["etag"] == whole.headers["etag"]
    assert int(part.headers["content-length"]) == len(part.content)


@pytest.mark.parametrize("name", ["sqlite", "entries"])
def test_row_39_a_download_is_resumed_only_if_it_is_the_same_file(visitor: Visitor, release: Any, name: str) -> None:
    url = release["downloads"][name]
    whole = visitor.get(url)
    part = visitor.get(url, headers={"range": "bytes=50-", "if-range": whole.headers["etag"]})
    assert (part.status_code, whole.content[:50] + part.content) == (206, whole.content)
    for other in ('"x"', f"W/{whole.headers['etag']}", "Wed, 21 Oct 2015 07:28:00 GMT", "x"):
        answer = visitor.get(url, headers={"range": "bytes=50-", "if-range": other})
        assert (answer.status_code, answer.content == whole.content) == (200, True), other


@given(first=st.integers(0, 3000), length=st.integers(1, 3000), piece=st.integers(1, 700))
def test_pieces_are_cut_where_the_range_says(first: int, length: int, piece: int) -> None:
    whole = bytes(number % 251 for number in range(3000))
    pieces = (whole[at : at + piece] for at in range(0, len(whole), piece))
    found = b"".join(cut_pieces(pieces, first, first + length))
    assert found == whole[first : first + length]


@pytest.mark.parametrize("wanted", ["junk", "bytes=5-1", "bytes=a-b", "items=0-1", "bytes=", "bytes=1-2,4-5"])
def test_row_39_a_range_that_cannot_be_read_is_ignored(visitor: Visitor, release: Any, wanted: str) -> None:
    answer = visitor.get(release["downloads"]["sqlite"], headers={"range": wanted})
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == release["sqlite_sha256"]


@pytest.mark.parametrize("name", ["sqlite", "entries"])
@pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=99999999-999999999", "bytes=-0"])
def test_row_39_a_range_behind_the_end_is_416(visitor: Visitor, release: Any, name: str, wanted: str) -> None:
    answer = visitor.get(release["downloads"][name], headers={"range": wanted})
    problem(answer, 416, "range-not-satisfiable")
    assert answer.headers["content-range"].startswith("bytes */")


@pytest.mark.parametrize("file", ["", "/onrecord.sqlite", "/entries.ndjson"])
@pytest.mark.parametrize("name", ["never", "0" * 64, "abc"])
def test_an_unknown_release_is_404(visitor: Visitor, file: str, name: str) -> None:
    body = problem(visitor.get(f"/releases/{name}{file}"), 404, "not-found")
    assert body["errors"][0]["parameter"] == "release"


def test_a_mistyped_label_is_answered_with_the_right_one(visitor: Visitor, release: Any) -> None:
    body = problem(visitor.get(f"/releases/{release['label'][:-1]}"), 404, "not-found")
    assert body["errors"][0]["did_you_mean"] == release["label"]


@pytest.mark.parametrize("name", ["sqlite", "entries", "datapackage"])
def test_a_download_leads_to_its_release(visitor: Visitor, release: Any, name: str) -> None:
    answer = visitor.get(release["downloads"][name].replace(release["id"], release["label"]))
    assert answer.headers["link"] == f'<{release["url"]}>; rel="describedby"'
