"""The documents derived of a record: the matrix of an event and the coverage of a source, as the API gives them."""

from typing import Any

import pytest

from app.releases.sqlite import SqliteStore
from app.resources import MAIN, RESOURCES
from app.resources.base import Resource, Subdocument
from app.vocabularies import using
from contract.orders import Documents
from visitor import BASE, Visitor

BELOW = pytest.mark.parametrize(
    ("resource", "below"),
    [pytest.param(each, below, id=f"{each.name}-{below.path}") for each in MAIN for below in each.subdocuments],
)
STRIKE = "/events/hallvik-ferry-strike/matrix"
NOTE = "/sources/hallvik-observer-note/coverage"


def first(documents: Documents, resource: Resource) -> str:
    return str(documents[resource.name][0]["id"])


def test_there_is_a_matrix_and_a_coverage() -> None:
    assert {f"{each.name}/{below.path}" for each in MAIN for below in each.subdocuments} == {
        "events/matrix",
        "sources/coverage",
    }


@BELOW
def test_every_record_has_one_and_links_to_it(
    visitor: Visitor, store: SqliteStore, documents: Documents, resource: Resource, below: Subdocument
) -> None:
    for document in documents[resource.name]:
        home = f"{BASE}/{resource.name}/{document['id']}"
        url = visitor.data(home)["links"][below.path]
        answer = visitor.get(url)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        body = answer.json()
        assert list(body) == ["data", "links", "release"]
        assert body["links"] == {
            "self": f"{home}/{below.path}",
            "permalink": f"{home}/{below.path}?release={body['release']['id']}",
            "up": home,
        }
        assert body["data"][resource.kind] == {"id": document["id"], "label": document["label"]}
        with using(store.current().vocabularies):
            below.document.model_validate(body["data"])


@BELOW
def test_it_is_cached_and_pinned_as_a_record_is(
    visitor: Visitor, documents: Documents, resource: Resource, below: Subdocument
) -> None:
    url = f"/{resource.name}/{first(documents, resource)}/{below.path}"
    answer = visitor.get(url)
    assert answer.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=600"
    assert visitor.get(url, {"If-None-Match": answer.headers["etag"]}).status_code == 304
    pinned = visitor.get(answer.json()["links"]["permalink"])
    assert pinned.headers["cache-control"] == "public, max-age=86400"
    assert pinned.json()["data"] == answer.json()["data"]
    assert pinned.headers["etag"] == answer.headers["etag"]  # the same answer at another URL


@BELOW
def test_only_release_and_format_are_parameters(
    visitor: Visitor, documents: Documents, resource: Resource, below: Subdocument
) -> None:
    url = f"/{resource.name}/{first(documents, resource)}/{below.path}"
    assert visitor.data(url, format="json")["data"] == visitor.data(url)["data"]
    answer = visitor.get(url, limit=1, sort="id", format="xml")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert sorted(each["parameter"] for each in answer.json()["errors"]) == ["format", "limit", "sort"]
    assert visitor.get(url, {"Accept": "text/html"}).headers["content-type"] == "text/html; charset=utf-8"


@BELOW
def test_it_answers_for_its_record_first(visitor: Visitor, resource: Resource, below: Subdocument) -> None:
    for id in ("no-such-record", "abc!", "hallvik"):  # the last one is a place
        record, derived = (visitor.get(f"/{resource.name}/{id}{path}") for path in ("", f"/{below.path}"))
        assert (record.status_code, derived.status_code) == (404, 404)
        assert derived.headers["content-type"] == "application/problem+json"
        assert derived.json()["type"] == f"{BASE}/problems/not-found"


def test_a_former_id_leads_to_the_new_one_with_its_query(visitor: Visitor) -> None:
    answer = visitor.get("/events/hallvik-ferry-walkout/matrix?format=json")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"{BASE}{STRIKE}?format=json"


def test_a_removed_id_says_why(visitor: Visitor) -> None:
    answer = visitor.get("/events/hallvik-overtime-ban/matrix")
    assert (answer.status_code, answer.headers["content-type"]) == (410, "application/problem+json")
    assert "nobody carried out" in answer.json()["detail"]


@BELOW
def test_below_a_view_there_is_none(visitor: Visitor, resource: Resource, below: Subdocument) -> None:
    for view in (each for each in RESOURCES if each.view_of):
        assert visitor.get(f"/{view.name}/ingrid-solem/{below.path}").status_code == 404


def test_the_openapi_shows_both_with_examples(visitor: Visitor) -> None:
    openapi = visitor.data("/openapi.json")
    schemas = {"/events/{event_id}/matrix": "EventMatrix", "/sources/{source_id}/coverage": "SourceCoverage"}
    for path, schema in schemas.items():
        operation = openapi["paths"][path]["get"]
        content = operation["responses"]["200"]["content"]["application/json"]
        assert content["schema"] == {"$ref": f"#/components/schemas/{schema}"}
        assert content["example"]["data"]
        named, *others = operation["parameters"]
        assert [each["name"] for each in others] == ["release", "format"]
        assert visitor.data(path.format(**{named["name"]: named["example"]})) == content["example"]
        assert not [name for name in operation if name.startswith("x-")]


def cells(row: Any) -> dict[str, list[str]]:
    return {cell["voice"]: [each["claim"]["id"] for each in cell["claims"]] for cell in row["cells"]}


