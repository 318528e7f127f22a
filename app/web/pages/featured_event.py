"""The event that a release tells most about: what its own page begins with."""

from dataclasses import dataclass, replace

import orjson

from app.formats.html.figures import Figures, figures
from app.formats.html.room import ROOMS
from app.formats.html.voices import Voices, voices
from app.query.reader import Reader
from app.resources import by_name
from app.values.members import Members
from app.web.pages.sample_queries import commonest

MEASURES = 2  # whose figures are shown, disputed ones before those that only differ
ROOM = ROOMS[1]


@dataclass(frozen=True)
class FeaturedEvent:
    """What the landing page shows of the event; its own page has the rest."""

    event: Members
    said: Voices
    figures: Figures  # disputed ones; where there are none, those that differ


def featured_event(reader: Reader) -> FeaturedEvent | None:
    """The event that most claims are about; None if no claim is about any."""
    most = next(iter(commonest(reader, "claims", "event")), None)
    text = reader.document(by_name("events"), most.value) if most else None
    part = reader.part(most.value, "matrix") if most else None
    if text is None or part is None:
        return None
    event = orjson.loads(text)
    told = figures(event["figures"], ROOM)
    differing = () if told.disputed else told.differing[:MEASURES]
    shown = replace(told, disputed=told.disputed[:MEASURES], differing=differing, others=(), left_out=0)
    return FeaturedEvent(event, voices(orjson.loads(part), ROOM), shown)
