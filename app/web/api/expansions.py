"""Expansions: the documents that a page refers to, sent along with it as a compound document."""

from collections.abc import Iterator, Sequence

import orjson

from app.errors import Fault, bad_query
from app.formats.references import references
from app.query.base import Collection
from app.query.question import Question
from app.query.reader import Page, Reader
from app.resources import by_kind, by_name

MAX_INCLUDED = 1000  # documents


def included(reader: Reader, question: Question, page: Page, base: str) -> Sequence[tuple[bytes, str]]:
    """The text and URL of each document asked for, once, by kind and id; raises BadQuery for too many."""
    found = reader.documents(set(_wanted(reader, question, page)), MAX_INCLUDED)
    if len(found) > MAX_INCLUDED:
        message = f"include would send more than {MAX_INCLUDED} documents along: ask for fewer with limit."
        raise bad_query(f"/{question.collection.name}", [Fault("include", ",".join(question.include), message)])
    return [(located.text, f"{base}/{located.home}/{located.id}") for located in found]


def _wanted(reader: Reader, question: Question, page: Page) -> Iterator[str]:
    below = {inverse.path: inverse for inverse in by_kind(question.collection.kind).inverses}
    members = [name for name in question.include if name not in below]
    for text in page.documents if members else ():
        document = orjson.loads(text)
        for name in members:
            yield from references(document.get(name))
    for name in question.include:
        if name in below and page.ids:
            listed: Collection = by_name(below[name].collection)
            yield from reader.below(listed, below[name].filter, page.ids, MAX_INCLUDED)
