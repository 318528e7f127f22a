"""The templates of pages, and the filters that put values into words."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import orjson

from app.formats.altered import in_words
from app.formats.html import humanize, structured
from app.vocabularies import TermEntry, load

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = files("app.formats.html")


def environment(*packages: str) -> "Environment":
    """Templates of these packages, then ours: whoever has pages of its own extends `base.html`."""
    # A server that is asked for no page does not hold them in memory
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape  # noqa: PLC0415

    made = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in (*packages, "app.formats.html")]),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "date": humanize.date,
        "moment": humanize.moment,
        "figure": humanize.figure,
        "words": humanize.words,
        "altered": in_words,
    }
    made.filters |= {"structured_release": structured.release, "structured_catalogue": structured.catalogue}
    made.filters |= {"term": _term, "contact": _contact, "indented": _indented, "compact": _compact}
    return made


def render(name: str, **values: object) -> bytes:
    """A page from its template, in UTF-8."""
    return _ours().get_template(name).render(values).encode()


@cache
def _ours() -> "Environment":
    return environment()


def _term(id: str, vocabulary: str) -> TermEntry:
    return load(vocabulary).terms[id]


def _contact(url: str) -> str:
    """An address as people read it."""
    return url.removeprefix("mailto:").removeprefix("https://")


def _indented(body: object) -> str:
    return orjson.dumps(body, option=orjson.OPT_INDENT_2).decode()


def _compact(value: object) -> str:
    return orjson.dumps(value).decode()


def _digest() -> str:
    """The digest of the templates, of what fills them and of the outlines: when they change, so does every page."""
    made_of = [*HERE.iterdir(), *(HERE / "templates").iterdir()]
    texts = (file.read_bytes() for file in sorted(made_of, key=lambda file: file.name) if file.is_file())
    return hashlib.sha256(b"".join(texts)).hexdigest()[:16]


DIGEST = _digest()
