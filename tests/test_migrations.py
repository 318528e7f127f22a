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
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, select, text
from sqlmodel import SQLModel

from app.releases.build import fill, plan
from app.releases.migrate import config, create_tables, schema_of
from app.releases.schema import HEAD
from app.resources import MAIN
from releases.older import OLDER
from releases.publishing import DOSSIERS, corpus_of

STORES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)]
VERSIONS = {"alembic_version"}
KINDS = [resource.kind for resource in MAIN]


@pytest.fixture(scope="module")
def server(postgres: str) -> str:
    """A PostgreSQL of its own, as SQLAlchemy calls it."""
    return postgres.replace("postgresql://", "postgresql+psycopg://", 1)


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


def test_the_schema_version_is_that_of_the_last_migration() -> None:
    assert ScriptDirectory.from_config(config()).get_current_head() == HEAD


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
    posting = SQLModel.metadata.tables["posting"]
    common: dict[str, Any] = {"name": "x", "place": 0, "size": 0, "records": b""}
    connection.execute(posting.insert(), [{**common, "value": word} for word in words])
    found = connection.execute(select(posting.c.value).order_by(posting.c.value)).scalars().all()
    assert list(found) == sorted(words, key=str.encode)


@pytest.fixture(scope="module")
def release() -> Any:
    """A release about to be built."""
    return plan(corpus_of(*DOSSIERS))


@pytest.fixture(scope="module")
def built(release: Any, server: str) -> dict[str, Any]:
    """By kind of database: the digest over all documents, and every row of every table."""
    urls = {"sqlite": "sqlite+pysqlite://", "postgresql": server}
    found = {}
    for name, url in urls.items():
        engine = create_engine(url)
        with engine.connect() as connection, connection.begin() as transaction:
            digest = _fill(connection, release)
            found[name] = (digest, {table: _rows(connection, table) for table in SQLModel.metadata.tables})
            transaction.rollback()
        engine.dispose()
    return found


def _fill(connection: Connection, release: Any) -> str:
    """Build the release; on PostgreSQL into a schema, which stands for none on this connection from then on."""
    if connection.dialect.name == "sqlite":
        return fill(connection, release)
    described = import_module("app.releases.postgres.build").build_schema(connection, release)
    connection.execution_options(schema_translate_map={None: described["file"]})
    assert inspect(connection).get_table_names() == []
    return str(described["documents"])


def _columns(connection: Connection) -> dict[str, list[str]]:
    """The names of the columns of each table that there is."""
    found, schema = inspect(connection), schema_of(connection)
    tables = found.get_table_names(schema)
    return {table: [column["name"] for column in found.get_columns(table, schema)] for table in tables}


def _rows(connection: Connection, name: str) -> list[tuple[Any, ...]]:
    table = SQLModel.metadata.tables[name]
    rows = connection.execute(select(table).order_by(*table.primary_key)).all()
    return [tuple(row) for row in rows]


@pytest.mark.thorough
@pytest.mark.parametrize("name", SQLModel.metadata.tables)
def test_a_whole_release_is_the_same_in_both(built: dict[str, Any], name: str) -> None:
    (digest, rows), (other_digest, other_rows) = built["sqlite"], built["postgresql"]
    assert digest == other_digest
    assert rows[name] == other_rows[name] != []


@pytest.mark.thorough
def test_a_release_holds_everything(built: dict[str, Any], release: Any) -> None:
    _, rows = built["sqlite"]
    assert {kind: len(rows[kind]) for kind in KINDS} == {kind: len(release.corpus.kind(kind)) for kind in KINDS}
    assert len(rows["entry"]) == len(release.entries)
    live = [record for record in rows["record"] if "live" in record]
    assert [record[0] for record in live] == list(range(1, len(release.corpus.curated) + 1))
    assert [number for number, _ in rows["document"]] == [number for number, _ in rows["text"]]
    assert len(rows["document"]) == len(live)


@pytest.mark.thorough
def test_an_id_is_found_by_an_index(built: dict[str, Any], connection: Connection, release: Any) -> None:
    _fill(connection, release)
    made = inspect(connection).get_indexes("record", schema_of(connection))
    assert [(index["column_names"], bool(index["unique"])) for index in made] == [(["id"], True)]


@pytest.mark.thorough
def test_a_release_keeps_its_rows_while_the_step_before_is_undone_and_done(
    built: dict[str, Any], connection: Connection, release: Any
) -> None:
    _fill(connection, release)
    made = config()
    made.attributes["connection"], made.attributes["schema"] = connection, schema_of(connection)
    command.downgrade(made, OLDER)
    older = _columns(connection)
    command.upgrade(made, "head")
    whole = _columns(connection)
    _, rows = built["sqlite"]
    for name in declared():
        left = _rows(connection, name)
        assert len(left) == (len(rows[name]) if name in older else 0), name
        if older.get(name) == whole[name]:
            assert left == rows[name], name
    command.downgrade(made, "base")
    assert set(inspect(connection).get_table_names(schema_of(connection))) <= VERSIONS


@pytest.mark.thorough
def test_no_variable_of_the_tests_is_left_behind(server: str) -> None:
    assert server.startswith("postgresql+psycopg://")
    assert not any(name.startswith("ONRECORD_") for name in os.environ)


def test_the_migrations_are_files_of_the_app() -> None:
    script = Path(str(config().get_main_option("script_location")))
    assert (script / "env.py").is_file()
    assert sorted(path.stem[:4] for path in (script / "versions").glob("0*.py"))[-1] == HEAD
