"""The log of changes: it adds up to what is current, outlives old files, and forgets what was withdrawn."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.query.changes import Change, ChangeQuestion
from app.releases.catalogue import StoreError
from app.releases.change_log import write_log
from app.releases.life import roll_back, withdraw
from app.releases.pruning import prune
from app.releases.release_file import ReleaseFile
from app.releases.sqlite import SqliteStore
from releases.editions import second_edition, third_edition
from releases.publishing import ODD, SMALL, corpus_of, published
from releases.test_pruning import AT_ONCE

EVERYTHING = ChangeQuestion(sort="number", limit=10_000)
REASON = "It named the wrong person."


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Iterator[SqliteStore]:
    """A store of three editions."""
    published(folder, second_edition(tmp_path))
    published(folder, third_edition(tmp_path))
    with closing(SqliteStore(folder)) as opened:
        yield opened


def changes(store: SqliteStore) -> list[Change]:
    """Every change, in order."""
    return list(store.changes(EVERYTHING).changes)


def there(store: SqliteStore) -> set[str]:
    """The ids of the live records of the current release."""
    if store.catalogue().current is None:
        return set()
    reader = store.current()
    return {id for _, id in reader.addresses(0, 10_000)}


def replayed(found: list[Change]) -> set[str]:
    """The ids that are left after all changes."""
    ids = set[str]()
    for change in found:
        assert (change.id in ids) == (change.op != "created"), change
        (ids.discard if change.op in ("removed", "merged") else ids.add)(change.id)
    return ids


def test_the_changes_add_up_to_what_is_current(store: SqliteStore, tmp_path: Path) -> None:
    assert replayed(changes(store)) == there(store)
    published(store.folder, ODD, third_edition(tmp_path / "again"))
    assert replayed(changes(store)) == there(store)
    roll_back(store, "hallvik-2")
    assert replayed(changes(store)) == there(store)
    withdraw(store, "hallvik-2", REASON)
    assert replayed(changes(store)) == there(store)
    for release in list(store.published()):
        if release.withdrawn is None:
            withdraw(store, release.info.id, REASON)
            assert replayed(changes(store)) == there(store)
    assert [change.number for change in changes(store)] == list(range(1, len(changes(store)) + 1))


def test_three_editions(store: SqliteStore) -> None:
    counts = Counter[str]()
    first, second, third = (known.info for known in reversed(store.published()))
    for change in changes(store):
        if change.release == first.id:
            assert (change.op, change.before, change.after) == ("created", {}, {})
            counts[change.kind] += 1
    assert counts == Counter(curated.kind for curated in corpus_of(SMALL).curated)
    of_second = {(each.op, each.id): each for each in changes(store) if each.release == second.id}
    assert set(of_second) == {
        ("updated", "hallvik-quay"),
        ("updated", "hallvik-ramp-blockade"),
        ("updated", "hallvik-ferry-strike"),
        ("removed", "hallvik-wage-talks"),
        ("removed", "minutes-talks-broke-off"),
    }
    title = of_second["updated", "hallvik-ramp-blockade"]
    assert (title.before, title.after) == ({"title": "A rope closes the ramp"}, {"title": "Rope across the ramp"})
    links = of_second["updated", "hallvik-ferry-strike"]
    assert links.before == {"links": [{"event": "hallvik-wage-talks", "relation": "follows"}]}
    assert links.after == {"links": None}
    assert title.label == "Rope across the ramp"
    assert {each.correction for each in of_second.values()} == {"The title of the blockade was wrong."}
    gone = of_second["removed", "hallvik-wage-talks"]
    assert (gone.label, gone.reason) == ("Talks about wages break off", "Only the minutes told of them.")
    of_third = {(each.op, each.id): each for each in changes(store) if each.release == third.id}
    assert of_third["merged", "hallvik-ramp-blockade"].target == "hallvik-ferry-strike"
    assert {each.correction for each in of_third.values()} == {None}


def test_a_correction_is_told_once_and_not_by_going_back(store: SqliteStore, tmp_path: Path) -> None:
    published(store.folder, ODD, third_edition(tmp_path / "again"))
    roll_back(store, "hallvik-3")
    steps = {(each.step, each.correction) for each in changes(store)}
    assert steps == {("publish", None), ("publish", "The title of the blockade was wrong."), ("roll-back", None)}


def test_changes_outlive_the_files_of_old_releases(store: SqliteStore) -> None:
    before = changes(store)
    prune(store, 1, AT_ONCE)
    assert changes(store) == before
    assert len(list(store.folder.glob("changes-*.sqlite"))) == 2


def test_a_copy_of_the_folder_has_the_same_changes(store: SqliteStore, tmp_path: Path) -> None:
    with closing(SqliteStore(Path(shutil.copytree(store.folder, tmp_path / "copy")))) as copy:
        assert changes(copy) == changes(store)


def test_a_log_that_is_ahead_of_the_catalogue_is_not_read_yet(store: SqliteStore, tmp_path: Path) -> None:
    before, catalogue = changes(store), (store.folder / "catalogue.ndjson").read_bytes()
    published(store.folder, ODD, third_edition(tmp_path / "again"))
    (store.folder / "catalogue.ndjson").write_bytes(catalogue)
    with closing(SqliteStore(store.folder)) as behind:
        assert changes(behind) == before


@pytest.mark.parametrize("damage", [None, b"", b"x" * 5000])
def test_a_log_that_is_lost_is_made_again(store: SqliteStore, damage: bytes | None) -> None:
    before = changes(store)
    for file in store.folder.glob("changes-*.sqlite"):
        file.unlink()
        if damage is not None and file.name < "changes-000003":
            file.write_bytes(damage)
    assert write_log(store.folder, store.catalogue()) == []
    assert changes(store) == before


def test_a_step_that_cannot_be_compared_is_left_out_and_told(folder: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        path = store.path(store.catalogue().needed())
        path.write_bytes(b"x" * 5000)
        published(folder, ODD, without=["hallvik-quay"])
        found = changes(store)
        assert {each.release for each in found} == {store.published()[1].info.id}
        (problem,) = write_problems(store)
        assert problem == f"release file {path} cannot be read: copy it back"


def write_problems(store: SqliteStore) -> list[str]:
    """What cannot be compared when the log is made of nothing but what it was after the first step."""
    (store.folder / f"changes-{store.catalogue().position:06d}.sqlite").unlink()
    return write_log(store.folder, store.catalogue())


def test_what_a_withdrawn_release_said_is_kept_nowhere(store: SqliteStore) -> None:
    secrets = (b"Rope across the ramp", b"The title of the blockade was wrong.")
    log = sorted(store.folder.glob("changes-*.sqlite"))[-1].read_bytes()
    assert all(secret in log for secret in secrets)
    withdraw(store, "hallvik-3", REASON)
    log = sorted(store.folder.glob("changes-*.sqlite"))[-1].read_bytes()
    assert not any(secret in log for secret in secrets)
    with closing(sqlite3.connect(sorted(store.folder.glob("changes-*.sqlite"))[-1])) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_withdrawal_is_obeyed_before_the_log_is_written(store: SqliteStore) -> None:
    """The catalogue is written first, and the log is read as it allows."""
    withdraw(store, "hallvik-3", REASON)
    sorted(store.folder.glob("changes-*.sqlite"))[-1].unlink()
    second = store.published()[1].info.id
    touched = [each for each in changes(store) if each.withdrawn]
    assert {each.withdrawn for each in touched} == {REASON}
    assert all((each.before, each.after, each.correction) == (None, None, None) for each in touched)
    assert all(each.label is None for each in touched if each.release == second and each.op == "updated")
    assert all(each.label for each in touched if each.release == second and each.op == "removed")


def test_a_withdrawal_of_the_current_release_tells_its_reason(store: SqliteStore) -> None:
    withdraw(store, "hallvik-4", REASON)
    latest = [each for each in changes(store) if each.step == "withdraw"]
    assert {each.reason for each in latest} == {REASON}
    assert {each.release for each in latest} == {store.current().info.id}


def test_a_file_that_is_no_release_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"x" * 5000)
    for name in ("x.sqlite", "none.sqlite"):
        with pytest.raises(StoreError, match="cannot be read"):
            list(ReleaseFile(tmp_path / name).lines())


def test_the_first_release_alone_creates_everything(tmp_path: Path) -> None:
    published(tmp_path, SMALL)
    with closing(SqliteStore(tmp_path)) as store:
        assert replayed(changes(store)) == there(store)
        assert {each.published for each in changes(store)} == {store.published()[0].at}
