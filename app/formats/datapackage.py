"""The Data Package of a release (https://datapackage.org, version 2): its tables with types, keys and descriptions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from typing_extensions import TypeAliasType

from app.formats.document_types import leaves
from app.formats.tables import Field, Table, tables
from app.query.reader import ReleaseInfo
from app.values.members import JsonObject, Members
from app.vocabularies import Term, load

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES: Mapping[object, str] = {bool: "boolean", int: "integer", float: "number"}  # whatever else there is, is text
NOT_IN_NAMES = re.compile(r"[^a-z0-9._-]+")
DAY = "http://www.w3.org/2001/XMLSchema#date"  # a text all the same: years may have more than four digits


def descriptor(info: ReleaseInfo, dossiers: Sequence[Members], curators: Sequence[str]) -> JsonObject:
    """Return the descriptor. Its paths are relative, so it is the same wherever the release is served."""
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": NOT_IN_NAMES.sub("-", f"onrecord-{info.label}".lower()),
        "id": info.id,
        "version": info.label,
        "title": "; ".join(dossier["title"] for dossier in dossiers),
        "description": " ".join(dossier["citation"] for dossier in dossiers),
        "created": f"{info.issued}T00:00:00Z",
        "licenses": [{"name": name} for name in dict.fromkeys(dossier["licence"] for dossier in dossiers)],
        "contributors": [{"title": name, "roles": ["creator"]} for name in dict.fromkeys(curators)],
        "resources": [_resource(table) for table in tables().values()],
    }


def _resource(table: Table) -> JsonObject:
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": f"tables/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": table.about,
        "schema": _schema(table),
    }


def _schema(table: Table) -> JsonObject:
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(table, field) for field in table.fields],
        "missingValues": [""],  # NA is Namibia
        "primaryKey": list(table.key),
        "foreignKeys": list(_foreign_keys(table)),
    }


def _field(table: Table, field: Field) -> JsonObject:
    described = {"name": field.name, "type": _type(field.member.annotation), "description": _about(field)}
    marks = {"rdfType": DAY} if field.member.is_day else {"categories": found} if (found := _categories(field)) else {}
    return described | marks | ({"constraints": {"required": True}} if field.name in table.key else {})


def _type(annotation: object) -> str:
    """Return the type of a member, looking through aliases, `Annotated` and what may be null."""
    if isinstance(annotation, TypeAliasType):
        return _type(annotation.__value__)
    if get_origin(annotation) in (Annotated, Union, UnionType):
        return _type(get_args(annotation)[0])
    return TYPES.get(annotation, "string")


def _about(field: Field) -> str:
    """Return what the field is, and where its terms are explained."""
    return " ".join((field.member.description, *(f"See /vocabularies/{name}." for name in _vocabularies(field))))


def _categories(field: Field) -> list[JsonObject]:
    """Return the terms that the release has for the field, own ones of dossiers too, with their labels."""
    return [
        {"value": term.id, "label": term.label} for name in _vocabularies(field) for term in load(name).terms.values()
    ]


def _vocabularies(field: Field) -> list[str]:
    return [leaf.vocabulary for leaf in leaves(field.member.annotation) if isinstance(leaf, Term)]


def _foreign_keys(table: Table) -> Iterator[JsonObject]:
    for field in table.fields:
        if field.table:
            other = {} if field.table == table.name else {"resource": field.table}  # the table itself is not named
            yield {"fields": [field.name], "reference": {**other, "fields": ["id"]}}
