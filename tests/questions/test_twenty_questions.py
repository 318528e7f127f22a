"""docs/query-language.md asks twenty questions of the bundled dossier; the answers that it gives are the real ones."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from app.main import create_app
from app.settings import Settings
from questions.asking import PAGE, Asked, member, questions
from releases.publishing import BUNDLED, published
from visitor import Visitor

ASKED = list(questions())


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The app before a store of the bundled dossier alone."""
    folder = tmp_path_factory.mktemp("bundled")
    published(folder, BUNDLED)
    with Visitor(create_app(Settings(store=folder))) as made:
        yield made


def typed(url: str) -> str:
    """The URL as a browser sends what is typed."""
    return quote(url, safe="/?&=:,.*'()+-_~%")


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.url)
def test_the_answer_is_what_the_page_says(bundled: Visitor, asked: Asked) -> None:
    body = bundled.data(typed(asked.url))
    assert {path: member(body, path) for path in asked.members} == asked.members


def test_there_are_twenty_questions_and_each_has_an_answer() -> None:
    assert len({asked.question for asked in ASKED}) == 20
    assert PAGE.read_text("utf-8").count("\n### ") == 20
    assert all(asked.members for asked in ASKED)


def test_they_ask_for_most_of_what_can_be_asked() -> None:
    """A question for each part of the language, and no URL twice."""
    urls = [asked.url for asked in ASKED]
    assert len(urls) == len(set(urls))
    for part in ("date=", "date_match=", "undated=", "participant=", "near=", "office=", "on=", "name=", "q=", "gap="):
        assert any(part in url for url in urls), part
    for part in ("measure=", "min=", "contested=", "narrated=", "reported_by=", "modality=", "relation=", "filter="):
        assert any(part in url for url in urls), part
    for part in ("facets=", "include=", "/matrix", "/coverage", "/search?"):
        assert any(part in url for url in urls), part


@pytest.mark.parametrize(
    ("page", "read"),
    [
        (
            "### 1. Who?\n\n    GET /events?q=a b\n    data.*.id  one | two\n               | three\n",
            {"data.*.id": "one | two | three"},
        ),
        (
            "### 1. Who?\n    GET /events\n    page.total     9\n    data.0.x  null\n",
            {"page.total": "9", "data.0.x": "null"},
        ),
    ],
)
def test_how_the_page_is_read(tmp_path: Path, page: str, read: dict[str, str]) -> None:
    (tmp_path / "page.md").write_text(page, "utf-8")
    assert [asked.members for asked in questions(tmp_path / "page.md")] == [read]


def test_a_line_that_is_nothing_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("### 1. Who?\n\n    GET /events\n    something\n", "utf-8")
    with pytest.raises(ValueError, match="something"):
        list(questions(tmp_path / "page.md"))


def test_members_are_found_by_their_path() -> None:
    body = {"a": [{"b": 1, "c": None}, {"b": True, "c": {"d": [0.5]}}], "e": 20.0}
    assert member(body, "a.*.b") == "1 | true"
    assert member(body, "a.*.c.d") == "null | [0.5]"
    assert member(body, "a.1.c.d.*") == "0.5"
    assert member(body, "e") == "20"
