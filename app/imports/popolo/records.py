"""Objects of Popolo as entries: persons and organizations as actors, areas as places, memberships as relations."""

from typing import Final

from app.dossier.nodes import Location
from app.imports.popolo.item import Item
from app.imports.record import Record
from app.values.dates_as_written import plainly
from app.values.folding import fold
from app.values.members import JsonObject, Members
from app.vocabularies import load

LEGISLATURE: Final = "legislature"  # Popolo's word for a parliament
AREAS: Final = frozenset({"district", "region", "country"})  # precisions of places without a point
NAMED: Final = ("id", "name", "other_names", "identifiers")

_PLAIN_MEMBER: Final = frozenset({"", "member"})


def person(item: Item, id: str) -> Record:
    """A person as an actor."""
    item.leave_out_all_but(*NAMED, "memberships")
    return _record(item, "actor", {"id": id, "type": "person", **_named(item)})


def organization(item: Item, id: str) -> Record:
    """An organization as an actor."""
    item.leave_out_all_but(*NAMED, "classification", "parent_id", "memberships", "posts")
    value = {"id": id, "type": "organisation", **_named(item)}
    told = item.text("classification")
    term = load("organisation-classifications").called("parliament" if fold(told) == LEGISLATURE else told)
    if term:
        value["classification"] = term
    elif told:
        item.notes.leave_out(f"{item.at('classification')} '{told}'")
    return _record(item, "actor", value)


def area(item: Item, id: str, within: str | None) -> Record:
    """An area as a place without a point."""
    item.leave_out_all_but(*NAMED, "classification", "parent_id")
    told = load("place-precisions").as_written(item.text("classification"))
    value = {"id": id, **_named(item), "precision": told if told in AREAS else "region"}
    if told not in AREAS and item.text("classification"):
        item.notes.leave_out(f"{item.at('classification')} '{item.text('classification')}'")
    return _record(item, "place", value | ({"within": within} if within else {}))


def part_of(item: Item, id: str, subject: str, whole: str) -> Record:
    """An organization that belongs to another one."""
    return Record("relation", {"id": id, "subject": subject, "type": "part-of", "object": whole}, *_where(item))


def membership(item: Item, id: str, ends: tuple[str, str], post: str, said: str) -> Record:
    """A membership as a relation of its two ends: with a post or a role of its own it is an office."""
    office = post or ("" if fold(item.text("role")) in _PLAIN_MEMBER else item.text("role"))
    value: JsonObject = {"id": id, "subject": ends[0], "type": "membership", "object": ends[1]}
    if office:
        value |= {"type": "office", "post": office[:200]}
    spots: dict[Location, int] = {}
    for name, member in (("from", "start_date"), ("to", "end_date")):
        if item.text(member):
            value[name] = plainly(item.text(member))
            spots[name,] = item.notes.place(item.at(member))
    if said:
        value["note"] = said
    return Record("relation", value, *_where(item), spots)


def _record(item: Item, kind: str, value: Members) -> Record:
    return Record(kind, {name: member for name, member in value.items() if member}, *_where(item))


def _where(item: Item) -> tuple[str, int]:
    return item.notes.file, item.notes.place(item.path)


def _named(item: Item) -> JsonObject:
    """The names and identifiers."""
    name = item.text("name")
    if not name:
        item.notes.fault("unreadable-value", item.at("name"), "there is no name")
    return {"name": name, "names": _other_names(item, name), "identifiers": _identifiers(item)}


def _other_names(item: Item, name: str) -> list[dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for other in item.items("other_names"):
        other.leave_out_all_but("name", "lang", "note")
        value, lang = other.text("name"), other.text("lang")
        if value and value != name:
            found.setdefault((value, lang), {"value": value, **({"lang": lang} if lang else {}), "type": "alias"})
    return [*found.values()]


def _identifiers(item: Item) -> dict[str, str]:
    """Those of schemes that are known here; of two of one scheme the first."""
    schemes, found = load("identifier-schemes"), dict[str, str]()
    for each in item.items("identifiers"):
        scheme = schemes.called(each.text("scheme"))
        if scheme and scheme not in found:
            found[scheme] = each.text("identifier")
        else:
            item.notes.leave_out(f"{each.path} '{each.text('scheme')}'")
    return found
