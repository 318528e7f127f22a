"""onrecord check: every finding with file and line, in two forms, and the exit code says whether anything is wrong."""

import re
from pathlib import Path

import pytest

from app.dossier.kinds import KINDS
from cli.terminal import CANNOT_RUN, FINDINGS, RIGHT, run
from dossier.dossiers import DOSSIERS, FAULTS, SMALL, counted, small_copy

BEFORE = DOSSIERS / "faults-before.ndjson"
TEXT = re.compile(r"(?P<file>[^:]+):(?P<line>[0-9]+): .+ \([^()]+.*\)")
GITHUB = re.compile(
    r"::(?P<severity>error|warning) file=(?P<file>[^,:]+),line=(?P<line>[0-9]+),title=(?P<kind>[^:]+)::.+"
)


def test_a_sound_dossier_prints_no_finding_and_a_summary() -> None:
    ran = run("check", SMALL)
    assert (ran.code, ran.out) == (RIGHT, [])
    (summary,) = ran.err
    assert f"{counted(SMALL)}: 0 errors, 0 warnings" in summary
    assert summary.endswith("; 1 piece of evidence in sources whose text is not at hand")


def test_a_finding_is_told_by_file_and_line_with_what_to_do(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    places = folder / "places.yaml"
    places.write_text(places.read_text("utf-8").replace("precision: town", "precision: twon"), encoding="utf-8")
    line = places.read_text("utf-8").splitlines().index("  precision: twon") + 1

    ran = run("check", folder)

    assert ran.code == FINDINGS
    (told,) = ran.out
    assert told.startswith(f"{places.as_posix()}:{line}: place 'hallvik': ")
    assert "'twon'" in told
    assert "'town'" in told
    assert "1 error, 0 warnings" in ran.err[-1]


def test_a_warning_alone_is_told_and_nothing_is_wrong(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    claims = folder / "claims.yaml"
    text = claims.read_text("utf-8").replace("measure: attendance, value: 300", "measure: troops, value: 300")
    claims.write_text(text, encoding="utf-8")
    ran = run("check", folder)
    assert ran.code == RIGHT
    (told,) = ran.out
    assert re.match(rf"{re.escape(claims.as_posix())}:[0-9]+: warning: claim ", told)
    assert "0 errors, 1 warning;" in ran.err[-1]


def test_the_line_of_an_error_does_not_say_warning() -> None:
    ran = run("check", FAULTS, "--against", BEFORE)
    warned = [line for line in ran.out if ": warning: " in line]
    assert 0 < len(warned) < len(ran.out)
    assert f"{len(ran.out) - len(warned)} errors, {len(warned)} warnings;" in ran.err[-1]


def test_every_kind_of_finding_is_printed_with_its_file_and_line() -> None:
    ran = run("check", FAULTS, "--against", BEFORE)
    assert ran.code == FINDINGS
    places = [TEXT.fullmatch(line) for line in ran.out]
    assert all(place and Path(place["file"]).is_file() and int(place["line"]) > 0 for place in places)

    annotated = run("check", FAULTS, "--against", BEFORE, "--format", "github")
    assert annotated.code == FINDINGS
    notes = [GITHUB.fullmatch(line) for line in annotated.out]
    assert {note["kind"] for note in notes if note} == KINDS.keys()
    assert [(note["file"], note["line"]) for note in notes if note] == [
        (place["file"], place["line"]) for place in places if place
    ]
    assert all(note and KINDS[note["kind"]].severity == note["severity"] for note in notes)


def test_an_annotation_escapes_what_would_end_it(tmp_path: Path) -> None:
    folder = small_copy(tmp_path).rename(tmp_path / "100%, a:b")
    (folder / "actors.yaml").write_text("- id: a\n  type: group\n  name: a\n  100%: true\n", encoding="utf-8")
    (line,) = run("check", folder, "--format", "github").out
    assert line.startswith(
        f"::error file={tmp_path.as_posix()}/100%25%2C a%3Ab/actors.yaml,line=4,title=unknown-field::"
    )
    assert "'100%25'" in line


def test_an_annotation_of_a_file_with_a_line_break_in_its_name_is_one_command(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    (folder / "groups" / "a\n::add-mask::b.yaml").write_text("- id: a b\n", encoding="utf-8")
    lines = run("check", folder, "--format", "github").out
    assert lines
    assert all(line.startswith(f"::error file={folder.as_posix()}/groups/a%0A%3A%3Aadd-mask") for line in lines)


def test_ids_of_the_release_before_are_looked_for(tmp_path: Path) -> None:
    before = tmp_path / "entries.ndjson"
    before.write_text(
        '{"kind": "place", "dossier": "hallvik-quay", "entry": {"id": "hallvik-lost"}}\n', encoding="utf-8"
    )
    ran = run("check", SMALL, "--against", before)
    assert ran.code == FINDINGS
    assert "'hallvik-lost'" in ran.out[0]


def test_several_dossiers_are_checked_as_one_build() -> None:
    ran = run("check", SMALL, DOSSIERS / "odd")
    assert ran.code == RIGHT
    assert f"{counted(SMALL, DOSSIERS / 'odd')}: " in ran.err[0]


def test_the_list_has_a_row_for_each_kind() -> None:
    ran = run("check", "--list")
    assert ran.code == RIGHT
    head, *rows = [re.split(r" {2,}", line.strip()) for line in ran.out]
    assert head == ["kind", "severity", "what is found", "what to do"]
    assert [tuple(row) for row in rows] == [
        (each.slug, each.severity, each.title, each.cure) for each in KINDS.values()
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["check"], "name a dossier to check"),
        (["check", "nowhere"], "nowhere is no folder"),
        (["check", DOSSIERS], "did you mean"),
        (["check", SMALL, "--against", "nowhere.ndjson"], "onrecord: nowhere.ndjson: no such file or directory"),
        (["check", SMALL, "--against", SMALL / "events.yaml"], "line 1 is no entry of a release"),
    ],
)
def test_what_cannot_be_checked_is_said_in_one_line(words: list[str | Path], reason: str) -> None:
    assert run(*words).refused(reason)


def test_entries_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "entries.ndjson").write_bytes(b"\xff\xfe")
    assert run("check", SMALL, "--against", tmp_path / "entries.ndjson").refused("entries.ndjson: no UTF-8, byte 0xff")


def test_a_dossier_of_the_other_extension_is_told_so(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    (folder / "dossier.yaml").rename(folder / "dossier.yml")
    assert run("check", folder).refused("it has no dossier.yaml; rename its dossier.yml")


@pytest.mark.parametrize(
    "words", [["chek"], ["check", SMALL, "--format", "html"], ["check", SMALL, "--nope"], ["import", "csv", SMALL]]
)
def test_a_command_that_cannot_be_read_says_how_it_is_used(words: list[str | Path]) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (CANNOT_RUN, [])
    assert ran.err[0].startswith("Usage: ")
