"""The guides: the texts for users as pages, each made once, when it is first asked for."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
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
    "accessibility": "docs/accessibility.md",
}
PAGES = {file: page for page, file in FILES.items()}
HEADING = 3  # tokens: its beginning, its words, its end
PUNCTUATION = re.compile(r"[^\w\- ]")  # what GitHub leaves out of an anchor, so that links work there and here
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
            {"page": page, "anchor": each.anchor, "guide": guide.title, "title": each.title, "words": each.words}
            for page, guide in self.items()
            for each in guide.sections
        ]


def _text(file: str) -> str:
    """The source of a guide, which stands beside this package in a wheel, and in its own folder in a clone."""
    packaged = files("app.web.pages").joinpath("guides", *file.split("/"))
    return (packaged if packaged.is_file() else Path(__file__).parents[3] / file).read_text(encoding="utf-8")


def _guide(page: str, file: str, locate: Locate) -> Guide:
    text = _text(file)
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    sections = list(_sections(tokens))
    framed = list(_framed(tokens, _Links(file, locate)))
    heading, body = (parser.renderer.render(part, parser.options, {}) for part in (framed[:HEADING], framed[HEADING:]))
    return Guide(page, text, Markup(heading), Markup(body), sections)


def _sections(tokens: Sequence[Token]) -> Iterator[Section]:
    """Every section, after giving its heading the anchor."""
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    known: list[str] = []
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        title = _plain(tokens[start + 1])
        anchor = PUNCTUATION.sub("", title.lower()).replace(" ", "-")
        known.append(anchor)
        anchor = anchor if known.count(anchor) == 1 else f"{anchor}-{known.count(anchor) - 1}"
        tokens[start].attrSet("id", anchor)
        words = "\n".join(_plain(each) for each in tokens[start + HEADING : end] if each.type == "inline")
        yield Section(int(tokens[start].tag[1]), anchor, title, words)


def _plain(inline: Token) -> str:
    return "".join(" " if each.type == "softbreak" else each.content for each in inline.children or ())


def _framed(tokens: Sequence[Token], links: "_Links") -> Iterator[Token]:
    """The tokens as they are drawn: links lead to pages, and what may be too wide scrolls by itself."""
    heading = False
    for token in tokens:
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        if token.type == "inline":
            token.children = list(links.rewritten(token.children or [], heading))
        if token.type in ("fence", "code_block"):
            yield _html(f'<pre tabindex="0"><code>{escape(token.content)}</code></pre>\n')
        elif token.type == "table_open":
            yield from (_html('<div class="scroll" role="group" aria-label="Table" tabindex="0">'), token)
        elif token.type == "table_close":
            yield from (token, _html("</div>\n"))
        else:
            yield token


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)


@dataclass(frozen=True)
class _Links:
    """Where the links of one file lead when it is a page."""

    file: str
    locate: Locate

    def rewritten(self, children: Sequence[Token], heading: bool) -> Iterator[Token]:
        """The words of one block; a path of ours leads to the reference, but in a heading and inside a link."""
        inside, elsewhere = heading, ""
        for token in children:
            if token.type == "link_open":
                inside, elsewhere = True, self._lead(token)
            if token.type == "code_inline" and not inside and (url := self.locate(token.content)):
                yield from (_html(f'<a href="{escape(url)}">'), token, _html("</a>"))
            elif elsewhere and token.type == "link_close":
                yield _html(f" ({escape(elsewhere)}, in the source of onrecord)")
                inside, elsewhere = heading, ""
            elif not (elsewhere and token.type == "link_open"):
                yield token
                inside = inside and (heading or token.type != "link_close")

    def _lead(self, link: Token) -> str:
        """Let the link lead to a page; the file that it means where that is none."""
        href = str(link.attrGet("href"))
        target = urlsplit(href)
        if target.scheme or not target.path:
            return ""
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.file), target.path))
        if file not in PAGES:
            return file
        link.attrSet("href", PAGES[file] + (f"#{target.fragment}" if target.fragment else ""))
        return ""
