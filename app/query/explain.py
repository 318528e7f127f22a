"""A question explained: how each parameter was read, and one sentence that is true of exactly what is selected."""

from collections.abc import Sequence

from app.query.base import Collection, Labels, Lookup
from app.query.condition import Absent, All, Condition, Either, Meets, Not, joined
from app.query.question import Question
from app.query.sorting import SortKey


def explain(question: Question, lookup: Lookup) -> dict[str, object]:
    """The `query` of an envelope: `text`, the sentence; `parameters`, how each was read."""
    readings = {met.filter.name: met.filter.explained(met.reading) for met in _asked(question)}
    if question.filter:
        readings["filter"] = question.filter
    parameters = {**readings, "sort": [key.text for key in question.order], "limit": question.limit}
    return {"text": _Sentence(question.collection, lookup).of(question), "parameters": parameters}


def _asked(question: Question) -> list[Meets]:
    """The readings but those that the collection itself sets: its title says them."""
    return [met for met in question.readings if met.filter.name not in dict(question.collection.fixed)]


class _Sentence:
    """What it takes to write sentences about one collection."""

    def __init__(self, collection: Collection, lookup: Lookup) -> None:
        self.collection, self.lookup = collection, lookup

    def of(self, question: Question) -> str:
        """Such as: Events of the type Coerce, dated possibly on 2019-05-28; in order of date, then id."""
        title, phrases = question.collection.title, self._phrases(_asked(question))
        if question.filtered is not None:
            phrases.append(f"for which this holds: {self._clause(question.filtered)}")
        selected = f"{title} {', '.join(phrases)}" if phrases else f"All {title.lower()}"
        return f"{selected}; in order of {', then '.join(_order(key) for key in question.order)}."

    def _phrases(self, parts: Sequence[Condition]) -> list[str]:
        return [self._together(group) for group in joined(parts, self.collection)]

    def _together(self, group: Sequence[Condition]) -> str:
        """The parts that one row meets, as one phrase."""
        if not isinstance(first := group[0], Meets):
            return self._nested(first)
        later = [part for part in group[1:] if isinstance(part, Meets)]
        return self._phrase(first) + "".join(met.filter.further(met.reading, self._labels(met)) for met in later)

    def _phrase(self, met: Meets) -> str:
        return met.filter.phrase(met.reading, self._labels(met))

    def _labels(self, met: Meets) -> Labels:
        return met.filter.labels(met.filter.values(met.reading), self.lookup)

    def _clause(self, condition: Condition) -> str:
        match condition:
            case All(parts):
                groups = joined(parts, self.collection)
                return " and ".join(
                    f"[{self._together(group)}]" if isinstance(group[0], Meets) else self._nested(group[0])
                    for group in groups
                )
            case Either(parts):
                return " or ".join(self._nested(part) for part in parts)
            case Not(part):
                return f"not {self._nested(part)}"
            case Absent(absent):
                return f"[with no {absent.name.replace('_', ' ')}]"
            case Meets():
                return f"[{self._phrase(condition)}]"

    def _nested(self, condition: Condition) -> str:
        inner = self._clause(condition)
        return f"({inner})" if isinstance(condition, All | Either) else inner


def _order(key: SortKey) -> str:
    return f"{key.word.replace('_', ' ')}{' descending' if key.descending else ''}"
