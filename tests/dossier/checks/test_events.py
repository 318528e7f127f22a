"""Parts of events: of another time than their whole only where nothing can be meant that they share."""

from pathlib import Path

import pytest

from app.dossier.check import check
from dossier.dossiers import small_copy

WHOLE, PART = "  date: 2021-03-14\n", "  date: {edtf: 2021-03-14, basis: inferred}\n"


def told(folder: Path, whole: str, part: str) -> list[str]:
    """The findings of the small dossier where an event and its part have these dates; empty for none."""
    events = folder / "events.yaml"
    text = events.read_text("utf-8")
    for old, date in ((WHOLE, whole), (PART, part)):
        text = text.replace(old, f"  date: '{date}'\n" if date else "", 1)
    events.write_text(text, "utf-8")
    return [each.text.removeprefix(f"{folder.as_posix()}/") for each in check([folder]).findings]


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("2021-03-14", "2021-03-15"),
        ("2021-03-14", "2021-03-13"),
        ("2021-03", "2021-04/2021-05"),
        ("2021-03-14/..", "2021-03-13"),
        ("../2021-03-14", "2022"),
        ("201X", "2021"),
    ],
)
def test_a_part_that_shares_no_day_with_its_whole_is_told(tmp_path: Path, whole: str, part: str) -> None:
    (found,) = told(small_copy(tmp_path), whole, part)
    assert found.startswith("events.yaml:25: warning: event 'hallvik-ramp-blockade': it is part of")
    assert f"'hallvik-ferry-strike', of {whole}, and dated {part} (correct one of the two dates, or" in found


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("2021-03-14", "2021-03-14"),
        ("2021-03-14", "2021-03"),
        ("2021-03/2021-05", "2021-05-31/2021-06-02"),
        ("2021-03-14/..", "2030"),
        ("2021-03-14/", "2030"),
        ("202X", "2021"),
        ("2021-03-14~", "2021-03-15"),
        ("2021-03-14", "2021-03-15?"),
        ("2021-03-14", "2021-03-15%"),
        ("", "2021-03-15"),
        ("2021-03-14", ""),
    ],
)
def test_a_part_that_may_share_a_day_with_its_whole_is_not(tmp_path: Path, whole: str, part: str) -> None:
    assert told(small_copy(tmp_path), whole, part) == []
