"""Lists are tables: the columns that a collection declares, with a head each, and links to sort by them."""

import re
from html import unescape
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from app.formats.html.tables import HEADS, MADE
from app.query.base import Collection
from app.resources import RESOURCES
from app.resources.base import Resource
from app.resources.search import SearchHit, search
from contract.orders import Documents
from registry import COLLECTIONS
from visitor import Visitor

BROWSER = {"accept": "text/html,*/*;q=0.8"}


def table(visitor: Visitor, path: str) -> str:
    """The only table on the page of a list."""
    page = visitor.get(path, headers=BROWSER).text
    (found,) = re.findall(r'<table class="list rows">.*?</table>', page, re.DOTALL)
    return str(found)


def rows(text: str) -> list[list[str]]:
    """The cells of a table in words, row by row."""
    _, *lines = text.split("<tbody>")[1].split("<tr>")
    cells = [re.split(r"<t[dh][^>]*>", line)[1:] for line in lines]
    return [[" ".join(unescape(re.sub("<[^>]*>", "", cell)).split()) for cell in line] for line in cells]


def models(document: Any) -> list[type[BaseModel]]:
    """The types of documents in a union."""
    document = getattr(document, "__value__", document)
    if isinstance(document, type) and issubclass(document, BaseModel):
        return [document]
    return [model for part in get_args(document) for model in models(part)]


@pytest.mark.parametrize("collection", [*RESOURCES, search], ids=lambda collection: collection.name)
def test_columns_are_members_of_documents_and_one_heads_the_row(collection: Collection) -> None:
    known = [model.model_fields for model in models(collection.document or SearchHit)]
    for column in collection.columns:
        name = column.partition(".")[0]
        aliases = {field.serialization_alias for fields in known for field in fields.values()}
        assert column in MADE or name in aliases or any(name in fields for fields in known), column
    assert len(set(HEADS) & set(collection.columns)) == 1


@COLLECTIONS
def test_a_list_is_a_table_with_a_caption_and_heads(visitor: Visitor, documents: Documents, resource: Resource) -> None:
    text = table(visitor, f"/{resource.name}")
    total = len(documents[resource.name])
    assert unescape(re.findall("<caption>(.*?)</caption>", text)[0]).startswith(f"{total} record")
    assert text.count('<th scope="col"') == len(resource.columns)
    assert text.count('<th scope="row">') == len(rows(text)) == min(50, total)
    assert {len(row) for row in rows(text)} == {len(resource.columns)}


@COLLECTIONS
def test_heads_sort_the_list_up_and_down(visitor: Visitor, resource: Resource) -> None:
    heads = re.findall(r'<th scope="col"[^>]*><a href="([^"]*)"', table(visitor, f"/{resource.name}?layer=text"))
    assert heads
    for url in map(unescape, heads):
        assert "layer=text" in url
        first = table(visitor, f"/{resource.name}{url}")
        (now,) = re.findall(r'aria-sort="(\w+)"><a href="([^"]*)"', first)
        turned = table(visitor, f"/{resource.name}{unescape(now[1])}")
        (then,) = re.findall(r'aria-sort="(\w+)"', turned)
        assert {now[0], then} == {"ascending", "descending"}


def test_a_row_tells_what_a_reader_looks_for(visitor: Visitor) -> None:
    police = rows(table(visitor, "/events?id=north-kosovo-police-operation-2019-05-28"))
    (date, title, type, place, figures, _, layer) = police[0]
    assert (date, title, type) == ("28 May 2019", "Police operation in northern Kosovo", "Coerce")
    assert (place, layer) == ("Mitrovica", "Text")
    assert re.fullmatch(r"Arrested 5 to 30, .+ and \d+ more", figures)
    (claim,) = rows(table(visitor, "/claims?id=vucic-forecast-17-may"))
    assert claim[:2] == ["17 May 2019", "Aleksandar Vučić"]
    ((_, voice, text, *_),) = rows(table(visitor, "/claims?id=agenzianova-arrests-about-30"))
    assert (voice, text) == (
        "Agenzia Nova, in its own voice",
        "About thirty people were arrested, a Russian among them.",
    )


def test_a_search_tells_of_what_kind_each_record_is(visitor: Visitor) -> None:
    found = rows(table(visitor, "/search?q=kosovo"))
    assert {"Place", "Actor", "Event"} <= {kind for _, kind, *_ in found}
