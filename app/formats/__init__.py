"""The contents: every format, in the order of our preference where the client has none."""

from app.formats.atom import atom
from app.formats.base import Derived, Export, Format, Listing, Record
from app.formats.bibtex import bibtex
from app.formats.csljson import csljson
from app.formats.csv import csv
from app.formats.geojson import geojson
from app.formats.html import html
from app.formats.json import json
from app.formats.jsonld import jsonld
from app.formats.ndjson import ndjson
from app.formats.ris import ris
from app.formats.xlsx import xlsx

CONTENTS = (json, csv, ndjson, xlsx, geojson, jsonld, html, atom, bibtex, ris, csljson)
FORMATS: dict[str, Format] = {format.name: format for format in CONTENTS}

__all__ = ["FORMATS", "Derived", "Export", "Format", "Listing", "Record"]
