"""Filters over points: inside a box, or within a distance, for sure or possibly; without a point of its own, never."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, TypeVar

from pyroaring import BitMap
from sqlalchemy import Column

from app.query.base import Filter, Labels, Lookup, Refused, Schema, as_column
from app.query.index import Inverted, Ranged, Row, Rows
from app.values.points import Box, Circle, great_circle_km, meant

P = TypeVar("P", Box, Circle)


@dataclass(frozen=True)
class _Pointed(Filter[P]):
    """A filter over the point of a record: `column` is the latitude; `lon` and `own_point` stand beside it.

    The last tells whether the point is the record's own, and not the middle of a region.
    """

    multiple: ClassVar[bool] = False
    operators: ClassVar[frozenset[str]] = frozenset({"=", "<>", "isNull"})

    @property
    def group(self) -> str:
        return "where"

    @cached_property
    def columns(self) -> tuple[Column[object], ...]:
        table = as_column(self.column).table
        return (as_column(self.column), table.c.lon, table.c.own_point)

    @cached_property
    def inverted(self) -> tuple[Inverted, ...]:
        return (
            Inverted(f"{self.table.name}.point", self.table, _point),
            Inverted(f"{self.table.name}.circle", self.table, _circle),
        )

    def _around(self, rows: Rows, meets: Callable[[Circle], bool]) -> BitMap:
        """The records that may lie anywhere in a circle which meets what is asked."""
        index = self.inverted[1].name
        return rows.having(index, (circle for circle in rows.index.values(index) if meets(_read_circle(circle))))


@dataclass(frozen=True)
class InBox(_Pointed[Box]):
    """`bbox=west,south,east,north` in degrees; west above east crosses the antimeridian (RFC 7946 section 5.2)."""

    def read(self, values: Sequence[str], lookup: Lookup) -> Box:
        try:
            return Box.parse(values[0])
        except ValueError as error:
            raise Refused(f"{self.name} {error}.", values[0], meant(values[0])) from error

    @cached_property
    def ranged(self) -> tuple[Ranged, ...]:
        return (_degrees(self.columns[0]), _degrees(self.columns[1]))

    def otherwise(self, reading: Box, values: Sequence[str], lookup: Lookup) -> Iterator[Mapping[str, str]]:
        """Whoever writes latitude first, as maps for people do, gets a box elsewhere."""
        swapped = f"{reading.south:.15g},{reading.west:.15g},{reading.north:.15g},{reading.east:.15g}"
        if max(abs(reading.west), abs(reading.east)) <= 90:
            yield {self.name: swapped}

    def match(self, reading: Box, rows: Rows) -> BitMap:
        lat, lon = (index.name for index in self.ranged)
        around = self._around(rows, lambda circle: circle.box().touches(reading))
        if reading.crosses_antimeridian:
            east_west = rows.at_least(lon, reading.west) | rows.up_to(lon, reading.east)
        else:
            east_west = rows.between(lon, reading.west, reading.east)
        if reading.meets_antimeridian:
            east_west = east_west | rows.up_to(lon, -180) | rows.at_least(lon, 180)
        for pole in (reading.south, reading.north):
            if abs(pole) == 90:
                east_west = east_west | rows.between(lat, pole, pole)
        return around | (rows.between(lat, reading.south, reading.north) & east_west)

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": 200}

    def canonical(self, reading: Box) -> str:
        return f"{reading.west!r},{reading.south!r},{reading.east!r},{reading.north!r}"

    def explained(self, reading: Box) -> dict[str, float]:
        return {"west": reading.west, "south": reading.south, "east": reading.east, "north": reading.north}

    def phrase(self, reading: Box, labels: Labels) -> str:
        longitudes = f"longitudes {reading.west:.15g} to {reading.east:.15g}"
        return f"at a point between the {longitudes} and the latitudes {reading.south:.15g} to {reading.north:.15g}"

    def example(self, row: Row) -> str | None:
        lat, lon = row["lat"], row["lon"]
        if not row["own_point"]:
            return None
        return f"{max(lon - 1, -180):g},{max(lat - 1, -90):g},{min(lon + 1, 180):g},{min(lat + 1, 90):g}"


@dataclass(frozen=True)
class Near(_Pointed[Circle]):
    """`near=lon,lat,km`: within that distance along the great circle, on a sphere of the Earth's mean radius."""

    def read(self, values: Sequence[str], lookup: Lookup) -> Circle:
        try:
            return Circle.parse(values[0])
        except ValueError as error:
            raise Refused(f"{self.name} {error}.", values[0], meant(values[0])) from error

    def otherwise(self, reading: Circle, values: Sequence[str], lookup: Lookup) -> Iterator[Mapping[str, str]]:
        """Whoever writes latitude first, as maps for people do, gets a place elsewhere."""
        if abs(reading.lon) <= 90:
            yield {self.name: f"{reading.lat:.15g},{reading.lon:.15g},{reading.km:.15g}"}

    def match(self, reading: Circle, rows: Rows) -> BitMap:
        """Measure the distance of every point, not of every record: records share their places."""
        index, box = self.inverted[0].name, reading.box()

        def holds(point: str) -> bool:
            lat, lon = map(float, point.split(","))
            return box.contains(lat, lon) and reading.contains(lat, lon)

        around = self._around(rows, lambda circle: _apart(reading, circle) <= reading.km + circle.km)
        return around | rows.having(index, filter(holds, rows.index.values(index)))

    def is_slow(self, reading: Circle) -> bool:
        return True

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": 200}

    def canonical(self, reading: Circle) -> str:
        return f"{reading.lon!r},{reading.lat!r},{reading.km!r}"

    def explained(self, reading: Circle) -> dict[str, float]:
        return {"lon": reading.lon, "lat": reading.lat, "km": reading.km}

    def phrase(self, reading: Circle, labels: Labels) -> str:
        return f"at a point within {reading.km:.15g} km of longitude {reading.lon:.15g}, latitude {reading.lat:.15g}"

    def example(self, row: Row) -> str | None:
        return f"{row['lon']:g},{row['lat']:g},50" if row["own_point"] else None


def _apart(reading: Circle, circle: Circle) -> float:
    return great_circle_km(reading.lat, reading.lon, circle.lat, circle.lon)


def _read_circle(circle: str) -> Circle:
    lat, lon, km = map(float, circle.split(","))
    return Circle(lat, lon, km)


def _circle(row: Row) -> tuple[str, ...]:
    """Of a place that is known to some kilometres, which no point of another record shares."""
    known = row["own_point"] and row["uncertainty_km"] is not None
    return (f"{row['lat']!r},{row['lon']!r},{row['uncertainty_km']!r}",) if known else ()


def _point(row: Row) -> tuple[str, ...]:
    return (f"{row['lat']!r},{row['lon']!r}",) if row["own_point"] else ()


def _degrees(column: Column[object]) -> Ranged:
    """The index of one coordinate of the points that are a record's own."""
    name = column.name

    def degrees(row: Row) -> float | None:
        return row[name] if row["own_point"] else None

    return Ranged(f"{column.table.name}.{name}", column.table, degrees)
