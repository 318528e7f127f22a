"""What most tests ask: one store of three dossiers, the app before it, and its documents as the file holds them."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from pydantic import SecretStr

import postgresql
from app.main import create_app
from app.releases.sqlite import SqliteStore
from app.resources import RESOURCES
from app.settings import Settings
from contract.orders import Documents
from releases.publishing import DOSSIERS, published
from visitor import Visitor

SQLITE, POSTGRESQL = "sqlite", "postgresql"
# The pool of connections draws from `random` on a thread of its own, whenever it makes one: a property test that draws
# at that moment is told that its strategy did. The same test is told of its own draws before a folder.
DRAWN_BY_THE_POOL = "ignore:Do not use the `random` module:hypothesis.errors.HypothesisDeprecationWarning"
STORES = SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.filterwarnings(DRAWN_BY_THE_POOL))
# Tests that ask for the file of a release, which a database does not have, and that which compares both stores.
OF_FOLDERS = ("tests.test_openapi", "tests.web.test_downloads", "tests.web.test_conditional", "tests.test_parity")

# The profile of every property test. It knows no clock, so that a busy machine fails nothing, and asks the same
# questions every time: what fails once fails always.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one release of the bundled dossier and the two invented ones."""
    made = tmp_path_factory.mktemp("store")
    published(made, *DOSSIERS)
    return made


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A PostgreSQL for the tests of one file, on a socket in a temporary folder; its URL."""
    with postgresql.running() as url:
        yield url


@pytest.fixture
def emptied(postgres: str) -> Iterator[str]:
    """The URL of an empty database of it, which is dropped in the end."""
    psycopg = import_module("psycopg")
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield postgres.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def store(folder: Path) -> Iterator[SqliteStore]:
    """The same store, opened for reading past the web."""
    with closing(SqliteStore(folder)) as opened:
        yield opened


@pytest.fixture(scope="session")
def visitor(request: pytest.FixtureRequest, folder: Path) -> Iterator[Visitor]:
    """The app before that store, or before a database into which it was copied."""
    in_database = getattr(request, "param", SQLITE) == POSTGRESQL
    location = request.getfixturevalue("database") if in_database else folder
    app = create_app(Settings(store=location))
    library: Any = app.site.library
    with Visitor(app) as made, closing(library):
        yield made


@pytest.fixture(scope="session")
def database(folder: Path) -> Iterator[SecretStr]:
    """The URL of a database into which that store was copied."""
    with postgresql.running() as url:
        import_module("app.releases.postgres.copy").copy_store(SqliteStore(folder), url)
        yield SecretStr(url)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option by which tests are tried on both stores."""
    parser.addoption("--both-stores", action="store_true", help="ask the app before a database too (long)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have what is asked of the app before the store asked before a database too, if that is wanted."""
    module = metafunc.module
    is_for_folders = module.__name__.startswith(OF_FOLDERS) or hasattr(module, "visitor")
    if metafunc.config.getoption("--both-stores") and "visitor" in metafunc.fixturenames and not is_for_folders:
        metafunc.parametrize("visitor", STORES, indirect=True, scope="session")


@pytest.fixture(scope="session")
def documents(store: SqliteStore) -> Documents:
    """Every document by collection, in order of id, read past our own code: the stored text is all there is."""
    path = store.database(store.current().info.id)
    assert path is not None
    with closing(sqlite3.connect(path)) as connection:
        return {each.name: list(_read(connection, each)) for each in RESOURCES}


def _read(connection: sqlite3.Connection, resource: Any) -> Iterator[dict[str, Any]]:
    fixed = dict(resource.fixed)
    statement = "SELECT document FROM record JOIN document USING (number) WHERE kind = ? ORDER BY id"
    for (text,) in connection.execute(statement, (resource.kind,)):
        document = json.loads(text)
        if all(document[name] == value for name, value in fixed.items()):
            yield document
