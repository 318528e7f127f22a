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


WORDS = "  evidence:\n    - source: hallvik-observer-note  # the note\n      words: {}\n"
CLAIM = "- id: another\n  text: Another.\n  type: report\n  narrated: true\n"


def with_words(folder: Path, words: str) -> Path:
    """A copy of the small dossier with a claim of these words."""
    copy = small_copy(folder)
    with (copy / "claims.yaml").open("a", encoding="utf-8") as file:
        file.write(CLAIM + WORDS.format(words))
    return copy


def test_words_in_place_are_refused_until_they_are_anchored(tmp_path: Path) -> None:
    folder = with_words(tmp_path, "a rope was strung")
    checked = run("check", folder)
    command = f"onrecord anchor --write {folder} --texts FOLDER"
    assert checked.code == FINDINGS
    assert checked.out == [
        f"{folder}/claims.yaml:101: claim 'another': words stand for an anchor (run: {command}, with the text of the "
        "source in FOLDER)"
    ]
    assert run("build", folder, "--store", tmp_path / "store").code == FINDINGS
    assert not list((tmp_path / "store").glob("*.sqlite"))

    ran = run("anchor", "--write", folder, "--texts", folder / "texts")
    assert (ran.code, ran.out) == (RIGHT, [f"{folder}/claims.yaml: written"])
    assert ran.err == ["anchors: 5 as they were, 1 made"]
    verified = run("verify", folder, "--texts", folder / "texts")
    assert (verified.code, verified.out[1]) == (RIGHT, "  anchors   6: 6 proved")
    assert run("build", folder, "--store", tmp_path / "store").code == RIGHT
    assert b"a rope was strung" not in b"".join(path.read_bytes() for path in (tmp_path / "store").glob("*.sqlite"))


def test_with_a_fault_nothing_is_written_and_every_fault_is_told(tmp_path: Path) -> None:
    folder = with_words(tmp_path, "about")
    before = (folder / "claims.yaml").read_bytes()
    ran = run("anchor", "--write", folder)
    assert (ran.code, ran.err) == (FINDINGS, ["nothing is written; faults: 1"])
    assert ran.out[0].startswith(f"{folder}/claims.yaml:101: claim 'another': “about” stands 2 times in its text (")
    assert ran.out[1].startswith(f"  {folder}/texts/note.txt:3: paragraph 2, start 224: ")
    assert (folder / "claims.yaml").read_bytes() == before


def test_dossiers_that_refer_to_each_other_are_anchored_together(tmp_path: Path) -> None:
    folder = with_words(tmp_path, "a rope was strung")
    other = tmp_path / "other"
    other.mkdir()
    dossier = (folder / "dossier.yaml").read_text("utf-8")
    (other / "dossier.yaml").write_text(dossier.replace("id: hallvik-quay", "id: other"), "utf-8")
    (other / "claims.yaml").write_text(CLAIM.replace("another", "abroad") + WORDS.format("the quay"), "utf-8")
    ran = run("anchor", "--write", other, "--texts", folder / "texts")
    assert "there is no source 'hallvik-observer-note' in the dossier" in ran.out[0]
    ran = run("anchor", "--write", other, "--write", folder, "--texts", folder / "texts")
    assert (ran.code, ran.err) == (RIGHT, ["anchors: 5 as they were, 2 made"])


def test_what_cannot_be_anchored_in_place_is_one_line(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    assert run("anchor").refused("name a text, or a dossier with --write")
    assert run("anchor", NOTE, "--write", folder).refused("--write takes no TEXT")
    assert run("anchor", "--write", folder, "--texts", "nowhere").refused("nowhere is no folder")
    assert run("anchor", "--write", tmp_path, "--texts", folder / "texts").refused("is no dossier")
    (folder / "texts" / "note.txt").rename(tmp_path / "note.txt")
    assert run("anchor", "--write", folder).err == ["anchors: 5 without a text"]
