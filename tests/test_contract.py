"""Every list keeps its promises: the order is what `sort` says, pages add up to the list, links lead where they say."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest

from app.query.parameters import DEFAULT_LIMIT, MAX_LIMIT
from app.resources import RESOURCES
from app.resources.base import Resource
from contract.orders import Documents, ordered
from registry import COLLECTIONS, usual
from visitor import BASE, Visitor

PAGE_SIZES = (3, 50, MAX_LIMIT)


def words(resource: Resource) -> Iterator[str]:
    """Each sort word in both directions, each pair of words in all four, and nothing at all."""
    signs = ("", "-")
    yield ""
    yield from (sign + word for word in resource.sorts for sign in signs)
    for first, second in permutations(resource.sorts, 2):
        yield from (f"{a}{first},{b}{second}" for a in signs for b in signs)


# Every collection with every order that two words can ask for.
ORDERS = usual(
    pytest.param(resource, sort, id=f"{resource.name}-{sort or 'default'}")
    for resource in RESOURCES
    for sort in words(resource)
)


def walk(visitor: Visitor, first: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A page and all those that `links.next` leads to."""
    page = first
    while True:
        yield page
        if page["links"]["next"] is None:
            return
        page = visitor.data(page["links"]["next"])


@pytest.mark.parametrize(("resource", "sort"), ORDERS)
def test_the_order_is_what_sort_says(visitor: Visitor, documents: Documents, resource: Resource, sort: str) -> None:
    asked = {"sort": sort} if sort else {}
    wanted = ordered(resource, documents[resource.name], sort.split(",") if sort else [resource.sorts[0]])
    listed = [
        each["id"]
        for page in walk(visitor, visitor.data(f"/{resource.name}", limit=MAX_LIMIT, **asked))
        for each in page["data"]
    ]
    assert listed == wanted


@pytest.mark.parametrize("size", PAGE_SIZES)
@pytest.mark.parametrize(
    ("resource", "sort"),
    usual(
        pytest.param(each, sign + word, id=f"{each.name}-{sign}{word}")
        for each in RESOURCES
        for word in each.sorts
        for sign in ("", "-")
    ),
)
def test_pages_add_up_to_the_list(
    visitor: Visitor, documents: Documents, resource: Resource, sort: str, size: int
) -> None:
    wanted = ordered(resource, documents[resource.name], [sort])
    pages = list(walk(visitor, visitor.data(f"/{resource.name}", sort=sort, limit=size)))
    assert [each["id"] for page in pages for each in page["data"]] == wanted
    assert {page["page"]["total"] for page in pages} == {len(wanted)}
    assert [page["page"]["count"] for page in pages] == [len(page["data"]) for page in pages]
    assert all(page["page"]["count"] == size for page in pages[:-1])
    assert {page["page"]["limit"] for page in pages} == {size}


@pytest.mark.parametrize(
    "sort", ["-date,title", "type,-date", "title,-id", "-type,date,-title", "date,type,-title,id", "-id"]
)
def test_a_walk_in_mixed_directions_adds_up(visitor: Visitor, documents: Documents, sort: str) -> None:
    events = next(each for each in RESOURCES if each.name == "events")
    pages = list(walk(visitor, visitor.data("/events", sort=sort, limit=4)))
    assert [each["id"] for page in pages for each in page["data"]] == ordered(
        events, documents["events"], sort.split(",")
    )


@COLLECTIONS
def test_documents_are_the_stored_ones_with_their_url(
    visitor: Visitor, documents: Documents, resource: Resource
) -> None:
    listed = visitor.data(f"/{resource.name}", sort="id", limit=MAX_LIMIT)["data"]
    home = f"{BASE}/{resource.home}"
    assert listed == [{**each, "url": f"{home}/{each['id']}"} for each in documents[resource.name]]


@COLLECTIONS
def test_every_record_is_at_its_own_path(visitor: Visitor, documents: Documents, resource: Resource) -> None:
    for document in documents[resource.name]:
        answer = visitor.data(f"/{resource.name}/{document['id']}")
        assert answer["data"] == {**document, "url": f"{BASE}/{resource.home}/{document['id']}"}
        assert answer["links"]["self"] == f"{BASE}/{resource.name}/{document['id']}"
        assert set(answer) == {"data", "links", "release"}