def test_the_matrix_of_the_strike(visitor: Visitor) -> None:
    data = visitor.data(STRIKE)["data"]
    assert data["speakers"] == [
        {"id": "hallvik-ferries", "label": "Hallvik Ferries", "voice": "hallvik-ferries", "narrated": False},
        {"id": "ingrid-solem", "label": "Ingrid Solem", "voice": "ingrid-solem", "narrated": False},
        {"id": "knut-arnesen", "label": "Knut Årnesen", "voice": "knut-arnesen", "narrated": False},
        {
            "id": "hallvik-observer-note",
            "label": "Note on the strike in Hallvik",
            "voice": "source:hallvik-observer-note",
            "narrated": True,
        },
    ]
    attendance, purpose, duration = data["rows"]
    assert attendance["aspect"] == {
        "id": "attendance",
        "question": "How many people were on the quay?",
        "measure": "attendance",
    }
    assert (attendance["gap"], attendance["disagreement"]) == (None, True)
    assert cells(attendance) == {
        "hallvik-ferries": ["ferries-80-on-the-quay"],
        "source:hallvik-observer-note": ["observer-300-on-the-quay"],
    }
    assert (purpose["gap"], purpose["disagreement"]) == (None, False)
    assert cells(purpose) == {
        "ingrid-solem": ["solem-strike-about-wages"],
        "knut-arnesen": ["arnesen-strike-about-wages"],
    }
    assert (duration["gap"], duration["cells"]) == ("Nobody says when the ferries ran again.", [])


def test_a_claim_in_the_matrix_says_how_it_is_meant(visitor: Visitor) -> None:
    row = visitor.data(STRIKE)["data"]["rows"][0]
    assert row["cells"][0]["claims"] == [
        {
            "claim": {"id": "ferries-80-on-the-quay", "label": "Hallvik Ferries: No more than 80 people came."},
            "text": "No more than 80 people came.",
            "layer": "text",
            "pinned": True,
            "type": "denial",
            "modality": "asserted",
            "quote": "none",
            "said": None,
            "figures": [
                {
                    "measure": "attendance",
                    "unit": "{person}",
                    "low": None,
                    "value": None,
                    "high": 80,
                    "approximate": False,
                    "as_of": None,
                }
            ],
            "contested": True,
            "superseded": False,
        }
    ]


def test_claims_that_name_no_aspect_are_in_a_row_of_their_own(visitor: Visitor) -> None:
    [row] = visitor.data("/events/hallvik-ramp-blockade/matrix")["data"]["rows"]
    assert (row["aspect"], row["gap"], row["disagreement"]) == (None, None, False)
    assert cells(row) == {"source:hallvik-observer-note": ["observer-rope-across-the-ramp"]}


def test_the_coverage_of_the_note(visitor: Visitor, documents: Documents) -> None:
    data = visitor.data(NOTE)["data"]
    [note] = [each for each in documents["sources"] if each["id"] == "hallvik-observer-note"]
    assert (data["length"], data["share"]) == (note["coverage"]["length"], note["coverage"]["share"])
    shown = [(each["start"], each["end"], each["paragraph"], each["status"]) for each in data["passages"]]
    assert shown == [
        (0, 50, 1, "unclaimed"),
        (50, 84, 1, "claimed"),
        (84, 90, 1, "unclaimed"),
        (90, 150, 1, "claimed"),
        (150, 151, 1, "unclaimed"),
        (153, 191, 2, "unclaimed"),
        (191, 215, 2, "claimed"),
        (215, 218, 2, "unclaimed"),
        (218, 252, 2, "claimed"),
        (252, 340, 2, "unclaimed"),
        (340, 372, 2, "claimed"),
        (372, 422, 2, "unclaimed"),
        (424, 466, 3, "furniture"),
    ]
    assert data["passages"][1]["claims"] == [
        {
            "id": "observer-300-on-the-quay",
            "label": "Hallvik Observer, in its own voice: About 300 people stood on the quay.",
        }
    ]
    assert [each["reason"] for each in data["passages"][-2:]] == [None, "A contact line."]


def test_a_source_without_its_text_has_no_passages(visitor: Visitor) -> None:
    assert visitor.data("/sources/hallvik-harbour-minutes/coverage")["data"] == {
        "source": {"id": "hallvik-harbour-minutes", "label": "Minutes of the harbour board of Hallvik"},
        "length": None,
        "share": None,
        "passages": [],
    }


def test_the_matrix_holds_the_claims_of_the_event(visitor: Visitor, documents: Documents) -> None:
    for event in documents["events"]:
        data = visitor.data(f"/events/{event['id']}/matrix")["data"]
        listed = [id for row in data["rows"] for ids in cells(row).values() for id in ids]
        about = [each["id"] for each in documents["claims"] if event["id"] in [on["id"] for on in each["events"]]]
        assert sorted(listed) == about
        assert {row["aspect"]["id"]: row["gap"] for row in data["rows"] if row["aspect"] and row["gap"]} == {
            each["aspect"]: each["reason"] for each in event["gaps"]
        }


def test_the_passages_add_up_to_the_coverage_of_the_source(visitor: Visitor, documents: Documents) -> None:
    for source in (each for each in documents["sources"] if each["coverage"]):
        data = visitor.data(f"/sources/{source['id']}/coverage")["data"]
        sums = dict.fromkeys(("claimed", "furniture", "unclaimed"), 0)
        for each in data["passages"]:
            sums[each["status"]] += each["end"] - each["start"]
        assert sums == {name: source["coverage"][name] for name in sums}
