"""Places: a point where one is known and none for a region, and no place within itself."""

from collections.abc import Iterator

from app.dossier.checks.circles import circles
from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.written import Written
from app.vocabularies import load


def points(draft: Draft) -> Iterator[Finding]:
    """Whether a place has a point is said by its precision; a country may have one that stands for it."""
    drawn = load("place-precisions").terms
    for written in draft.of("place"):
        yield from _point(written, drawn[written.entry.precision].point)


def enclosures(draft: Draft) -> Iterator[Finding]:
    """No place lies within itself, directly or by way of others."""
    places = (written for written in draft.by_id.values() if written.kind == "place")
    for circle in circles({place.id: place.text("within") for place in places if place.text("within")}):
        way = " lies within ".join(f"'{id}'" for id in (*circle, circle[0]))
        yield draft.by_id[circle[0]].finding("place-cycle", ("within",), way)


def _point(written: Written, drawn: str | None) -> Iterator[Finding]:
    place = written.entry
    given = [name for name in ("lat", "lon") if getattr(place, name) is not None]
    if len(given) == 1:
        yield written.finding("half-a-point", (given[0],), f"there is {given[0]} only")
    if place.uncertainty_km is not None and not given:
        yield written.finding(
            "radius-without-point", ("uncertainty_km",), "there is a radius, and no point it is around"
        )
    if given and drawn == "none" and place.uncertainty_km is None:
        message = f"there is a point, and precision '{place.precision}' says that only an area is known"
        yield written.finding("point-for-region", (given[0],), message)
    if not given and drawn == "own":
        message = f"precision '{place.precision}' says that a point is known, and there is none"
        yield written.finding("point-missing", ("precision",), message)
