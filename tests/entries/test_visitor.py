"""The visitor finds every value that bears a mark, wherever in an entry it stands."""

from app.entries.base import Reference
from app.entries.events import EventEntry
from app.entries.visitor import Mark, marked, texts_at
from app.vocabularies import Term

EVENT = EventEntry.model_validate(
    {
        "id": "raid",
        "title": "Raid",
        "type": "assault",
        "modes": ["explosives"],
        "identifiers": {"wikidata": "Q1"},
        "date": "2019-05-28",
        "place": "town",
        "participants": [{"actor": "police", "role": "initiator"}],
    }
)


def values_of(mark: type[Mark]) -> set[tuple[Mark, str]]:
    """Each mark of the event, with each value that stands there."""
    return {(found, value) for path, found in marked(EventEntry, mark) for value in texts_at([EVENT], path)}


def test_terms_are_found_in_texts_lists_parts_and_keys() -> None:
    found = {(term.vocabulary, value) for term, value in values_of(Term)}
    assert found >= {
        ("layers", "text"),
        ("event-types", "assault"),
        ("event-modes", "explosives"),
        ("identifier-schemes", "wikidata"),
        ("date-bases", "stated"),
        ("participation-roles", "initiator"),
    }


def test_a_value_that_is_left_out_bears_no_mark() -> None:
    assert "participation-sides" not in {term.vocabulary for term, _ in values_of(Term)}


def test_other_marks_are_found_by_themselves() -> None:
    assert {(mark.kinds, id) for mark, id in values_of(Reference)} == {
        (("actor",), "police"),
        (("place",), "town"),
    }