@COLLECTIONS
def test_links_of_the_body_and_of_the_header_agree(visitor: Visitor, resource: Resource) -> None:
    for size in (1, MAX_LIMIT):
        answer = visitor.get(f"/{resource.name}", sort="-id", limit=size)
        links, header = answer.json()["links"], answer.links
        assert {name: header.get(name, {}).get("url") for name in ("next", "first", "permalink")} == {
            name: links[name] for name in ("next", "first", "permalink")
        }
        assert links["self"] == links["first"] == f"{BASE}/{resource.name}?sort=-id&limit={size}"
        assert header["cite-as"]["url"] == links["permalink"]
        assert header["service-desc"]["url"] == f"{BASE}/openapi.json"
        assert "describedby" not in header
        assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in answer.headers["link"]


@COLLECTIONS
def test_the_permalink_answers_the_same_for_ever(visitor: Visitor, resource: Resource) -> None:
    answer = visitor.get(f"/{resource.name}", limit=3)
    links, release = answer.json()["links"], answer.json()["release"]
    assert answer.headers["content-location"] == links["permalink"]
    assert f"release={release['id']}" in links["permalink"]
    pinned = visitor.get(links["permalink"])
    assert pinned.json()["data"] == answer.json()["data"]
    assert pinned.json()["release"] == release
    assert pinned.headers["cache-control"] == "public, max-age=86400"
    assert answer.headers["cache-control"] == "public, max-age=60, stale-while-revalidate=600"
    assert pinned.headers["content-location"] == links["permalink"] == pinned.json()["links"]["permalink"]


@COLLECTIONS
def test_every_page_links_to_the_first_one(visitor: Visitor, resource: Resource) -> None:
    pages = list(walk(visitor, visitor.data(f"/{resource.name}", sort="id", limit=7)))
    for page in pages:
        assert visitor.data(page["links"]["first"])["data"] == pages[0]["data"]
        assert visitor.data(page["links"]["self"])["data"] == page["data"]
        assert visitor.data(page["links"]["permalink"])["data"] == page["data"]


@COLLECTIONS
def test_limit_0_gives_the_total_alone(visitor: Visitor, documents: Documents, resource: Resource) -> None:
    answer = visitor.data(f"/{resource.name}", limit=0)
    assert answer["data"] == []
    assert answer["page"] == {"total": len(documents[resource.name]), "count": 0, "limit": 0, "next": None}
    assert answer["links"]["next"] is None


@COLLECTIONS
def test_the_default_limit(visitor: Visitor, documents: Documents, resource: Resource) -> None:
    page = visitor.data(f"/{resource.name}")["page"]
    assert page["limit"] == DEFAULT_LIMIT
    assert page["count"] == min(DEFAULT_LIMIT, len(documents[resource.name]))


@COLLECTIONS
@pytest.mark.parametrize("limit", ["-1", "501", "5000"])
def test_a_limit_out_of_bounds_is_refused_with_the_maximum(visitor: Visitor, resource: Resource, limit: str) -> None:
    answer = visitor.get(f"/{resource.name}", limit=limit)
    assert answer.status_code == 400
    assert str(MAX_LIMIT) in answer.json()["errors"][0]["message"]


@COLLECTIONS
def test_limit_and_format_may_change_between_pages(visitor: Visitor, documents: Documents, resource: Resource) -> None:
    first = visitor.data(f"/{resource.name}", sort="-id", limit=1)
    rest = visitor.data(f"/{resource.name}", sort="-id", limit=MAX_LIMIT, format="json", cursor=first["page"]["next"])
    ids = [each["id"] for each in documents[resource.name]]
    assert [each["id"] for each in first["data"] + rest["data"]] == sorted(ids, reverse=True)


@COLLECTIONS
@pytest.mark.parametrize("sort", ["nothing", "-nothing", "id,-id", "--id", "ID"])
def test_an_unknown_order_is_refused(visitor: Visitor, resource: Resource, sort: str) -> None:
    answer = visitor.get(f"/{resource.name}", sort=sort)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"{BASE}/problems/invalid-parameter"
    assert [each["parameter"] for each in answer.json()["errors"]] == ["sort"]
