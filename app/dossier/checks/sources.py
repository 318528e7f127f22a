"""Sources: paragraphs and furniture are stretches of the text that they belong to."""

from collections.abc import Iterator

from app.dossier.draft import Draft
from app.dossier.findings import Finding


def paragraphs(draft: Draft) -> Iterator[Finding]:
    """Paragraphs follow each other without overlap and end within the text."""
    for written in draft.of("source"):
        source, end = written.entry, 0
        for number, paragraph in enumerate(source.paragraphs):
            place = ("paragraphs", number)
            stretch = f"paragraph {number + 1}, {paragraph.start} to {paragraph.end},"
            if paragraph.end > source.length:
                message = f"{stretch} ends beyond the text, which has {source.length} characters"
                yield written.finding("paragraph-outside-text", place, message)
            if not end <= paragraph.start < paragraph.end:
                message = f"{stretch} is empty, or begins before {end}, where the one before it ends"
                yield written.finding("paragraphs-overlap", place, message)
            end = max(end, paragraph.end)


def furniture(draft: Draft) -> Iterator[Finding]:
    """Furniture is a stretch of the text; a source without its text has none."""
    for written in draft.of("source"):
        length = written.entry.length or 0
        for number, stretch in enumerate(written.entry.furniture):
            if not stretch.start < stretch.end <= length:
                message = (
                    f"furniture from {stretch.start} to {stretch.end} is no stretch of a text of {length} characters"
                )
                yield written.finding("furniture-outside-text", ("furniture", number), message)
