"""The `citation_…` tags in the head of a page, which reference managers and academic search engines read."""

from collections.abc import Iterator

from app.formats.citation import Citation


def tags(citation: Citation, cited: str) -> Iterator[tuple[str, str]]:
    """Yield names and contents; `cited` is the address of the record in this release, for ever.

    A source is cited as the document that it is, so where that stands is its full text; a record has none elsewhere.
    """
    yield "citation_title", citation.title
    yield "citation_public_url", cited
    yield from _known("citation_publication_date", "/".join(f"{part:02}" for part in citation.day))
    yield from _known("citation_publisher", citation.publisher)
    yield from _known("citation_inbook_title", citation.container)
    yield from _known("citation_language", citation.language)
    yield from _known("citation_fulltext_html_url", citation.url if citation.url != cited else None)
    yield from (("citation_author", author) for author in citation.authors)


def _known(name: str, content: str | None) -> Iterator[tuple[str, str]]:
    if content:
        yield name, content
