"""The models and the paths are those of the OpenAPI document, and a newer server does not break them."""

from importlib.util import find_spec
from typing import Any

import pytest

from generate_models import MODELS, generate
from onrecord_client import Client, Event, Page
from onrecord_client.endpoints import Endpoint, Lists, ListsOf
from onrecord_client.paths import Paths

DECLARED = {name: each for name, each in vars(Paths).items() if isinstance(each, Endpoint)}
ELSEWHERE = {
    "/",
    "/healthz",
    "/readyz",
    "/problems",
    "/problems/{id}",
    "/openapi.json",
    "/docs",
}  # nothing to read as a record


@pytest.mark.skipif(not find_spec("datamodel_code_generator"), reason="datamodel-code-generator is not installed")
def test_the_models_are_those_of_the_openapi_document(openapi: Any) -> None:
    assert MODELS.read_text("utf-8") == generate(openapi), "run: python client/generate_models.py docs/openapi.json"


def test_every_path_with_documents_is_declared(openapi: Any) -> None:
    given = {path: item["get"] for path, item in openapi["paths"].items() if "get" in item}
    json = {path for path, each in given.items() if "application/json" in each["responses"]["200"].get("content", {})}
    told = {path.replace("{name}", "{id}").replace("{release}", "{id}").replace("{slug}", "{id}") for path in json}
    assert {each.path for each in DECLARED.values()} == {path for path in told - ELSEWHERE if "." not in path}


def test_release_is_sent_where_a_path_takes_it(openapi: Any) -> None:
    for each in DECLARED.values():
        path = each.path if each.path in openapi["paths"] else None
        if path:
            names = [parameter["name"] for parameter in openapi["paths"][path]["get"]["parameters"]]
            assert each.pinned == ("release" in names), path


@pytest.mark.parametrize("name", [name for name, each in DECLARED.items() if isinstance(each, Lists | ListsOf)])
def test_a_page_has_every_member_of_its_envelope(openapi: Any, name: str) -> None:
    answer = openapi["paths"][DECLARED[name].path]["get"]["responses"]["200"]["content"]["application/json"]
    envelope = openapi["components"]["schemas"][answer["schema"]["$ref"].rpartition("/")[2]]
    assert set(Page.model_fields) >= set(envelope["properties"])
    assert {key for key, each in Page.model_fields.items() if each.is_required()} == set(envelope["required"])


def test_new_members_and_terms_are_read(client: Client) -> None:
    event = next(iter(client.events()))
    newer = Event.model_validate({**event.model_dump(by_alias=True), "type": "never-heard-of", "mood": "calm"})
    assert newer.type == "never-heard-of"
    assert newer.model_extra == {"mood": "calm"}
