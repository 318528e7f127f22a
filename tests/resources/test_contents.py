"""The contents of what curators write and those of what is published name the same things."""

from app.entries import ENTRIES
from app.resources import MAIN, RESOURCES


def test_every_kind_of_entry_is_a_collection_in_the_same_order() -> None:
    assert [(each.kind, each.name, each.entry) for each in MAIN] == [
        (kind, entry.collection, entry) for kind, entry in ENTRIES.items()
    ]


def test_files_may_be_named_after_the_views_that_there_are() -> None:
    for entry in ENTRIES.values():
        assert tuple(each.name for each in RESOURCES if each.view_of == entry.collection) == entry.views


def test_the_title_of_a_collection_is_its_name() -> None:
    assert [each.title for each in RESOURCES] == [each.name.capitalize() for each in RESOURCES]
