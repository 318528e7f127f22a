"""Numbering: the order of all live records of a release, in which they are numbered.

The collections come one after another. In a collection that has dates, records are ordered by date and id, then the
undated by id; in any other by label and id.
"""

from collections.abc import Iterator

from app.entries.base import Entry
from app.entries.corpus import Corpus, Curated
from app.resources import MAIN
from app.resources.base import Resource
from app.resources.dates import order_of_days
from app.values.folding import sort_key


def numbered(corpus: Corpus) -> Iterator[Curated]:
    """Yield the entries in the order of their numbers, which count from 1."""
    for resource in MAIN:
        for entry in sorted(corpus.kind(resource.kind), key=lambda entry: _key(resource, entry, corpus)):
            yield corpus.by_id[entry.id]


def _key(resource: Resource, entry: Entry, corpus: Corpus) -> tuple[object, ...]:
    if resource.moment is None:
        return (False, sort_key(entry.label(corpus)), entry.id)
    when = resource.moment(entry)
    if when is None:
        return (True, entry.id)
    return (False, order_of_days(when.bounds.earliest, when.bounds.latest), entry.id)
