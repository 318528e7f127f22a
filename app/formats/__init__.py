"""The contents: every format, in the order of our preference where the client has none."""

from app.formats.base import Derived, Export, Format, Listing, Record
from app.formats.csv import csv
from app.formats.geojson import geojson
from app.formats.html import html
from app.formats.json import json
from app.formats.jsonld import jsonld
from app.formats.ndjson import ndjson

FORMATS: dict[str, Format] = {format.name: format for format in (json, csv, ndjson, geojson, jsonld, html)}

__all__ = ["FORMATS", "Derived", "Export", "Format", "Listing", "Record"]
