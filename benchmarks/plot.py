"""A bar chart as SVG, on a logarithmic scale. Its background follows the colour scheme, light or dark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Final

LEFT: Final = 230  # x where the scale begins
RIGHT: Final = 800  # x where it ends
WIDTH: Final = 860
ROW: Final = 14
COLOURS: Final = ("#7d8590", "#1f6feb", "#bc5b2c", "#2f8f5b")  # contrast of at least 3:1 on both backgrounds
STYLE: Final = """
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.heading { font-weight: 600; font-size: 14px }
.value { font-size: 10px }
.ground { fill: #ffffff }
line { stroke: #d0d7de }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .ground { fill: #0d1117 }
  line { stroke: #3d444d }
}
"""


@dataclass(frozen=True)
class Bars:
    """The bars of one question: a value in microseconds for each server that has one."""

    group: str
    title: str
    values: dict[str, float]


@dataclass(frozen=True)
class Scale:
    """A logarithmic scale from one power of ten to another."""

    low: int
    high: int

    def x(self, value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (log10(value) - self.low) / (self.high - self.low)


def plot(bars: Sequence[Bars], about: str) -> str:
    """Return the SVG; `about` is its title, which screen readers read."""
    values = [value for question in bars for value in question.values.values()]
    scale = Scale(floor(log10(min(values))), ceil(log10(max(values))))
    colours = dict(zip(dict.fromkeys(name for question in bars for name in question.values), COLOURS, strict=True))
    y, body, group = 40, [*_legend(colours)], ""
    for question in bars:
        if question.group != group:
            body.append(_text(10, y + 30, question.group, "heading"))
            y, group = y + 46, question.group
        body.append(_text(10, y + ROW * len(question.values) / 2 + 4, question.title))
        body += _rows(question, y, scale, colours)
        y += ROW * len(question.values) + 12
    return "\n".join([*_head(y + 30, about), *_lines(scale, y), *body, "</svg>", ""])


def _head(height: float, about: str) -> Iterator[str]:
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="about">'
    yield f'<title id="about">{escape(about)}</title>\n<style>{STYLE}</style>'
    yield '<rect class="ground" width="100%" height="100%"/>'


def _legend(colours: dict[str, str]) -> Iterator[str]:
    for place, (name, colour) in enumerate(colours.items()):
        yield f'<rect x="{10 + 200 * place}" y="14" width="12" height="12" fill="{colour}"/>'
        yield _text(28 + 200 * place, 24, name)


def _lines(scale: Scale, bottom: float) -> Iterator[str]:
    for power in range(scale.low, scale.high + 1):
        x = scale.x(10**power)
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="40" y2="{bottom}"/>'
        yield _text(x - 10, bottom + 16, f"{10**power:,} µs", "value")


def _rows(bars: Bars, y: float, scale: Scale, colours: dict[str, str]) -> Iterator[str]:
    for place, (name, value) in enumerate(bars.values.items()):
        top, end = y + ROW * place, scale.x(value)
        yield f'<rect x="{LEFT}" y="{top}" width="{end - LEFT:.1f}" height="{ROW - 2}" fill="{colours[name]}"/>'
        yield _text(end + 4, top + 10, f"{value:,.0f}", "value")


def _text(x: float, y: float, text: str, kind: str = "label") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(text)}</text>'
