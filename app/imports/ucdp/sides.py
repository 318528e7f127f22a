"""The sides of UCDP GED's events as actors, each once, with every name that it goes by."""

from collections.abc import Iterator
from typing import Final

from app.imports.record import Record
from app.imports.ucdp.row import Row
from app.values.members import JsonObject
from app.values.slugs import slugify

GOVERNMENT: Final = "Government of "
CIVILIANS: Final = "Civilians"
LONGEST: Final = 200  # characters of a name
MOST: Final = 80  # of an id, before its number

INFORMAL: Final = 2  # the type of violence whose sides need not be organised formally


class Sides:
    """The actors met so far."""

    def __init__(self) -> None:
        self._known: dict[str, Record] = {}
        self._names: dict[str, dict[str, None]] = {}

    def of(self, row: Row, side: str, type: int) -> str | None:
        """The id of the actor of one side of a row; None if it names none."""
        number, name = row.whole(f"{side}_id"), row.text(side)
        if not name and not number:
            return None
        key = str(number) if number else name
        if key not in self._known:
            self._known[key] = self._new(row, side, number, name or f"Actor {number} of UCDP")
        self._names.setdefault(key, {}).setdefault(name or self._known[key].value["name"])
        if type != INFORMAL:
            self._organised(self._known[key].value)
        return str(self._known[key].value["id"])

    def records(self) -> Iterator[Record]:
        """Every actor, once all rows were read."""
        for key, record in self._known.items():
            others = [name for name in self._names[key] if name != record.value["name"]]
            if others:
                record.value["names"] = [{"value": name[:LONGEST], "type": "alias"} for name in others]
            yield record

    def _new(self, row: Row, side: str, number: int | None, name: str) -> Record:
        words = slugify(name)[:MOST].strip("-")
        value: JsonObject = {
            "id": "-".join(filter(None, (words, "ucdp", str(number or "")))),
            "type": "group",
            "name": name[:LONGEST],
        }
        if number:
            value["identifiers"] = {"ucdp-actor": str(number)}
        return Record("actor", value, row.file, row.place(side))

    def _organised(self, value: JsonObject) -> None:
        """What fights in a state-based conflict, or kills civilians, is an organisation; civilians are none."""
        if value["name"] != CIVILIANS:
            value["type"] = "organisation"
            value["classification"] = "government" if value["name"].startswith(GOVERNMENT) else "armed-group"
