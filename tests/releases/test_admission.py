"""A store admits no release that breaks a URL which was given out, or that takes a dossier away unasked."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from app.releases.catalogue import StoreError
from app.releases.catalogue_file import CATALOGUE
from app.releases.life import withdraw
from app.releases.predecessor import ids_before
from app.releases.sqlite import SqliteStore
from releases.publishing import ODD, SMALL, edit, edition, published


def refused(folder: Path, *dossiers: Path, without: Sequence[str] = ()) -> str:
    """Why the store does not publish them."""
    before = (folder / CATALOGUE).read_bytes()
    with pytest.raises(StoreError) as raised:
        published(folder, *dossiers, without=without)
    assert (folder / CATALOGUE).read_bytes() == before
    return str(raised.value)


def test_a_label_that_is_taken_is_refused(folder: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        id = store.catalogue().needed().info.id
    again = edition(tmp_path, "hallvik-2")
    assert refused(folder, again) == (
        f"the label hallvik-2 is already that of release {id[:16]}, which has other content: raise edition.label in "
        "dossier.yaml"
    )
    edit(again / "dossier.yaml", "hallvik-2", "hallvik-2b")
    assert published(folder, again).info.label == "hallvik-2b"


def test_a_label_of_long_ago_is_taken_too_and_the_same_content_may_bear_it(folder: Path, tmp_path: Path) -> None:
    published(folder, edition(tmp_path, "hallvik-3"))
    again = edition(tmp_path, "hallvik-2")
    assert "is already that of release" in refused(folder, again)
    assert published(folder, SMALL).info.label == "hallvik-2"  # a roll-back


def test_joined_labels_are_compared_as_joined(folder: Path, tmp_path: Path) -> None:
    assert published(folder, SMALL, ODD).info.label == "hallvik-2~odd-1"
    changed = edition(tmp_path, "hallvik-2")
    assert "raise edition.label in a dossier.yaml" in refused(folder, changed, ODD)


def test_an_edition_of_a_dossier_is_one_content_in_whatever_release(folder: Path, tmp_path: Path) -> None:
    """The labels of the releases differ, so only the edition is the same."""
    with closing(SqliteStore(folder)) as store:
        id = store.catalogue().needed().info.id
    changed = edition(tmp_path, "hallvik-2")  # issued on another day
    assert refused(folder, changed, ODD) == (
        f"edition hallvik-2 of hallvik-quay has other content in release {id[:16]}, which was published: raise "
        "edition.label in its dossier.yaml"
    )
    assert published(folder, SMALL, ODD).info.label == "hallvik-2~odd-1"


def test_an_edition_that_was_withdrawn_keeps_its_label(folder: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        withdraw(store, "hallvik-2", "It named the wrong person.")
    assert "has other content" in refused(folder, edition(tmp_path, "hallvik-2"), ODD)


def test_an_edition_does_not_go_back(folder: Path, tmp_path: Path) -> None:
    published(folder, edition(tmp_path, "hallvik-3", "2021-06-01"))
    assert refused(folder, SMALL, ODD) == (
        "edition hallvik-2 of hallvik-quay, issued 2021-05-01, is older than hallvik-3, issued 2021-06-01, which was "
        "published: build the newest one, or serve an earlier release by onrecord roll-back"
    )
    assert "is older than hallvik-3" in refused(folder, edition(tmp_path, "hallvik-4", "2021-05-31"))
    published(folder, ODD, without=["hallvik-quay"])
    assert "is older than hallvik-3" in refused(folder, SMALL, ODD)  # it was left out, not forgotten


def test_of_one_day_the_edition_that_was_published_last_is_the_later_one(folder: Path, tmp_path: Path) -> None:
    third, fourth = edition(tmp_path, "hallvik-3"), edition(tmp_path, "hallvik-4")
    published(folder, third)
    published(folder, fourth)
    assert "is older than hallvik-4" in refused(folder, third, ODD)
    assert published(folder, third).info.label == "hallvik-3"  # a roll-back
    assert published(folder, fourth, ODD).info.label == "hallvik-4~odd-1"


def test_what_was_withdrawn_is_no_measure_of_what_is_older(folder: Path, tmp_path: Path) -> None:
    published(folder, edition(tmp_path, "hallvik-3", "2022-06-01"))
    with closing(SqliteStore(folder)) as store:
        withdraw(store, "hallvik-3", "It named the wrong person.")
    assert published(folder, edition(tmp_path, "hallvik-4", "2021-06-01")).info.label == "hallvik-4"


def test_a_dossier_of_the_current_release_is_left_out_only_on_demand(folder: Path) -> None:
    assert refused(folder, ODD) == (
        "this would take hallvik-quay offline, which release hallvik-2 serves: name the folders of all dossiers in one "
        "build, or say --without hallvik-quay"
    )
    assert "hallvik-quay offline" in refused(folder, ODD, without=["hallvik-key"])
    assert published(folder, ODD, without=["hallvik-quay"]).info.label == "odd-1"
    assert published(folder, ODD, without=["hallvik-quay"]).info.label == "odd-1"


def test_going_back_to_a_release_of_fewer_dossiers_is_leaving_one_out(folder: Path) -> None:
    published(folder, SMALL, ODD)
    assert "take odd-ones offline" in refused(folder, SMALL)
    assert published(folder, SMALL, without=["odd-ones"]).info.label == "hallvik-2"


def test_what_is_built_is_not_left_out(folder: Path) -> None:
    assert (
        refused(folder, SMALL, ODD, without=["odd-ones"]) == "odd-ones cannot be both built and left out by --without"
    )


def told(folder: Path) -> tuple[dict[str, set[str]], list[str]]:
    """What the releases before knew of each dossier, by state, and what was said of a release that cannot be read."""
    said: list[str] = []
    with closing(SqliteStore(folder)) as store:
        before = ids_before(store, said.append)
    return {dossier: {each.state for each in ids.values()} for dossier, ids in before.items()}, said


def test_a_dossier_that_was_left_out_is_still_known_by_its_latest_release(folder: Path) -> None:
    published(folder, ODD, without=["hallvik-quay"])
    states = {"live", "merged", "removed"}
    assert told(folder) == ({"odd-ones": states, "hallvik-quay": states}, [])
    assert refused(folder, SMALL)  # odd-ones is current now


def test_a_release_that_is_not_kept_is_passed_over(folder: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        first = store.database(store.catalogue().needed().info.id)
    published(folder, ODD, without=["hallvik-quay"])
    first.unlink()
    known, said = told(folder)
    assert (set(known), said) == ({"odd-ones"}, [])


def test_of_the_current_release_the_reason_is_told(folder: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        store.database(store.catalogue().needed().info.id).write_bytes(b"x" * 5000)
    known, (reason,) = told(folder)
    assert known == {}
    assert "is damaged" in reason
