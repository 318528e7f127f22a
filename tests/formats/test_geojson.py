"""GeoJSON as RFC 7946 has it: every record is a feature, and one without a point of its own has a null geometry."""

from typing import Any

import pytest

from app.query.parameters import MAX_LIMIT
from app.resources import RESOURCES, by_name
from app.vocabularies import load
from contract.orders import Documents
from problems import problem
from visitor import BASE, Visitor

POINTED = [each.name for each in RESOURCES if each.point is not None]
OWN = {id for id, each in load("place-precisions").terms.items() if each.point == "own"}


def features(visitor: Visitor, name: str, **asked: Any) -> list[Any]:
    """All features of one page."""
    return list(visitor.data(f"/{name}", format="geojson", limit=MAX_LIMIT, **asked)["features"])


def valid(feature: Any) -> None:
    """Sections 3.2 and 4: longitude first, WGS 84, and nothing that a feature may not have."""
    assert (feature["type"], isinstance(feature["properties"], dict)) == ("Feature", True)
    assert isinstance(feature["id"], str)
    assert not {"coordinates", "geometries", "features"} & feature.keys()  # section 7.1
    if feature["geometry"] is not None:
        assert feature["geometry"].keys() == {"type", "coordinates"}
        assert feature["geometry"]["type"] == "Point"
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90


def test_places_and_events_have_points() -> None:
    assert POINTED == ["events", "places"]


@pytest.mark.parametrize("name", POINTED)
def test_a_page_is_a_feature_collection(visitor: Visitor, documents: Documents, name: str) -> None:
    answer = visitor.get(f"/{name}", format="geojson", limit=5)
    assert answer.headers["content-type"] == "application/geo+json"
    body = answer.json()
    assert body["type"] == "FeatureCollection"
    assert not {"coordinates", "geometries", "geometry", "properties"} & body.keys()  # section 7.1
    assert body.keys() == {"type", "features", "numberMatched", "numberReturned", "links", "release", "query"}
    assert (body["numberMatched"], body["numberReturned"]) == (len(documents[name]), len(body["features"]))
    for each in body["features"]:
        valid(each)
    assert {each["rel"] for each in body["links"]} == {"self", "first", "next", "permalink"}


@pytest.mark.parametrize("name", POINTED)
def test_the_properties_are_the_document(visitor: Visitor, documents: Documents, name: str) -> None:
    found = features(visitor, name, sort="id")
    assert [each["id"] for each in found] == [each["id"] for each in documents[name]]
    for each, document in zip(found, documents[name], strict=True):
        assert each["properties"] == {**document, "url": f"{BASE}/{name}/{document['id']}"}


@pytest.mark.parametrize("name", POINTED)
def test_only_a_point_of_its_own_is_drawn(visitor: Visitor, name: str) -> None:
    found = features(visitor, name)
    for each in found:
        place = each["properties"]
        for member in by_name(name).point or ():
            place = place[member] if place else None
        drawn = place is not None and place["lat"] is not None and place["precision"] in OWN
        assert each["geometry"] == ({"type": "Point", "coordinates": [place["lon"], place["lat"]]} if drawn else None)
    assert {each["geometry"] is None for each in found} == {True, False}


@pytest.mark.parametrize("name", POINTED)
def test_pages_can_be_walked(visitor: Visitor, documents: Documents, name: str) -> None:
    found, url = [], f"/{name}?format=geojson&limit=4&sort=id"
    while url:
        page = visitor.data(url)
        found += [each["id"] for each in page["features"]]
        url = next((each["href"] for each in page["links"] if each["rel"] == "next"), "")
    assert found == [each["id"] for each in documents[name]]


@pytest.mark.parametrize("name", POINTED)
def test_a_record_is_one_feature(visitor: Visitor, documents: Documents, name: str) -> None:
    for document in documents[name]:
        body = visitor.data(f"/{name}/{document['id']}", format="geojson")
        valid(body)
        assert body["id"] == document["id"]
        assert {"links", "release"} <= body.keys()


@pytest.mark.parametrize("name", [each.name for each in RESOURCES if each.point is None])
def test_records_that_cannot_have_a_point_are_refused(visitor: Visitor, documents: Documents, name: str) -> None:
    problem(visitor.get(f"/{name}", format="geojson"), 400, "not-with-this-format")
    problem(visitor.get(f"/{name}/{documents[name][0]['id']}", format="geojson"), 400, "not-with-this-format")


def test_a_list_below_a_record(visitor: Visitor) -> None:
    assert features(visitor, "places/mitrovica/events")
