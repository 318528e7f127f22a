"""Claims: what somebody asserts, denies, orders, threatens, with the evidence for their having done so."""

from operator import attrgetter

from app.entries.claims import ClaimEntry
from app.query.dates import Dates
from app.query.figures import AtLeast, AtMost, Compared, Currencies
from app.query.filters import Flags, Ids, Posts, Terms, Words
from app.resources.base import Resource, common_filters
from app.resources.claims.document import ClaimDocument, describe
from app.resources.claims.tables import (
    ClaimAboutRow,
    ClaimEventRow,
    ClaimFigureRow,
    ClaimRelationRow,
    ClaimReporterRow,
    ClaimRow,
    EvidenceRow,
    store,
)
from app.resources.columns import table_of

claims = Resource(
    entry=ClaimEntry,
    about="What somebody says, in our own words: speaker, role then, date, topic, figures, and where it is written.",
    document=ClaimDocument,
    describe=describe,
    store=store,
    table=table_of(ClaimRow),
    filters=(
        *common_filters("claim", "texts, figures and the names of who speaks"),
        Ids(
            "speaker",
            ClaimRow.speaker,
            "Who says it.",
            kinds=("actor",),
            stands_for=("source", "source={}&narrated=true"),
        ),
        Flags("narrated", ClaimRow.narrated, "Whether the source itself says it, in its own voice."),
        Ids(
            "reported_by",
            ClaimReporterRow.actor,
            "Somewhere in the chain from the source to the speaker.",
            kinds=("actor",),
        ),
        Ids("event", ClaimEventRow.event, "About this event.", kinds=("event",)),
        Ids("about", ClaimAboutRow.target, "About this actor or event.", kinds=("actor", "event")),
        Terms("type", ClaimRow.type, "What is done by saying it.", vocabulary="claim-types"),
        Terms("medium", ClaimRow.medium, "Where it was said.", vocabulary="media"),
        Posts("platform", ClaimRow.platform, "The outlet or network named: `twitter`, `TV Prva`."),
        Ids("source", EvidenceRow.source, "Written in this source.", kinds=("source",)),
        Words(
            "aspect",
            ClaimRow.aspect,
            "The question about the event that it answers: `arrested`, `purpose`.",
            coined="event_aspect.aspect",
        ),
        Dates("said", ClaimRow.said_earliest, "When it was said, in EDTF: `2019-05-28`, `2019-05/..`."),
        Flags("contested", ClaimRow.contested, "Whether another speaker contradicts, disputes or denies it."),
        Flags(
            "corroborated",
            ClaimRow.corroborated,
            "Whether another speaker, of another origin, confirms or supports it.",
        ),
        Compared("differing", ClaimRow.differing, "Whether its figure differs from another one of the event."),
        Compared("disputed", ClaimRow.disputed, "Whether its figure and another one of the event cannot both be so."),
        Compared(
            "agreeing", ClaimRow.agreeing, "Whether another voice, of another origin, gives the same exact figure."
        ),
        Flags("pinned", ClaimRow.pinned, "Whether a passage of a text at hand is given for it."),
        Terms(
            "relation",
            ClaimRelationRow.relation,
            "Stands in this relation to another claim.",
            vocabulary="claim-relations",
        ),
        Ids("with", ClaimRelationRow.claim, "Stands in a relation to this claim.", kinds=("claim",)),
        Terms("measure", ClaimFigureRow.measure, "It gives a figure of this measure.", vocabulary="measures"),
        Currencies("currency", ClaimFigureRow.currency, "That figure is of money in this currency."),
        AtLeast("min", ClaimFigureRow.high, "That figure may be this much or more.", other=ClaimFigureRow.low),
        AtMost("max", ClaimFigureRow.low, "That figure may be this much or less.", other=ClaimFigureRow.high),
        Terms("quote", ClaimRow.quote, "How much of it is quoted.", vocabulary="quotes"),
        Terms("modality", ClaimRow.modality, "Asserted, conditional, hypothetical or future.", vocabulary="modalities"),
    ),
    moment=attrgetter("said"),
    tables={"evidence": "evidence"},
    sorts=("said", "type", "id"),
    columns=("said", "voice", "text", "type", "layer"),
    facets=(
        "speaker",
        "narrated",
        "type",
        "medium",
        "platform",
        "modality",
        "quote",
        "aspect",
        "event",
        "source",
        "contested",
        "differing",
        "disputed",
        "pinned",
        "layer",
    ),
    includes=("speaker", "events", "actors", "relations", "evidence", "reported_by", "on_behalf_of", "audience"),
)

__all__ = ["ClaimDocument", "claims"]
