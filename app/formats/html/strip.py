"""How much of a source some claim answers for: a strip of its text, and the beginning of its passages."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.formats.html.room import Room, cut
from app.values.members import Members

SCALE = 500  # steps of the strip: less is not seen


@dataclass(frozen=True)
class Strip:
    """The strip as a path on a scale, and the passages that are shown; `left_out` are more of the same."""

    length: int | None
    share: float | None
    scale: int
    drawn: str
    passages: Sequence[Members]
    left_out: int


def strip(coverage: Members, room: Room, everything: bool) -> Strip:
    """The passages that some claim answers for, or with `everything` the others too."""
    passages = [passage for passage in coverage["passages"] if everything or passage["claims"]]
    drawn = "".join(f"M{start} 0h{end - start}v1H{start}z" for start, end in _stretches(coverage))
    shown = cut(passages, room)
    return Strip(coverage["length"], coverage["share"], SCALE, drawn, shown, shown.left_out)


def _stretches(coverage: Members) -> list[tuple[int, int]]:
    """Where the strip is dark, from left to right; passages that touch on its scale are one."""
    unit, found = SCALE / max(coverage["length"] or 1, 1), list[tuple[int, int]]()
    for passage in coverage["passages"]:
        if passage["claims"]:
            start = int(unit * passage["start"])
            end = max(start + 1, round(unit * passage["end"]))
            if found and start <= found[-1][1]:
                start = found.pop()[0]
            found.append((start, end))
    return found
