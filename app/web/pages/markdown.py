"""The texts of guides in Markdown (CommonMark and tables) as the insides of pages."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from app.web.pages.guides import PAGES, Locate, Section

HEADING = 3  # tokens: its beginning, its words, its end
PUNCTUATION = re.compile(r"[^\w\- ]")  # what GitHub leaves out of an anchor, so that links work there and here


def drawn(text: str, file: str, locate: Locate) -> tuple[Markup, Markup, list[Section]]:
    """The first heading of the text that stands in `file`, what follows it, and its sections."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    sections = list(_sections(tokens))
    framed = list(_framed(tokens, _Links(file, locate)))
    heading, body = (parser.renderer.render(part, parser.options, {}) for part in (framed[:HEADING], framed[HEADING:]))
    return Markup(heading), Markup(body), sections


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
        words = "\n".join(_plain(token) for token in tokens[start + HEADING : end] if token.type == "inline")
        yield Section(int(tokens[start].tag[1]), anchor, title, words)


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
