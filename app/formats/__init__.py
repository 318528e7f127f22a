"""The contents: every representation, in our order of preference."""

from app.formats.base import Format, Listing, Record
from app.formats.json import json

FORMATS: dict[str, Format] = {each.name: each for each in (json,)}

__all__ = ["FORMATS", "Format", "Listing", "Record"]
