"""Filters over points: inside a box, or within a distance; a place without a point of its own is never matched."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sin
from typing import Any, ClassVar

from sqlalchemy import Column, ColumnElement, and_, or_

from app.query.base import Filter, Labels, Lookup, Refused, as_column
from app.values.points import EARTH_RADIUS_KM, Box, Circle, unit_vector


@dataclass(frozen=True)
class _Pointed(Filter):
    """A filter over the point of a record: `column` is the latitude; `lon`, `x`, `y`, `z` stand beside it.

    The last three, the point on the unit sphere, are null where there is no point of its own.
    """

    multiple: ClassVar[bool] = False
    operators: ClassVar[frozenset[str]] = frozenset({"=", "<>", "isNull"})

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        table = as_column(self.column).table
        return (as_column(self.column), *(table.c[name] for name in ("lon", "x", "y", "z")))

    def absent(self, collection: Any) -> ColumnElement[bool]:
        return self.columns[2].is_(None)


@dataclass(frozen=True)
class InBox(_Pointed):
    """`bbox=west,south,east,north` in degrees; west above east crosses the antimeridian (RFC 7946 section 5.2)."""

    def read(self, values: Sequence[str], lookup: Lookup) -> Box:
        try:
            return Box.parse(values[0])
        except ValueError as error:
            raise Refused(f"{self.name} {error}.", values[0]) from error

    def where(self, reading: Box) -> ColumnElement[bool]:
        lat, lon, x = self.columns[:3]
        between = or_ if reading.crosses_antimeridian else and_
        across = between(lon >= reading.west, lon <= reading.east)
        return and_(x.is_not(None), lat >= reading.south, lat <= reading.north, across)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 200}

    def canonical(self, reading: Box) -> str:
        return f"{reading.west!r},{reading.south!r},{reading.east!r},{reading.north!r}"

    def told(self, reading: Box) -> dict[str, float]:
        return {"west": reading.west, "south": reading.south, "east": reading.east, "north": reading.north}

    def phrase(self, reading: Box, labels: Labels) -> str:
        longitudes = f"longitudes {reading.west:.15g} to {reading.east:.15g}"
        return f"at a point between the {longitudes} and the latitudes {reading.south:.15g} to {reading.north:.15g}"

    def example(self, row: Any) -> str:
        lat, lon = row["lat"], row["lon"]
        return f"{max(lon - 1, -180):g},{max(lat - 1, -90):g},{min(lon + 1, 180):g},{min(lat + 1, 90):g}"


@dataclass(frozen=True)
class Near(_Pointed):
    """`near=lon,lat,km`: within that distance along the great circle, on a sphere of the Earth's mean radius."""

    def read(self, values: Sequence[str], lookup: Lookup) -> Circle:
        try:
            return Circle.parse(values[0])
        except ValueError as error:
            raise Refused(f"{self.name} {error}.", values[0]) from error

    def where(self, reading: Circle) -> ColumnElement[bool]:
        """The straight line through the globe is as good a measure as the great circle, and needs no trigonometry."""
        columns, centre = self.columns[2:], unit_vector(reading.lat, reading.lon)
        squares = [(column - at) * (column - at) for column, at in zip(columns, centre, strict=True)]
        chord = 2 * sin(min(reading.km / EARTH_RADIUS_KM, pi) / 2)
        lat, box = self.columns[0], reading.box()
        close = squares[0] + squares[1] + squares[2] <= chord * chord
        return and_(columns[0].is_not(None), lat >= box.south, lat <= box.north, close)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 200}

    def canonical(self, reading: Circle) -> str:
        return f"{reading.lon!r},{reading.lat!r},{reading.km!r}"

    def told(self, reading: Circle) -> dict[str, float]:
        return {"lon": reading.lon, "lat": reading.lat, "km": reading.km}

    def phrase(self, reading: Circle, labels: Labels) -> str:
        return f"at a point within {reading.km:.15g} km of longitude {reading.lon:.15g}, latitude {reading.lat:.15g}"

    def example(self, row: Any) -> str:
        return f"{row['lon']:g},{row['lat']:g},50"
