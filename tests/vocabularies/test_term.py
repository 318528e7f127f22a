"""A term is a checked string: membership, the nearest right word, and a named schema."""

from typing import get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from typing_extensions import TypeAliasType

import app.vocabularies
from app.vocabularies import Country, EventMode, EventType, Layer, Term, UnknownTerm, load, names

ALIASES = {name: value for name, value in vars(app.vocabularies).items() if isinstance(value, TypeAliasType)}


class Happening(BaseModel):
    """Stands for any entry that names terms."""

    type: EventType
    modes: list[EventMode] = []
    country: Country | None = None


def term_of(alias: TypeAliasType) -> Term:
    base, term = get_args(alias.__value__)
    assert base is str
    assert isinstance(term, Term)
    return term


def shout(word: EventType) -> str:
    return word.upper()  # mypy: a named type is a str


def test_every_vocabulary_is_used_by_exactly_one_named_type() -> None:
    assert sorted(term_of(alias).vocabulary for alias in ALIASES.values()) == list(names())


def test_every_named_type_is_exported_under_its_own_name() -> None:
    assert all(alias.__name__ == name for name, alias in ALIASES.items())
    assert set(ALIASES) < set(app.vocabularies.__all__)


def test_a_term_of_the_vocabulary_passes_as_it_is() -> None:
    assert Term("event-types").check("coerce") == "coerce"
    happening = Happening(type="coerce", modes=["arrest"], country="NO")
    assert happening.model_dump() == {"type": "coerce", "modes": ["arrest"], "country": "NO"}
    assert shout(happening.type) == "COERCE"


def test_an_unknown_term_names_the_nearest() -> None:
    with pytest.raises(UnknownTerm) as caught:
        Term("event-types").check("Coerse")
    assert str(caught.value) == "'Coerse' is no term of event-types; did you mean 'coerce'?"
    assert caught.value.nearest == "coerce"
    assert caught.value.values == tuple(load("event-types").terms)


def test_a_word_near_to_nothing_gets_no_suggestion() -> None:
    with pytest.raises(UnknownTerm) as caught:
        Term("event-types").check("zzzz")
    assert caught.value.nearest is None
    assert str(caught.value) == "'zzzz' is no term of event-types"


@pytest.mark.parametrize("word", ["COERCE", "coerce ", "", "{nearest}"])
def test_a_term_is_matched_exactly(word: str) -> None:
    with pytest.raises(UnknownTerm):
        Term("event-types").check(word)


def test_pydantic_reports_every_unknown_term_with_its_nearest() -> None:
    with pytest.raises(ValidationError) as caught:
        Happening(type="agre", modes=["arrest", "{x}"], country="no")
    errors = {error["loc"]: error for error in caught.value.errors()}
    assert {error["type"] for error in errors.values()} == {"unknown_term"}
    assert errors["type",]["msg"] == "'agre' is no term of event-types; did you mean 'agree'?"
    assert errors["modes", 1]["msg"] == "'{x}' is no term of event-modes"
    assert errors["modes", 1]["ctx"]["nearest"] is None
    assert errors["country",]["ctx"]["nearest"] == "NO"
    assert errors["country",]["ctx"]["vocabulary"] == "countries"


def test_what_is_no_string_is_no_term() -> None:
    with pytest.raises(ValidationError) as caught:
        Happening.model_validate({"type": False})
    assert caught.value.errors()[0]["type"] == "string_type"


def test_a_named_type_is_a_named_component_with_its_enum_in_file_order() -> None:
    schema = Happening.model_json_schema()
    assert schema["properties"]["type"] == {"$ref": "#/$defs/EventType"}
    assert schema["properties"]["modes"]["items"] == {"$ref": "#/$defs/EventMode"}
    component = schema["$defs"]["EventType"]
    assert (component["type"], component["title"]) == ("string", "Event types")
    assert component["anyOf"][0]["enum"] == list(load("event-types").terms)
    assert "EventType" in TypeAdapter(list[EventType]).json_schema()["$defs"]


def test_what_is_written_may_be_an_own_term_where_the_vocabulary_is_open() -> None:
    open_, closed = TypeAdapter(EventType), TypeAdapter(Layer)
    assert open_.json_schema()["anyOf"][1] == {"pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"}
    assert open_.json_schema(mode="serialization")["enum"] == list(load("event-types").terms)
    assert closed.json_schema()["enum"] == ["text", "background"]


def test_countries_have_a_pattern_instead_of_an_enum() -> None:
    component = Happening.model_json_schema()["$defs"]["Country"]
    assert component["pattern"] == "^[A-Z]{2}([A-Z]{2})?$"
    assert "enum" not in component
    assert "/vocabularies/countries" in component["description"]


def test_only_the_countries_are_too_many_for_an_enum() -> None:
    assert [name for name in names() if len(load(name).terms) > 100] == ["countries"]
