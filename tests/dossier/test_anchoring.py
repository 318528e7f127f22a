"""Anchoring: words become anchors in the file, whatever its style, and nothing else of it changes."""

import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from app.dossier.anchoring import Anchoring, anchored
from app.dossier.check import check
from app.dossier.edits import anchor_members
from app.dossier.rewriting import NotInPlace, changed_meanwhile, write
from app.dossier.verify import verify
from app.values.anchors import pin
from dossier.dossiers import SMALL, small_copy
from releases.publishing import edit

NOTE = (SMALL / "texts" / "note.txt").read_text("utf-8")
ROPE = "a rope was strung across the ramp"
HEAD = "- id: {id}\n  text: Another.   # ours\n  type: report\n  narrated: true\n"
FLOW = f"""    - {{source: hallvik-observer-note, paragraph: 2, start: 1, end: 2, sha256: {"0" * 64},
       match: {{length: 1, sha256: {"0" * 64}}}}}
"""
STYLES = {
    "block": "  evidence:\n    - source: hallvik-observer-note\n      words: {}\n",
    "block, words first": "  evidence:\n  - words: {}\n    source: hallvik-observer-note\n",
    "commented": "  evidence:  # a\n  # b\n  - source: hallvik-observer-note # c\n    words: {}  # d\n    # e\n\n# f\n",
    "single quotes": "  evidence:\n    - words: '{}'\n      role:   content\n      source: hallvik-observer-note\n",
    "two lines": "  evidence:\n    - source: hallvik-observer-note\n      words: {}\n  note: >\n    One\n    two.\n\n",
    "flow": '  evidence: [{{source: hallvik-observer-note, words: "{}"}}]\n',
    "flow, words first": '  evidence:\n    - {{ words: "{}", source: hallvik-observer-note, }}   # g\n',
    "flow, in the middle": "  evidence:\n  - {{source: hallvik-observer-note,\n     words: {},\n     role: content}}\n",
    "folded": "  evidence:\n    - words: >-  # h\n        {}\n\n      source: hallvik-observer-note\n",
    "literal": "  evidence:\n    - source: hallvik-observer-note\n      words: |\n        {}\n\n  events: []\n",
    "chosen": "  evidence:\n    - source: hallvik-observer-note\n      words: {}\n      paragraph: 1\n",
    "chosen in flow": "  evidence:\n    - {{paragraph: 1, source: hallvik-observer-note, start: 90, words: {}}}\n",
}


def written(folder: Path, texts: Path | None = None) -> Anchoring:
    """Anchor a dossier and write it, as the command does."""
    anchoring = anchored([folder], texts or folder / "texts")
    assert [fault.lines for fault in anchoring.faults] == []
    write(anchoring.files())
    return anchoring


