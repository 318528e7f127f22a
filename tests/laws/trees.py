"""Random conditions over events: as CQL2 text, and as a plain Python rule."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from app.entries.corpus import Corpus
from app.entries.places import PlaceEntry
from laws.rules import around, dated, figures, found, reaches
from laws.worlds import ASPECTS, EVENT_TYPES, MEASURES, ROLES, WORDS

Rule = Callable[[Any, Corpus], bool]
RowRule = Callable[[Any], bool]


@dataclass(frozen=True)
class Atom:
    """A comparison: its text and the rule for an event; if about participations, its name and the rule for one too."""

    text: str
    rule: Rule
    name: str = ""
    row: RowRule | None = None


@dataclass(frozen=True)
class Tree:
    """A connective over parts."""

    word: str  # and, or, not
    parts: tuple["Tree | Atom", ...]


def text(tree: Tree | Atom) -> str:
    """As CQL2 text."""
    if isinstance(tree, Atom):
        return tree.text
    if tree.word == "not":
        return f"NOT ({text(tree.parts[0])})"
    return "(" + f" {tree.word.upper()} ".join(text(part) for part in tree.parts) + ")"


def meets(tree: Tree | Atom, event: Any, corpus: Corpus) -> bool:
    """Whether the event meets it."""
    if isinstance(tree, Atom):
        return tree.rule(event, corpus)
    if tree.word == "not":
        return not meets(tree.parts[0], event, corpus)
    if tree.word == "or":
        return any(meets(part, event, corpus) for part in tree.parts)
    parts = _flat(tree)
    rows = [part for part in parts if isinstance(part, Atom) and part.row]
    # Comparisons about participations, each of another name, speak of one and the same.
    together = len({part.name for part in rows}) == len(rows)
    others = [part for part in parts if not together or part not in rows]
    one_row = not together or not rows or any(all(part.row(each) for part in rows) for each in event.participants)  # type: ignore[misc]  # rows have one
    return one_row and all(meets(part, event, corpus) for part in others)


def _flat(tree: Tree) -> list[Tree | Atom]:
    parts: list[Tree | Atom] = []
    for part in tree.parts:
        parts += _flat(part) if isinstance(part, Tree) and part.word == "and" else [part]
    return parts


def _of(name: str, values: list[str]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{name} = {listed}" if len(values) == 1 else f"{name} IN ({listed})"


def _participation(name: str, values: list[str], row: RowRule) -> Atom:
    return Atom(_of(name, values), lambda event, _: any(row(each) for each in event.participants), name, row)


def _type(values: list[str]) -> Atom:
    return Atom(_of("type", values), lambda event, _: event.type in values)


def _other_type(value: str) -> Atom:
    return Atom(f"type <> '{value}'", lambda event, _: event.type != value)


def _participant(values: list[str]) -> Atom:
    return _participation("participant", values, lambda each: each.actor in values)


def _role(values: list[str]) -> Atom:
    return _participation("role", values, lambda each: each.role in values)


def _side(values: list[str]) -> Atom:
    return _participation("side", values, lambda each: each.side in values)


def _place(values: list[str]) -> Atom:
    return Atom(_of("place", values), lambda event, corpus: bool(set(around(event.place, corpus)) & set(values)))


def _country(value: str) -> Atom:
    def rule(event: Any, corpus: Corpus) -> bool:
        return event.place is not None and corpus.entry(PlaceEntry, event.place).country == value

    return Atom(f"country = '{value}'", rule)


def _compared(given: tuple[str, int]) -> Atom:
    sign, year = given
    asked = {
        "=": f"{year}",
        "<": f"../{year - 1}-12-31",
        "<=": f"../{year}",
        ">": f"{year + 1}-01-01/..",
        ">=": f"{year}/..",
    }[sign]
    return Atom(f"date {sign} '{year}'", lambda event, _: dated(event.date, asked))


def _between(given: list[int]) -> Atom:
    first, last = sorted(given)
    return Atom(f"date BETWEEN '{first}' AND '{last}'", lambda event, _: dated(event.date, f"{first}/{last}"))


def _counted(given: tuple[str, int, int]) -> Atom:
    measure, least, more = given

    def rule(event: Any, corpus: Corpus) -> bool:
        stated = figures(event, corpus)
        return any(each.measure == measure and reaches(each, least, least + more) for each in stated)

    return Atom(f"(measure = '{measure}' AND min = {least} AND max = {least + more})", rule)


def _words(word: str) -> Atom:
    quoted = word.replace("'", "''")
    return Atom(f"q = '{quoted}'", lambda event, corpus: found(word, event, corpus))


def _some(values: Any, most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


ACTORS = [f"actor-{i}" for i in range(6)]
MISSING: dict[str, Rule] = {
    "date": lambda event, _: event.date is None,
    "place": lambda event, _: event.place is None,
    "part_of": lambda event, _: event.part_of is None,
    "participant": lambda event, _: not event.participants,
    "side": lambda event, _: not any(each.side for each in event.participants),
    "measure": lambda event, corpus: not figures(event, corpus),
    "country": lambda event, corpus: event.place is None or corpus.entry(PlaceEntry, event.place).country is None,
}
YEARS = st.integers(1998, 2021)
ATOM = st.one_of(
    _some(EVENT_TYPES).map(_type),
    st.sampled_from(EVENT_TYPES).map(_other_type),
    _some(ACTORS).map(_participant),
    _some(ROLES).map(_role),
    _some(["side-a", "side-b"]).map(_side),
    _some([f"place-{i}" for i in range(6)]).map(_place),
    st.sampled_from(["RS", "XK", "FJ"]).map(_country),
    st.tuples(st.sampled_from(["=", "<", "<=", ">", ">="]), YEARS).map(_compared),
    st.lists(YEARS, min_size=2, max_size=2).map(_between),
    st.tuples(st.sampled_from(MEASURES), st.integers(0, 40), st.integers(0, 20)).map(_counted),
    st.sampled_from([word for word in WORDS if word not in ("—",)]).map(_words),
    st.sampled_from(sorted(MISSING)).map(lambda name: Atom(f"{name} IS NULL", MISSING[name])),
    st.sampled_from(sorted(MISSING)).map(
        lambda name: Atom(f"{name} IS NOT NULL", lambda event, corpus: not MISSING[name](event, corpus))
    ),
)


def _joined(inner: st.SearchStrategy[Tree | Atom]) -> st.SearchStrategy[Tree]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    joined = st.tuples(st.sampled_from(["and", "or"]), several).map(lambda each: Tree(*each))
    return st.one_of(joined, inner.map(lambda part: Tree("not", (part,))))


TREE: st.SearchStrategy[Tree | Atom] = st.recursive(ATOM, _joined, max_leaves=6).filter(lambda t: len(text(t)) <= 900)
__all__ = ["ASPECTS", "ATOM", "TREE", "Atom", "Tree", "meets", "text"]
