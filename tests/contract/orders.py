"""What `sort` must mean, worked out in plain Python from the documents alone."""

import re
from typing import Any

from app.resources.base import Resource
from app.values.folding import sort_key

Documents = dict[str, list[dict[str, Any]]]  # by collection, in order of id
Day = tuple[float, int, int]

MEMBERS = {("sources", "date"): "published"}  # members that a sort word names by another word
FIRST: Day = (float("-inf"), 0, 0)
LAST: Day = (float("inf"), 0, 0)


def ordered(resource: Resource, documents: list[dict[str, Any]], words: list[str]) -> list[str]:
    """The ids in the order of these words: missing values last either way, ties by id in the last direction."""
    last = words[-1]
    words = words if last.removeprefix("-") == "id" else [*words, "-id" if last.startswith("-") else "id"]
    found = list(documents)
    for word in reversed(words):  # sorting is stable: the first word is sorted by last
        found = _sorted(resource, found, word.removeprefix("-"), descending=word.startswith("-"))
    return [each["id"] for each in found]


def _sorted(resource: Resource, documents: list[dict[str, Any]], word: str, descending: bool) -> list[dict[str, Any]]:
    values = {each["id"]: _value(resource, each, word) for each in documents}
    there = [each for each in documents if values[each["id"]] is not None]
    missing = [each for each in documents if values[each["id"]] is None]
    return sorted(there, key=lambda each: values[each["id"]], reverse=descending) + missing


def _value(resource: Resource, document: dict[str, Any], word: str) -> Any:
    if (resource.name, word) == ("dossiers", "issued"):
        return document["edition"]["issued"]
    value = document[MEMBERS.get((resource.name, word), word)]
    if isinstance(value, dict):
        first, last = bounds(value)
        return (last if first == FIRST else first, last)  # a date with an open start goes by its last day
    return sort_key(value) if word in ("name", "title", "label") else value


def bounds(date: dict[str, Any]) -> tuple[Day, Day]:
    """The first and the last day of a date as documents show it; open ends before and after all."""
    return day(date["earliest"], FIRST), day(date["latest"], LAST)


def day(text: str | None, missing: Day) -> Day:
    """`-0044-03-15` as numbers that compare as days do."""
    if text is None:
        return missing
    match = re.fullmatch(r"Y?(-?\d+)-(\d\d)-(\d\d)", text)
    assert match is not None, text
    year, month, of_month = map(int, match.groups())
    return year, month, of_month
