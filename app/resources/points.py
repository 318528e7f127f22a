"""Points in tables: whether a record has a point of its own, and the circle that it may lie in."""

from typing import Protocol

from app.vocabularies import load


class Pointed(Protocol):
    """Whatever may have a point."""

    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def uncertainty_km(self) -> float | None: ...
    @property
    def precision(self) -> str: ...


def own_point(place: Pointed) -> bool:
    """False also where only the middle of a region or a country is known, and not how far from it the place may be."""
    known = place.uncertainty_km is not None or load("place-precisions").terms[place.precision].point == "own"
    return place.lat is not None and place.lon is not None and known
