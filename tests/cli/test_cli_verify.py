"""onrecord verify: what was proved, what failed, what no claim answers for, and what was copied."""

from pathlib import Path

import pytest

from cli.terminal import FINDINGS, RIGHT, run
from dossier.dossiers import FAULTS, SMALL, small_copy
from releases.publishing import BUNDLED

NOTE = SMALL / "texts" / "note.txt"
HEADLINE = "Dockers stopped the ferries in Hallvik on Sunday"  # eight words of the note


def test_the_identical_copy_proves_everything() -> None:
    ran = run("verify", SMALL, "--texts", SMALL / "texts")
    assert ran.code == RIGHT
    assert ran.out[:4] == [
        f"hallvik-observer-note: {NOTE} is the identical text",
        "  anchors   5: 5 proved",
        "  lengths   median 34, longest 60 characters",
        "  coverage  49.1% of the non-blank characters, 9.7% of them declared furniture",
    ]
    assert all(line.startswith("  unclaimed ") for line in ran.out[4:])
    assert ran.out[4] == "  unclaimed 0 to 50: 'Dockers stopped the ferries in Hallvik on Sunday.'"
    assert ran.err == ["pieces of evidence in sources whose text is not at hand, so with nothing to prove: 1"]


def test_the_copies_lie_in_the_dossier_unless_they_are_named() -> None:
    assert run("verify", SMALL) == run("verify", SMALL, "--texts", SMALL / "texts")
    assert run("verify", BUNDLED).refused(f"{BUNDLED / 'texts'} is no folder: name the one with your copies")


def test_another_copy_is_searched(tmp_path: Path) -> None:
    copy = tmp_path / "[copy].txt"
    copy.write_text("Hallvik Observer\n" + NOTE.read_text("utf-8").replace(" ", "\n"), encoding="utf-8")
    ran = run("verify", SMALL, "--texts", tmp_path)
    assert ran.code == RIGHT
    assert ran.out == [
        f"hallvik-observer-note: {copy} is another copy, searched by hash",
        "  anchors   5: 5 found",
        "  lengths   median 34, longest 60 characters",
    ]


def test_an_anchor_that_is_not_in_the_copy_fails_by_name(tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(NOTE.read_text("utf-8").replace("300 people", "400 people"), encoding="utf-8")
    ran = run("verify", SMALL, "--texts", tmp_path)
    assert ran.code == FINDINGS
    assert ran.out[1:3] == [
        "  anchors   5: 4 found, 1 not found",
        "  not found  claim observer-300-on-the-quay: no passage of the copy has its hash",
    ]


def test_a_wrong_anchor_fails_with_the_reason(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    claims = folder / "claims.yaml"
    claims.write_text(claims.read_text("utf-8").replace("start: 50\n", "start: 49\n"), encoding="utf-8")
    ran = run("verify", folder, "--texts", folder / "texts")
    assert ran.code == FINDINGS
    assert ran.out[2] == "  wrong  claim observer-300-on-the-quay: the passage 49 to 84 has another sha256"


def test_without_a_copy_nothing_is_proved(tmp_path: Path) -> None:
    ran = run("verify", SMALL, "--texts", tmp_path)
    assert ran.code == FINDINGS
    assert ran.out[:2] == ["hallvik-observer-note: no copy of its text is there", "  anchors   5: 5 not found"]
    assert ran.out[2].endswith(": there is no copy to look in")


def test_a_copied_run_fails_with_its_place(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    note = folder / "[notes].md"
    note.write_text("# Notes\n\nAbout 300 people stood on the quay, and a rope …\n", encoding="utf-8")
    ran = run("verify", folder, "--texts", folder / "texts")
    assert ran.code == FINDINGS
    assert next(line for line in ran.out if "in a row" in line) == (
        f"{note.as_posix()}:3: 8 words in a row of a source: “about 300 people stood on the quay and” "
        "(say it in your own words)"
    )


def test_the_printed_title_of_a_source_is_no_copied_run_and_a_supplied_one_is(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    sources = folder / "sources.yaml"
    text = sources.read_text("utf-8").replace("title: Note on the strike in Hallvik", f"title: {HEADLINE}")
    sources.write_text(text, encoding="utf-8")
    assert HEADLINE in text
    assert run("verify", folder).code == RIGHT
    sources.write_text(text.replace(HEADLINE, f"{HEADLINE}\n  title_basis: supplied"), encoding="utf-8")
    assert run("verify", folder).code == FINDINGS


def test_a_faulty_dossier_is_checked_first() -> None:
    ran = run("verify", FAULTS, "--texts", FAULTS)
    assert ran.code == FINDINGS
    assert ran.out == run("check", FAULTS).out


@pytest.mark.parametrize(
    ("dossier", "texts", "reason"),
    [
        (SMALL, "nowhere", "nowhere is no folder"),
        (SMALL, NOTE, "is no folder"),
        ("nowhere", SMALL, "nowhere is no folder"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(dossier: str | Path, texts: str | Path, reason: str) -> None:
    assert run("verify", dossier, "--texts", texts).refused(reason)
