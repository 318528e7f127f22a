"""What a promise of every collection is tried on: two cases of each mechanism by default, all in `make test-all`."""

from collections.abc import Callable, Hashable, Iterable
from typing import cast

import pytest

from app.query.base import Filter
from app.resources import RESOURCES
from app.resources.base import Resource

USUAL = ("events", "people")  # a collection with dates, points and figures, and a view with names
CASES = 2  # of one mechanism


def usual(cases: Iterable[pytest.ParameterSet]) -> list[pytest.ParameterSet]:
    """The cases, whose first value is a collection; thorough are those of any but two collections."""
    return [case if _collection(case).name in USUAL else _thorough(case) for case in cases]


def two_of_each(cases: Iterable[pytest.ParameterSet], mechanism: Callable[..., Hashable]) -> list[pytest.ParameterSet]:
    """The cases, whose first value is a collection; thorough are those of a mechanism tried on two other ones."""
    tried: dict[Hashable, set[str]] = {}
    found = []
    for case in cases:
        home, homes = _collection(case).home, tried.setdefault(mechanism(*case.values), set())
        found.append(_thorough(case) if home in homes or len(homes) >= CASES else case)
        homes.add(home)
    return found


def kind_of(resource: Resource, filter: Filter) -> Hashable:
    """The mechanism of a filter: its class, and whether it looks at rows of a side table."""
    return type(filter), filter.is_side


def _collection(case: pytest.ParameterSet) -> Resource:
    return cast(Resource, case.values[0])


def _thorough(case: pytest.ParameterSet) -> pytest.ParameterSet:
    return pytest.param(*case.values, id=case.id, marks=[*case.marks, pytest.mark.thorough])


COLLECTIONS = pytest.mark.parametrize("resource", usual(pytest.param(each, id=each.name) for each in RESOURCES))
