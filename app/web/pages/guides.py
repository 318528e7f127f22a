"""The guides: the texts for users as pages, each made once, when it is first asked for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

# By the last word of their address, in the order of the contents; from the root of the source.
FILES: Mapping[str, str] = {
    "api": "docs/api.md",
    "query-language": "docs/query-language.md",
    "formats": "docs/formats.md",
    "bad-input": "docs/bad-input.md",
    "stability": "docs/stability.md",
    "recipes": "docs/recipes/README.md",
    "curl": "docs/recipes/curl.md",
    "pandas": "docs/recipes/pandas.md",
    "polars": "docs/recipes/polars.md",
    "duckdb": "docs/recipes/duckdb.md",
    "r": "docs/recipes/r.md",
    "spreadsheet": "docs/recipes/spreadsheet.md",
    "typescript": "docs/recipes/typescript.md",
    "maps": "docs/recipes/maps.md",
    "rdf": "docs/recipes/rdf.md",
    "client": "client/README.md",
    "curating": "docs/curating.md",
    "releases": "docs/releases.md",
    "operating": "docs/operating.md",
    "accessibility": "docs/accessibility.md",
}
PAGES = {file: page for page, file in FILES.items()}
SENTENCE = re.compile(r".+?\.(?= )|.+")

Locate = Callable[[str], str | None]  # where a path of ours is explained, from a guide


@dataclass(frozen=True)
class Section:
    """A part of a guide below a heading; `words` are its plain text, a line for each paragraph or cell."""

    level: int
    anchor: str
    title: str
    words: str


@dataclass(frozen=True)
class Guide:
    """One guide: its source, and the same for a page. The first section is what stands before all others."""

    page: str
    text: str
    heading: Markup
    body: Markup
    sections: Sequence[Section]

    @property
    def title(self) -> str:
        """What its first heading says."""
        return self.sections[0].title

    @property
    def about(self) -> str:
        """Its first sentence."""
        (sentence, *_) = SENTENCE.findall(self.sections[0].words)
        return str(sentence).removesuffix(":")


class Guides(Mapping[str, Guide]):
    """Every guide by its page; `locate` says where the reference explains a path."""

    def __init__(self, locate: Locate) -> None:
        self._locate = locate
        self._made: dict[str, Guide] = {}

    def __getitem__(self, page: str) -> Guide:
        if page not in self._made:
            self._made[page] = _guide(page, FILES[page], self._locate)
        return self._made[page]

    def __iter__(self) -> Iterator[str]:
        return iter(FILES)

    def __len__(self) -> int:
        return len(FILES)

    @cached_property
    def found_by_words(self) -> list[dict[str, str]]:
        """What a search needs to know of every section."""
        return [
            {
                "page": page,
                "anchor": section.anchor,
                "guide": guide.title,
                "title": section.title,
                "words": section.words,
            }
            for page, guide in self.items()
            for section in guide.sections
        ]


def _text(file: str) -> str:
    """The source of a guide, which stands beside this package in a wheel, and in its own folder in a clone."""
    packaged = files("app.web.pages").joinpath("guides", *file.split("/"))
    return (packaged if packaged.is_file() else Path(__file__).parents[3] / file).read_text(encoding="utf-8")


def _guide(page: str, file: str, locate: Locate) -> Guide:
    # A server that is asked for no guide does not hold the parser in memory
    from app.web.pages.markdown import drawn  # noqa: PLC0415

    text = _text(file)
    heading, body, sections = drawn(text, file, locate)
    return Guide(page, text, heading, body, sections)
