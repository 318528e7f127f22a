"""onrecord roll-back, withdraw and prune: what they print, and one line where nothing can be done."""

from pathlib import Path

import pytest

from cli.terminal import RIGHT, Ran, run
from dossier.dossiers import DOSSIERS, SMALL
from releases.publishing import edition

ODD = DOSSIERS / "odd"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two releases; the second has another dossier more."""
    store = tmp_path_factory.mktemp("built")
    run("build", SMALL, "--store", store)
    run("build", SMALL, ODD, "--store", store)
    return store


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    """A copy of that store."""
    copy = tmp_path / "store"
    copy.mkdir()
    for file in built.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    return copy


def current(store: Path) -> str:
    """The label of the current release, as `releases` prints it."""
    (row,) = [line.split() for line in run("releases", "--store", store).out if line.split()[0] == "current"]
    return row[2]


def test_a_roll_back_says_what_is_served_then(store: Path) -> None:
    ran = run("roll-back", "hallvik-2", "--store", store)
    assert ran.code == RIGHT
    assert ran.out[0].endswith("edition hallvik-2, is current again")
    assert ran.err == ["not served any more: odd-ones"]
    assert current(store) == "hallvik-2"
    assert run("roll-back", "hallvik-2", ONRECORD_STORE=str(store)).out[0].endswith("is current already")
    assert run("roll-back", "hallvik-2~odd-1", "--store", store).err == []


def test_a_withdrawal_says_what_is_current_then(store: Path) -> None:
    ran = run("withdraw", "hallvik-2~odd-1", "--reason", " It named the\n wrong person. ", "--store", store)
    assert ran.code == RIGHT
    assert [line.partition("edition ")[2] for line in ran.out] == [
        "hallvik-2~odd-1, is withdrawn",
        "hallvik-2, is current",
    ]
    assert '"reason": "It named the wrong person."' in (store / "catalogue.ndjson").read_text("utf-8")
    last = run("withdraw", "hallvik-2", "--reason", "It did too.", "--store", store)
    assert (last.code, last.err) == (RIGHT, ["no release is left to serve: build an edition without what was wrong"])


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001, "a\u202eb", "a\u200bb", "a\x07b"])
def test_a_reason_that_people_cannot_read_is_refused(store: Path, reason: str) -> None:
    before = (store / "catalogue.ndjson").read_bytes()
    assert run("withdraw", "hallvik-2", "--reason", reason, "--store", store).refused("--reason is for people")
    assert (store / "catalogue.ndjson").read_bytes() == before


def test_a_prune_names_each_file(store: Path, tmp_path: Path) -> None:
    def pruned(*options: str) -> Ran:
        return run("prune", "--keep", "1", "--store", store, *options)

    assert pruned().err == ["0 files deleted, 0.0 MB"]  # within the hour
    (line,) = pruned("--at-once", "--dry-run").out
    assert line.endswith("edition hallvik-2")
    assert len(list(store.glob("????????????????-*.sqlite"))) == 2
    assert pruned("--at-once").out == [line]
    assert len(list(store.glob("????????????????-*.sqlite"))) == 1
    assert run("build", edition(tmp_path, "hallvik-3"), ODD, "--store", store).code == RIGHT


COMMANDS = [
    ["roll-back", "hallvik-9"],
    ["withdraw", "hallvik-9", "--reason", "x"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_release_that_is_not_there_is_said_in_one_line(store: Path, words: list[str]) -> None:
    ran = run(*words, "--store", store)
    assert ran.refused("No release is called 'hallvik-9'; onrecord releases lists them. Did you mean hallvik-2?")


@pytest.mark.parametrize("words", [*COMMANDS, ["prune", "--keep", "1"]], ids=lambda words: words[0])
def test_a_store_that_is_not_there_is_said_in_one_line(tmp_path: Path, words: list[str]) -> None:
    assert run(*words, "--store", tmp_path / "none").refused("nothing was published here yet")
    assert not (tmp_path / "none").exists()
