"""Spans: stretches of a text in code points, as sets that can be joined and cut."""

from collections.abc import Iterable

Span = tuple[int, int]  # start and end in code points of the text, the end exclusive


def union(spans: Iterable[Span]) -> list[Span]:
    """The same code points as disjoint spans in order."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def bridged(spans: Iterable[Span], gap: int = 1) -> list[Span]:
    """The spans joined, also across gaps of at most `gap` code points."""
    return [(start, end - gap) for start, end in union((start, end + gap) for start, end in spans if start < end)]


def shared(first: list[Span], second: list[Span]) -> list[Span]:
    """What lies in both; each is disjoint and in order, as `union` makes it, and so is the answer."""
    found: list[Span] = []
    one = two = 0
    while one < len(first) and two < len(second):
        start, end = max(first[one][0], second[two][0]), min(first[one][1], second[two][1])
        if start < end:
            found.append((start, end))
        if first[one][1] <= second[two][1]:
            one += 1
        else:
            two += 1
    return found


def size(spans: Iterable[Span]) -> int:
    """How many code points disjoint spans hold."""
    return sum(end - start for start, end in spans)


def without(first: list[Span], second: list[Span]) -> list[Span]:
    """What of the first lies outside the second; each is disjoint and in order, and so is the answer."""
    edges = [0, *(edge for span in second for edge in span), max((end for _, end in first), default=0)]
    between = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
    return shared(first, between)
