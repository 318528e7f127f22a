"""What `q` finds beyond what a record writes itself: who speaks, takes part or publishes, where it was, its numbers."""

from typing import Any

import pytest

from app.derive import derive
from app.entries.actors import ActorEntry
from app.entries.base import Entry
from app.entries.corpus import Corpus
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.resources import by_kind
from app.resources.register import TextRow
from app.values.searched import NAMES_END
from derive.tiny import KINDS, claim, corpus, entry
from visitor import Visitor

VUCIC = "aleksandar-vucic"


def ids(visitor: Visitor, path: str, **asked: str) -> list[str]:
    """The ids of everything that matches, in order."""
    return [each["id"] for each in visitor.data(path, limit=500, **asked)["data"]]


def pieces(entries: Corpus, one: Entry) -> list[str]:
    """What the searched text of one record has beside its names, piece by piece: a phrase does not run out of one."""
    kind = by_kind(KINDS[type(one)])
    document = kind.describe(one, derive(entries)[one.id], entries)
    rows = [values for table, values in kind.store(one, document, entries) if table is TextRow]
    assert len(rows) == 1
    beside = rows[0]["words"].partition(NAMES_END)[2]
    return [piece.strip() for piece in beside.split("\n") if piece]


@pytest.mark.parametrize("q", ["vucic", "Вучић", "vučić", '"aleksandar vucic"', "vuc*"])
@pytest.mark.parametrize(
    ("path", "filter"), [("/claims", "speaker"), ("/events", "participant"), ("/relations", "actor")]
)
def test_any_name_of_an_actor_finds_what_it_says_does_and_is(visitor: Visitor, path: str, filter: str, q: str) -> None:
    with_him = set(ids(visitor, path, **{filter: VUCIC}))
    assert with_him
    assert with_him <= set(ids(visitor, path, q=q))
    assert with_him.isdisjoint(ids(visitor, path, q=f"-{q}"))


@pytest.mark.parametrize(
    ("path", "q", "id"),
    [
        ("/claims", "vucic arrested", "vucic-arrests-23"),
        ("/claims", "vucic 23", "vucic-arrests-23"),
        ("/search", "28", "vucic-arrests-28"),
        ("/search", "twenty-eight", "vucic-arrests-28"),
        ("/sources", "time", "time-2019-05-28"),
        ("/events", "Косовска Митровица", "north-kosovo-arrests-2019-05-28"),
    ],
)
def test_what_a_user_looked_for_is_found(visitor: Visitor, path: str, q: str, id: str) -> None:
    assert id in ids(visitor, path, q=q)


def test_a_hit_says_of_a_claim_whose_it_is(visitor: Visitor) -> None:
    hits = {each["id"]: each for each in visitor.data("/search", q="arrested", limit=500)["data"]}
    spoken, told, event = (
        hits[id] for id in ("vucic-arrests-23", "time-arrests-nearly-two-dozen", "six-freed-2019-05-29")
    )
    assert (spoken["speaker"]["actor"]["id"], spoken["narrated"], spoken["type"]) == (VUCIC, False, "assertion")
    assert spoken["label"] == "Aleksandar Vučić: Kosovo police arrested 23 people."
    assert (told["speaker"], told["narrated"], told["layer"]) == (None, True, "text")
    assert (event["speaker"], event["narrated"], event["layer"]) == (None, None, "background")


def test_a_platform_is_a_word_and_a_filter(visitor: Visitor) -> None:
    twitter = set(ids(visitor, "/claims", platform="Twitter"))
    assert "haradinaj-confirms-operation" in twitter
    assert twitter == set(ids(visitor, "/claims", platform="twitter"))
    assert twitter <= set(ids(visitor, "/claims", q="twitter"))


def test_a_place_around_the_place_is_for_the_filter_place(visitor: Visitor) -> None:
    arrests = "north-kosovo-arrests-2019-05-28"
    assert arrests in ids(visitor, "/events", place="kosovo")
    assert arrests not in ids(visitor, "/events", q='"republic of kosovo"')


def test_whoever_bears_the_name_comes_before_what_is_only_linked(visitor: Visitor) -> None:
    hits = visitor.data("/search", q="vucic", limit=500)["data"]
    named = [each["name"] is not None for each in hits]
    assert next(each["id"] for each in hits if each["kind"] == "actor") == VUCIC
    assert named == sorted(named, reverse=True)
    assert {each["name"] for each in hits if each["kind"] in ("claim", "relation")} == {None}


@pytest.mark.parametrize(
    ("figure", "digits"),
    [
        ({"value": 39}, ["39"]),
        ({"value": 39, "approximate": True}, ["39"]),
        ({"low": 20, "high": 30}, ["20", "30"]),
        ({"low": 20, "value": 25, "high": 30}, ["20", "25", "30"]),
        ({"value": 2.5}, ["2 5"]),
        ({"value": 0}, ["0"]),
        ({"value": 1_000_000}, ["1000000"]),
        ({"value": 1e16}, ["10000000000000000"]),
        ({"value": 0.00001}, ["0 00001"]),
        ({"approximate": True}, []),
    ],
)
def test_the_numbers_of_a_claim_are_words_in_plain_digits(figure: dict[str, Any], digits: list[str]) -> None:
    one = claim("one", figures=[{"measure": "arrested", **figure}])
    assert pieces(corpus(entry(DossierEntry, "dossier"), one), one) == ["something is so", *digits]


def test_every_name_counts_once_however_often_it_is_linked() -> None:
    names = [{"value": "Вучић"}, {"value": "Vuçiq"}, {"value": "Vucic"}]
    actor = entry(ActorEntry, "him", name="Vučić", names=names)
    roles = [{"actor": "him", "role": "initiator"}, {"actor": "him", "role": "target"}]
    event = entry(EventEntry, "one", title="Talks", participants=roles)
    rows = pieces(corpus(entry(DossierEntry, "dossier"), actor, event), event)
    assert rows == ["vucic", "vuchic", "vuciq"]  # Cyrillic letter by letter is a key of its own
