"""JSON Schemas of the files that curators write, so that an editor completes and checks while one types."""

from collections.abc import Iterator, Mapping
from functools import cache

from pydantic import TypeAdapter

from app.dossier.layout import DOSSIER, REMOVED, VOCABULARIES
from app.dossier.written import RemovedEntry
from app.entries import ENTRIES
from app.entries.base import Part
from app.entries.terms import OPEN, OwnTerm
from app.values.members import JsonObject
from app.vocabularies import Vocabulary, vocabularies

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def schemas() -> Mapping[str, JsonObject]:
    """The schemas by the name of the file: `dossier` is one entry, every other one a list of entries."""
    found = {model.collection: _list(model.collection.capitalize(), model) for model in ENTRIES.values()}
    dossier = ENTRIES[DOSSIER]
    del found[dossier.collection]
    return found | {
        DOSSIER: _schema(dossier.collection.capitalize(), TypeAdapter(dossier)),
        REMOVED: _list("Removed records", RemovedEntry),
        VOCABULARIES: _vocabularies(),
    }


def _vocabularies() -> JsonObject:
    """A list of terms under the name of each vocabulary that takes some, which is no member of them."""
    made = TypeAdapter(OwnTerm).json_schema(mode="validation", ref_template="#/$defs/{model}")
    term = {**made, "required": [name for name in made["required"] if name != "vocabulary"]}
    term["properties"] = {name: member for name, member in made["properties"].items() if name != "vocabulary"}
    lists = {name: {"type": "array", "items": {"$ref": "#/$defs/OwnTerm"}} for name in OPEN}
    head = {"$schema": DIALECT, "title": "Own terms", "type": "object", "additionalProperties": False}
    return {**head, "properties": lists, "$defs": {"OwnTerm": term}}


def _list(title: str, model: type[Part]) -> JsonObject:
    return _schema(title, TypeAdapter(list[model]))  # type: ignore[valid-type]  # a type known at run time


def _schema(title: str, adapter: TypeAdapter[object]) -> JsonObject:
    schema = {"$schema": DIALECT, "title": title, **adapter.json_schema(mode="validation")}
    known = {vocabulary.title: vocabulary for vocabulary in vocabularies().values()}
    for named, node in _enums(schema, ""):
        if named in known:
            node["enumDescriptions"] = _definitions(known[named], node["enum"])
    return schema


def _definitions(vocabulary: Vocabulary, terms: list[str]) -> list[str]:
    """What editors show beside each term: yaml-language-server and VS Code read `enumDescriptions`."""
    return [f"{vocabulary.terms[term].label}: {vocabulary.terms[term].definition}" for term in terms]


def _enums(schema: object, title: str) -> Iterator[tuple[str, JsonObject]]:
    """Every list of terms, with its title or that of what it is one choice of."""
    if isinstance(schema, dict):
        title = schema["title"] if isinstance(schema.get("title"), str) else title
        if isinstance(schema.get("enum"), list):
            yield title, schema
        for inner in schema.values():
            yield from _enums(inner, title)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _enums(inner, title)
