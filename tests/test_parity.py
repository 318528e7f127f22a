"""Both stores answer alike: every documented URL, every page, export and problem, byte for byte."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from pydantic import SecretStr

from app.main import create_app
from app.releases.postgres.store import PostgresStore
from app.releases.sqlite import SqliteStore
from app.resources import RESOURCES
from app.settings import Settings
from app.web.api.offers import formats
from app.web.openapi.problem_examples import EXAMPLES
from contract.orders import Documents
from visitor import Visitor

pytestmark = pytest.mark.thorough
ROOT = Path(__file__).parent.parent
DOCUMENTED = re.compile(r"(?<![\w/.])(?:https?://[a-z.]*example\.org)?(/[a-z]+[^\s`'\"<>)]*)")
OF_THE_REQUEST = {"x-request-id", "date"}
FILE = re.compile(rb'"(sqlite|sqlite_sha256)":"[^"]*"')  # a database has no file to download
# What a database does not have, what is of a process, and what is compared by itself.
LEFT_OUT = re.compile(r"onrecord\.sqlite|/metrics|/openapi\.json")
PATTERNS = ("p%", "%o_i%", "100%", "a", "%")
WORDS = (
    "vuc*",
    "polic*",
    "vučić",
    '"special police"',
    "police OR kosovo",
    "-police",
    "a\x00b",
    "'; DROP TABLE record; --",
)
WRONG = ("q=zzzzqy", "limit=0", "limit=501", "sort=none", "id=none", "cursor=none", "release=none", "filter=a b", "x=1")
PAGES = 5  # of one walk


@pytest.fixture(scope="module")
def copied(postgres: str, folder: Path) -> Iterator[str]:
    """The URL of a database into which the store was copied."""
    psycopg = import_module("psycopg")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE copied")
        url = postgres.replace("/postgres?", "/copied?")
        assert len(import_module("app.releases.postgres.copy").copy_store(SqliteStore(folder), url)) == 1
        yield url
        connection.execute("DROP DATABASE copied WITH (FORCE)")


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "prepared"])
def other(copied: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """The app before that database, which prepares no statement, or those that it is asked again."""
    app = create_app(Settings(store=SecretStr(copied), prepare=request.param))
    library = app.site.library
    assert isinstance(library, PostgresStore)
    with Visitor(app) as made, closing(library):
        yield made


def answer(visitor: Visitor, url: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body, without what is of one request only."""
    got = visitor.get(url)
    headers = {name: value for name, value in got.headers.items() if name not in OF_THE_REQUEST}
    body = got.content.replace(got.headers.get("x-request-id", "none").encode(), b"")
    if url.startswith("/releases"):
        body = FILE.sub(rb'"\1":null', body)
        headers.pop("content-length", None)
    return got.status_code, headers, body


def asked(visitor: Visitor, documents: Documents) -> Iterator[str]:
    """Every URL that is compared."""
    yield from _in_guides()
    described = visitor.data("/openapi.json")
    for template, operations in described["paths"].items():
        for path in _filled(visitor, template, documents):
            yield path
            for given in operations["get"].get("parameters", ()):
                if given["in"] == "query":
                    yield from (f"{path}?{given['name']}={value}" for value in _values(described, given))
    yield from (f"/actors?{urlencode({'filter': f'name LIKE {pattern!r}'})}" for pattern in PATTERNS)
    yield from (f"/search?{urlencode({'q': words})}" for words in WORDS)
    for resource in RESOURCES:
        for sort in resource.sorts:
            yield from (f"/{resource.name}?sort={sign}{sort}&limit=7" for sign in ("", "-"))
        yield from (f"/{resource.name}?facets={name}" for name in resource.countable({}))
        yield from (f"/{resource.name}/{document['id']}" for document in documents[resource.name])
        yield from (f"/{resource.name}/{document['id']}?format=html" for document in documents[resource.name])
        yield from (f"/{resource.name}?format={form.name}&q=police" for form in formats("list", resource))
        yield from (f"/{resource.name}?{wrong}" for wrong in WRONG)
    yield from (example.link for example in EXAMPLES.values() if example.link)


def _in_guides() -> Iterator[str]:
    """The paths that a guide asks for."""
    for guide in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        text = guide.read_text(encoding="utf-8")
        yield from (url for url in DOCUMENTED.findall(text) if url.isascii() and "{" not in url)


def _filled(visitor: Visitor, template: str, documents: Documents) -> Iterator[str]:
    """A path with values in place of its names: two records of a collection, and an id of none."""
    if "{" not in template:
        yield template
        return
    first = template.split("/")[1]
    ids = {
        "releases": [visitor.data("/releases")["data"][0]["id"], "none"],
        "vocabularies": [each["name"] for each in visitor.data("/vocabularies")["data"]],
        "problems": [each["slug"] for each in visitor.data("/problems")["data"]],
    }
    known = ids.get(first) or [*(document["id"] for document in documents[first][:2]), "none"]
    tables = ("events", "claims", "figures") if "{table}" in template else ("",)
    for id in known:
        for table in tables:
            yield re.sub(r"\{[a-z_]+\}", id, template.replace("{table}", table))


def _values(described: Any, given: Any) -> Iterator[str]:
    """What the OpenAPI document gives as values of a parameter: its examples and its terms."""
    schema = given.get("schema", {})
    examples = [example["value"] for example in given.get("examples", {}).values() if "value" in example]
    for value in (given.get("example"), *examples, *schema.get("enum", ()), *schema.get("examples", ())):
        if isinstance(value, str | int | float):
            yield str(value)


def test_both_stores_answer_alike(visitor: Visitor, other: Visitor, documents: Documents) -> None:
    urls = sorted({url for url in asked(visitor, documents) if not LEFT_OUT.search(url)})
    different = [url for url in urls if not _alike(visitor, other, url)]
    assert different == []
    assert len(urls) > 2000
    assert {200, 308, 400, 404} <= {visitor.get(url).status_code for url in urls[::3]}


def _alike(visitor: Visitor, other: Visitor, url: str) -> bool:
    """Whether both give the same answer, on the following pages too."""
    for _ in range(PAGES):
        first, second = answer(visitor, url), answer(other, url)
        if first != second:
            return False
        following = re.search(rb'"next":"(http://testserver[^"]+)"', first[2])
        if following is None:
            break
        url = following[1].decode()
    return True


def test_both_describe_themselves_alike(visitor: Visitor, other: Visitor) -> None:
    first, second = (_described(each.get("/openapi.json").content) for each in (visitor, other))
    assert first == second


def _described(body: bytes) -> Any:
    """What the OpenAPI document says; its examples are answers too."""
    return json.loads(FILE.sub(rb'"\1":null', body))
