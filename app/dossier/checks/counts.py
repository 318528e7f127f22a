"""Counts: whatever is counted one by one is a whole number, and no number of things is below nought."""

from collections.abc import Iterator

from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.values.units import is_count
from app.vocabularies import load


def counts(draft: Draft) -> Iterator[Finding]:
    """Each number of each figure of a claim that counts: what is measured or paid may be a part, and less than none."""
    terms = load("measures").terms
    for written in draft.of("claim"):
        for at, figure in enumerate(written.entry.figures):
            unit = terms[figure.measure].unit
            for name in ("low", "value", "high"):
                number = getattr(figure, name)
                if number is None or not is_count(unit):
                    continue
                if number < 0:
                    message = f"{name}: {number:g} {unit} is less than none"
                    yield written.finding("no-count", ("figures", at, name), message)
                elif not number.is_integer():
                    message = f"{name}: {number:g} is no whole number of {unit}"
                    yield written.finding("no-count", ("figures", at, name), message, _cure(number))


def _cure(number: float) -> str:
    """A point that was to part thousands, as in 1.200, is taken for that of a decimal."""
    thousands = number * 1000
    return f"write {thousands:.0f} if the point parts thousands" if thousands.is_integer() else ""
