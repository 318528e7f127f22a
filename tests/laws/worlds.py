"""Invented worlds: a few dozen records of every kind, drawn at random from a seed and published into a store."""

from pathlib import Path
from random import Random
from typing import Any

from app.entries.actors import ActorEntry
from app.entries.base import Entry
from app.entries.claims import ClaimEntry
from app.entries.corpus import Corpus
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.entries.relations import RelationEntry
from app.entries.sources import SourceEntry
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from derive.tiny import corpus, entry

# Latin with and without marks, Cyrillic, Albanian, signs, emoji, right to left, no blanks between words, no word.
WORDS = (
    *("Vučić", "Вучић", "Vucic", "Đinđić", "Ђинђић", "Djindjic", "Dindic", "Mitrovica", "Митровица", "Mitrovicë"),
    *("Mitrovice", "Veriut", "Thaçi", "Shqipëri", "Ćosić", "Njegoš", "Његош", "Straße", "O'Brien", "Łódź", "Žižek"),
    *("محمد", "עלי", "北京", "🕊️", "🇽🇰", "½", "ﬁre", "e\u0301tat", "police", "Police", "tear-gas", "A", "2019", "—"),
)
EVENT_TYPES = ("consult", "coerce", "assault")
ROLES = ("initiator", "target", "victim", "mediator")
SIDES = ("side-a", "side-b", None)
MEASURES = ("arrested", "killed", "injured")
COUNTRIES = ("RS", "XK", "FJ", None)
ASPECTS = ("arrested", "purpose", "unit")
DATES = (
    *(
        "2019-05-28",
        "2019-05",
        "2019",
        "2019-05-28?",
        "2008~",
        "201X",
        "2019-21",
        "2019-05-XX",
        "2018-11-30/2019-05-01",
    ),
    *("../2019-05-28", "2019-05-29/..", "/2018-11", "1999/", "-0043", "Y12019", "2020-02-29", "2018-24", None, None),
)
# Latitude, longitude and precision: at the antimeridian, at a pole, near each other, of no point at all.
POINTS = (
    *((42.88333, 20.86667, "city"), (42.8944, 20.8661, "town"), (-16.5, 179.9, "exact"), (-16.6, -180.0, "near")),
    *(
        (90.0, 0.0, "exact"),
        (-89.9, 120.0, "near"),
        (0.0, 0.0, "exact"),
        (44.0, 21.0, "country"),
        (None, None, "region"),
    ),
)


