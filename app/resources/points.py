"""Points in tables: whether a record has a point of its own."""

from app.vocabularies import load


def own_point(lat: float | None, lon: float | None, precision: str) -> bool:
    """False also where only the middle of a region or a country is known."""
    return lat is not None and lon is not None and load("place-precisions").terms[precision].point == "own"
