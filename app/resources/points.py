"""Points in tables: where a record lies on the unit sphere, if it has a point of its own."""

from app.values.points import unit_vector
from app.vocabularies.vocabulary import load


def own_point(lat: float | None, lon: float | None, precision: str) -> dict[str, float]:
    """The values of `x`, `y` and `z`; none where only a region or a country is known."""
    if lat is None or lon is None or load("place-precisions").terms[precision].point != "own":
        return {}
    return dict(zip("xyz", unit_vector(lat, lon), strict=True))
