"""Comparing two releases by their curated input: what was created, changed, removed and merged."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from app.entries.corpus import Corpus
from app.releases.canonical import canonical
from app.releases.comparison import Difference, differences
from releases.publishing import BUNDLED, ODD, SMALL, corpus_of


def line(kind: str, id: str, dossier: str = "d", /, **members: Any) -> str:
    """A line of the curated input."""
    return orjson.dumps({"dossier": dossier, "entry": {"id": id, **members}, "kind": kind}).decode()


def compared(before: list[str], after: list[str]) -> list[Difference]:
    """The differences of two releases, whose lines are put in order."""
    return list(differences(*(sorted(lines, key=place) for lines in (before, after))))


def place(text: str) -> tuple[str, str, str]:
    """Where a line stands in the order."""
    members = orjson.loads(text)
    return members["kind"], members["entry"]["id"], members["entry"].get("vocabulary", "")


def test_equal_lines_are_no_difference() -> None:
    lines = [line("event", "a"), line("place", "b"), line("removed", "c"), line("vocabulary", "layers")]
    assert compared(lines, lines) == []


def test_records_are_created_changed_removed_and_merged() -> None:
    before = [line("event", id, title=id) for id in ("b", "c", "d", "e")]
    after = [
        line("event", "a", title="a"),
        line("event", "b", title="B", formerly=["e"]),
        line("event", "c", title="c"),
        line("removed", "d", kind="event", reason="It was a plan.", last_release="1"),
    ]
    assert compared(before, after) == [
        Difference("created", "event", "a", "d"),
        Difference("updated", "event", "b", "d", {"formerly": None, "title": "b"}, {"formerly": ["e"], "title": "B"}),
        Difference("removed", "event", "d", "d", reason="It was a plan."),
        Difference("merged", "event", "e", "d", target="b"),
    ]


def test_what_is_gone_without_a_word_is_removed() -> None:
    """A dossier may be left out, or an earlier release be current again."""
    assert compared([line("event", "a")], []) == [Difference("removed", "event", "a", "d")]


def test_what_was_removed_may_come_back_and_what_was_merged_may_part() -> None:
    before = [line("removed", "a", kind="event", reason="x"), line("event", "b", formerly=["c"])]
    after = [line("event", "a"), line("event", "b"), line("event", "c")]
    assert [(one.op, one.id) for one in compared(before, after)] == [
        ("created", "a"),
        ("updated", "b"),
        ("created", "c"),
    ]


def test_terms_of_dossiers_are_compared_each_in_its_vocabulary() -> None:
    def term(vocabulary: str, id: str, **members: Any) -> str:
        return line("term", id, vocabulary=vocabulary, label=id.title(), **members)

    before = [term("event-types", "a"), term("media", "b", definition="x"), term("media", "c"), line("event", "e")]
    after = [term("media", "a"), term("media", "b", definition="y"), term("event-types", "c"), term("media", "c")]
    after.append(line("event", "d", formerly=["e", "a"]))  # whose former id is no term's
    assert [one for one in compared(before, after) if one.kind == "term"] == [
        Difference("created", "term", "media/a", "d", label="A"),
        Difference("updated", "term", "media/b", "d", {"definition": "x"}, {"definition": "y"}, label="B"),
        Difference("created", "term", "event-types/c", "d", label="C"),
        Difference("removed", "term", "event-types/a", "d", label="A"),
    ]


def test_members_of_members_differ_by_their_path() -> None:
    (one,) = compared(
        [line("dossier", "a", edition={"label": "1", "issued": "2020-01-01"}, read=["x"], note="n")],
        [line("dossier", "a", edition={"label": "2", "issued": "2020-01-01"}, read=["x", "y"])],
    )
    assert one.before == {"edition.label": "1", "read": ["x"], "note": "n"}
    assert one.after == {"edition.label": "2", "read": ["x", "y"], "note": None}


def test_a_record_may_move_to_another_dossier() -> None:
    (one,) = compared([line("event", "a")], [line("event", "a", "other")])
    assert (one.op, one.dossier, one.before, one.after) == ("updated", "other", {"dossier": "d"}, {"dossier": "other"})


def test_tombstones_and_vocabularies_are_no_records() -> None:
    before = [line("removed", "a", kind="event", reason="x"), line("vocabulary", "layers", terms=[1])]
    after = [line("removed", "a", kind="event", reason="y"), line("vocabulary", "layers", terms=[2])]
    assert compared(before, after) == []
    assert compared([], after) == []


def lines(corpus: Corpus) -> list[str]:
    """The curated input of a corpus."""
    return [each.text for each in canonical(corpus)]


@pytest.mark.parametrize(("first", "second"), [([SMALL], [SMALL, ODD]), ([ODD], [SMALL]), ([BUNDLED], [SMALL])])
def test_comparing_the_other_way_round_is_the_reverse(first: list[Path], second: list[Path]) -> None:
    before, after = lines(corpus_of(*first)), lines(corpus_of(*second))
    forth, back = list(differences(before, after)), list(differences(after, before))
    opposite = {"created": "removed", "removed": "created", "updated": "updated", "merged": "created"}
    assert {(opposite[one.op], one.id) for one in forth} == {(one.op, one.id) for one in back}
