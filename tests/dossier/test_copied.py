"""Copied runs: eight words of a source in a row are found wherever they stand in a dossier, seven are not."""

import json
import unicodedata
from pathlib import Path

import pytest

from app.dossier.copied import RUN, copied_runs

TEXT = "At noon the old bridge in Žirovnica — “it’s unsafe” — was closed by the mayor."
EIGHT = "noon the old bridge in Žirovnica it’s"  # an apostrophe parts two words
SEVEN = "noon the old bridge in Žirovnica it"


def found(folder: Path, file: str, text: str) -> list[tuple[str, int, str]]:
    """The runs in a dossier that is this one file."""
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    runs = copied_runs(folder, [TEXT])
    assert {each.file for each in runs} <= {path}
    return [(each.file.name, each.line, each.words) for each in runs]


def test_a_run_is_eight_words() -> None:
    assert RUN == 8


def test_eight_words_in_a_row_are_found_and_seven_are_not(tmp_path: Path) -> None:
    assert found(tmp_path, "claims.yaml", f"- text: {EIGHT}\n") == [
        ("claims.yaml", 1, "noon the old bridge in žirovnica it s")
    ]
    assert found(tmp_path, "claims.yaml", f"- text: {SEVEN}\n") == []


def test_a_longer_run_is_found_at_each_of_its_beginnings(tmp_path: Path) -> None:
    assert [
        words for *_, words in found(tmp_path, "claims.yaml", "closed\nby it: it’s unsafe — was closed by the mayor\n")
    ] == ["it s unsafe was closed by the mayor"]
    assert len(found(tmp_path, "claims.yaml", f"- text: {TEXT}\n")) == 15 - RUN + 1


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("claims.yaml", f"# {EIGHT}\n", 1),
        ("claims.yaml", "- id: a\n  # noon the old\n  # bridge in\n\n  # Žirovnica it’s\n", 2),
        ("claims.yaml", "- id: a\n  text: >-\n    Noon, the OLD bridge;\n    in Žirovnica (it’s)\n", 3),
        ("claims.yml", EIGHT, 1),
        ("claims/first.yaml", EIGHT, 1),
        ("README.md", f"\n\n> {EIGHT}", 3),
        ("claims.ndjson", "\n" + json.dumps({"text": EIGHT}), 2),
        ("claims.yaml", '- text: "noon the old\\nbridge in\\\n  \\u017Dirovnica it’s"\n', 1),
        ("claims.yaml", unicodedata.normalize("NFD", EIGHT), 1),
    ],
    ids=["comment", "comments", "folded", "yml", "folder", "readme", "json-escapes", "yaml-escapes", "other-form"],
)
def test_a_run_is_found_in_comments_across_lines_and_however_it_is_spelt(
    tmp_path: Path, file: str, text: str, line: int
) -> None:
    assert [at for _, at, _ in found(tmp_path, file, text)] == [line]


def test_texts_that_lie_beside_the_dossier_are_no_part_of_it(tmp_path: Path) -> None:
    assert found(tmp_path, "texts/copy.txt", TEXT) == []


def test_a_run_does_not_join_two_texts(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text("one two three four five six seven eight", encoding="utf-8")
    assert copied_runs(tmp_path, ["one two three four", "five six seven eight"]) == []
    assert len(copied_runs(tmp_path, ["", "zero one two three four five six seven eight"])) == 1
    assert copied_runs(tmp_path, []) == []


def test_naming_a_source_by_its_title_is_no_copied_run(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(f"- title: {EIGHT}\n", encoding="utf-8")
    assert copied_runs(tmp_path, [TEXT], [EIGHT]) == []
    assert len(copied_runs(tmp_path, [TEXT], [SEVEN])) == 1
