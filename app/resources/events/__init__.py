"""Events: what happened, with a curated identity to which reports attach."""

from operator import attrgetter

from app.entries.events import EventEntry
from app.query.dates import Dates
from app.query.figures import AtLeast, AtMost, Compared, Currencies
from app.query.filters import Ids, Terms, Words
from app.query.pairs import Pairs
from app.query.places import InBox, Near
from app.resources.base import Inverse, Resource, Subdocument, common_filters
from app.resources.columns import table_of
from app.resources.events.document import EventDocument, describe
from app.resources.events.matrix import Matrix
from app.resources.events.tables import (
    EventContextRow,
    EventFigureRow,
    EventGapRow,
    EventModeRow,
    EventPlaceRow,
    EventRow,
    ParticipationRow,
    store,
)

events = Resource(
    entry=EventEntry,
    about="What happened: type, date, place, who took part in which role, and what every speaker says of it.",
    document=EventDocument,
    describe=describe,
    store=store,
    table=table_of(EventRow),
    filters=(
        *common_filters("event", "titles, texts and the names of who takes part and of the place"),
        Terms("type", EventRow.type, "The type of event.", vocabulary="event-types"),
        Terms("mode", EventModeRow.mode, "How it was done, after PLOVER.", vocabulary="event-modes"),
        Terms("context", EventContextRow.context, "What it was about, after PLOVER.", vocabulary="event-contexts"),
        Dates(
            "date", EventRow.date_earliest, "When it happened, in EDTF: `2019-05`, `2019-05-28/2019-05-31`, `../2008`."
        ),
        Pairs(
            "participant",
            ParticipationRow.actor,
            "An actor that takes part, or an actor in one role: `kosovo-police:initiator`. Two pairs mean either.",
            excludes=("role", "side"),
            about_excluded="write participant=actor:role instead.",
            term=ParticipationRow.role,
            kinds=("actor",),
            vocabulary="participation-roles",
        ),
        Terms("role", ParticipationRow.role, "Any actor takes part in this role.", vocabulary="participation-roles"),
        Terms("side", ParticipationRow.side, "Any actor takes part on this side.", vocabulary="participation-sides"),
        Ids("place", EventPlaceRow.place, "In this place, or in any place inside it.", kinds=("place",)),
        Terms(
            "place_precision",
            EventRow.place_precision,
            "How exactly the place is known.",
            vocabulary="place-precisions",
        ),
        InBox(
            "bbox",
            EventRow.lat,
            "At a point in this box, or possibly: `west,south,east,north`; across the antimeridian too.",
        ),
        Near("near", EventRow.lat, "At a point within a distance, or possibly: `lon,lat,km`, along the great circle."),
        Terms("country", EventRow.country, "ISO 3166-1 alpha-2, ISO 3166-3, or XK.", vocabulary="countries"),
        Ids("part_of", EventRow.part_of, "Directly part of this event.", kinds=("event",)),
        Compared("differing", EventRow.differing, "Whether its figures of one measure have no point in common."),
        Compared("disputed", EventRow.disputed, "Whether two figures of one measure cannot both be so."),
        Terms("measure", EventFigureRow.measure, "Some claim gives a figure of this measure.", vocabulary="measures"),
        Currencies("currency", EventFigureRow.currency, "That figure is of money in this currency."),
        AtLeast("min", EventFigureRow.high, "That figure may be this much or more.", other=EventFigureRow.low),
        AtMost("max", EventFigureRow.low, "That figure may be this much or less.", other=EventFigureRow.high),
        Words(
            "gap",
            EventGapRow.aspect,
            "An aspect of the event that is left open: `troops`, `charges`.",
            coined="event_aspect.aspect",
        ),
    ),
    point=("place",),
    parts="part_of",
    tables={"participants": "participations", "figures": "figures"},
    moment=attrgetter("date"),
    sorts=("date", "title", "type", "id"),
    columns=("date", "title", "type", "place", "figures", "counts.claims", "layer"),
    facets=(
        "type",
        "mode",
        "context",
        "participant",
        "role",
        "side",
        "place",
        "country",
        "measure",
        "differing",
        "disputed",
        "gap",
    ),
    includes=("claims", "participants", "place", "part_of", "links", "sources"),
    inverses=(Inverse("claims", "claims", "event", "The claims about this event."),),
    subdocuments=(Subdocument("matrix", Matrix, "Who says what about this event.", attrgetter("matrix")),),
)

__all__ = ["EventDocument", "events"]
