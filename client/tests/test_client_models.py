"""The models and the methods are those of the OpenAPI document, and a newer server does not break them."""

import inspect
from importlib.util import find_spec
from typing import Any, get_type_hints

import httpx
import pytest

from generate_models import PACKAGE, generate, nouns
from generate_paths import Method, methods
from methods import LISTS, METHODS
from onrecord_client import AsyncClient, Client, Event, Page, UnexpectedAnswer, parameters
from onrecord_client.parameters import EventsParameters
from onrecord_client.values import Several

# nothing to read as a record
ELSEWHERE = {"/", "/healthz", "/readyz", "/problems", "/problems/{slug}", "/openapi.json", "/docs"}


@pytest.fixture(scope="session")
def declared(openapi: Any) -> dict[str, Method]:
    """What the OpenAPI document says of each method."""
    return {each.name: each for each in methods(openapi, nouns(openapi))}


@pytest.mark.skipif(not find_spec("datamodel_code_generator"), reason="datamodel-code-generator is not installed")
def test_the_modules_are_those_of_the_openapi_document(openapi: Any) -> None:
    for name, source in generate(openapi).items():
        assert (PACKAGE / name).read_text("utf-8") == source, "run: python client/generate_models.py"


def test_every_path_with_documents_is_a_method(openapi: Any, declared: dict[str, Method]) -> None:
    given = {path: item["get"]["responses"]["200"].get("content", {}) for path, item in openapi["paths"].items()}
    json = {path for path, content in given.items() if "application/json" in content and "." not in path}
    assert {each.path for each in declared.values()} == json - ELSEWHERE
    assert list(declared) == list(METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_asks_its_path_and_sends_what_it_takes(name: str, declared: dict[str, Method]) -> None:
    asked: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        return httpx.Response(404)

    method = declared[name]
    transport = httpx.MockTransport(answer)
    with (
        Client("http://onrecord.test", transport=transport, release="2019.1") as client,
        pytest.raises(UnexpectedAnswer, match="answered 404"),
    ):
        _ = getattr(client, name)(*["x/y"] * len(method.ids), newer="term").total
    [url] = asked
    assert url.raw_path.partition(b"?")[0].decode() == method.path.replace(f"{{{''.join(method.ids)}}}", "x%2Fy")
    assert dict(url.params) == {"newer": "term"} | ({"release": "2019.1"} if "release" in method.takes else {})


@pytest.mark.parametrize("name", LISTS)
def test_a_page_has_every_member_of_its_envelope(name: str, openapi: Any, declared: dict[str, Method]) -> None:
    answer = openapi["paths"][declared[name].path]["get"]["responses"]["200"]["content"]["application/json"]
    envelope = openapi["components"]["schemas"][answer["schema"]["$ref"].rpartition("/")[2]]
    assert set(Page.model_fields) >= set(envelope["properties"])
    assert {key for key, each in Page.model_fields.items() if each.is_required()} == set(envelope["required"])


def test_what_a_list_takes_is_typed(declared: dict[str, Method]) -> None:
    hints = get_type_hints(EventsParameters)
    assert set(hints) == set(declared["events"].takes) > {"type", "near", "limit"}
    assert "format" not in hints
    assert hints["type"] == Several
    assert parameters.ClaimsParameters.__annotations__["with_"] == Several
    assert parameters.SearchParameters.__required_keys__ == {"q"}


@pytest.mark.parametrize("name", METHODS)
def test_a_method_tells_what_it_takes(name: str, declared: dict[str, Method]) -> None:
    for client in (Client, AsyncClient):
        told = inspect.getdoc(getattr(client, name)) or ""
        assert told.startswith(declared[name].summary)
        assert [each for each in declared[name].takes if f"\n{each}: " not in told] == []


def test_new_members_and_terms_are_read(client: Client) -> None:
    event = next(iter(client.events()))
    newer = Event.model_validate({**event.model_dump(by_alias=True), "type": "never-heard-of", "mood": "calm"})
    assert newer.type == "never-heard-of"
    assert newer.model_extra == {"mood": "calm"}
