"""Who says what about an event: for each question the voices that answer it, and the beginning of what they say."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.formats.html.room import Room, cut, shortened
from app.values.members import Members
from app.vocabularies import load

DRAWN = 400  # voices of the drawing, each with a stroke of its own


@dataclass(frozen=True)
class Question:
    """One question: `marks` draws which voices answer it, `claims` and `voices` are how many, `said` is shown.

    `said` has the label of each voice with its claims; `left_out` claims are not among them.
    """

    id: str
    text: str
    disagreement: bool
    gap: str
    marks: str
    claims: int
    voices: int
    said: Sequence[tuple[str, Sequence[Members]]]
    left_out: int


@dataclass(frozen=True)
class Voices:
    """All questions about one event, of which `questions` are shown, and how much there is of everything."""

    questions: Sequence[Question]
    left_out: int
    claims: int
    speakers: int
    sources: int
    drawn: int
    layers: Mapping[str, int]

    @property
    def all(self) -> int:
        """How many voices there are."""
        return self.speakers + self.sources


def voices(matrix: Members, room: Room) -> Voices:
    """What a page shows of the matrix of an event."""
    rows = matrix["rows"]
    columns = {voice["voice"]: (place, voice) for place, voice in enumerate(matrix["speakers"])}
    narrated = sum(voice["narrated"] for voice in matrix["speakers"])
    layers = Counter(claim["layer"] for row in rows for cell in row["cells"] for claim in cell["claims"])
    return Voices(
        [_question(row, columns, room) for row in rows[: room.items]],
        max(0, len(rows) - room.items),
        layers.total(),
        len(columns) - narrated,
        narrated,
        min(DRAWN, len(columns)),
        dict.fromkeys(load("layers").terms, 0) | layers,
    )


def _question(row: Members, columns: Mapping[str, tuple[int, Members]], room: Room) -> Question:
    aspect, cells = row["aspect"] or {"id": "else", "question": "Something else"}, row["cells"]
    said: list[tuple[str, Sequence[Members]]] = []
    left = room.items
    for cell in cells:
        if left > 0:
            voice = columns[cell["voice"]][1]
            called = shortened(voice["label"], 60) + (", in its own voice" if voice["narrated"] else "")
            said.append((called, cut(cell["claims"][:left], room)))
            left -= len(cell["claims"])
    claims = sum(len(cell["claims"]) for cell in cells)
    return Question(
        aspect["id"],
        shortened(aspect["question"], room.letters),
        row["disagreement"],
        shortened(row["gap"] or "", room.letters),
        _marks([columns[cell["voice"]][0] for cell in cells]),
        claims,
        len(cells),
        said,
        claims - sum(len(shown) for _, shown in said),
    )


def _marks(places: Sequence[int]) -> str:
    """The path of a stroke at each of the places that are drawn: the first in full, each other one from the last."""
    drawn = [place for place in places if place < DRAWN]
    steps = [f"m{place - before}-1v1" for before, place in itertools.pairwise(drawn)]
    return "".join([f"M{drawn[0]}.5 0v1", *steps]) if drawn else ""
