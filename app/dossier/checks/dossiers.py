"""Dossiers: what only the calendar knows of an edition."""

from collections.abc import Iterator
from datetime import date

from app.dossier.draft import Draft
from app.dossier.findings import Finding


def editions(draft: Draft) -> Iterator[Finding]:
    """An edition is issued on a day that there is."""
    for written in draft.of("dossier"):
        issued = written.entry.edition.issued
        try:
            date.fromisoformat(issued)
        except ValueError:
            message = f"edition.issued: the calendar has no day {issued}"
            yield written.finding("issued-not-a-day", ("edition", "issued"), message)
