"""Numbering: the order of all live records of a release, in which they are numbered.

The collections come one after another. In a collection that has dates, records are ordered by date and id, then the
undated by id; in any other by label and id.
"""

from collections.abc import Callable, Iterator
from typing import Any

from app.entries.base import Entry
from app.entries.corpus import Corpus, Curated
from app.resources import MAIN
from app.resources.base import Resource
from app.resources.dates import order_of_days
from app.values.days import MISSING_LAST
from app.values.folding import sort_key


def numbered(corpus: Corpus) -> Iterator[Curated]:
    """Yield the entries in the order of their numbers, which count from 1."""
    for resource in MAIN:
        # Those of one date or label stay in the order of their ids.
        for entry in sorted(corpus.kind(resource.kind), key=_key(resource, corpus)):
            yield corpus.by_id[entry.id]


def _key(resource: Resource, corpus: Corpus) -> Callable[[Entry], Any]:
    moment = resource.moment
    if moment is None:
        return lambda entry: sort_key(entry.label(corpus))

    def date(entry: Entry) -> tuple[int, int]:
        when = moment(entry)
        dated = order_of_days(when.bounds.earliest, when.bounds.latest) if when else None
        return dated or (MISSING_LAST, MISSING_LAST)

    return date
