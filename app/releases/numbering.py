"""Numbering: every live record of a release in the one order that its numbers follow.

Collection after collection; in each the dated records by date, or all by label, then by id; the undated last, by id.
"""

from collections.abc import Iterator
from typing import Any

from app.entries.corpus import Corpus, Curated
from app.resources import MAIN
from app.resources.base import Resource
from app.resources.dates import order_of_days
from app.values.folding import sort_key


def numbered(corpus: Corpus) -> Iterator[Curated]:
    """The entries in the order of their numbers, which count from 1."""
    for resource in MAIN:
        for entry in sorted(corpus.kind(resource.kind), key=lambda entry: _key(resource, entry, corpus)):
            yield corpus.by_id[entry.id]


def _key(resource: Resource, entry: Any, corpus: Corpus) -> tuple[Any, ...]:
    if resource.moment is None:
        return (False, sort_key(entry.label(corpus)), entry.id)
    when = resource.moment(entry)
    if when is None:
        return (True, entry.id)
    return (False, order_of_days(when.bounds.earliest, when.bounds.latest), entry.id)
