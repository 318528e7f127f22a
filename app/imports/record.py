"""A record as it was brought: its value, and the place of the file that each part of it is from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.dossier.findings import Finding, of_kind
from app.dossier.nodes import Location, Node
from app.dossier.written import Origin, Written
from app.imports.kinds import KINDS
from app.values.members import JsonObject

Spots = Mapping[Location, int]

NOWHERE = 0  # the place of what a table has no column for, which is told once for all rows


@dataclass(slots=True)
class Record:
    """`file` is what findings call it; `place` is the number of the place that the record begins at."""

    kind: str
    value: JsonObject
    file: str
    place: int
    spots: Spots = field(default_factory=dict)

    def spot(self, location: Location) -> int:
        """The place that a part is from, or the innermost around it."""
        while location and location not in self.spots:
            location = location[:-1]
        return self.spots.get(location, self.place)


class Brought(Protocol):
    """What an import makes of its files: records, and what is wrong with them, as they are read."""

    @property
    def left_out(self) -> Sequence[str]:
        """What the files hold and no record says, known once all items were given."""

    def items(self) -> Iterable[Record | Finding]:
        """Each record and each finding, once."""

    def where(self, file: str, place: int) -> str:
        """The place as people find it: `leak.xlsx:claims!B7`."""


@dataclass(eq=False, slots=True)
class PlacedOrigin(Origin):
    """Where records stand that were brought: a place stands for the line."""

    placed: dict[Written, "Placed"] = field(default_factory=dict)

    def node(self, written: Written) -> Node:
        """The record as a value whose parts have places."""
        return self.placed.get(written) or Node(None, written.line, written.line)


@dataclass(frozen=True, slots=True)
class Placed(Node):
    """A value whose parts are looked up by their place."""

    spot: Callable[[Location], int]

    def at(self, location: Location) -> Node:
        """A node of the place that the part is from."""
        place = self.spot(location)
        return Node(None, place, place)


def finding(slug: str, file: str, place: int, message: str, cure: str = "") -> Finding:
    """A finding about a file that is brought."""
    return of_kind(KINDS[slug], file, place, message, cure)
