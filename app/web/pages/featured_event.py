"""The event that a release tells most about: what its own page begins with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from app.formats.html.figures import Amount, figures
from app.formats.html.views import layers
from app.query.reader import Reader
from app.resources import by_name
from app.values.members import Members
from app.web.pages.sample_queries import commonest

MEASURES = 2  # whose figures are shown, disputed ones before those that only differ


@dataclass(frozen=True)
class FeaturedEvent:
    """What the landing page shows of the event; its own page has the rest."""

    event: Members
    matrix: Members
    layers: Mapping[str, int]  # how many claims are of each
    disputed: Sequence[tuple[Members, Sequence[Amount]]]  # measures whose figures cannot both be so
    differing: Sequence[tuple[Members, Sequence[Amount]]]  # others whose figures differ, if none is disputed


def featured_event(reader: Reader) -> FeaturedEvent | None:
    """The event that most claims are about; None if no claim is about any."""
    most = next(iter(commonest(reader, "claims", "event")), None)
    text = reader.document(by_name("events"), most.value) if most else None
    part = reader.part(most.value, "matrix") if most else None
    if text is None or part is None:
        return None
    event, matrix = orjson.loads(text), orjson.loads(part)
    told = figures(event["figures"])
    differing = () if told.disputed else told.differing[:MEASURES]
    return FeaturedEvent(event, matrix, layers(matrix), told.disputed[:MEASURES], differing)
