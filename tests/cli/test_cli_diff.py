"""onrecord diff: what curators changed from one release to another, for people and for programs."""

import json
from pathlib import Path

import pytest

from cli.terminal import RIGHT, run
from releases.editions import second_edition, third_edition
from releases.publishing import SMALL, published


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three editions."""
    folder = tmp_path_factory.mktemp("diff")
    for dossier in (SMALL, second_edition(folder / "work"), third_edition(folder / "work")):
        published(folder / "store", dossier)
    return folder / "store"


def test_each_difference_is_a_line_with_its_members_below(store: Path) -> None:
    ran = run("diff", "hallvik-2", "hallvik-3", "--store", store)
    assert (ran.code, ran.err) == (RIGHT, ["3 updated, 2 removed"])
    changed = ran.out.index("~ updated event hallvik-ramp-blockade  Rope across the ramp")
    assert ran.out[changed + 1] == '    title: "A rope closes the ramp" -> "Rope across the ramp"'
    assert "    edition.correction: nothing -> " in "\n".join(ran.out)
    assert ran.out[-2:] == [
        "- removed event hallvik-wage-talks  Talks about wages break off",
        "    Only the minutes told of them.",
    ]


def test_the_other_way_round_it_is_the_reverse(store: Path) -> None:
    assert run("diff", "hallvik-3", "hallvik-2", "--store", store).err == ["2 created, 3 updated"]
    assert run("diff", "hallvik-3", "hallvik-3", "--store", store).err == ["no differences"]


def test_an_object_a_line_is_for_programs(store: Path) -> None:
    ran = run("diff", "hallvik-3", "hallvik-4", "--json", ONRECORD_STORE=str(store))
    found = [json.loads(line) for line in ran.out]
    assert [one["op"] for one in found] == ["updated", "updated", "updated", "merged"]
    assert found[-1] == {
        "op": "merged",
        "kind": "event",
        "id": "hallvik-ramp-blockade",
        "label": "Rope across the ramp",
        "target": "hallvik-ferry-strike",
        "fields": [],
        "reason": None,
    }
    claim = next(one for one in found if one["kind"] == "claim")
    assert claim["fields"] == [
        {"field": "events", "before": ["hallvik-ramp-blockade"], "after": ["hallvik-ferry-strike"]}
    ]


def test_a_release_that_cannot_be_read_is_said_in_one_line(store: Path) -> None:
    assert run("diff", "hallvik-9", "hallvik-2", "--store", store).refused("No release is called 'hallvik-9'")
