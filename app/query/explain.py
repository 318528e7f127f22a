"""A question explained: how each parameter was read, and one sentence that is true of exactly what is selected."""

from collections.abc import Sequence
from functools import lru_cache

from app.query.base import Collection
from app.query.condition import Absent, All, Condition, Either, Meets, Not, joined
from app.query.question import Question
from app.query.sorting import SortKey


def explain(question: Question) -> dict[str, object]:
    """The `query` of an envelope: `text`, the sentence; `parameters`, how each was read."""
    collection = question.collection
    if collection.fixed:  # its title says them
        met = [met for met in question.readings if met.filter.name not in dict(collection.fixed)]
        groups = joined(met, collection)
    else:
        met, groups = list(question.readings), question.groups
    parameters = {each.filter.name: each.explained for each in met}
    if question.filter:
        parameters["filter"] = question.filter
    parameters |= {"sort": [key.text for key in question.order], "limit": question.limit}
    phrases = [_together(group) for group in groups]
    if question.filtered is not None:
        phrases.append(f"for which this holds: {_clause(question.filtered, collection)}")
    title = collection.title
    selected = f"{title} {', '.join(phrases)}" if phrases else f"All {title.lower()}"
    return {"text": f"{selected}; {_in_order(question.order)}.", "parameters": parameters}


def _together(group: Sequence[Meets]) -> str:
    """The parts that one row meets, as one phrase."""
    return group[0].phrase if len(group) == 1 else group[0].phrase + "".join([met.further for met in group[1:]])


def _clause(condition: Condition, collection: Collection) -> str:
    match condition:
        case All(parts):
            return " and ".join([_side_by_side(group, collection) for group in joined(parts, collection)])
        case Either(parts):
            return " or ".join(_nested(part, collection) for part in parts)
        case Not(part):
            return f"not {_nested(part, collection)}"
        case Absent(absent):
            return f"[with no {absent.name.replace('_', ' ')}]"
        case Meets():
            return f"[{condition.phrase}]"


def _side_by_side(group: Sequence[Condition], collection: Collection) -> str:
    met = [part for part in group if isinstance(part, Meets)]
    return f"[{_together(met)}]" if met else _nested(group[0], collection)


def _nested(condition: Condition, collection: Collection) -> str:
    inner = _clause(condition, collection)
    return f"({inner})" if isinstance(condition, All | Either) else inner


@lru_cache(maxsize=1000)
def _in_order(order: tuple[SortKey, ...]) -> str:
    """Such as: in order of date descending, then id."""
    words = (f"{key.word.replace('_', ' ')}{' descending' if key.descending else ''}" for key in order)
    return f"in order of {', then '.join(words)}"
