"""Facts of whole records: counts agree with the lists behind them, and each kind has facts of its own."""

import pytest

from app.derive import derive
from app.derive.facts import FACTS, NoFacts
from app.entries.base import Ref
from app.entries.corpus import Corpus, Curated
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.entries.relations import RelationEntry
from app.entries.sources import SourceEntry
from app.resources import MAIN
from app.resources.actors import ActorFacts
from app.resources.claims.document import ClaimFacts, ClaimRelationValue
from app.resources.dossiers import DossierFacts
from app.resources.events.document import EventFacts
from app.resources.places import PlaceFacts
from app.resources.sources import SourceFacts
from derive.tiny import actors, claim, corpus, entry, to

KINDS = {
    "actor": ActorFacts,
    "claim": ClaimFacts,
    "dossier": DossierFacts,
    "event": EventFacts,
    "place": PlaceFacts,
    "source": SourceFacts,
}
PARTICIPANTS = [
    {"actor": "ana", "role": "initiator"},
    {"actor": "ana", "role": "host"},
    {"actor": "bob", "role": "target"},
]
CLAIMS = [
    claim("a-says", "ana", events=["raid", "raid"], actors=["bob", "bob", "ana"], evidence=[{"source": "paper"}] * 2),
    claim("b-says", "bob", events=["raid", "talks"], relations=to("denies", "a-says"), evidence=[{"source": "radio"}]),
    claim("c-told", events=["raid"], actors=["bob"], evidence=[{"source": "paper"}, {"source": "radio"}]),
    claim("d-says", "ana", events=["talks"], evidence=[{"source": "paper"}]),
]
HOUSE = corpus(
    *actors("bob", "ana"),
    *CLAIMS,
    entry(DossierEntry, "dossier"),
    entry(PlaceEntry, "land"),
    entry(PlaceEntry, "town", within="land"),
    entry(PlaceEntry, "street", within="town"),
    entry(EventEntry, "raid", place="street", participants=PARTICIPANTS),
    entry(EventEntry, "talks", place="land", part_of="raid", participants=PARTICIPANTS[2:]),
    entry(EventEntry, "walk", part_of="raid"),
    entry(RelationEntry, "ally", subject="ana", object="bob"),
    entry(RelationEntry, "self", subject="bob", object="bob"),
    entry(SourceEntry, "paper", title="The Paper"),
    entry(SourceEntry, "radio", title="The Radio"),
)


@pytest.mark.parametrize(
    ("id", "counts"),
    [
        ("ana", {"events": 1, "claims": 2, "about": 1, "relations": 1}),
        ("bob", {"events": 2, "claims": 1, "about": 2, "relations": 2}),
        ("raid", {"claims": 3, "participants": 2, "parts": 2, "sources": 2}),
        ("walk", {"claims": 0, "participants": 0, "parts": 0, "sources": 0}),
        ("paper", {"claims": 3, "events": 2}),
        ("radio", {"claims": 2, "events": 2}),
        ("land", {"events": 2, "places": 2}),
        ("town", {"events": 1, "places": 1}),
        ("street", {"events": 1, "places": 0}),
        ("dossier", {"actors": 2, "events": 3, "claims": 4, "sources": 2, "places": 3, "relations": 2}),
    ],
)
def test_counts_are_of_distinct_records(id: str, counts: dict[str, int]) -> None:
    counted = dict(vars(derive(HOUSE)[id])["counts"])
    assert {name: number for name, number in counted.items() if number or name in counts} == counts


def test_an_event_sums_up_its_claims() -> None:
    raid = derive(HOUSE)["raid"]
    assert isinstance(raid, EventFacts)
    assert raid.claims.model_dump() == {
        "total": 3,
        "contested": 2,
        "speakers": [{"id": "ana", "label": "ana"}, {"id": "bob", "label": "bob"}],
    }
    assert [each.model_dump() for each in raid.sources] == [
        {"id": "paper", "label": "The Paper"},
        {"id": "radio", "label": "The Radio"},
    ]


def test_a_claim_knows_who_denies_it() -> None:
    denied = ClaimRelationValue(relation="denies", claim=Ref(id="b-says", label="bob: Something is so."), inverse=True)
    assert derive(HOUSE)["a-says"] == ClaimFacts(
        relations=[denied], contested=True, corroborated=False, differing=False, disputed=False, agreeing=False
    )


def test_facts_are_of_collections() -> None:
    assert set(FACTS) == set(KINDS) <= {each.kind for each in MAIN}


def test_every_record_is_derived_and_described() -> None:
    facts = derive(HOUSE)
    assert set(facts) == set(HOUSE.by_id)
    assert len(facts) == len(HOUSE.by_id)
    for resource in MAIN:
        for each in HOUSE.kind(resource.kind):
            assert type(facts[each.id]) is KINDS.get(resource.kind, NoFacts)
            assert resource.describe(each, facts[each.id], HOUSE).id == each.id


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        derive(HOUSE)["nobody"]


def test_a_dossier_counts_only_what_it_defines() -> None:
    mine = Curated("dossier", "mine", entry(DossierEntry, "mine"))
    yours = Curated("dossier", "yours", entry(DossierEntry, "yours"))
    people = [
        Curated("actor", dossier, each)
        for dossier, each in zip(["mine", "yours", "yours"], actors("a", "b", "c"), strict=True)
    ]
    facts = derive(Corpus((mine, yours, *people)))
    assert [vars(facts[id])["counts"]["actors"] for id in ("mine", "yours")] == [1, 2]


def test_the_order_in_which_entries_come_changes_nothing() -> None:
    backwards = Corpus(tuple(reversed(HOUSE.curated)))
    assert dict(derive(backwards)) == dict(derive(HOUSE))
