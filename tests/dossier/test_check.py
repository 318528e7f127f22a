"""Checking as a whole: everything at once, nothing that follows from another fault, the same in any order of files."""

from pathlib import Path

import pytest

from app.dossier.check import NotADossier, check
from app.dossier.findings import LONGEST, found
from app.values.identity import Identity
from dossier.dossiers import FAULTS, SMALL, counted, entries, live, small_copy, told


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_sound_dossier_is_a_corpus_ordered_by_kind_and_id() -> None:
    report = check([SMALL])
    assert report.findings == ()
    assert report.corpus is not None
    keys = [(each.kind, each.entry.id) for each in report.corpus.curated]
    assert keys == sorted(keys)
    assert {each.dossier for each in report.corpus.curated} == {"hallvik-quay"}
    assert (report.counts["actor"], report.counts["relation"], report.unanchored) == (7, 3, 1)
    assert report.summary == (
        f"{counted(SMALL)}: 0 errors, 0 warnings; 1 piece of evidence in sources whose text is not at hand"
    )
    assert report.summary.startswith("3 events, 7 actors, 6 claims, 2 sources, 2 places, 3 relations, 1 dossier")


def test_where_an_entry_stands_makes_no_difference(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    people = (folder / "people.yaml").read_text("utf-8").split("- id: ")
    (folder / "people.yaml").write_text(f"- id: {people[2]}", "utf-8")
    (folder / "actors").mkdir()
    (folder / "actors" / "a.yaml").write_text(f"- id: {people[1]}", "utf-8")
    (folder / "groups" / "quay.yaml").rename(folder / "groups.yaml")
    assert check([folder]).corpus == check([SMALL]).corpus


def test_lines_of_json_are_entries_like_any_other(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    (folder / "groups" / "quay.yaml").unlink()
    description = "Those who stood on the quay of Hallvik on 14 March 2021, dockers and others."
    line = f'"type": "group", "name": "people on the quay", "description": "{description}"'
    add(folder / "groups.ndjson", f'\n{{"id": "people-on-the-quay", {line}}}\n\n')
    assert check([folder]).corpus == check([SMALL]).corpus


def test_dossiers_of_one_build_refer_to_each_other(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    text = (folder / "dossier.yaml").read_text("utf-8").replace("id: hallvik-quay", "id: other")
    (other / "dossier.yaml").write_text(text, "utf-8")
    add(other / "places.yaml", "- {id: pier, name: Pier, within: hallvik, precision: district}\n")
    report = check([other, folder])
    assert report.findings == ()
    assert report.corpus is not None
    assert report.corpus.by_id["pier"].dossier == "other"
    assert told(check([other]), other) == [("dangling-reference", "places.yaml", 1)]


def test_an_id_belongs_to_one_record_of_one_dossier(tmp_path: Path) -> None:
    one, two = small_copy(tmp_path / "one"), small_copy(tmp_path / "two")
    report = check([two, one])
    assert {each.kind.slug for each in report.findings} == {"duplicate-id"}
    # Entries, a former id and a removed one; the dossier that comes first by name keeps them.
    assert len(report.findings) == entries(SMALL).total() + 1 + 1
    assert all(each.file.startswith(two.as_posix()) for each in report.findings)
    assert any(f"already the id of a dossier at {one}/dossier.yaml:1" in each.message for each in report.findings)


def test_a_faulty_entry_hides_nothing_and_is_still_there_to_refer_to(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    change(folder / "places.yaml", "precision: town", "precision: twon")
    change(folder / "events.yaml", "modes: [obstruct]", "modes: [obstrukt]")
    change(folder / "events.yaml", "actor: people-on-the-quay, role: initiator", "actor: people-on-the-kay, role: x")
    assert told(check([folder]), folder) == [
        ("unknown-term", "events.yaml", 24),
        ("dangling-reference", "events.yaml", 29),
        ("unknown-term", "events.yaml", 29),
        ("unknown-term", "places.yaml", 13),
    ]


def test_all_that_does_not_fit_within_an_entry_is_told_at_once(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    change(folder / "events.yaml", "modes: [strike, demo]", "modes: [firearms, demo, drone]")
    change(folder / "events.yaml", "{aspect: duration,", "{aspect: length,")
    assert told(check([folder]), folder) == [
        ("mode-of-other-type", "events.yaml", 6),
        ("mode-of-other-type", "events.yaml", 6),
        ("gap-without-aspect", "events.yaml", 20),
    ]


def test_one_broken_entry_costs_no_other_and_makes_no_further_findings(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    change(folder / "events.yaml", "title: A rope closes the ramp", "title: A rope: closed ramp")
    change(folder / "claims.yaml", "text: The talks about wages ended", "text: [The talks")
    change(folder / "sources.yaml", "title: Minutes of the harbour board", "title: @Minutes")
    change(folder / "places.yaml", "name: Vestmark", "nam: Vestmark")
    assert told(check([folder]), folder) == [
        ("yaml-syntax", "claims.yaml", 90),
        ("yaml-syntax", "events.yaml", 22),
        ("missing-field", "places.yaml", 1),
        ("unknown-field", "places.yaml", 2),
        ("yaml-syntax", "sources.yaml", 19),
    ]


def test_a_fault_between_entries_is_told(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    change(folder / "relations.yaml", "- id: arnesen", "stray: yes\n- id: arnesen")
    change(folder / "removed.yaml", "- id", "stray: yes\n- id")
    assert told(check([folder]), folder) == [("yaml-syntax", "relations.yaml", 8), ("yaml-syntax", "removed.yaml", 2)]


def test_windows_line_ends_and_comments_are_no_fault(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    for path in folder.rglob("*.yaml"):
        path.write_bytes(b"# a comment\r\n---\r\n" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert check([folder]).corpus == check([SMALL]).corpus


def test_a_dossier_that_cannot_be_read_is_told_and_its_entries_are_checked(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    change(folder / "dossier.yaml", "title: ", "title: a: ")
    change(folder / "places.yaml", "country: NO", "country: ZZ")
    assert told(check([folder], live({"gone": "event"}, "a")), folder) == [
        ("yaml-syntax", "dossier.yaml", 2),
        ("unknown-term", "places.yaml", 3),
        ("unknown-term", "places.yaml", 9),
    ]


@pytest.mark.parametrize("value", ["5", "[a]", "{a: b}", "", "[{id: 5}, [], null]", '"\\ud800"', "a" * 300])
@pytest.mark.parametrize("file", ["dossier.yaml", "events.yaml", "claims.yaml", "places.yaml", "removed.yaml"])
def test_any_value_of_any_field_is_a_finding_and_no_crash(file: str, value: str, tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    lines = (folder / file).read_text("utf-8").split("\n")
    first: dict[str, int] = {}
    for i, line in enumerate(lines):
        first.setdefault(line.split(":")[0], i)
    for i in (i for key, i in first.items() if key.strip(" -").isidentifier()):
        spoilt = [*lines[:i], f"{lines[i].split(':')[0]}: {value}", *lines[i + 1 :]]
        (folder / file).write_text("\n".join(spoilt), "utf-8")
        report = check([folder])
        assert all(each.text.isprintable() and each.text.encode() for each in report.findings)
        assert report.corpus is not None or report.errors


def test_ids_of_dossiers_that_are_not_built_are_nobodys_concern() -> None:
    assert check([SMALL], live({"gone": "event"}, "another")).findings == ()


def test_predecessors_are_explained_by_live_former_and_removed_ids(tmp_path: Path) -> None:
    before = {"hallvik": "place", "hallvik-ferry-walkout": "event", "hallvik-overtime-ban": "event"}
    assert check([SMALL], live(before)).findings == ()
    folder = small_copy(tmp_path)
    changed = check([folder], live(dict.fromkeys(before, "claim")))
    assert told(changed, folder) == [
        ("changed-kind", "events.yaml", 2),
        ("changed-kind", "places.yaml", 5),
        ("changed-kind", "removed.yaml", 1),
    ]


def test_a_claim_about_a_part_is_a_claim_about_the_whole(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    add(folder / "events.yaml", "- {id: year-of-strikes, title: A year of strikes, type: protest}\n")
    change(folder / "events.yaml", "  part_of: hallvik-ferry-strike", "  part_of: week-of-strikes")
    add(folder / "events.yaml", "- {id: week-of-strikes, title: Week, type: protest, part_of: year-of-strikes}\n")
    assert check([folder]).findings == ()


def test_a_folder_without_dossier_yaml_is_refused() -> None:
    with pytest.raises(NotADossier, match=r"it has no dossier.yaml; did you mean .*small"):
        check([SMALL.parent])


def test_a_finding_is_one_printable_line() -> None:
    finding = found("bad-id", "a.yaml", 3, "\x1b[31mred\nand long " + "x" * LONGEST)
    assert finding.text.startswith("a.yaml:3: \\x1b[31mred and long xxx")
    assert finding.text.isprintable()
    assert len(finding.message) < LONGEST + 10


@pytest.mark.parametrize(
    "char", ["\u200b", "\u202e", "\u2066", "\ufeff", "\xad", "\xa0", "\u2028", "\U000e0041", "\udcff"]
)
def test_what_nobody_sees_is_seen_in_a_finding(char: str) -> None:
    escape = repr(char)[1:-1]
    assert found("unknown-term", "a.yaml", 3, f"'{char}' is no term").message == f"'{escape}' is no term"
    assert found("unknown-term", f"a{char}.yaml", 3, "no term").place == f"a{escape}.yaml:3"


def test_a_name_of_a_file_breaks_no_line(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    (folder / "groups" / "a\n::error::b\x1b[2J.yaml").write_text("- id: a b\n", encoding="utf-8")
    told = [each.text for each in check([folder]).findings]
    assert told
    assert all(text.isprintable() and "/a\\n::error::b\\x1b[2J.yaml:1: " in text for text in told)


def test_files_are_told_as_the_caller_gave_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FAULTS.parent)
    assert {each.file.split("/")[0] for each in check([Path("faults")]).findings} == {"faults"}


@pytest.mark.parametrize(
    ("old", "new", "cure"),
    [
        ("attendance, value: 300", "attendance, value: ten", "write a number in digits, without quotes"),
        ("attendance, value: 300", 'attendance, value: "300"', "write a number in digits, without quotes"),
        ("start: 50", "start: 50.5", "write a whole number in digits, without quotes"),
        (
            "aspect: purpose\n  quote: full",
            "aspect: 2019\n  quote: full",
            "give what is expected; a text like 2019 or true needs quotes",
        ),
    ],
)
def test_only_a_text_that_is_none_is_told_about_quotes(tmp_path: Path, old: str, new: str, cure: str) -> None:
    folder = small_copy(tmp_path)
    change(folder / "claims.yaml", old, new)
    (finding,) = check([folder]).findings
    assert (finding.kind.slug, finding.cure) == ("wrong-type", cure)


LONG = "x y " * 250_001
DEEP = {
    "flow.yaml": "[" * 30_000 + "]" * 30_000,
    "open.yaml": "[" * 30_000,
    "list.yaml": "- " * 3000 + "x",
    "block.yaml": "\n" + "".join(f"{' ' * (2 + depth)}a:\n" for depth in range(3000)),
}


def test_an_entry_that_is_too_long_is_a_finding_at_its_line(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    change(folder / "events.yaml", "  title: Dockers", f"  note: {LONG}\n  title: Dockers")
    add(folder / "places.ndjson", f'\n{{"id": "a", "name": "A", "precision": "city", "note": "{LONG}"}}\n')
    add(folder / "dossier.yaml", f"# {LONG}\n")
    report = check([folder])
    files = [("dossier.yaml", 1), ("events.yaml", 1), ("places.ndjson", 2)]
    assert told(report, folder) == [("invalid-value", *each) for each in files]
    assert "characters; at most 1,000,000 are read" in report.findings[0].message


@pytest.mark.parametrize("name", DEEP)
def test_an_entry_that_lies_too_deep_in_itself_is_a_finding_at_its_line(tmp_path: Path, name: str) -> None:
    folder = small_copy(tmp_path)
    (folder / "actors").mkdir()
    (folder / "actors" / name).write_text(f"- {DEEP[name]}\n", "utf-8")
    assert {(slug, file) for slug, file, _ in told(check([folder]), folder)} == {("yaml-syntax", f"actors/{name}")}
    add(folder / "places.ndjson", '{"id": ' + "[" * 100_000 + "\n")
    assert ("json-syntax", "places.ndjson", 1) in told(check([folder]), folder)


UN = "- id: {}\n  type: organisation\n  classification: {}\n  name: United Nations\n"


def dossier(folder: Path, id: str, **files: str) -> Path:
    """A dossier of that id with these files, beside the small one."""
    folder.mkdir()
    text = (SMALL / "dossier.yaml").read_text("utf-8").replace("id: hallvik-quay", f"id: {id}")
    (folder / "dossier.yaml").write_text(text, "utf-8")
    for name, records in files.items():
        add(folder / f"{name}.yaml", records)
    return folder


def test_what_two_dossiers_need_is_in_one_of_shared_records(tmp_path: Path) -> None:
    shared = dossier(tmp_path / "shared", "shared", actors=UN.format("united-nations", "international-organisation"))
    folder = small_copy(tmp_path)
    change(
        folder / "events.yaml",
        "{actor: vestmark-dockers-union, role: participant",
        "{actor: united-nations, role: participant",
    )
    place = "- {id: pier, name: Pier, within: hallvik, precision: district}\n"
    other = dossier(tmp_path / "other", "other", places=place)
    report = check([other, folder, shared])
    assert report.errors == 0
    assert report.corpus is not None
    assert report.corpus.by_id["united-nations"].dossier == "shared"
    (missing,) = [each for each in check([folder]).findings if each.kind.severity == "error"]
    assert missing.text.endswith("(correct the id, add the entry, or check it with the dossier that has it)")


def test_one_id_in_two_dossiers_is_told_with_both_files_and_the_way_out(tmp_path: Path) -> None:
    one = dossier(tmp_path / "one", "one", actors=UN.format("united-nations", "international-organisation"))
    two = dossier(
        tmp_path / "two", "two", actors="# ours\n" + UN.format("united-nations", "international-organisation")
    )
    (clash,) = check([one, two]).findings
    assert clash.text == (
        f"{two}/actors.yaml:2: actor 'united-nations': 'united-nations' is already the id of an actor at "
        f"{one}/actors.yaml:1 (if both are the same actor, keep one, best in a dossier of shared records, and refer to "
        "it; else give the one that is not published yet another id)"
    )
    change(two / "actors.yaml", "united-nations\n", "un\n  identifiers: {wikidata: Q1065}\n")
    change(one / "actors.yaml", "nations\n", "nations\n  identifiers: {wikidata: Q1065}\n")
    (warning,) = check([one, two]).findings
    assert (warning.kind.severity, f"'united-nations' at {one}/actors.yaml:2 (" in warning.text) == ("warning", True)


def test_a_record_that_moves_to_the_shared_dossier_keeps_its_address(tmp_path: Path) -> None:
    shared = dossier(tmp_path / "shared", "shared", actors=UN.format("united-nations", "international-organisation"))
    other = dossier(tmp_path / "other", "other", places="- {id: sea, name: Sea, precision: region}\n")
    before = {"other": {id: Identity(id, "actor", "live") for id in ("united-nations", "un")}}
    (gone,) = check([other, shared], before).findings
    assert "'un'" in gone.message
    change(shared / "actors.yaml", "nations\n  type", "nations\n  formerly: [un]\n  type")
    assert check([other, shared], before).findings == ()
