"""The templates of pages, and the filters that put values into words."""

import hashlib
from functools import cache
from importlib.resources import files

import orjson
from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape

from app.formats.html import humanize
from app.vocabularies import TermEntry, load

TEMPLATES = files("app.formats.html") / "templates"


def environment(*loaders: BaseLoader) -> Environment:
    """Templates found by these loaders, then ours: whoever has pages of its own extends `base.html`."""
    made = Environment(
        loader=ChoiceLoader([*loaders, PackageLoader("app.formats.html")]),
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
    }
    made.filters |= {"term": _term, "contact": _contact, "indented": _indented}
    return made


def render(name: str, **values: object) -> bytes:
    """A page from its template, in UTF-8."""
    return _ours().get_template(name).render(values).encode()


@cache
def _ours() -> Environment:
    return environment()


def _term(id: str, vocabulary: str) -> TermEntry:
    return load(vocabulary).terms[id]


def _contact(url: str) -> str:
    """An address as people read it."""
    return url.removeprefix("mailto:").removeprefix("https://")


def _indented(body: object) -> str:
    return orjson.dumps(body, option=orjson.OPT_INDENT_2).decode()


def _digest() -> str:
    """Of all templates: a page is another one when they change."""
    texts = (template.read_bytes() for template in sorted(TEMPLATES.iterdir(), key=lambda template: template.name))
    return hashlib.sha256(b"".join(texts)).hexdigest()[:16]


DIGEST = _digest()
