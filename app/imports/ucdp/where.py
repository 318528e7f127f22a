"""Where an event of UCDP GED happened: a point as close as the row says, in a district, a province, a country."""

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from app.imports.record import Record
from app.imports.ucdp.row import Row
from app.values.members import JsonObject
from app.values.slugs import slugify
from app.vocabularies import load

AROUND: Final = range(1, 6)  # the precisions at which a row's province is around its place

POINTS: Final = {1: "town", 2: "near"}
"""By `where_prec`: 1 is mostly a named town whose spot nobody knows, so no more is said than that."""

RADIUS: Final = {"near": 25}  # kilometres, by the codebook

AREAS: Final = {3: "district", 4: "region", 5: "region", 7: "region"}
"""Areas have no point here: that of the row is the middle of one. 6 is the country, as is what has no precision."""

LONGEST: Final = 200  # characters of a name
MOST: Final = 80  # of an id, before what makes it the only one

_FORMER = re.compile(r"\s*\([^)]*\)$")  # of a country: Myanmar (Burma)


class Places:
    """The places met so far, each once."""

    def __init__(self) -> None:
        self._ids: dict[tuple[object, ...], str] = {}
        self._names: dict[str, str] = {}
        self._codes: dict[str, str | None] = {}
        self._new: list[Record] = []

    def new(self) -> Iterator[Record]:
        """The places that no row before had, outer ones first."""
        yield from self._new
        self._new.clear()

    def of(self, row: Row) -> str | None:
        """The id of the place of a row; None if it names none."""
        precision, name = row.whole("where_prec", range(1, 8)), row.text("where")
        country = self._country(row)
        inside = self._area(row, row.text("adm_1"), "region", country) if precision in AROUND else country
        inside = (
            self._area(row, row.text("adm_2"), "district", inside) if precision in POINTS or precision == 3 else inside
        )
        if precision in POINTS:
            return self._point(row, name, POINTS[precision], inside)
        return self._area(row, name, AREAS[precision], inside) if precision in AREAS else country

    def _country(self, row: Row) -> str | None:
        name = row.text("country")
        return self._id(row, name, {"precision": "country"}) if name else None

    def _area(self, row: Row, name: str, precision: str, inside: str | None) -> str | None:
        """An area inside another one; that one itself if it has no other name."""
        if not name or (inside is not None and name == self._names[inside]):
            return inside
        return self._id(row, name, {"precision": precision, "within": inside})

    def _point(self, row: Row, name: str, precision: str, inside: str | None) -> str | None:
        lat, lon = row.decimal("lat"), row.decimal("lon")
        if lat is None or lon is None:
            return self._area(row, name, "region", inside)
        members = {
            "precision": precision,
            "within": inside,
            "lat": lat,
            "lon": lon,
            "uncertainty_km": RADIUS.get(precision),
        }
        return self._id(row, name or f"{lat:g}, {lon:g}", members)

    def _code(self, country: str) -> str | None:
        """The code of a country; it may be called with a former name in brackets."""
        if country not in self._codes:
            countries = load("countries")
            self._codes[country] = countries.called(country) or countries.called(_FORMER.sub("", country))
        return self._codes[country]

    def _id(self, row: Row, name: str, members: JsonObject) -> str:
        """The id of a place of that name and these members, which is made of them alone."""
        key = (name, row.text("country"), *members.items())
        if key not in self._ids:
            inside = members.get("within")
            digest = hashlib.sha256(repr(key).encode()).hexdigest()[:8]
            words = slugify(f"{name} {self._names[inside] if inside else ''}")[:MOST].strip("-")
            self._ids[key] = id = "-".join(filter(None, (words, "ucdp", digest)))
            self._names[id] = name
            known = {"id": id, "name": name[:LONGEST], "country": self._code(row.text("country")), **members}
            value = {member: value for member, value in known.items() if value is not None}
            self._new.append(Record("place", value, row.file, row.place("where")))
        return self._ids[key]
