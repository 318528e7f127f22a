"""The driver writes what it would write without the adapters of the sink."""

import sqlite3
from contextlib import closing

import pytest

from app.releases import sink  # noqa: F401  # registers them


@pytest.mark.parametrize(
    ("value", "stored"),
    [(None, ("null", None)), (True, ("integer", 1)), (False, ("integer", 0)), (1, ("integer", 1))],
)
def test_a_value_is_stored_as_without_adapters(value: object, stored: tuple[str, object]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        assert connection.execute("SELECT typeof(?1), ?1", (value,)).fetchone() == stored


def test_adapters_are_there_of_what_has_none_by_itself() -> None:
    assert {(type(None), sqlite3.PrepareProtocol), (bool, sqlite3.PrepareProtocol)} <= sqlite3.adapters.keys()
