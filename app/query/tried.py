"""Hints that were tried: none leads to an empty list."""

import re
from collections.abc import Mapping
from dataclasses import replace

from app.errors import BadQuery, Fault, Problem, bad_query
from app.query.base import Collection
from app.query.parameters import Given
from app.query.question import Place, Question, ask
from app.query.reader import Reader

PAIR = re.compile(r"(?:^|&)([a-z_]+)=([^&]*)")
NOT_SELECTING = ("cursor", "facets", "format", "include", "limit", "release", "sort")


def instead(question: Question, given: Given, place: Place, reader: Reader) -> Mapping[str, str] | None:
    """The parameters that were probably meant where nothing was found: with all else as asked, they find something."""
    left = {name: values for name, values in given.items() if name not in NOT_SELECTING}
    for met in question.readings:
        name = met.filter.name
        others = {other: values for other, values in left.items() if other != name}
        for change in met.filter.otherwise(met.reading, left[name], reader) if name in left else ():
            changed = {other: [value] for other, value in change.items()}
            if not others.keys() & changed.keys() and finds(question.collection, others | changed, place, reader):
                return change
    return None


def helpful(problem: BadQuery, collection: Collection, given: Given, place: Place, reader: Reader) -> Problem:
    """The problem without the hints that lead to nothing."""

    def kept(fault: Fault) -> Fault:
        return fault if _leads_somewhere(fault, collection, given, place, reader) else replace(fault, did_you_mean=None)

    faults = tuple(kept(fault) for fault in problem.errors)
    return problem if faults == problem.errors else bad_query(place.path, faults)


def finds(collection: Collection, given: Given, place: Place, reader: Reader) -> bool:
    """Whether a question can be read, and selects anything."""
    return bool(_selected(collection, given, place, reader))


def _selected(collection: Collection, given: Given, place: Place, reader: Reader) -> int | None:
    """How many records a question selects; None if it cannot be read."""
    try:
        question = ask(collection, {**given, "limit": ["0"]}, reader, place)
    except Problem:
        return None
    return reader.page(question).total


def _leads_somewhere(fault: Fault, collection: Collection, given: Given, place: Place, reader: Reader) -> bool:
    """Whether the hint finds something by itself; what is no whole question is not tried."""
    name, hint = fault.parameter, fault.did_you_mean
    if hint is None:
        return True
    if name == "filter":
        return _selected(collection, {name: [hint]}, place, reader) != 0
    pairs = dict(PAIR.findall(hint))
    if pairs and pairs.keys() <= {*collection.by_name, "filter"}:
        return finds(collection, {other: [value] for other, value in pairs.items()}, place, reader)
    if fault.about != "value" or name not in collection.by_name:
        return True
    beside = {other: given[other] for other in collection.filter(name).beside if other in given}
    return finds(collection, {**beside, name: [hint]}, place, reader)