def told(folder: Path, texts: Path | None = None) -> list[list[str]]:
    """The lines of every fault, without the folder."""
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    faults = anchored([folder], texts or folder / "texts").faults
    assert before == {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    return [[line.replace(f"{folder}/", "") for line in fault.lines] for fault in faults]


def claims(folder: Path, *texts: str, crlf: bool = False) -> Path:
    """Write claims behind those of the small dossier."""
    path = folder / "claims.yaml"
    text = path.read_text("utf-8") + "".join(texts)
    path.write_bytes(text.replace("\n", "\r\n" if crlf else "\n").encode())
    return path


@pytest.mark.parametrize("crlf", [False, True], ids=["\\n", "\\r\\n"])
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_words_become_an_anchor_and_nothing_else_changes(tmp_path: Path, style: str, crlf: bool) -> None:
    folder = small_copy(tmp_path)
    claim = HEAD.format(id="rope") + style.format(ROPE)
    path = claims(folder, claim, HEAD.format(id="next"), "  evidence: []  # nothing\n", crlf=crlf)
    before = path.read_bytes().decode()
    anchoring = written(folder)
    assert dict(anchoring.counts) == {"as they were": 5, "made": 1}

    after = path.read_bytes().decode()
    evidence = next(claim for claim in YAML(typ="safe").load(after) if claim["id"] == "rope")["evidence"][0]
    start = NOTE.index(ROPE)
    anchor = dict(anchor_members(pin(NOTE, start, start + len(ROPE))))
    assert (
        evidence
        == {"source": "hallvik-observer-note"} | ({"role": evidence["role"]} if "role" in evidence else {}) | anchor
    )
    at = before.index("rope\r\n" if crlf else "rope\n")
    assert after[:at] == before[:at]
    assert ROPE not in after.replace(before[:at], "")
    comments = [line.partition("#")[2] for line in before.splitlines() if "#" in line]
    assert [line.partition("#")[2] for line in after.splitlines() if "#" in line] == comments
    assert (after.count("\r\n") == after.count("\n")) is crlf
    tail = before[before.index("- id: next") :]
    assert after.endswith(tail)
    assert "words-not-anchored" not in {finding.kind.slug for finding in check([folder]).findings}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_anchored_once_more_it_stays_as_it_is(tmp_path: Path, style: str) -> None:
    folder = small_copy(tmp_path)
    path = claims(folder, HEAD.format(id="rope") + style.format(ROPE))
    written(folder)
    before = path.read_bytes()
    assert dict(written(folder).counts) == {"as they were": 6}
    assert path.read_bytes() == before


def test_words_beside_an_anchor_take_its_place(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    path = folder / "claims.yaml"
    text = path.read_text("utf-8")
    text = text.replace("-note\n", "-note\n      words: the quay  # new\n", 1)
    text = text.replace("      start: 191", "      words: no more than 80\n      start: 191")
    text = text.replace("{length: 34, sha256: 2fb", "{length: 34, sha256: 2fb", 1)
    path.write_text(
        text + HEAD.format(id="flow") + "  evidence:\n" + FLOW.replace("end:", "words: the quay, end:"), "utf-8"
    )
    assert dict(written(folder).counts) == {"made": 3, "as they were": 3}
    after = path.read_text("utf-8")
    assert "-note\n      # new\n      paragraph: 1\n      start: 76\n      end: 84\n" in after
    assert "      paragraph: 2\n      start: 191\n      end: 206\n" in after
    assert "-note, paragraph: 1, start: 76, end: 84, sha256" in after
    assert len(after.splitlines()) == len(text.splitlines()) - 1 + 7
    report = check([folder])
    assert report.corpus is not None
    assert all(not each.failed for each in verify(report.corpus, folder / "texts") if each.copy)


def test_every_fault_is_told_at_once_with_the_places_in_the_text(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    words = ["nobody", "a rope was strung over the ramp", "about", "rope was strung across the ram", '""', "Zebras"]
    claim = "  evidence:\n" + "".join(f"    - {{source: hallvik-observer-note, words: {each}}}\n" for each in words)
    edit(folder / "claims.yaml", "-minutes", "-minutes\n      words: The")
    claims(folder, HEAD.format(id="another"), claim, "    - {source: nowhere, words: The}\n")
    copy_it = "(copy the words from the text, in the same capital letters)"
    assert told(folder) == [
        [
            "claims.yaml:95: claim 'minutes-talks-broke-off': there is no text of 'hallvik-harbour-minutes' (save your "
            "copy of it as texts/hallvik-harbour-minutes.txt)"
        ],
        [
            f"claims.yaml:101: claim 'another': “nobody” is not in its text {copy_it}",
            "  texts/note.txt:3: paragraph 2, start 374: was indeed about pay. [Nobody] else at the town hall was",
        ],
        [
            f"claims.yaml:102: claim 'another': “a rope was strung over the ramp” is not in its text {copy_it}",
            "  texts/note.txt:1: paragraph 1, start 90: stood on the quay, and [a rope was strung across the ramp] so "
            "that no car could",
        ],
        [
            "claims.yaml:103: claim 'another': “about” stands 2 times in its text (take a word more, or put paragraph: "
            "or start: of the one meant beside words)",
            "  texts/note.txt:3: paragraph 2, start 224: than 80 had come. “It is [about] wages and nothing else,”",
            "  texts/note.txt:3: paragraph 2, start 363: that the quarrel was indeed [about] pay. Nobody else at the "
            "town",
        ],
        [
            "claims.yaml:104: claim 'another': passage 92 to 122 begins or ends inside a word: take the whole word "
            "(anchor whole words of one paragraph)",
            "  texts/note.txt:1: paragraph 1, start 92: stood on the quay, and a [rope was strung across the ram]p so "
            "that no car could",
        ],
        ["claims.yaml:105: claim 'another': words has no text (write the words of the passage, between quotes)"],
        [f"claims.yaml:106: claim 'another': “Zebras” is not in its text {copy_it}"],
        [
            "claims.yaml:107: claim 'another': there is no source 'nowhere' in the dossier (correct the id, or add the "
            "source)"
        ],
    ]


def test_a_passage_that_is_too_long_is_refused_before_its_words_are_gone(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    long = " ".join(NOTE.partition("\n\n")[2].partition("\n\n")[0].split())
    evidence = f"  evidence:\n    - source: hallvik-observer-note\n      words: >-\n        {long}\n"
    claims(folder, HEAD.format(id="long"), evidence)
    assert "has 269 characters, more than 240" in told(folder)[0][0]
    claims(folder, "      whole: All of it is one sentence.\n")
    assert written(folder).counts["made"] == 1


def test_a_choice_that_no_place_meets_is_told_with_the_places(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    cited = "    - {{source: hallvik-observer-note, words: {}}}\n"
    evidence = cited.format("about, paragraph: 1") + cited.format("a, start: 2")
    claims(folder, HEAD.format(id="another"), "  evidence:\n", evidence)
    first, second = told(folder)
    assert first[0].endswith("“about” is not in paragraph 1 (name the place where it is, or none)")
    assert second[0].endswith("“a” is not at 2 (name the place where it is, or none)")
    assert len(first) == 3


def test_a_source_is_described_by_the_text_of_its_id(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    (folder / "texts" / "hallvik-harbour-minutes.txt").write_text("One.\n\nThe talks ended.\n", "utf-8")
    edit(
        folder / "claims.yaml",
        "source: hallvik-harbour-minutes",
        "source: hallvik-harbour-minutes\n      words: The talks ended.",
    )
    before = (folder / "sources.yaml").read_text("utf-8")
    assert written(folder).described == [("hallvik-harbour-minutes", folder / "texts" / "hallvik-harbour-minutes.txt")]
    after = (folder / "sources.yaml").read_text("utf-8")
    assert after.startswith(before)
    assert after.removeprefix(before).splitlines()[1:] == [
        "  length: 23",
        "  paragraphs:",
        "    - {start: 0, end: 4}",
        "    - {start: 6, end: 22}",
    ]
    report = check([folder])
    assert (report.errors, report.unanchored) == (0, 0)


def changed(folder: Path, *edits: tuple[str, str]) -> None:
    for old, new in edits:
        edit(folder / "texts" / "note.txt", old, new)


def test_in_a_changed_text_every_anchor_is_made_anew(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    shutil.copy(folder / "texts" / "note.txt", folder / "texts" / "as-it-was.txt")
    changed(folder, ("Dockers", "New at the top.\n\nThe dockers"), ("“It is", "„It\nis"), ("else,”", "else”,"))
    (folder / "texts" / "note.txt").rename(folder / "texts" / "hallvik-observer-note.txt")
    before = (folder / "claims.yaml").read_text("utf-8")
    assert dict(written(folder).counts) == {"made anew": 5}
    after = (folder / "claims.yaml").read_text("utf-8")
    assert len(after.splitlines()) == len(before.splitlines())
    assert "      paragraph: 2\n      start: 71\n      end: 105\n" in after
    report = check([folder])
    assert report.errors == 0
    assert report.corpus is not None
    (proofs,) = verify(report.corpus, folder / "texts")
    assert (proofs.identical, proofs.count("proved"), proofs.furniture_share > 0.09) == (True, 5, True)
    assert "    - {start: 0, end: 15}\n" in (folder / "sources.yaml").read_text("utf-8")


def test_a_changed_text_of_another_name_is_known_by_most_of_its_passages(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    edit(folder / "sources.yaml", "  furniture:\n    - {start: 424, end: 466, reason: A contact line.}\n", "")
    changed(folder, ("Dockers", "The dockers"))
    (folder / "texts" / "other.txt").write_text("Nothing of it.", "utf-8")
    anchoring = written(folder)
    assert (anchoring.described[0][1].name, dict(anchoring.counts)) == ("note.txt", {"made anew": 5})


def test_an_anchor_that_is_gone_is_told_with_what_is_nearest(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    edit(folder / "sources.yaml", "  furniture:\n    - {start: 424, end: 466, reason: A contact line.}\n", "")
    changed(folder, ("About 300 people stood", "Some 300 people stood"))
    (fault,) = told(folder)
    assert fault[:2] == [
        "claims.yaml:14: claim 'observer-300-on-the-quay': the passage anchored in paragraph 1 is not in its text any "
        'more (put words: "…" of the passage that is meant now beside source)',
        "  texts/note.txt:1: paragraph 1, start 50: in Hallvik on Sunday. [Some 300 people stood on the quay,] and "
        "a rope was strung across",
    ]
    text = (folder / "claims.yaml").read_text("utf-8")
    text = text.replace(
        "      paragraph: 1\n", '      words: "Some 300 people stood on the quay"\n      paragraph: 1\n', 1
    )
    (folder / "claims.yaml").write_text(text, "utf-8")
    assert dict(written(folder).counts) == {"made": 1, "made anew": 4}


def test_without_the_text_before_furniture_cannot_be_moved(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    shutil.copytree(folder / "texts", tmp_path / "before")
    changed(folder, ("Dockers", "The dockers"))
    (fault,) = told(folder)
    assert fault[0].startswith(
        "sources.yaml:15: source 'hallvik-observer-note': this furniture was in a text that is not"
    )
    shutil.copy(tmp_path / "before" / "note.txt", folder / "texts" / "before.txt")
    (folder / "texts" / "note.txt").rename(folder / "texts" / "hallvik-observer-note.txt")
    written(folder)
    assert "{start: 428, end: 470, reason: A contact line.}" in (folder / "sources.yaml").read_text("utf-8")


def test_a_text_without_words_and_without_a_file_change_nothing(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    (folder / "texts" / "hallvik-observer-note.txt").write_text(" \n")
    assert "has no words" in told(folder)[0][0]
    (tmp_path / "none").mkdir()
    assert dict(written(folder, tmp_path / "none").counts) == {"without a text": 5}


def test_records_in_ndjson_and_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    claim = '{"id": "a", "text": "A.", "type": "report", "narrated": true, "evidence": [{"source": '
    (folder / "claims.ndjson").write_text(claim + '"hallvik-observer-note", "words": "the quay"}]}\n')
    claims(folder, "- id: b\n  evidence: [\n")
    faults = told(folder)
    assert [fault[0].split(":")[0] for fault in faults] == ["claims.ndjson", "claims.yaml"]
    assert "is not edited in place (write the record in a YAML file)" in faults[0][0]


def test_a_file_that_would_not_read_as_meant_is_not_written(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    claims(
        folder,
        HEAD.format(id="rope"),
        "  evidence:\n    - source: hallvik-observer-note\n      ? words\n      : the quay\n",
    )
    with pytest.raises(NotInPlace):
        anchored([folder], folder / "texts").files()


def test_what_was_written_meanwhile_is_seen(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    path = claims(folder, HEAD.format(id="rope"), STYLES["block"].format(ROPE))
    files = anchored([folder], folder / "texts").files()
    assert changed_meanwhile(files) == []
    claims(folder, "# more\n")
    assert changed_meanwhile(files) == [path]


def test_a_file_for_each_record_makes_the_same_dossier_and_is_anchored_alike(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    text = (folder / "claims.yaml").read_text("utf-8")
    (folder / "claims.yaml").unlink()
    (folder / "claims").mkdir()
    for record in text.split("- id: ")[1:]:
        (folder / "claims" / f"{record.partition(chr(10))[0]}.yaml").write_text(f"- id: {record}", "utf-8")
    assert check([folder]).corpus == check([SMALL]).corpus

    edit(folder / "claims" / "observer-rope-across-the-ramp.yaml", "paragraph: 1", f"words: {ROPE}\n      paragraph: 1")
    files = anchored([folder], folder / "texts").files()
    assert [file.path.name for file in files] == ["observer-rope-across-the-ramp.yaml"]
