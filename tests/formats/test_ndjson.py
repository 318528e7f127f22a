"""NDJSON: a JSON text a line, UTF-8, ended by a line feed, whatever the texts hold."""

import json

from app.resources.base import Resource
from registry import COLLECTIONS
from visitor import Visitor


@COLLECTIONS
def test_each_line_is_one_record(visitor: Visitor, resource: Resource) -> None:
    answer = visitor.get(f"/{resource.name}", format="ndjson")
    assert answer.headers["content-type"] == "application/x-ndjson"
    body = answer.content
    assert body.endswith(b"\n")
    assert b"\r" not in body
    found = [json.loads(each) for each in body.decode("utf-8").split("\n")[:-1]]
    assert len(found) == visitor.data(f"/{resource.name}", limit=0)["page"]["total"]
    assert all(each["kind"] == resource.kind for each in found)


def test_fields_make_flat_objects_with_values_of_json(visitor: Visitor) -> None:
    body = visitor.get("/claims", format="ndjson", fields="id,contested,speaker_actor_id,events,said_earliest").text
    found = [json.loads(each) for each in body.splitlines()]
    assert [list(each) for each in found] == [["id", "contested", "speaker_actor_id", "events", "said_earliest"]] * len(
        found
    )
    assert {each["contested"] for each in found} == {True, False}
    assert any(each["speaker_actor_id"] is None for each in found)
