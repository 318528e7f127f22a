"""Boxes and circles: what lies inside, across the antimeridian and at the poles, and what has no point of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.main import create_app
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from derive.tiny import corpus, entry
from visitor import Visitor

PLACES = {
    "mitrovica": (42.88333, 20.86667, "city"),
    "suva": (-18.1416, 178.4419, "town"),
    "taveuni": (-16.8, -179.97, "exact"),
    "north-pole": (90.0, 0.0, "exact"),
    "near-the-pole": (89.9, 180.0, "near"),
    "kosovo": (42.66667, 21.16667, "country"),  # a centroid is no point of its own
    "district-with-a-point": (42.9, 20.9, "district"),
    "north-kosovo": (None, None, "region"),
}
RADII = {"a-valley": (47.0, 8.0, "district", 30.0), "fiji": (-17.8, 179.9, "region", 250.0)}


@pytest.fixture(scope="module")
def globe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The app before a store of these places, an event at each, and one at no place."""
    places = [entry(PlaceEntry, id, lat=lat, lon=lon, precision=how) for id, (lat, lon, how) in PLACES.items()]
    events = [entry(EventEntry, f"at-{id}", place=id) for id in PLACES]
    folder = tmp_path_factory.mktemp("globe")
    everything = corpus(entry(DossierEntry, "dossier"), *places, *events, entry(EventEntry, "nowhere"))
    publish_release(SqliteStore(folder), plan(everything))
    with Visitor(create_app(Settings(store=folder))) as made:
        yield made


