"""Putting one question to a world: to the app, and to its entries by a plain Python rule."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import settings

from app.entries.base import Entry
from laws.worlds import World
from visitor import Visitor

LAW = settings(max_examples=40)

WORLDS = 3


@dataclass(frozen=True)
class Asked:
    """One world and the app before it."""

    world: World
    visitor: Visitor

    def answer(self, path: str, **parameters: Any) -> Any:
        """The body of a 200, with everything that matches on one page."""
        return self.visitor.data(path, **{"limit": 500, **parameters})

    def ids(self, path: str, **parameters: Any) -> set[str]:
        """The ids of everything that matches; checks that the total says as much."""
        body = self.answer(path, **parameters)
        found = {each["id"] for each in body["data"]}
        assert body["page"]["total"] == len(found) == len(body["data"])
        return found

    def total(self, path: str, **parameters: Any) -> int:
        """How many records match."""
        return int(self.visitor.data(path, limit=0, **parameters)["page"]["total"])


def selected(entries: Iterable[Entry], rule: Callable[[Any], bool]) -> set[str]:
    """The ids of the entries that meet a rule."""
    return {each.id for each in entries if rule(each)}
