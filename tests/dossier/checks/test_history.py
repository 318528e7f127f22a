"""An id that was published once stays known: live, former or removed, in every edition after it."""

from pathlib import Path

from app.dossier.check import check
from app.dossier.predecessor import Before, known_ids
from app.releases.canonical import canonical
from dossier.dossiers import SMALL, small_copy
from releases.publishing import edit


def published() -> Before:
    """What a release of the small dossier knew: one of its ids is a former one, one is removed."""
    corpus = check([SMALL]).corpus
    assert corpus is not None
    return known_ids(line.text for line in canonical(corpus))


def found(folder: Path) -> list[tuple[str, str]]:
    """Kind and message of each finding in the next edition."""
    return [(each.kind.slug, each.message) for each in check([folder], published()).findings]


def test_the_same_dossier_explains_every_id_of_itself() -> None:
    known = published()["hallvik-quay"]
    assert {each.state for each in known.values()} == {"live", "merged", "removed"}
    assert check([SMALL], published()).findings == ()


def test_a_former_id_may_not_be_forgotten(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    edit(folder / "events.yaml", "  formerly: [hallvik-ferry-walkout]\n", "")
    message = (
        "dossier 'hallvik-quay': 'hallvik-ferry-walkout', a former id of the event 'hallvik-ferry-strike' in the last "
        "release, is gone"
    )
    assert found(folder) == [("vanished-id", message)]


def test_a_removed_id_may_not_be_forgotten(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    (folder / "removed.yaml").unlink()
    message = "dossier 'hallvik-quay': 'hallvik-overtime-ban', in the last release a removed event, is gone"
    assert found(folder) == [("vanished-id", message)]


def test_a_former_id_may_be_removed_and_a_removed_one_become_a_former_one(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    edit(folder / "events.yaml", "formerly: [hallvik-ferry-walkout]", "formerly: [hallvik-overtime-ban]")
    edit(folder / "removed.yaml", "id: hallvik-overtime-ban", "id: hallvik-ferry-walkout")
    assert found(folder) == []


def test_a_removed_id_may_come_back_as_what_it_was_and_as_nothing_else(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    (folder / "removed.yaml").unlink()
    actors = folder / "actors.yaml"
    actors.write_text("- {id: hallvik-overtime-ban, type: group, name: The ban}\n", encoding="utf-8")
    assert [slug for slug, _ in found(folder)] == ["changed-kind"]
    actors.unlink()
    edit(
        folder / "events.yaml",
        "- id: hallvik-ramp-blockade",
        "- id: hallvik-overtime-ban\n  formerly: [hallvik-ramp-blockade]",
    )
    edit(folder / "claims.yaml", "[hallvik-ramp-blockade]", "[hallvik-overtime-ban]")
    assert found(folder) == []


def test_what_cannot_be_read_is_not_called_gone(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    edit(folder / "events.yaml", "  formerly: [hallvik-ferry-walkout]\n", "  formerly: [hallvik-ferry-walkout\n")
    edit(folder / "removed.yaml", "  kind: event\n", "  kind: [event\n")
    assert {slug for slug, _ in found(folder)} == {"yaml-syntax"}