@pytest.fixture(scope="module")
def circles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The app before a store of places that are known to some kilometres, an event at each."""
    places = [
        entry(PlaceEntry, id, lat=lat, lon=lon, precision=how, uncertainty_km=km)
        for id, (lat, lon, how, km) in RADII.items()
    ]
    events = [entry(EventEntry, f"at-{id}", place=id) for id in RADII]
    folder = tmp_path_factory.mktemp("circles")
    publish_release(SqliteStore(folder), plan(corpus(entry(DossierEntry, "dossier"), *places, *events)))
    with Visitor(create_app(Settings(store=folder))) as made:
        yield made


def found(visitor: Visitor, **parameters: Any) -> set[str]:
    """The places that match; the events at them have to be the same."""
    places = {each["id"] for each in visitor.data("/places", **parameters)["data"]}
    events = {each["id"] for each in visitor.data("/events", **parameters)["data"]}
    assert events == {f"at-{id}" for id in places}
    return places


@pytest.mark.parametrize(
    ("box", "inside"),
    [
        ("20,42,21,43", {"mitrovica"}),
        ("20.86667,42.88333,20.86667,42.88333", {"mitrovica"}),
        ("20.87,42,21,43", set()),
        ("-180,-90,180,90", {"mitrovica", "suva", "taveuni", "north-pole", "near-the-pole"}),
        ("178,-20,-179,-10", {"suva", "taveuni"}),
        ("179,-20,-179,-10", {"taveuni"}),
        ("-179.98,-20,179,-10", {"suva", "taveuni"}),
        ("0,90,0,90", {"north-pole"}),
        ("-180,80,-170,89.95", {"near-the-pole"}),  # on the meridian 180, which is -180 too
        ("-10,89.5,180,89.95", {"near-the-pole"}),
        ("-179,80,-170,89.95", set()),
        ("100,89.95,110,90", {"north-pole"}),  # where all meridians meet
        ("100,80,110,89.99", set()),
    ],
)
def test_boxes(globe: Visitor, box: str, inside: set[str]) -> None:
    assert found(globe, bbox=box) == inside


@pytest.mark.parametrize(
    ("circle", "inside"),
    [
        ("20.86667,42.88333,0.1", {"mitrovica"}),
        ("21.16667,42.66667,30", set()),
        ("21.16667,42.66667,40", {"mitrovica"}),
        ("180,-17.4,150", {"taveuni"}),
        ("180,-17.4,250", {"suva", "taveuni"}),
        ("90,89.95,13", {"north-pole", "near-the-pole"}),
        ("-159.13333,-42.88333,20015", {"suva", "taveuni", "north-pole", "near-the-pole"}),
        ("-159.13333,-42.88333,20016", {"mitrovica", "suva", "taveuni", "north-pole", "near-the-pole"}),
    ],
)
def test_circles(globe: Visitor, circle: str, inside: set[str]) -> None:
    assert found(globe, near=circle) == inside


def test_a_place_without_a_point_of_its_own_is_null(globe: Visitor) -> None:
    no_point = {"kosovo", "district-with-a-point", "north-kosovo"}
    assert {each["id"] for each in globe.data("/places", filter="bbox IS NULL")["data"]} == no_point
    events = {each["id"] for each in globe.data("/events", filter="near IS NULL")["data"]}
    assert events == {"nowhere", *(f"at-{id}" for id in no_point)}
    outside = {each["id"] for each in globe.data("/places", filter="NOT bbox = '-180,-90,180,90'")["data"]}
    assert outside == no_point


def test_how_exactly_the_place_is_known(globe: Visitor) -> None:
    body = globe.data("/events", place_precision="region,district")
    assert [each["id"] for each in body["data"]] == ["at-district-with-a-point", "at-north-kosovo"]
    assert globe.data("/events", filter="place_precision IS NULL")["page"]["total"] == 1


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("bbox", "20,42,21", "west,south,east,north"),
        ("bbox", "20,42,21,43,44", "west,south,east,north"),
        ("bbox", "20,43,21,42", "south is above north"),
        ("bbox", "42,20,43,121", "latitude 121"),
        ("bbox", "181,0,182,1", "longitude 181"),
        ("bbox", "a,b,c,d", "west,south,east,north"),
        ("near", "20.9,42.9", "lon,lat,km"),
        ("near", "20.9,42.9,0", "km is above 0"),
        ("near", "20.9,42.9,20017", "at most 20016"),
        ("near", "42.9,120.9,5", "longitude comes first"),
        ("near", "20.9,42.9,1e3", "lon,lat,km"),
        ("near", "nan,0,1", "lon,lat,km"),
    ],
)
def test_what_is_refused_and_why(globe: Visitor, name: str, value: str, says: str) -> None:
    answer = globe.get("/events", **{name: value})
    assert answer.status_code == 400
    assert (answer.json()["errors"][0]["parameter"], says in answer.json()["detail"]) == (name, True), answer.text


def test_two_circles_that_look_alike_are_two_questions(globe: Visitor) -> None:
    """They differ in the last digit that a number keeps."""
    one, other = "20.86667,42.88333,0.1000000000000001", "20.86667,42.88333,0.10000000000000012"
    tags = {globe.get("/events", near=each).headers["etag"] for each in (one, other)}
    assert len(tags) == 2


def test_both_are_told_back(globe: Visitor) -> None:
    told = globe.data("/events", near="20.86667,42.88333,50", bbox="179,-20,-179,-10")["query"]
    assert told["parameters"]["near"] == {"lon": 20.86667, "lat": 42.88333, "km": 50}
    assert told["parameters"]["bbox"] == {"west": 179, "south": -20, "east": -179, "north": -10}
    assert "at a point within 50 km of longitude 20.86667, latitude 42.88333" in told["text"]
    assert "between the longitudes 179 to -179 and the latitudes -20 to -10" in told["text"]


@pytest.mark.parametrize(
    ("asked", "inside"),
    [
        ({"near": "8,47,1"}, {"a-valley"}),
        ({"near": "8,47.3,4"}, {"a-valley"}),  # 33 km away: its edge is 3 km away
        ({"near": "8,47.3,3"}, set()),
        ({"near": "8,47.01,0.5"}, {"a-valley"}),  # wholly inside the circle that it may lie in
        ({"bbox": "7.9,47.2,8.1,48"}, {"a-valley"}),
        ({"bbox": "7.9,47.3,8.1,48"}, set()),
        ({"bbox": "-179,-20,-177,-16"}, {"fiji"}),  # its circle reaches across the antimeridian
        ({"bbox": "-177,-20,-175,-16"}, set()),
        ({"bbox": "100,-90,110,-80"}, set()),  # a box at a pole, which no circle reaches
        ({"bbox": "-180,-90,180,90"}, {"a-valley", "fiji"}),
    ],
)
def test_a_point_with_a_radius_matches_where_it_may_be(
    circles: Visitor, asked: dict[str, str], inside: set[str]
) -> None:
    assert found(circles, **asked) == inside


def test_a_radius_is_part_of_every_answer(circles: Visitor) -> None:
    place = circles.data("/places/a-valley")["data"]
    assert (place["lat"], place["lon"], place["uncertainty_km"], place["precision"]) == (47, 8, 30, "district")
    assert circles.data("/events/at-a-valley")["data"]["place"]["uncertainty_km"] == 30
    assert circles.data("/places", filter="near IS NULL")["data"] == []

    feature = circles.get("/places/a-valley", format="geojson").json()
    assert feature["geometry"] == {"type": "Point", "coordinates": [8.0, 47.0]}
    assert feature["properties"]["uncertainty_km"] == 30
    rows = circles.get("/events", format="csv").text.splitlines()
    assert rows[1].split(",")[rows[0].split(",").index("place_uncertainty_km")] in ("30", "30.0")
    assert "It lies within 30 km of the middle." in circles.get("/places/a-valley", format="html").text
    linked = circles.get("/places/a-valley", format="jsonld").json()["data"]
    assert (linked["geo"]["lat"], linked["uncertainty_km"]) == (47, 30)
