"""Places as curated: names, codes, and coordinates with a precision."""

from collections.abc import Iterator

from pydantic import Field

from app.entries.base import Entry, Labels, Name, PlaceId, Violation, main_name
from app.values.points import Kilometres, Latitude, Longitude
from app.vocabularies import Country, PlacePrecision, PlaceStatus


class PlaceEntry(Entry):
    """A place as curated; its point is representative, and only as exact as `precision` says."""

    kind = "place"
    collection = "places"
    named_by = ("name",)

    name: str = Field(min_length=1, max_length=200, description="The name most readers know.")
    names: list[Name] = Field(default=[], description="Every other name, spelling and script.")
    country: Country | None = None
    within: PlaceId | None = Field(default=None, description="The place that it lies in.")
    lat: Latitude | None = Field(default=None, description="Decimal degrees, WGS 84.")
    lon: Longitude | None = Field(default=None, description="Decimal degrees, WGS 84.")
    uncertainty_km: Kilometres | None = Field(
        default=None, description="How far from the point it may be: what is known to a district has an honest radius."
    )
    precision: PlacePrecision
    status: PlaceStatus = "undisputed"

    def label(self, labels: Labels) -> str:
        return self.name

    def violations(self) -> Iterator[Violation]:
        yield from main_name(self.name, self.names)
