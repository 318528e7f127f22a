"""Figures that cannot both be so: they differ, and neither hour nor category explains it."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from app.derive.contested import contesting
from app.derive.differing import differ, differing
from app.derive.links import Links
from app.derive.stated import Stated


def disputed(values: Sequence[Stated], links: Links) -> list[Stated]:
    """The values of one measure that cannot be so together with another one of it.

    Two values without a common point whose claims contest each other; or that come from different origins and have
    equal `as_of`, which names an hour, or lies wholly before both were said.
    """
    if len(values) < 2:
        return []
    found = {id(value) for pair in _pairs(differing(values), links) for value in pair}
    return [value for value in values if id(value) in found]


def _pairs(values: Sequence[Stated], links: Links) -> Iterator[tuple[Stated, Stated]]:
    """Compare only what a claim contests, or what has the same `as_of`: these are few."""
    for one in values:
        if against := contesting(one.claim, links):
            yield from ((one, other) for other in values if other.claim.id in against and differ(one, other))
    for group in _of_one_time(values).values():
        yield from (
            (one, other) for one, other in combinations(group, 2) if one.origin != other.origin and differ(one, other)
        )


def _of_one_time(values: Sequence[Stated]) -> dict[tuple[str, str | None], list[Stated]]:
    """The values by their `as_of`, of those in which it settles what is counted."""
    groups: dict[tuple[str, str | None], list[Stated]] = {}
    for value in values:
        if value.as_of is not None and (value.as_of.time is not None or _over_when_said(value)):
            groups.setdefault((value.as_of.edtf, value.as_of.time), []).append(value)
    return groups


def _over_when_said(value: Stated) -> bool:
    """Whether the time that it holds for lay wholly before it was said, so that it could change no more."""
    if value.as_of is None or value.said is None:
        return False
    return value.as_of.bounds.latest < value.said.bounds.earliest
