"""JSON Schemas of the files that curators write, so that an editor completes and checks while one types."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from app.dossier.written import RemovedEntry
from app.resources import MAIN, by_kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def schemas() -> Mapping[str, dict[str, Any]]:
    """By the name of the file: `dossier` is one entry, every other one a list of entries."""
    found = {each.name: _list(each.title, each.entry) for each in MAIN if each.kind != "dossier"}
    dossier = by_kind("dossier")
    return found | {"dossier": _schema(dossier.title, dossier.entry), "removed": _list("Removed records", RemovedEntry)}


def _list(title: str, model: Any) -> dict[str, Any]:
    return _schema(title, list[model])


def _schema(title: str, model: Any) -> dict[str, Any]:
    return {"$schema": DIALECT, "title": title, **TypeAdapter(model).json_schema(mode="validation")}
