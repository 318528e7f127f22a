"""onrecord anchor: what an entry says of a text, and the anchor of a passage in it, whatever its typography."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from cli.terminal import FINDINGS, RIGHT, run
from dossier.dossiers import SMALL, small_copy
from releases.publishing import edit

NOTE = SMALL / "texts" / "note.txt"


def test_without_a_passage_the_text_is_described_as_its_entry_does() -> None:
    ran = run("anchor", NOTE)
    assert (ran.code, ran.err) == (RIGHT, [])
    assert "\n".join(ran.out) in (SMALL / "sources.yaml").read_text(encoding="utf-8")
    assert YAML(typ="safe").load("\n".join(ran.out)).keys() == {"sha256", "length", "paragraphs"}


def test_a_text_with_carriage_returns_and_letters_of_four_bytes_is_described_as_it_is(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_bytes("\ufeffOne 𝒜.\r\n\r\nTwo.\r\n".encode())
    ran = run("anchor", text)
    assert ran.out[1:] == ["  length: 17", "  paragraphs:", "    - {start: 0, end: 7}", "    - {start: 11, end: 15}"]


def test_a_printed_anchor_pasted_into_evidence_verifies(tmp_path: Path) -> None:
    ran = run("anchor", NOTE, "Nobody else at the town hall was ready to speak.")
    assert (ran.code, ran.err) == (RIGHT, [])

    folder = small_copy(tmp_path)
    claim = "- id: pasted\n  text: The town hall was silent.\n  type: report\n  narrated: true\n  evidence:\n"
    evidence = "    - source: hallvik-observer-note\n" + "".join(f"      {line}\n" for line in ran.out)
    with (folder / "claims.yaml").open("a", encoding="utf-8") as file:
        file.write(claim + evidence)

    verified = run("verify", folder, "--texts", SMALL / "texts")
    assert verified.code == RIGHT
    assert verified.out[1] == "  anchors   6: 6 proved"


@pytest.mark.parametrize(
    "passage", ['"It is about wages', "“It is\n  about wages", "“It is about\u00a0wages", " “It is about wages "]
)
def test_another_typography_gives_the_anchor_of_what_stands_there(passage: str) -> None:
    ran = run("anchor", NOTE, passage)
    assert ran.code == RIGHT
    assert ran.out == run("anchor", NOTE, "“It is about wages").out


@pytest.mark.parametrize(
    ("passage", "reason"),
    [
        ("Nobody at all", f"“Nobody at all” is not in {NOTE}; nearest is “Nobody else at”"),
        (
            "about 300 people",
            f"“about 300 people” is not in {NOTE}; nearest is “About 300 people”",
        ),  # a capital letter is no typography
        ("about", f"“about” is in {NOTE} 2 times, in paragraph 2: take a word more"),
        ("on", f"“on” is in {NOTE} 2 times, in paragraph 1: take a word more"),
        ("board.\n\nThe company", "passage 145 to 164 is not inside one paragraph"),
        ("board. The company", "passage 145 to 164 is not inside one paragraph"),
    ],
)
def test_a_passage_that_does_not_stand_there_once_is_told_where_it_does(passage: str, reason: str) -> None:
    ran = run("anchor", NOTE, passage)
    assert (ran.code, ran.out, ran.err) == (FINDINGS, [], [f"onrecord: {reason}"])


def test_a_passage_that_stands_twice_in_other_typography_is_told_too(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    note = folder / "texts" / "note.txt"
    edit(note, "Mayor Knut Arnesen", "“It is about\nmore” — Mayor")
    assert run("anchor", note, '"It is about').err == [
        f'onrecord: “"It is about” is in {note} 2 times, in paragraph 2: take a word more'
    ]


@pytest.mark.parametrize("passage", ["", " \n"])
def test_a_passage_without_words_is_refused(passage: str) -> None:
    assert run("anchor", NOTE, passage).refused("the passage has no words")


def test_a_text_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes("René".encode("latin-1"))
    (tmp_path / "blank").write_text(" \n")
    assert run("anchor", tmp_path / "latin", "Ren").refused("latin: no UTF-8, byte 0xe9 at 3")
    assert run("anchor", tmp_path / "blank").refused("blank has no words")
    assert run("anchor", "nope.txt").err == ["onrecord: nope.txt: no such file or directory"]


def test_a_passage_that_is_not_there_is_answered_with_the_nearest() -> None:
    ran = run("anchor", NOTE, "a rope was strung over the ramp")
    assert ran.code == FINDINGS
    assert ran.err[0].endswith("; nearest is “a rope was strung across the ramp”")
    ran = run("anchor", NOTE, "a rope was strung across the ram")
    assert (ran.code, "inside a word" in ran.err[0]) == (FINDINGS, True)
