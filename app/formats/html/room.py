"""How much a page shows of what has no end: lists and texts are cut, so that no page is larger than `LARGEST`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LARGEST = 40_000  # bytes of a page
LINKS = ("http://", "https://", "mailto:")
PARAGRAPH = 10  # times as long as a label


@dataclass(frozen=True)
class Room:
    """How many items of a list, characters of a label and values to narrow a list by a page may show."""

    items: int
    letters: int
    values: int


# From all that most records need to what fits whatever the data are; a page takes the first that it fits with.
ROOMS = (Room(60, 400, 80), Room(30, 200, 40), Room(12, 100, 16), Room(5, 60, 4), Room(2, 30, 0))


class Cut(list[object]):
    """The first items of a list; `left_out` says how many more there are."""

    def __init__(self, items: Iterable[object], left_out: int) -> None:
        super().__init__(items)
        self.left_out = left_out


def cut(value: Any, room: Room) -> Any:
    """A value of a document as a page shows it: lists and texts at any depth are cut; links and ids are not."""
    if isinstance(value, str):
        return shortened(value, room.letters)
    if isinstance(value, dict):
        return {name: cut(inner, room) for name, inner in value.items()}
    if isinstance(value, list):
        return Cut((cut(inner, room) for inner in value[: room.items]), max(0, len(value) - room.items))
    return value


def shortened(text: str, letters: int) -> str:
    """The first words of a text; what has no blank in ASCII, such as an id, stays whole, and so does a link."""
    if len(text) <= letters or text.startswith(LINKS) or (text.isascii() and " " not in text):
        return text
    start = text[: letters - 1]
    words = start.rpartition(" ")[0]
    return f"{words if len(words) > letters // 2 else start}…"
