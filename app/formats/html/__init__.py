"""HTML: a page for people of every list, record and derived document, made of the stored documents, without script."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from app.formats.base import Around, Derived, Format, Listing, Record
from app.formats.html.environment import DIGEST, render
from app.formats.html.room import LARGEST, ROOMS, Room
from app.formats.html.views import derived_view, list_view, record_view

RECORDS = 50  # of a list on one page, at most

Shown = TypeVar("Shown", Listing, Record, Derived)


def write_listing(listing: Listing) -> bytes:
    """Return the question in one sentence, a form to change it, what could be asked further, and the records."""
    return _rendered("list.html", listing, list_view)


def write_record(record: Record) -> bytes:
    """Return what the record is in a line, its facts, and what else is known of it."""
    return _rendered("record.html", record, record_view)


def write_derived(derived: Derived) -> bytes:
    """Return what is derived of a record."""
    return _rendered("derived.html", derived, derived_view)


def _rendered(template: str, page: Shown, view: Callable[[Shown, Around, Room], Mapping[str, object]]) -> bytes:
    """The page with as much on it as there is room for."""
    assert page.around is not None, "formats for people get what stands around"
    body = b""
    for room in ROOMS:
        body = render(template, page=page, around=page.around, **view(page, page.around, room))
        if len(body) <= LARGEST:
            break
    return body


html = Format(
    "html",
    "text/html",
    write_listing,
    write_record,
    write_derived,
    refuses=("fields", "include"),
    for_people=True,
    longest=RECORDS,
    cites=True,
    version=DIGEST,
)
