"""A text of a dossier that is markup is shown as text, on every page that has it."""

import re
from collections.abc import Iterator

import pytest

from app.main import create_app
from app.settings import Settings
from releases.publishing import edit, edition, published
from visitor import Visitor

MARKUP = """<script>alert(1)</script>'"><img src=x onerror=alert(1)>{{7*1111}}&lt;odd>"""
TITLE = re.compile(r"^  title: (.+)$", re.MULTILINE)
NAME = re.compile(r"^  name: (.+)$", re.MULTILINE)
LIVE = re.compile(r"<script>|<img[^>]*onerror|<odd>|7777", re.IGNORECASE)


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The small dossier, with markup in the titles of events and the names of places."""
    folder = tmp_path_factory.mktemp("markup")
    dossier = edition(folder, "markup-1")
    for name, pattern in (("events", TITLE), ("places", NAME)):
        text = (dossier / f"{name}.yaml").read_text(encoding="utf-8")
        old = pattern.findall(text)[0]
        edit(dossier / f"{name}.yaml", f": {old}\n", ": '" + MARKUP.replace("'", "''") + "'\n")
    published(folder / "store", dossier)
    with Visitor(create_app(Settings(store=folder / "store"))) as made:
        yield made


@pytest.mark.parametrize("path", ["/", "/events", "/places", "/claims", "/search?q=alert", "/dossiers"])
def test_markup_is_shown_as_text(visitor: Visitor, path: str) -> None:
    pages = [path]
    if "?" not in path and path != "/":
        pages += [f"{path}/{record['id']}" for record in visitor.get(path).json()["data"]]
    for page in pages:
        answer = visitor.get(page, headers={"Accept": "text/html"})
        assert (answer.status_code, LIVE.findall(answer.text)) == (200, [])


def test_it_was_there_to_be_shown(visitor: Visitor) -> None:
    assert any(record["title"] == MARKUP for record in visitor.get("/events").json()["data"])
    shown = visitor.get("/events", headers={"Accept": "text/html"}).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
