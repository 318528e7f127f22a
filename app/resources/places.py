"""Places: names, codes, and coordinates with a precision; no point where only a region is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from app.entries.base import Ref
from app.entries.corpus import Corpus
from app.entries.made import Made
from app.entries.places import PlaceEntry
from app.query.filters import Ids, Named, Terms
from app.query.places import InBox, Near
from app.resources import columns
from app.resources.base import Document, Inverse, Resource, Row, common_filters, common_members
from app.resources.columns import Stored, TableRow, table_of
from app.resources.names import NameValue, name_values
from app.resources.points import own_point
from app.resources.register import NameRow, text_rows
from app.vocabularies import Country, PlacePrecision, PlaceStatus


class PlaceCounts(Made):
    """How much hangs on a place."""

    events: int = Field(description="Events in it or in any place inside it.")
    places: int = Field(description="Places inside it, at any depth.")


@dataclass(frozen=True)
class PlaceFacts:
    """What is derived of a place from the other records."""

    counts: PlaceCounts


class PlaceDocument(Document):
    """A place."""

    kind: Literal["place"] = Field(default="place", description="What kind of record it is.")
    name: str = Field(description="The name most readers know.")
    names: list[NameValue] = Field(description="Every name, the main one first.")
    country: Country | None = Field(description="ISO 3166-1 alpha-2, ISO 3166-3, or XK.")
    within: list[Ref] = Field(description="The places that it lies in, innermost first.")
    lat: float | None = Field(description="Decimal degrees, WGS 84; null where only a region is known.")
    lon: float | None = Field(description="Decimal degrees, WGS 84; null where only a region is known.")
    uncertainty_km: float | None = Field(
        description="How far from the point it may be, in kilometres; null where the precision says enough."
    )
    precision: PlacePrecision
    status: PlaceStatus
    counts: PlaceCounts


class PlaceRow(Row, table=True):
    """The place as stored."""

    __tablename__ = "place"

    name: str = columns.text(folded=True)
    country: str | None = columns.text(null=True)
    parent: int | None = columns.reference("place.number", null=True)
    lat: float | None = columns.real()
    lon: float | None = columns.real()
    uncertainty_km: float | None = columns.real()
    own_point: bool = columns.flag()
    precision: str = columns.text()
    status: str = columns.text()


class PlaceWithinRow(TableRow, table=True):
    """A place that a place lies in, at any depth."""

    __tablename__ = "place_within"
    __table_args__ = columns.KEYED

    place: int = columns.owner("place.number")
    around: int = columns.reference("place.number", primary=True)


def describe(entry: PlaceEntry, facts: PlaceFacts, corpus: Corpus) -> PlaceDocument:
    """The document of one place."""
    return PlaceDocument(
        **common_members(entry, corpus),
        **entry.members("name", "country", "lat", "lon", "uncertainty_km", "precision", "status"),
        names=name_values(entry.name, entry.names, entry.layer),
        within=corpus.refs(corpus.ancestors(entry.within)),
        counts=facts.counts,
    )


def store(entry: PlaceEntry, document: PlaceDocument, corpus: Corpus) -> Iterator[Stored]:
    """The rows of one place."""
    yield (
        PlaceRow,
        entry.members("name", "country", "lat", "lon", "uncertainty_km", "precision", "status")
        | {"number": entry.id, "parent": entry.within}
        | {"own_point": own_point(entry)},
    )
    for around in corpus.ancestors(entry.within):
        yield PlaceWithinRow, {"place": entry.id, "around": around}
    yield from text_rows(entry.id, [name.value for name in document.names], [entry.note])


places = Resource(
    entry=PlaceEntry,
    about="Where events happen: names, codes, coordinates with a precision, and what is disputed.",
    document=PlaceDocument,
    describe=describe,
    store=store,
    table=table_of(PlaceRow),
    filters=(
        *common_filters("place"),
        Named("name", NameRow.key, "A whole name in any script, any alias."),
        Ids("within", PlaceWithinRow.around, "Anywhere inside this place.", kinds=("place",)),
        InBox(
            "bbox",
            PlaceRow.lat,
            "At a point in this box, or possibly: `west,south,east,north`; across the antimeridian too.",
        ),
        Near("near", PlaceRow.lat, "At a point within a distance, or possibly: `lon,lat,km`, along the great circle."),
        Terms("country", PlaceRow.country, "ISO 3166-1 alpha-2, ISO 3166-3, or XK.", vocabulary="countries"),
        Terms("precision", PlaceRow.precision, "How exactly the place is known.", vocabulary="place-precisions"),
        Terms("status", PlaceRow.status, "Whether who governs it is disputed.", vocabulary="place-statuses"),
    ),
    point=(),
    parts="within",
    sorts=("name", "precision", "id"),
    columns=("name", "precision", "within", "status", "counts.events", "layer"),
    facets=("country", "precision", "status", "within"),
    includes=("events", "within"),
    inverses=(Inverse("events", "events", "place", "The events in this place, or in any place inside it."),),
)
