"""HTML: a page for people of every list, record and derived document, made of the stored documents, without script."""

from app.formats.base import Derived, Format, Listing, Record
from app.formats.html.environment import DIGEST, render
from app.formats.html.forms import fields
from app.formats.html.views import derived_view, list_view, record_view

SHOWN = 4  # fields of a form; the others are behind a word


def listing(page: Listing) -> bytes:
    """The question in one sentence, a form to change it, what could be asked further, the records, the pages."""
    assert page.around is not None, "formats for people get what stands around"
    asked = fields(page.around.collection, page.around.given)
    shown = [field for place, field in enumerate(asked) if field.is_given or place < SHOWN]
    further = [field for field in asked if field not in shown]
    return render("list.html", page=page, around=page.around, shown=shown, further=further, **list_view(page))


def record(page: Record) -> bytes:
    """The record: what it is in a line, its facts, and what else is known of it."""
    assert page.around is not None, "formats for people get what stands around"
    return render("record.html", page=page, around=page.around, **record_view(page))


def derived(page: Derived) -> bytes:
    """What is derived of a record."""
    assert page.around is not None, "formats for people get what stands around"
    return render("derived.html", page=page, around=page.around, **derived_view(page))


html = Format(
    "html", "text/html", listing, record, derived, refuses=("fields", "include"), for_people=True, version=DIGEST
)
