"""Made-up events, as many as a test wants, and a claim about each: for what must not depend on how many there are."""

from random import Random

from app.entries.actors import ActorEntry
from app.entries.base import Entry
from app.entries.claims import ClaimEntry
from app.entries.corpus import Corpus
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.entries.relations import RelationEntry
from app.entries.sources import SourceEntry
from derive.tiny import corpus, entry

WORDS = ["harbour", "strike", "ferry", "crane", "quay", "night", "ballot", "ramp", "rope", "tide", "wage", "talk"]
TYPES = ("coerce", "consult", "protest", "assault")
ROLES = ("initiator", "target", "victim", "mediator")
ACTORS, PLACES, SOURCES = 40, 20, 5


def many(events: int) -> Corpus:
    """A corpus of so many events; the same for the same number."""
    random = Random(events)
    things: list[Entry] = [entry(DossierEntry, "dossier")]
    things += [entry(ActorEntry, f"actor-{i}", name=f"{WORDS[i % 12].title()} Person {i}") for i in range(ACTORS)]
    things += [entry(SourceEntry, f"source-{i}", publisher=f"actor-{i}", published="2019") for i in range(SOURCES)]
    things += [
        entry(PlaceEntry, f"place-{i}", lat=40 + i / 4, lon=20 + i / 4, precision="city", country="RS")
        for i in range(PLACES)
    ]
    office = {"type": "office", "post": "Head", "object": "actor-1"}
    things += [entry(RelationEntry, f"office-{i}", subject=f"actor-{i}", **office) for i in range(ACTORS)]
    for i in range(events):
        things += [_event(i, random), _claim(i, random)]
    return corpus(*things)


def _event(i: int, random: Random) -> EventEntry:
    who = random.sample(range(ACTORS), 2)
    return entry(
        EventEntry,
        f"event-{i}",
        title=f"{random.choice(WORDS).title()} {random.choice(WORDS)} {i}",
        type=random.choice(TYPES),
        date=f"{1990 + i % 30}-{1 + i % 12:02}-{1 + i % 28:02}" if i % 9 else None,
        place=f"place-{i % PLACES}",
        participants=[{"actor": f"actor-{who[n]}", "role": random.choice(ROLES), "side": "side-a"} for n in range(2)],
        identifiers={"url": f"https://example.org/{i}"},
        aspects=[{"id": "arrested", "question": "How many?", "measure": "arrested"}],
        modes=[],
        part_of="event-0" if i % 3 == 1 else None,
    )


def _claim(i: int, random: Random) -> ClaimEntry:
    return entry(
        ClaimEntry,
        f"claim-{i}",
        text=f"The {random.choice(WORDS)} was {random.choice(WORDS)}.",
        speaker={"actor": f"actor-{random.randrange(ACTORS)}"},
        said=f"{1990 + i % 30}-{1 + i % 12:02}",
        events=[f"event-{i}"],
        aspect="arrested",
        figures=[{"measure": "arrested", "value": random.randrange(100)}],
        evidence=[{"source": f"source-{i % SOURCES}"}],
    )
