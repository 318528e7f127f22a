"""A page about to be written: what a question selects, how it was read, and what is sent along."""

from dataclasses import replace

import orjson

from app.formats import Listing
from app.query.form import searched
from app.query.question import Question
from app.query.reader import Page, Reader
from app.query.telling import told
from app.web.api.expansions import facets, included
from app.web.api.links import Address, list_links


def listing(reader: Reader, question: Question, page: Page, address: Address) -> Listing:
    """Everything that a format needs to write one page; raises BadQuery where too much would be sent along."""
    return Listing(
        _with_names(reader, question, page) if question.collection.searches_all else page,
        question.limit,
        address.base,
        list_links(address, reader.stamp.id, page.next),
        reader.stamp,
        query=told(question, question.collection.title, reader),
        facets=facets(reader, question),
        included=included(reader, question, page, address.base),
        point=question.collection.point,
    )


def _with_names(reader: Reader, question: Question, page: Page) -> Page:
    """Each document with the name that matched; null where something else did."""
    sought = searched(question.readings)
    names = reader.matched_names(page.ids, sought[1]) if sought else {}
    found = zip(page.ids, map(orjson.loads, page.documents), strict=True)
    return replace(page, documents=tuple(orjson.dumps({**hit, "name": names.get(id)}).decode() for id, hit in found))
