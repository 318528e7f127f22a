"""The guides: the texts for users as pages, each made once, when it is first asked for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

# By the last word of their address, in the order of the contents; from the root of the source.
FILES: Mapping[str, str] = {
    "api": "docs/api.md",
    "query-language": "docs/query-language.md",
    "formats": "docs/formats.md",
    "tables": "docs/tables.md",
    "bad-input": "docs/bad-input.md",
    "stability": "docs/stability.md",
    "recipes": "docs/recipes/README.md",
    "curl": "docs/recipes/curl.md",
    "pandas": "docs/recipes/pandas.md",
    "polars": "docs/recipes/polars.md",
    "duckdb": "docs/recipes/duckdb.md",
    "r": "docs/recipes/r.md",
    "spreadsheet": "docs/recipes/spreadsheet.md",
    "datapackage": "docs/recipes/datapackage.md",
    "typescript": "docs/recipes/typescript.md",
    "maps": "docs/recipes/maps.md",
    "rdf": "docs/recipes/rdf.md",
    "client": "client/README.md",
    "curating": "docs/curating.md",
    "importing": "docs/importing.md",
    "releases": "docs/releases.md",
    "operating": "docs/operating.md",
    "growing": "docs/growing.md",
    "promises": "docs/promises.md",
    "threat-model": "docs/threat-model.md",
    "accessibility": "docs/accessibility.md",
}
PAGES = {file: page for page, file in FILES.items()}
IN_PARTS = ("api", "curating", "query-language")  # too long for one page: each of their sections is a page of its own
SENTENCE = re.compile(r".+?\.(?= )|.+")

Locate = Callable[[str], str | None]  # where a path of ours is explained, from a guide


@dataclass(frozen=True)
class Section:
    """What stands below a heading; `words` are its plain text, a line for each paragraph or cell."""

    level: int
    anchor: str
    title: str
    words: str


@dataclass(frozen=True)
class Part:
    """One page of a guide: its source, and the same as HTML. `anchor` is its name, empty for the first part."""

    anchor: str
    text: str
    heading: Markup
    body: Markup
    sections: Sequence[Section]

    @property
    def title(self) -> str:
        """What its heading says."""
        return self.sections[0].title


@dataclass(frozen=True)
class Guide:
    """One guide: its source, and its pages. The first part is what stands before all others, or all of it."""

    page: str
    text: str
    first: Part
    parts: Mapping[str, Part]

    @property
    def title(self) -> str:
        """What its first heading says."""
        return self.first.title

    @property
    def about(self) -> str:
        """Its first sentence."""
        (sentence, *_) = SENTENCE.findall(self.first.sections[0].words)
        return str(sentence).removesuffix(":")

    @property
    def all(self) -> Sequence[Part]:
        """Every part in order."""
        return (self.first, *self.parts.values())

    def beside(self, part: Part) -> tuple[Part | None, Part | None]:
        """The parts before and after one of them; the first part is before none."""
        parts = list(self.parts.values())
        place = parts.index(part)
        return parts[place - 1] if place else None, parts[place + 1] if place + 1 < len(parts) else None


class Guides(Mapping[str, Guide]):
    """Every guide by its page; `locate` says where the reference explains a path."""

    def __init__(self, locate: Locate) -> None:
        self._locate = locate
        self._made: dict[str, Guide] = {}

    def __getitem__(self, page: str) -> Guide:
        if page not in self._made:
            self._made[page] = self._guide(page, FILES[page])
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
                "page": f"{page}/{part.anchor}".rstrip("/"),
                "anchor": section.anchor,
                "guide": guide.title,
                "title": section.title,
                "words": section.words,
            }
            for page, guide in self.items()
            for part in guide.all
            for section in part.sections
        ]

    def _guide(self, page: str, file: str) -> Guide:
        # A server that is asked for no guide does not hold the parser in memory
        from app.web.pages.markdown import drawn  # noqa: PLC0415

        text = _text(file)
        first, *others = drawn(text, file, self._locate)
        return Guide(page, text, first, {part.anchor: part for part in others})


def _text(file: str) -> str:
    """The source of a guide, which stands beside this package in a wheel, and in its own folder in a clone."""
    packaged = files("app.web.pages").joinpath("guides", *file.split("/"))
    return (packaged if packaged.is_file() else Path(__file__).parents[3] / file).read_text(encoding="utf-8")


def place(page: str, anchor: str) -> str:
    """Where a section of a guide is, from /guide/: `formats#html`, `api/dates#dates`."""
    part = _parts(page).get(anchor)
    return f"{page}/{part}#{anchor}" if part else f"{page}#{anchor}" if anchor else page


def pages() -> Iterator[str]:
    """Every page of every guide, from /guide/."""
    for page in FILES:
        yield page
        yield from (f"{page}/{part}" for part in dict.fromkeys(_parts(page).values()))


@cache
def _parts(page: str) -> Mapping[str, str]:
    """The part that each section of a guide is in; empty for a guide that is one page."""
    from app.web.pages.markdown import parts  # noqa: PLC0415

    return parts(_text(FILES[page])) if page in IN_PARTS else {}
