"""The shape of entries: which fields there are, and which values refer to another record."""

from app.dossier.nodes import Location
from app.dossier.shape import fields, references, referring
from app.entries import ENTRIES
from app.entries.claims import ClaimEntry
from app.entries.relations import RelationEntry
from app.entries.visitor import texts_at
from dossier.dossiers import DOSSIERS
from releases.publishing import BUNDLED, corpus_of


def test_fields_are_named_as_curators_write_them() -> None:
    assert fields(ClaimEntry)["speaker",] == ("actor", "role", "attribution")
    assert fields(ClaimEntry)["evidence", "match"] == ("length", "sha256")
    assert {"from", "to"} < set(fields(RelationEntry)[()])


def test_references_are_found_at_any_depth_and_in_short_forms() -> None:
    written = {
        "speaker": "a",
        "on_behalf_of": "b",
        "audience": ["c", 5, "d"],
        "events": "no-list",
        "evidence": [{"source": "e"}, {"source": None}, "f"],
        "relations": {"claim": "g"},
        "text": "none",
    }
    assert sorted(references(ClaimEntry, written)) == [
        (("audience", 0), "c", ("actor",)),
        (("audience", 2), "d", ("actor",)),
        (("events",), "no-list", ("event",)),
        (("evidence", 0, "source"), "e", ("source",)),
        (("evidence", 2), "f", ("source",)),
        (("on_behalf_of",), "b", ("actor",)),
        (("relations", "claim"), "g", ("claim",)),
        (("speaker",), "a", ("actor",)),
    ]


def test_an_entry_refers_to_what_was_written() -> None:
    for curated in corpus_of(BUNDLED, DOSSIERS / "small", DOSSIERS / "odd").curated:
        entry, model = curated.entry, type(curated.entry)
        found = sorted(references(model, entry.model_dump(by_alias=True)))
        assert sorted(references(model, entry)) == found
        for path, kinds in referring(model):
            there = {id for place, id, expected in found if (names(place), expected) == (path, kinds)}
            assert texts_at([entry], path) == there


def names(location: Location) -> tuple[str, ...]:
    """The place without the numbers of list items."""
    return tuple(step for step in location if isinstance(step, str))


def test_every_kind_refers_to_kinds_that_there_are() -> None:
    for entry in ENTRIES.values():
        written = dict.fromkeys(fields(entry)[()], "x")
        assert {kind for _, _, expected in references(entry, written) for kind in expected} <= ENTRIES.keys()
    assert list(references(ENTRIES["place"], {"within": "x"})) == [(("within",), "x", ("place",))]
