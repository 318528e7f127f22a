"""The mark of a preview: in a header of every answer, and on every page in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.main import create_app
from app.settings import Settings
from app.web.preview import SHOWN, Preview, State
from visitor import Visitor

PEOPLE = {"accept": "text/html"}
PATHS = [
    "/",
    "/events",
    "/events?format=csv",
    "/events?format=geojson",
    "/events?format=atom",
    "/claims?format=ndjson",
    "/releases",
    "/changes",
    "/guide/api",
    "/docs",
    "/docs/assets/site.css",
    "/openapi.json",
    "/healthz",
    "/metrics",
    "/none",
    "/events?nope=1",
    "/search?q=strike",
]


@pytest.fixture
def preview(folder: Path) -> Preview:
    return Preview(create_app(Settings(store=folder)))


@pytest.fixture
def reader(preview: Preview) -> Iterator[Visitor]:
    """Somebody who reads the preview."""
    with Visitor(preview) as made:
        yield made


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("headers", [{}, PEOPLE], ids=["programs", "people"])
def test_every_answer_bears_the_mark_and_is_kept_by_nobody(
    preview: Preview, reader: Visitor, path: str, headers: dict[str, str]
) -> None:
    for current, told in ((True, "current"), (False, "outdated")):
        preview.state = State("hallvik-2-preview.1", current=current)
        answer = reader.get(path, headers=headers)
        assert answer.headers["onrecord-preview"] == told
        assert answer.headers["cache-control"] == "no-store"
        assert "Onrecord-Preview" in answer.headers["access-control-expose-headers"]
        assert "etag" not in answer.headers
        is_page = answer.headers["content-type"].startswith("text/html")
        assert answer.text.count('<aside class="preview" aria-label="Preview">') == is_page
        assert int(answer.headers.get("content-length", len(answer.content))) == len(answer.content)


def test_another_state_is_told_at_once(preview: Preview, reader: Visitor) -> None:
    said = []
    for state in (State(), State("1-preview.1", ["a.yaml:3: a warning"], True), State("1-preview.1", ["b.yaml:4: x"])):
        preview.state = state
        for _ in range(3):  # the second answer comes from memory
            answer = reader.get("/events", headers={**PEOPLE, "accept-encoding": "gzip", "if-none-match": "*"})
        assert answer.status_code == 200
        mark = answer.text.partition('<aside class="preview"')[2].partition("</aside>")[0]
        said.append(" ".join(mark.split()))
    assert "Nothing can be shown until these errors are mended" in said[0]
    assert "1-preview.1 is what the files say now, with warnings:" in said[1]
    assert "a.yaml:3: a warning" in said[1]
    assert "The files have errors. This is 1-preview.1, what they said before:" in said[2]
    assert "b.yaml:4: x" in said[2]


def test_findings_are_text_and_not_too_many(preview: Preview, reader: Visitor) -> None:
    preview.state = State("1-preview.1", ["claims.yaml:3: <b>bold</b>", *(f"claims.yaml:{n}: x" for n in range(30))])
    page = reader.get("/", headers=PEOPLE).text
    assert "claims.yaml:3: &lt;b&gt;bold&lt;/b&gt;" in page
    assert page.count("<li>claims.yaml:") == SHOWN
    assert "<li>11 more, in the terminal</li>" in page


def test_head_has_the_mark_and_no_body(reader: Visitor) -> None:
    answer = reader.send("HEAD", "/events", headers=PEOPLE)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["onrecord-preview"] == "outdated"
