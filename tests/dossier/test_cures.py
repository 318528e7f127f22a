"""Deliberate mistakes, each with the message and the cure that it gets."""

from pathlib import Path

import pytest

from app.dossier.check import check
from dossier.dossiers import small_copy

ACTOR = "- id: somebody\n  type: group\n  name: somebody\n"
EVENT = "- id: another-event\n  title: Another\n  type: protest\n"
TERM = "id: a-term, label: A term, definition: It is new."
CLAIM = """\
- id: another-claim
  text: Another.
  type: report
  narrated: true
  events: [hallvik-ferry-strike]
  evidence: [{source: hallvik-harbour-minutes}]
"""


def told(folder: Path) -> list[str]:
    """The text of every finding without the path of the folder."""
    return [each.text.replace(f"{folder.as_posix()}/", "") for each in check([folder]).findings]


def edited(folder: Path, file: str, old: str, new: str) -> list[str]:
    """The findings of the small dossier with one thing written otherwise; with no `old`, added at the end."""
    path = folder / file
    text = path.read_text("utf-8") if path.exists() else ""
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
    return told(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "dossier.yaml",
            "corrections: https://example.org/corrections",
            "corrections: me@example.org",
            "(write mailto:me@example.org)",
        ),
        ("claims.yaml", "narrated: true", "narrated: yes", "not the text 'yes' (write true, without quotes)"),
        ("claims.yaml", "narrated: true", "narrated: no", "(write false, without quotes)"),
        (
            "claims.yaml",
            "",
            CLAIM.replace("text: Another.", "text: #5 was arrested"),
            "(put the text between quotes: what follows # is a comment)",
        ),
        ("claims.yaml", "", CLAIM.replace("text: Another.", "text:"), "what follows # is a comment"),
        ("claims.yaml", "", f"<<<<<<< HEAD\n{CLAIM}", "'<<<<<<<' marks a merge that was not finished"),
        ("claims.yaml", "", f"{CLAIM}=======\n", "'=======' marks a merge that was not finished"),
        ("sources.yaml", "language: en", "language: English", "'English' is no tag of a language (write en)"),
        ("sources.yaml", "language: en", "language: en_US", "(write en-US)"),
        ("places.yaml", "country: NO", "country: Germany", "(write DE)"),
        ("places.yaml", "country: NO", "country: UK", "(write GB)"),
        ("places.yaml", "country: NO", "country: Nowhere", "onrecord vocabulary countries prints)"),
        (
            "claims.yaml",
            "measure: attendance",
            "measure: tonnes",
            "(choose a term that onrecord vocabulary measures prints, or define it in vocabularies.yaml)",
        ),
        ("events.yaml", "date: 2021-03-14", "date: 14 March 2021", "(write 2021-03-14)"),
        ("events.yaml", "date: 2021-03-14", "date: 03/04/2021", "(write 2021-04-03 or 2021-03-04, whichever is meant)"),
        ("events.yaml", "date: 2021-03-14", "date: 30.02.2021", "(write the date in one of the accepted forms)"),
        ("claims.yaml", "value: 300,", 'value: "1,057",', "(write 1057: digits stand without marks between them)"),
        ("claims.yaml", "value: 300,", 'value: "10,5",', "(write 10.5: a point parts the decimals)"),
        (
            "claims.yaml",
            "value: 300,",
            "value: 1,057,",
            "no field '057' (write the number without a comma, which parts",
        ),
        (
            "dossier.yaml",
            "edition hallvik-2.",
            "edition hallvik-1.",
            "names the edition hallvik-1, and this is hallvik-2",
        ),
        ("dossier.yaml", "edition hallvik-2.", "edition 1.", "names the edition 1, and this is hallvik-2"),
        ("claims.yaml", "value: 300,", "value: 1.200,", "1.2 is no whole number of {person} (write 1200 if the point"),
        ("claims.yaml", "value: 300,", "value: -57.5,", "-57.5 {person} is less than none (write a whole number"),
        ("claims.yaml", "value: 300,", "value: 1234567890123456,", "of at most 15 digits"),
        (
            "claims.yaml",
            "speaker: {actor: hallvik-ferries, attribution: said}",
            "speaker: [hallvik-ferries, ingrid-solem]",
            "(write one claim for each speaker, or name a group that speaks)",
        ),
        ("actors.yaml", "", ACTOR.replace("  name", "\xa0\xa0name"), "indented with a no-break space (U+00A0)"),
        ("dossier.yaml", "CC-BY-4.0", "Creative Commons Attribution", "no SPDX identifier (write CC-BY-4.0)"),
        ("dossier.yaml", "CC-BY-4.0", "cc-by-4.0", "(write CC-BY-4.0)"),
        ("dossier.yaml", "edition hallvik-2", "edition 2019.1", "names the edition 2019.1, and this is hallvik-2"),
        ("actors.yaml", "", ACTOR.replace("name: somebody", 'name: "  Padded  "'), "begins or ends with a blank"),
        ("actors.yaml", "", ACTOR.replace("name: somebody", "name: a\u202eb"), "U+202E, which turns its direction"),
        ("actors.yaml", "", ACTOR.replace("name: somebody", 'name: "a\\u202eb"'), "turns its direction: U+202E"),
        ("actors.yaml", "", f"# a\u2066b\n{ACTOR}", "U+2066, which turns its direction"),
        ("actors.yaml", "", ACTOR.replace("name: somebody", "name: a\u200bb"), "holds U+200B, which nobody sees"),
        ("actors.ndjson", "", '{"id": "x", "type": "group", "name": "a\\u202eb"}\n', "turns its direction: U+202E"),
        ("actors.yaml", "", ACTOR.replace("id: somebody", 'id: "007"'), "tools read the id '007' as a number"),
        ("actors.yaml", "", ACTOR.replace("id: somebody", 'id: "1e5"'), "tools read the id '1e5' as a number"),
        ("actors.yaml", "", ACTOR.replace("id: somebody", "id: nan"), "tools read the id 'nan' as a number"),
        ("actors.yaml", "", ACTOR.replace("id: somebody", "id: sep-2019"), "tools read the id 'sep-2019' as a date"),
        ("relations.yaml", "Mayor of Hallvik", "“…”", "has no letter or digit (write what the post is called)"),
        ("places.yaml", "lat: 61.5\n  lon: 5.25", "lat: 0\n  lon: 0", "the point is 0, 0, in the sea off Africa"),
        ("vocabularies.yaml", "", "- id: a\n", "(put the name of a vocabulary above its terms, as in event-types:)"),
        ("vocabularies.yaml", "", f"measure:\n- {{{TERM}, unit: kg}}\n", "(write measures)"),
        (
            "vocabularies.yaml",
            "",
            f"measures:\n- {{{TERM}, unit: EUR}}\n",
            "(write money: true in its place: each figure",
        ),
        ("vocabularies.yaml", "", f"measures:\n- {{{TERM}}}\n", "(add unit, such as kg or {person}, or money: true)"),
        (
            "vocabularies.yaml",
            "",
            f"identifier-schemes:\n- {{{TERM}, pattern: a, url: 'https://example.org/'}}\n",
            "(write a whole address in which {value} stands for the identifier)",
        ),
        ("events.yaml", "modes: [strike, demo]", "modes: strike", "(write [strike])"),
        ("events.yaml", "gaps:\n", "gaps: none\n  links:\n", "(give what is expected; a text like 2019"),
        ("events.yaml", "modes: [obstruct]", "modes:", "(list something, or take the field out)"),
        ("events.yaml", "modes: [obstruct]", "modes: [negotiate]", "'negotiate' is no term of event-modes (choose a"),
        ("events.yaml", "date: 2021-03-14", "date: 2021-3", "(write 2021-03)"),
        (
            "claims.yaml",
            "value: 300,",
            "value: 300, currency: EUR,",
            "no money: it has no currency (take currency out)",
        ),
        ("claims.yaml", "measure: attendance, value", "measure: damage-cost, currency: eur, value", "(write EUR)"),
        ("claims.yaml", "measure: attendance, value", "measure: damage-cost, value", "(add currency, a code of ISO"),
        ("claims.yaml", "      start: 50\n", "", "the anchor has no start (give paragraph, start"),
        (
            "dossier.yaml",
            '"2021-05-01"',
            "May 2021",
            "has not the form that is expected here (write a day of the calendar",
        ),
        ("people.yaml", "script: Cyrl", "script: Cyrillic", "(write a code of ISO 15924, such as Latn)"),
        (
            "relations.yaml",
            "  post: Mayor of Hallvik\n",
            "",
            "an office has a post (add post: what the office is called)",
        ),
        (
            "events.yaml",
            "title: A rope closes",
            'title: "A rope closes',
            "events.yaml:22: while scanning a quoted scalar",
        ),
    ],
)
def test_each_mistake_gets_the_cure_that_helps(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    found = edited(small_copy(tmp_path), file, old, new)
    assert any(message in each for each in found), found
    assert all(file in each.partition(":")[0] for each in found), found


@pytest.mark.parametrize("id", ["Hallvik-Wage-Talks", "hallvik_wage_talks"])
def test_a_malformed_id_makes_no_finding_where_it_is_referred_to(tmp_path: Path, id: str) -> None:
    (found,) = edited(small_copy(tmp_path), "events.yaml", "- id: hallvik-wage-talks", f"- id: {id}")
    assert found.startswith(f"events.yaml:30: event '{id}': id: an id is words of a to z")


def test_an_entry_without_its_hyphen_is_told_once(tmp_path: Path) -> None:
    (found,) = edited(small_copy(tmp_path), "events.yaml", "- id: hallvik-ramp-blockade", "  id: hallvik-ramp-blockade")
    assert found.startswith("events.yaml:21: 'id' is already given on line 1 (put a hyphen before it")


def test_an_id_that_is_given_twice_hides_no_member(tmp_path: Path) -> None:
    twice = ACTOR.replace("  type", "  id: someone\n  type")
    (found,) = edited(small_copy(tmp_path), "actors.yaml", "", twice)
    assert found == "actors.yaml:2: 'id' is already given on line 1 (keep one of the two)"


def test_swapped_numbers_of_a_point_are_seen_from_the_other_points_of_its_country(tmp_path: Path) -> None:
    towns = {"belgrade": (20.46, 44.81), "nis": (43.32, 21.9), "novi-sad": (45.25, 19.85)}
    lines = [
        f"- {{id: {id}, name: {id}, country: RS, precision: town, lat: {lat}, lon: {lon}}}\n"
        for id, (lat, lon) in towns.items()
    ]
    (found,) = edited(small_copy(tmp_path), "places.yaml", "", "".join(lines))
    assert "place 'belgrade': the point is 3" in found
    assert found.endswith("(swap them: lat: 44.81, lon: 20.46)")


def test_two_people_of_one_wikidata_id(tmp_path: Path) -> None:
    both = "".join(
        f"- id: {id}\n  type: person\n  name: {id}\n  identifiers:\n    wikidata: Q42\n" for id in ("one", "two")
    )
    (found,) = edited(small_copy(tmp_path), "actors.yaml", "", both)
    assert found.startswith("actors.yaml:10: warning: actor 'two': wikidata:Q42 is already the identifier of 'one'")


@pytest.mark.parametrize("id", ["flight-007", "hallvik-2021-03-14", "may-day", "nano", "september-11-attacks"])
def test_an_id_with_a_word_in_it_is_no_number_and_no_date(tmp_path: Path, id: str) -> None:
    assert edited(small_copy(tmp_path), "actors.yaml", "", ACTOR.replace("id: somebody", f"id: {id}")) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("claims.yaml", "  text: About 300 people stood on the quay.", '  text: ""', "text"),
        ("people.yaml", "  type: person", "  type: person\n  note: ''", "note"),
        ("places.yaml", "  name: Hallvik\n", "  name: ''\n", "name"),
        ("events.yaml", "  part_of: ", "  summary: ''\n  part_of: ", "summary"),
        ("sources.yaml", "  language: ", "  byline: ''\n  language: ", "byline"),
        ("dossier.yaml", "read:\n", "read:\n  - ''\n", "read"),
    ],
)
def test_a_text_of_no_letter_is_told_where_a_text_may_be_left_out_too(
    tmp_path: Path, file: str, old: str, new: str, named: str
) -> None:
    found = edited(small_copy(tmp_path), file, old, new)
    assert found
    assert all(
        f"{named}: the text is empty (write something; a field that says nothing is left out)" in each for each in found
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_told_once_and_read(tmp_path: Path, encoding: str) -> None:
    folder = small_copy(tmp_path)
    lines = folder / "groups" / "added.ndjson"
    texts = {
        folder / "people.yaml": (folder / "people.yaml").read_text("utf-8"),
        lines: '{"id": "a-group", "type": "group", "name": "Ünnamed"}\n{"id": "a b", "type": "group", "name": "B"}\n',
    }
    for path, text in texts.items():
        path.write_bytes(f"\ufeff{text}".encode(encoding))
    found = told(folder)
    assert found[0] == "groups/added.ndjson:1: the file is UTF-16 (save the file as UTF-8)"
    assert found[1].startswith("groups/added.ndjson:2: actor 'a b': id: ")
    assert found[2:] == ["people.yaml:1: the file is UTF-16 (save the file as UTF-8)"]


def test_a_dossier_of_no_word_is_not_told_to_go(tmp_path: Path) -> None:
    folder = small_copy(tmp_path)
    (folder / "dossier.yaml").write_text("# to be written\n", "utf-8")
    cure = "write its id, title and what else it has: onrecord new makes one to go by"
    assert f"dossier.yaml:1: the file says nothing about the dossier ({cure})" in told(folder)


@pytest.mark.parametrize("licence", ["CC-BY4.0", "CC-BY-4", "CC-BY-40", "CC-BY-4.O", "CCBY-4.0", "CC-BY-5.0"])
def test_a_misspelt_licence_of_creative_commons_is_told(tmp_path: Path, licence: str) -> None:
    (found,) = edited(small_copy(tmp_path), "dossier.yaml", "CC-BY-4.0", licence)
    assert found.endswith(f"'{licence}' is no SPDX identifier (write CC-BY-4.0)")


@pytest.mark.parametrize(
    "licence", ["CC-BY-NC-SA-2.0-UK", "CC-BY-3.0-IGO", "CC-PDM-1.0", "CC-SA-1.0", "LicenseRef-own"]
)
def test_other_licences_of_spdx_are_taken(tmp_path: Path, licence: str) -> None:
    assert edited(small_copy(tmp_path), "dossier.yaml", "CC-BY-4.0", licence) == []
