"""What the tests of the client ask: the real app over a store of the bundled dossier and an invented one."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from app.web.api.guard import Guard
from client_store import ROOT, publish
from onrecord_client import Client
from wire import Wire, serving


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Guard:
    """The app before a store with one release."""
    folder = tmp_path_factory.mktemp("store")
    publish(folder)
    return create_app(Settings(store=folder))


@pytest.fixture(scope="session")
def url(app: Guard) -> Iterator[str]:
    """The same app behind a real socket."""
    with serving(app) as address:
        yield address


@pytest.fixture
def wire() -> Wire:
    """What this test's client sends and gets."""
    return Wire()


@pytest.fixture
def client(url: str, wire: Wire) -> Iterator[Client]:
    """A client of that app."""
    with Client(url, transport=wire) as made:
        yield made


@pytest.fixture(scope="session")
def openapi(url: str) -> Any:
    """The committed OpenAPI document, or that of the app where none is committed."""
    committed = ROOT / "docs" / "openapi.json"
    if committed.exists():
        return json.loads(committed.read_text("utf-8"))
    return httpx.get(f"{url}/openapi.json").raise_for_status().json()
