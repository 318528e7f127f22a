"""Every declared filter selects what the documents say; several values mean or, different parameters mean and."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import Column

from app.query.base import Filter
from app.query.languages import Languages
from app.releases.sqlite import SqliteStore
from app.resources import RESOURCES
from app.resources.base import Resource
from contract.orders import Documents
from contract.readings import READINGS
from registry import COLLECTIONS, kind_of, two_of_each
from visitor import BASE, Visitor


def asked_by_clients(resource: Resource) -> list[Filter]:
    """The filters that are parameters: all but those that a view sets."""
    return [each for each in resource.filters if each.name not in dict(resource.fixed)]


FILTERS = two_of_each(
    (
        pytest.param(resource, each, id=f"{resource.name}-{each.name}")
        for resource in RESOURCES
        for each in asked_by_clients(resource)
    ),
    kind_of,
)
READ = two_of_each(
    (
        pytest.param(resource, each, id=f"{resource.name}-{each.name}")
        for resource in RESOURCES
        for each in asked_by_clients(resource)
        if each.name in READINGS.get(resource.name, {})
    ),
    kind_of,
)
SEVERAL = [parameter for parameter in FILTERS if parameter.values[1].multiple]  # type: ignore[union-attr]  # a Filter


Values = dict[tuple[str, str], list[str]]  # by collection and filter


def needed(resource: Resource, each: Filter, values: Values) -> list[dict[str, str]]:
    """What must be sent beside the filter, if anything: one choice for each value of the parameter it needs."""
    return [{each.needs: value} for value in values[resource.name, each.needs]] if each.needs else [{}]


def listed(visitor: Visitor, resource: Resource, /, **parameters: Any) -> set[str]:
    """The ids of the records that match."""
    answer = visitor.data(f"/{resource.name}", limit=500, **parameters)
    assert answer["page"]["total"] == len(answer["data"])
    return {each["id"] for each in answer["data"]}


@pytest.fixture(scope="session")
def values(store: SqliteStore) -> Values:
    """Values of every filter, in its own form, from the stored rows that it looks at."""
    path = store.database(store.current().info.id)
    assert path is not None
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return {
            (resource.name, each.name): list(dict.fromkeys(_values(connection, resource, each)))
            for resource in RESOURCES
            for each in asked_by_clients(resource)
        }


def _values(connection: sqlite3.Connection, resource: Resource, each: Filter) -> Iterator[str]:
    table, owner = each.table.name, next(iter(each.table.primary_key)).name
    view = " AND ".join(["1", *(f"{name} = '{value}'" for name, value in resource.fixed)])
    within = f'"{owner}" IN (SELECT number FROM {resource.table.name} WHERE {view})'
    shown = ", ".join(_shown(column) for column in each.table.c)
    for row in connection.execute(f"SELECT {shown} FROM {table} WHERE {within} ORDER BY 1, 2"):
        if row[each.columns[0].name] is not None and (value := each.example(dict(row))) is not None:
            yield value


def _shown(column: Column[Any]) -> str:
    """A column of a row, with the id where it holds the number of a record."""
    name = f'"{column.table.name}"."{column.name}"'
    shown = f"(SELECT id FROM record WHERE record.number = {name})" if column.foreign_keys else name
    return f'{shown} AS "{column.name}"'


# What no record of a view can have: only a person holds offices, only an organisation has a classification.
BARREN = {
    ("people", "classification"),
    ("organisations", "office"),
    ("organisations", "on"),
    ("groups", "classification"),
    ("groups", "office"),
    ("groups", "on"),
}


@pytest.mark.parametrize(("resource", "each"), FILTERS)
def test_some_value_of_the_filter_changes_the_result(
    visitor: Visitor, documents: Documents, values: Values, resource: Resource, each: Filter
) -> None:
    everything = len(documents[resource.name])
    found = values[resource.name, each.name]
    if (resource.name, each.name) in BARREN:
        assert found == []
        return
    totals = (
        visitor.data(f"/{resource.name}", limit=0, **{each.name: value}, **beside)["page"]["total"]
        for value in found
        for beside in needed(resource, each, values)
    )
    assert any(0 < total < everything for total in totals), found


@pytest.mark.parametrize(("resource", "each"), READ)
def test_the_filter_selects_what_the_documents_say(
    visitor: Visitor, documents: Documents, values: Values, resource: Resource, each: Filter
) -> None:
    read = READINGS[resource.name][each.name]
    for value in values[resource.name, each.name]:
        wanted = {document["id"] for document in documents[resource.name] if value in read(document)}
        assert wanted
        assert listed(visitor, resource, **{each.name: value}) == wanted, value


@pytest.mark.parametrize(("resource", "each"), SEVERAL)
def test_several_values_mean_or_repeated_or_with_commas(
    visitor: Visitor, values: Values, resource: Resource, each: Filter
) -> None:
    chosen = values[resource.name, each.name][:3]
    union = set[str]().union(*(listed(visitor, resource, **{each.name: value}) for value in chosen))
    for spelling in (chosen, [",".join(chosen)], [*chosen[:1], ",".join(chosen)]) if chosen else ():
        assert listed(visitor, resource, **{each.name: spelling}) == union


@COLLECTIONS
def test_different_parameters_mean_and(
    visitor: Visitor, documents: Documents, values: Values, resource: Resource
) -> None:
    selected = {}
    for each in (each for each in asked_by_clients(resource) if not each.needs):
        some = [
            (value, listed(visitor, resource, **{each.name: value})) for value in values[resource.name, each.name][:9]
        ]
        narrowing = [(value, found) for value, found in some if len(found) < len(documents[resource.name])]
        if narrowing:  # the value that leaves most, so that two of them have something in common
            selected[each] = max(narrowing, key=lambda pair: len(pair[1]))
    assert len(selected) > 1
    for one, other in combinations(selected, 2):
        if other.name in one.excludes or one.name in other.excludes:
            continue
        both = listed(visitor, resource, **{one.name: selected[one][0], other.name: selected[other][0]})
        if one.table is other.table and one.table is not resource.table:  # they speak of one and the same row
            assert both <= selected[one][1] & selected[other][1]
        else:
            assert both == selected[one][1] & selected[other][1], (one.name, other.name)


@pytest.mark.parametrize(("resource", "each"), FILTERS)
def test_a_value_that_is_none_is_refused_or_selects_nothing(
    visitor: Visitor, values: Values, resource: Resource, each: Filter
) -> None:
    beside = needed(resource, each, values)[0]
    answer = visitor.get(f"/{resource.name}", **{each.name: "no-such-thing-at-all"}, **beside)
    if answer.status_code == 200:
        # Any words are a name or a text that might be there; these happen to be a well-formed tag of a language.
        assert each.name in ("name", "q", "language")
        assert answer.json()["page"]["total"] == 0
        return
    problem = answer.json()
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"{BASE}/problems/invalid-parameter"
    assert [fault["parameter"] for fault in problem["errors"]] == [each.name]
    assert set(problem["errors"][0]) == {"parameter", "value", "message", "did_you_mean"}


@pytest.mark.parametrize(("resource", "each"), SEVERAL)
def test_a_mistyped_value_is_answered_with_the_right_one(
    visitor: Visitor, values: Values, resource: Resource, each: Filter
) -> None:
    value = next((value for value in values[resource.name, each.name] if len(value) > 6 and ":" not in value), None)
    if value is None or isinstance(each, Languages):  # a word of a standard may be right without a record
        return
    answer = visitor.get(f"/{resource.name}", **{each.name: value[:-2] + value[-1]})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["did_you_mean"]


@pytest.mark.parametrize(("resource", "each"), FILTERS)
def test_what_the_filter_excludes_is_refused_with_what_to_write(
    visitor: Visitor, values: Values, resource: Resource, each: Filter
) -> None:
    for other in each.excludes:
        answer = visitor.get(
            f"/{resource.name}",
            **{each.name: values[resource.name, each.name][0], other: values[resource.name, other][0]},
        )
        assert answer.status_code == 400
        assert [fault["parameter"] for fault in answer.json()["errors"]] == [other]
        assert each.about_excluded in answer.json()["errors"][0]["message"]
