"""Maps: a place is never drawn finer than it is known, disputed lines are dashed, labels have room."""

from itertools import combinations
from typing import Any

import pytest

from app.formats.html.locator import HEIGHT, WIDTH, Locator, _meet, _room, locator
from app.formats.html.outlines import cut, outlines
from app.values.points import Box
from app.vocabularies import load
from contract.orders import Documents

COUNTRIES = sorted({ring.code for ring in outlines().rings if ring.code})


def place(precision: str, **members: Any) -> dict[str, Any]:
    """A place as its document has it."""
    return {"label": "Somewhere", "lat": None, "lon": None, "country": None, "precision": precision} | members


def drawn(precision: str, **members: Any) -> Locator:
    """Its map."""
    found = locator(place(precision, **members))
    assert found is not None
    return found


@pytest.mark.parametrize("precision", load("place-precisions").terms)
def test_only_a_known_point_is_a_dot(precision: str) -> None:
    shown = drawn(precision, lat=42.88, lon=20.87, country="XK").drawing
    assert (shown.dot is not None) == (precision in ("exact", "town", "city"))
    assert (shown.ring is not None) == (precision == "near")
    assert bool(shown.area) == (precision in ("district", "region", "country"))


def test_a_region_is_a_ring_around_what_lies_in_it() -> None:
    inside = [place("town", lat=42.95, lon=20.7), place("city", lat=42.89, lon=20.87), place("region")]
    found = locator(place("region", country="XK"), inside)
    assert found is not None
    assert found.drawing.dot is None
    assert found.drawing.ring is not None
    assert "The ring is around what is known to lie in it, not where it ends." in found.words


def test_it_is_said_how_exactly_the_place_is_known() -> None:
    assert drawn("town", lat=1, lon=1).words.startswith("Somewhere. A town or village is known")
    assert drawn("region", country="XK").words.endswith("Of where, no more is drawn than Kosovo.")
    assert drawn("country", country="XK", status="disputed").words.endswith("It is disputed to whom it belongs.")


def test_without_point_and_country_there_is_no_map() -> None:
    assert locator(place("region")) is None
    assert locator(place("town")) is None


def test_the_line_between_serbia_and_kosovo_is_dashed() -> None:
    assert drawn("country", country="XK").drawing.disputed
    assert drawn("country", country="RS").drawing.disputed
    assert not drawn("country", country="PT").drawing.disputed


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_country_can_be_drawn(code: str) -> None:
    shown = drawn("country", country=code).drawing
    assert shown.area or shown.ring  # a ring around what is too small
    assert len(shown.land) + len(shown.area) + 2 * len(shown.disputed) < 14_000
    for label in shown.labels:
        left, top, right, bottom = _room(label)
        assert 0 <= left < right <= WIDTH
        assert 0 <= top < bottom <= HEIGHT
    assert not any(_meet(_room(one), _room(other)) for one, other in combinations(shown.labels, 2))


def test_every_place_of_the_dossiers_is_drawn_as_it_is_known(documents: Documents) -> None:
    for document in documents["places"]:
        found = locator(document)
        precision = load("place-precisions").terms[document["precision"]]
        if found and found.drawing.dot:
            assert (getattr(precision, "point", None), document["lat"] is not None) == ("own", True)


def test_the_inside_of_a_country_is_land() -> None:
    shown = drawn("city", lat=62, lon=95).drawing
    assert shown.land
    assert shown.dot == (WIDTH // 2, HEIGHT // 2)


def test_a_country_across_the_antimeridian_is_in_one_piece() -> None:
    box = outlines().box("FJ")
    assert box is not None
    assert box.east - box.west < 10
    assert drawn("town", lat=66, lon=-173).drawing.land  # Chukotka, west of the line


def test_a_ring_is_cut_at_the_box() -> None:
    ring = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    assert sorted(cut(ring, Box(1, 1, 2, 2))) == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert cut(ring, Box(5, 5, 6, 6)) == []
