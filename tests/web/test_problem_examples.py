"""Every kind of problem can be met as its page says, and the page shows what the service really answers."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from app.errors import Problem, problems
from app.main import create_app
from app.settings import Settings
from app.web.openapi.problem_examples import EXAMPLES, MAX_SHOWN, OCCASIONS, Example
from app.web.openapi.schemas import Problem as ProblemDocument
from app.web.openapi.schemas import ProblemFault
from problems import problem
from visitor import BASE, Visitor

KINDS = pytest.mark.parametrize("kind", list(problems()), ids=lambda kind: kind.slug)
MET = pytest.mark.parametrize("kind", list(EXAMPLES), ids=lambda kind: kind.slug)
BROWSER = {"accept": "text/html"}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Visitor]:
    """The app before a store in which nothing was published yet."""
    with Visitor(create_app(Settings(store=tmp_path))) as made:
        yield made


def ask(visitor: Visitor, example: Example) -> Any:
    return visitor.send(example.method, example.target, example.headers)


def page(visitor: Visitor, kind: type[Problem]) -> str:
    answer = visitor.get(f"/problems/{kind.slug}", headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    return answer.text


def messages(html: str) -> list[str]:
    """The request and the answer that a page shows, as text."""
    found = re.findall(r'<pre class="message"><code>(.*?)</code></pre>', html, re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", "", each)) for each in found]


def lasting(body: Any) -> Any:
    """Without what differs each time, and cut as on a page."""
    instance = body["instance"]
    cut = f"{instance[:MAX_SHOWN]}…" if len(instance) > MAX_SHOWN else instance
    return {**body, "request_id": None, "instance": cut}


def test_every_kind_has_an_example_or_an_occasion() -> None:
    assert set(EXAMPLES) | set(OCCASIONS) == set(problems())
    assert not set(EXAMPLES) & set(OCCASIONS)


@MET
def test_every_example_meets_its_problem(visitor: Visitor, kind: type[Problem]) -> None:
    problem(ask(visitor, EXAMPLES[kind]), kind.status, kind.slug)


@MET
def test_a_page_shows_the_request_and_its_answer(visitor: Visitor, kind: type[Problem]) -> None:
    example = EXAMPLES[kind]
    answer = ask(visitor, example)
    asked, answered = messages(page(visitor, kind))
    assert asked.splitlines()[0].rstrip("…") in f"{example.method} {example.target}"
    assert asked.splitlines()[1:] == [f"{name}: {value}" for name, value in example.headers.items()]
    head, _, body = answered.partition("\n\n")
    status, *headers = head.splitlines()
    assert status == f"HTTP {answer.status_code}"
    assert "Content-Type: application/problem+json" in headers
    assert all(answer.headers[each.partition(": ")[0]] == each.partition(": ")[2] for each in headers)
    assert lasting(json.loads(body)) == lasting(answer.json())


@KINDS
def test_the_json_names_what_to_ask(visitor: Visitor, kind: type[Problem]) -> None:
    told = visitor.data(f"/problems/{kind.slug}")["data"]
    assert set(told) == {"slug", "title", "status", "meaning", "cure", "example"}
    if told["example"] is None:
        assert kind not in EXAMPLES or EXAMPLES[kind].method != "GET" or EXAMPLES[kind].headers
    else:
        problem(visitor.get(told["example"]), kind.status, kind.slug)


@KINDS
def test_every_link_of_a_page_leads_somewhere(visitor: Visitor, kind: type[Problem]) -> None:
    ids = set(re.findall(r'\bid="([^"]*)"', visitor.get("/problems", headers=BROWSER).text))
    example = EXAMPLES[kind].link if kind in EXAMPLES else None
    links = [unescape(each) for each in re.findall(r'<a [^>]*href="([^"]*)"', page(visitor, kind))]
    assert (f"{BASE}{example}" in links) == (example is not None)
    for url in set(links) - {f"{BASE}{example}", "#content"}:
        assert visitor.get(url.partition("#")[0], headers={"accept": "text/html, */*;q=0.5"}).status_code == 200
        place = url.partition("#")[2]
        assert not place or place in ids or f'id="{place}"' in visitor.get(url, headers=BROWSER).text, url


@KINDS
def test_code_is_set_as_code(visitor: Visitor, kind: type[Problem]) -> None:
    html = page(visitor, kind)
    assert "`" not in html + visitor.get(f"/problems/{kind.slug}").text
    for word in re.findall("`([^`]+)`", f"{kind.__doc__} {kind.cure} {OCCASIONS.get(kind, '')}"):
        assert f"<code>{word}</code>" in html


def test_members_and_paths_are_linked(visitor: Visitor) -> None:
    html = visitor.get("/problems/unknown-parameter", headers=BROWSER).text
    assert f'<a href="{BASE}/problems#did_you_mean"><code>did_you_mean</code></a>' in html
    assert f'<a href="{BASE}/docs"><code>/docs</code></a>' in html


def test_every_member_of_a_problem_is_explained(visitor: Visitor) -> None:
    explained = re.findall(r'<dt id="(\w+)">', visitor.get("/problems", headers=BROWSER).text)
    assert explained == [*ProblemDocument.model_fields, *ProblemFault.model_fields]


def test_the_example_is_of_the_host_that_was_asked(visitor: Visitor) -> None:
    html = visitor.get("/problems/moved", headers={**BROWSER, "host": "elsewhere.example:8080"}).text
    assert "Location: http://elsewhere.example:8080/events" in html
    assert BASE not in html


def test_where_the_example_meets_another_problem_the_page_shows_none(empty: Visitor) -> None:
    problem(empty.get("/events?participent=x"), 503, "unavailable")
    answer = empty.get("/problems/unknown-parameter", headers=BROWSER)
    assert answer.status_code == 200
    assert messages(answer.text) == []


def test_the_tag_of_an_explanation_is_of_its_words(visitor: Visitor) -> None:
    tags = {visitor.get(f"/problems/{kind.slug}").headers["etag"] for kind in problems()}
    assert len(tags) == len(list(problems()))