class World:
    """One world under a seed; `corpus` holds its entries."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.actors = [self.actor(i) for i in range(14)]
        self.places = [self.place(i) for i in range(len(POINTS) + 3)]
        self.sources = [self.source(i) for i in range(5)]
        self.events = [self.event(i) for i in range(26)]
        self.claims = [self.claim(i) for i in range(30)]
        self.relations = [self.relation(i) for i in range(10)]
        self.corpus: Corpus = corpus(entry(DossierEntry, "dossier", title=self.name()), *self.entries)

    @property
    def entries(self) -> list[Entry]:
        """All but the dossier."""
        return [*self.actors, *self.places, *self.sources, *self.events, *self.claims, *self.relations]

    def name(self) -> str:
        """One to three words."""
        return " ".join(self.random.choices(WORDS, k=self.random.choice((1, 1, 2, 3))))

    def some(self, values: Any, most: int) -> list[Any]:
        """Up to so many different ones."""
        return self.random.sample(list(values), self.random.randint(0, most))

    def date(self) -> str | None:
        """A date, or none."""
        return self.random.choice(DATES)

    def actor(self, i: int) -> ActorEntry:
        """An actor with up to three names more."""
        names = [{"value": self.name()} for _ in range(self.random.randint(0, 3))]
        kind = self.random.choice(("person", "organisation", "group"))
        country = self.random.choice(COUNTRIES)
        note = self.random.choice((None, self.name()))
        return entry(ActorEntry, f"actor-{i}", name=self.name(), names=names, type=kind, country=country, note=note)

    def place(self, i: int) -> PlaceEntry:
        """A place, most of them inside another one."""
        lat, lon, precision = POINTS[i % len(POINTS)]
        within = f"place-{self.random.randrange(i)}" if i and self.random.random() < 0.6 else None
        given = {"lat": lat, "lon": lon, "precision": precision, "within": within}
        return entry(PlaceEntry, f"place-{i}", name=self.name(), country=self.random.choice(COUNTRIES), **given)

    def source(self, i: int) -> SourceEntry:
        """A source, published by somebody or nobody."""
        given = {"title": self.name(), "published": self.date(), "byline": self.name()}
        publisher = self.random.choice((None, *(each.id for each in self.actors)))
        return entry(SourceEntry, f"source-{i}", publisher=publisher, **given)

    def event(self, i: int) -> EventEntry:
        """An event with up to four participants, the same actor in several roles among them."""
        taking_part = [
            {
                "actor": f"actor-{self.random.randrange(6)}",
                "role": self.random.choice(ROLES),
                "side": self.random.choice(SIDES),
            }
            for _ in range(self.random.randint(0, 4))
        ]
        return entry(
            EventEntry,
            f"event-{i}",
            title=self.name(),
            summary=self.random.choice((None, self.name())),
            type=self.random.choice(EVENT_TYPES),
            date=self.date(),
            place=self.random.choice((None, *(each.id for each in self.places))),
            participants=taking_part,
            part_of=self.random.choice((None, None, f"event-{i - 1}")) if i else None,
            aspects=[{"id": aspect, "question": "What?"} for aspect in self.some(ASPECTS, 3)],
        )

    def figure(self) -> dict[str, Any]:
        """A figure: exact, with bounds at both ends, open at one, or vague."""
        low, high = sorted(self.random.choices((*range(0, 40, 5), 2.5), k=2))
        forms = ({"value": low}, {"low": low, "high": high}, {"low": low}, {"high": high}, {"approximate": True})
        return {"measure": self.random.choice(MEASURES), **self.random.choice(forms)}

    def claim(self, i: int) -> ClaimEntry:
        """A claim of an actor or of its source."""
        before = [f"claim-{other}" for other in range(i)]
        related = self.some(before, min(2, i))
        speaker = self.random.choice((None, *(each.id for each in self.actors[:5])))
        return entry(
            ClaimEntry,
            f"claim-{i}",
            text=self.name(),
            type=self.random.choice(("assertion", "denial", "report")),
            modality=self.random.choice(("asserted", "asserted", "conditional", "future")),
            said=self.date(),
            events=self.some([each.id for each in self.events], 3),
            actors=self.some([each.id for each in self.actors], 2),
            reported_by=self.some([each.id for each in self.actors], 2),
            figures=[self.figure() for _ in range(self.random.randint(0, 3))],
            relations=[{"relation": self.random.choice(RELATED), "claim": each} for each in related],
            evidence=[{"source": f"source-{self.random.randrange(5)}"}],
            **({"speaker": speaker} if speaker else {}),
        )

    def relation(self, i: int) -> RelationEntry:
        """An office or an alliance, its ends known or not."""
        office = self.random.random() < 0.5
        since, until = self.random.choice(TERMS)
        given = {"type": "office", "post": self.random.choice(("Mayor", "Chair"))} if office else {"type": "ally-of"}
        ends = {"subject": f"actor-{self.random.randrange(14)}", "object": f"actor-{self.random.randrange(14)}"}
        return entry(RelationEntry, f"relation-{i}", **ends, **given, **{"from": since, "to": until})


RELATED = ("contradicts", "confirms", "updates", "denies")
TERMS = (("2017", "2019-05-28"), ("2019-05-28", None), (None, "2018-11"), (None, None), ("1999~", "2020"))


def publish(world: World, folder: Path) -> None:
    """Put the world into a store of that folder."""
    publish_release(SqliteStore(folder), plan(world.corpus))
