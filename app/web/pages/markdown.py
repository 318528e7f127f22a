"""The texts of guides in Markdown (CommonMark and tables) as the insides of pages."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from app.web.pages.guides import IN_PARTS, PAGES, Locate, Part, Section, place

HEADING = 3  # tokens: its beginning, its words, its end
PUNCTUATION = re.compile(r"[^\w\- ]")  # what GitHub leaves out of an anchor, so that links work there and here


def drawn(text: str, file: str, locate: Locate) -> Iterator[Part]:
    """The pages of the guide that stands in `file`: all of it, or what comes before its sections and then each."""
    tokens = _parser().parse(text)
    sections = _sections(tokens)
    starts = _starts(tokens) if PAGES[file] in IN_PARTS else [0]
    lines = text.splitlines(keepends=True)
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        inside = [section for at, section in sections if start <= at < end]
        anchors = [section.anchor for section in inside]
        links = _Links(file, locate, anchors, "../" if start else "")
        heading, body = _rendered(tokens[start:end], links, raised=bool(start))
        source = "".join(lines[_line(tokens, start) : _line(tokens, end)])
        yield Part(anchors[0] if start else "", source, heading, body, inside)


def _line(tokens: Sequence[Token], at: int) -> int | None:
    """The line that a token begins in; None at the end of the text."""
    lines = tokens[at].map if at < len(tokens) else None
    return lines[0] if lines else None


def parts(text: str) -> dict[str, str]:
    """The part that each section below the first heading is in: both by their anchors."""
    tokens = _parser().parse(text)
    starts, found = _starts(tokens)[1:], dict[str, str]()
    part = ""
    for at, section in _sections(tokens):
        part = section.anchor if at in starts else part
        if part:
            found[section.anchor] = part
    return found


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _starts(tokens: Sequence[Token]) -> list[int]:
    """Where the parts begin: the text, and every heading of the second rank."""
    return [0, *(at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2")]


def _rendered(tokens: Sequence[Token], links: "_Links", raised: bool) -> tuple[Markup, Markup]:
    """The first heading, and what follows it; `raised` makes every heading one of the rank above."""
    if raised:
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{int(token.tag[1]) - 1}"
    framed, parser = list(_framed(tokens, links)), _parser()
    heading, body = (parser.renderer.render(part, parser.options, {}) for part in (framed[:HEADING], framed[HEADING:]))
    return Markup(heading), Markup(body)


def _sections(tokens: Sequence[Token]) -> list[tuple[int, Section]]:
    """Every section with the place of its heading, after giving the heading its anchor."""
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    known: list[str] = []
    found = []
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        title = _plain(tokens[start + 1])
        anchor = PUNCTUATION.sub("", title.lower()).replace(" ", "-")
        known.append(anchor)
        anchor = anchor if known.count(anchor) == 1 else f"{anchor}-{known.count(anchor) - 1}"
        tokens[start].attrSet("id", anchor)
        words = "\n".join(_plain(token) for token in tokens[start + HEADING : end] if token.type == "inline")
        found.append((start, Section(int(tokens[start].tag[1]), anchor, title, words)))
    return found


def _plain(inline: Token) -> str:
    return "".join(" " if child.type == "softbreak" else child.content for child in inline.children or ())


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
    """Where the links of one page lead, whose `anchors` these are; `up` leads from it to /guide/."""

    file: str
    locate: Locate
    anchors: Sequence[str]
    up: str

    def rewritten(self, children: Sequence[Token], heading: bool) -> Iterator[Token]:
        """The words of one block; a path of ours leads to the reference, but in a heading and inside a link."""
        inside, elsewhere = heading, ""
        for token in children:
            if token.type == "link_open":
                inside, elsewhere = True, self._lead(token)
            if token.type == "code_inline" and not inside and (url := self.locate(token.content)):
                yield from (_html(f'<a href="{escape(self.up + url)}">'), token, _html("</a>"))
            elif elsewhere and token.type == "link_close":
                yield _html(f" ({escape(elsewhere)}, in the source of onrecord)")
                inside, elsewhere = heading, ""
            elif not (elsewhere and token.type == "link_open"):
                yield token
                inside = inside and (heading or token.type != "link_close")

    def _lead(self, link: Token) -> str:
        """Let the link lead to a page; the file that it means where that is none."""
        target = urlsplit(str(link.attrGet("href")))
        if target.scheme or (not target.path and target.fragment in self.anchors):
            return ""
        file = self.file
        if target.path:
            file = posixpath.normpath(posixpath.join(posixpath.dirname(self.file), target.path))
        if file not in PAGES:
            return file
        link.attrSet("href", self.up + place(PAGES[file], target.fragment))
        return ""
