"""The filter of the same list that takes a value which another one refuses: `mode=arrest` for `type=arrest`."""

import re
from collections.abc import Iterator, Sequence

from app.query import operators
from app.query.base import Collection, Filter, Lookup, Refused
from app.query.filters import Ids, OwnIds, Terms
from app.query.pairs import Pairs


def elsewhere(collection: Collection, name: str, value: str, lookup: Lookup) -> str | None:
    """`name=value`, with what has to stand beside it; None if no other filter takes the value."""
    asked = collection.by_name.get(name)
    if isinstance(asked, Terms):
        return next(
            _taking(value, [other for other in _others(collection, asked) if isinstance(other, Terms)], lookup), None
        )
    if not isinstance(asked, Ids | Pairs) or (known := lookup.identify([value]).get(value)) is None:
        return None
    if isinstance(asked, Ids) and known.kind == asked.stands_for[0]:
        return asked.stands_for[1].format(known.target or known.id)
    return next(_taking(value, [other for other in _others(collection, asked) if isinstance(other, Ids)], lookup), None)


def mended(collection: Collection, name: str, value: str, lookup: Lookup) -> str | None:
    """What a value asks for by signs of other APIs, put into ours."""
    return _negation(collection, name, value, lookup) or _separated(collection, name, value, lookup)


def _negation(collection: Collection, name: str, value: str, lookup: Lookup) -> str | None:
    """The parameter that asks for all but a value, where that is what a sign before the value means elsewhere."""
    asked, wanted = collection.by_name.get(name), operators.negated(value)
    if asked is None or wanted is None or not _is_read(asked, (wanted,), lookup):
        return None
    return operators.unless(name, wanted)


def _separated(collection: Collection, name: str, value: str, lookup: Lookup) -> str | None:
    """Several values that stand with another sign than a comma between them: `fire;flood`."""
    asked, parts = collection.by_name.get(name), list(filter(None, re.split(r"[;|+&\s]+", value)))
    if asked is None or not asked.multiple or len(parts) < 2:
        return None
    return ",".join(parts) if _is_read(asked, parts, lookup) else None


def _is_read(asked: Filter, values: Sequence[str], lookup: Lookup) -> bool:
    try:
        asked.read(values, lookup)
    except Refused:
        return False
    return True


def _others(collection: Collection, asked: Filter) -> Iterator[Filter]:
    """The filters but this one, and those of the records themselves."""
    return (declared for declared in collection.filters if declared is not asked and not isinstance(declared, OwnIds))


def _taking(value: str, filters: list[Terms] | list[Ids], lookup: Lookup) -> Iterator[str]:
    for candidate in filters:
        try:
            (read,) = candidate.read((value,), lookup)
        except Refused:
            continue
        yield f"{candidate.name}={read}"
