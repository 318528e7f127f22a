"""Points that lie far from where they should: latitude and longitude swapped, or both nought."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.written import Written
from app.values.points import great_circle_km

Point = tuple[float, float]  # latitude, longitude

FAR = 1000  # km from the nearest other place of the country, if swapping brings it near
VERY_FAR = 6000  # km, whatever swapping does: more than any country measures from its nearest place
NEAR = 4  # times nearer


def null_points(draft: Draft) -> Iterator[Finding]:
    """0, 0 is in the Gulf of Guinea, and mostly stands for no point at all."""
    for written in draft.of("place"):
        if written.entry.lat == 0 and written.entry.lon == 0:
            yield written.finding("null-point", ("lat",), "the point is 0, 0, in the sea off Africa")


def far_points(draft: Draft) -> Iterator[Finding]:
    """A point far from those of all other places of its country, most of all where the two numbers look swapped."""
    for places in _by_country(draft).values():
        for written in places if len(places) > 2 else places[1:]:  # of two, the first stands
            if _is_alone(written, places):
                others = (place.entry for place in places if place is not written)
                yield from _far(written, [(other.lat, other.lon) for other in others])


def _by_country(draft: Draft) -> Mapping[str, Sequence[Written]]:
    found: dict[str, list[Written]] = defaultdict(list)
    for written in draft.of("place"):
        place = written.entry
        if place.country and place.lat is not None and place.lon is not None:
            found[place.country].append(written)
    return found


def _is_alone(written: Written, places: Sequence[Written]) -> bool:
    """Whether no other place is near; for nearly all, one of the first that are looked at is."""
    lat, lon = written.entry.lat, written.entry.lon
    others = (place.entry for place in places if place is not written)
    return not any(great_circle_km(lat, lon, other.lat, other.lon) <= FAR for other in others)


def _far(written: Written, others: Sequence[Point]) -> Iterator[Finding]:
    lat, lon, country = written.entry.lat, written.entry.lon, written.entry.country
    away = _nearest(lat, lon, others)
    swapped = _nearest(lon, lat, others) if abs(lon) <= 90 else away
    message = f"the point is {away:.0f} km from the nearest other place of {country}"
    if away > FAR and swapped * NEAR < away:
        cure = f"swap them: lat: {lon:g}, lon: {lat:g}"
        yield written.finding("point-far-away", ("lat",), f"{message}; with lat and lon swapped {swapped:.0f}", cure)
    elif away > VERY_FAR:
        yield written.finding("point-far-away", ("lat",), message)


def _nearest(lat: float, lon: float, others: Sequence[Point]) -> float:
    return min(great_circle_km(lat, lon, *other) for other in others)
