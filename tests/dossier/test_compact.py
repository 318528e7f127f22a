"""A compact entry is the entry that it was, in less memory."""

from unicodedata import normalize

import pytest

from app.dossier.compact import Compact
from app.dossier.written import MODELS
from app.entries.base import Part
from app.entries.places import PlaceEntry
from dossier.dossiers import DOSSIERS
from releases.publishing import corpus_of

ENTRIES = [curated.entry for name in ("small", "odd") for curated in corpus_of(DOSSIERS / name).curated]


def members(part: Part) -> list[Part]:
    """The part and every part in it."""
    inside = [item for value in part.__dict__.values() for item in (value if isinstance(value, list) else [value])]
    return [part, *(found for item in inside if isinstance(item, Part) for found in members(item))]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_nothing_of_it_is_lost(entry: Part) -> None:
    members_written = entry.model_dump(by_alias=True, exclude_defaults=True)
    read = type(entry).model_validate(members_written)
    made = Compact(MODELS.values())(read)
    assert type(made) is type(read)
    assert (made, repr(made), made.model_dump_json()) == (read, repr(read), read.model_dump_json())
    assert (made.model_extra, made.model_copy()) == (None, read)
    assert all(type(part).model_validate(part) is part for part in members(made))


def test_its_texts_are_in_the_form_of_the_canonical_input() -> None:
    name = "Đinđić of Čačak"
    place = PlaceEntry(id="cacak", name=normalize("NFD", name), precision="town")
    assert place.name != name
    assert Compact(MODELS.values())(place).name == name


def test_what_entries_have_alike_is_held_once() -> None:
    compact = Compact(MODELS.values())
    texts = ["".join(("a", "-", "slug")) for _ in range(2)]
    one, two = (compact(PlaceEntry(id=text, name="A place", precision="town")) for text in texts)
    assert one.id is two.id
    assert one.names is two.names
