"""The file of the catalogue: a reader goes on with what it knew where the file is damaged, a writer refuses to."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.main import create_app
from app.releases.catalogue import StoreError
from app.releases.catalogue_file import CATALOGUE, CatalogueFile
from app.releases.life import withdraw
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from problems import problem
from releases.publishing import edition, published
from visitor import Visitor


@pytest.fixture
def folder(folder: Path, tmp_path: Path) -> Path:
    """A store of three lines: two releases, and the first of them withdrawn."""
    published(folder, edition(tmp_path, "hallvik-3"))
    withdraw(SqliteStore(folder), "hallvik-2", "It named the wrong person.")
    return folder


@pytest.fixture
def visitor(folder: Path) -> Iterator[Visitor]:
    """The app before that store, which has answered once."""
    with Visitor(create_app(Settings(store=folder))) as made:
        assert made.data("/events")["release"]["label"] == "hallvik-3"
        yield made


def lines(folder: Path) -> list[bytes]:
    """The lines of the catalogue, with their line feeds."""
    return (folder / CATALOGUE).read_bytes().splitlines(keepends=True)


def write(folder: Path, *content: bytes) -> None:
    """Write the catalogue as an operator would by hand."""
    (folder / CATALOGUE).write_bytes(b"".join(content))


NEXT = b'{"number": 4, "op": "%s", "release": "%s", "at": "2021-07-01T00:00:00Z"%s}\n'
DAMAGED = [
    b"\n\nrubbish\n",
    b"{}\n",
    b"[]\n",
    b"null\n",
    b"\xff\xfe\n",
    b"[" * 100_000 + b"\n",
    b'{"number": 4, "op": "publish", "release": "a',
    NEXT % (b"publish", b"ab" * 32, b""),
    NEXT % (b"withdraw", b"ab" * 32, b', "reason": "x"'),
    NEXT % (b"roll-back", b"ab" * 32, b""),
    NEXT.replace(b"4", b"3") % (b"roll-back", b"ab" * 32, b""),
    NEXT.replace(b"4", b"true") % (b"roll-back", b"ab" * 32, b""),
    NEXT.replace(b"4", b'"4"') % (b"roll-back", b"ab" * 32, b""),
    NEXT.replace(b"2021-07-01T00:00:00Z", b"yesterday") % (b"roll-back", b"ab" * 32, b""),
]


@pytest.mark.parametrize("damage", DAMAGED, ids=lambda damage: damage[:40].decode("latin-1"))
def test_a_damaged_line_changes_nothing_and_is_told_once(
    visitor: Visitor, folder: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    releases = visitor.data("/releases")["data"]
    write(folder, *lines(folder), damage)
    with caplog.at_level(logging.WARNING, "onrecord"):
        for _ in range(3):
            assert visitor.data("/events")["release"]["label"] == "hallvik-3"
            assert visitor.data("/releases")["data"] == releases
            problem(visitor.get("/events", release="hallvik-2"), 410, "release-gone")
    (told,) = [record.getMessage() for record in caplog.records]
    assert told.startswith("line ")
    assert "restore it from a copy" in told


@pytest.mark.parametrize("damage", DAMAGED, ids=lambda damage: damage[:40].decode("latin-1"))
def test_a_server_that_starts_on_it_takes_the_lines_that_can_be_read(folder: Path, damage: bytes) -> None:
    write(folder, *lines(folder), damage)
    with Visitor(create_app(Settings(store=folder))) as visitor:
        assert visitor.data("/events")["release"]["label"] == "hallvik-3"
        problem(visitor.get("/events", release="hallvik-2"), 410, "release-gone")
        assert visitor.get("/readyz").status_code == 200


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("damage", [b"", b"x\n", b'{"number": 1'])
def test_a_line_that_is_damaged_or_lost_stays_as_it_was_known(
    visitor: Visitor, folder: Path, place: int, damage: bytes
) -> None:
    releases = visitor.data("/releases")["data"]
    kept = lines(folder)
    kept[place] = damage
    write(folder, *kept)
    assert visitor.data("/releases")["data"] == releases
    assert visitor.data("/events")["release"]["label"] == "hallvik-3"


def test_what_is_added_behind_a_damaged_line_counts(visitor: Visitor, folder: Path) -> None:
    """A withdrawal is obeyed, whatever else is wrong."""
    write(folder, b"x\n", *lines(folder)[1:], NEXT % (b"withdraw", current(folder), b""))
    problem(visitor.get("/events"), 503, "unavailable")
    assert visitor.data("/releases/hallvik-3")["data"]["withdrawn"] == "no reason is given"


def current(folder: Path) -> bytes:
    """The id of the second release."""
    release: str = json.loads(lines(folder)[1])["release"]
    return release.encode()


@pytest.mark.parametrize("content", [b"", b"x", None])
def test_a_catalogue_that_is_gone_is_still_known(visitor: Visitor, folder: Path, content: bytes | None) -> None:
    before = lines(folder)
    (folder / CATALOGUE).unlink()
    if content is not None:
        write(folder, content)
    assert visitor.data("/events")["release"]["label"] == "hallvik-3"
    assert len(visitor.data("/releases")["data"]) == 2
    write(folder, *before)
    assert visitor.data("/events")["release"]["label"] == "hallvik-3"


def test_a_folder_that_cannot_be_read_is_503(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with Visitor(create_app(Settings(store=tmp_path / "file"))) as visitor:
        for path in ("/events", "/releases", "/readyz"):
            problem(visitor.get(path), 503, "unavailable")


def test_marks_and_blank_lines_that_editors_leave_do_no_harm(folder: Path, tmp_path: Path) -> None:
    first, second, third = lines(folder)
    label = second.replace(b"hallvik-3", "hall\u2028vik".encode())
    write(folder, b"\xef\xbb\xbf" + first, b"\n", label.replace(b"\n", b"\r\n"), b"  \n", third.rstrip(b"\n"))
    catalogue = CatalogueFile(folder).whole()
    assert [known.info.label for known in catalogue.listed()] == ["hall\u2028vik", "hallvik-2"]
    assert CatalogueFile(folder).read() == catalogue


@pytest.mark.parametrize("damage", [b"x\n", b'{"number": 4, "op": "publish"'])
def test_who_writes_refuses_a_damaged_catalogue(folder: Path, tmp_path: Path, damage: bytes) -> None:
    write(folder, *lines(folder), damage)
    before = (folder / CATALOGUE).read_bytes()
    with pytest.raises(StoreError, match=r"line 4 of the catalogue .*: restore it from a copy"):
        published(folder, edition(tmp_path, "hallvik-4"))
    assert (folder / CATALOGUE).read_bytes() == before
