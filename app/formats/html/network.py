"""How an actor stands to others: it on the left, each other one on a row of its own, so that no label meets another."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.formats.html import humanize
from app.values.members import Members
from app.vocabularies import load

MOST = 20  # relations that are drawn; the table has them all
ROW = 34  # units of the drawing, which is 360 wide
LETTERS = 34  # of a name
CENTRE = 13  # letters of a line of the name in the middle


@dataclass(frozen=True)
class Tie:
    """One relation, seen from the actor: in words, to whom, from when to when, and where on the drawing."""

    words: str
    other: Members
    relation: Members
    period: str
    y: int
    open: bool  # no end is known


@dataclass(frozen=True)
class Network:
    """The relations of an actor; `lines` are its own name, `height` is that of the drawing."""

    lines: Sequence[str]
    ties: Sequence[Tie]
    drawn: Sequence[Tie]
    height: int


def network(actor: Members, relations: Sequence[Members]) -> Network | None:
    """The network of an actor, by what the relations are and to whom; None if there are none."""
    ties = sorted((_tie(actor["id"], relation) for relation in relations), key=lambda tie: (tie[0], tie[1]["label"]))
    if not ties:
        return None
    placed = [Tie(*tie[:4], ROW * place + ROW // 2, tie[4]) for place, tie in enumerate(ties)]
    height = ROW * min(len(placed), MOST)
    return Network(_broken(actor["label"]), placed, placed[:MOST], max(height, 3 * ROW))


def _tie(id: str, relation: Members) -> tuple[str, Members, Members, str, bool]:
    term = load("actor-relations").terms[relation["type"]]
    forward = relation["subject"]["id"] == id
    words = term.label if forward else term.inverse or term.label
    post = f" ({relation['post']})" if relation["post"] else ""
    other = relation["object" if forward else "subject"]
    period = humanize.period(relation["from"], relation["to"])
    return words + post, other, relation, period, relation["to"] is None


def _broken(label: str) -> list[str]:
    """The name in lines that fit, four of them at most."""
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + len(word) < CENTRE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [*lines[:3], "…"] if len(lines) > 4 else lines
