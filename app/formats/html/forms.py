"""The form of a list: a field for each filter and for the order, filled with what was asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.formats.html.humanize import words
from app.query.base import Collection, Filter
from app.vocabularies import load

MOST_CHOICES = 60  # of a field that is chosen from; longer ones are typed
NEVER_FIELDS = ("id",)  # a batch, for programs
LAST = ("dossier", "layer")  # what few people narrow a list by


LABELS = {"q": "Words", "min": "Figure of at least", "max": "Figure of at most", "on": "On the day"}


@dataclass(frozen=True)
class Field:
    """One field of a form: its parameter, what people call it, what it selects, and the value given.

    `choices` are values with their labels; none if a value is typed.
    """

    name: str
    label: str
    about: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether the question has it."""
        return bool(self.value)


def fields(collection: Collection, given: Mapping[str, Sequence[str]]) -> list[Field]:
    """The fields of a collection in the order of its filters, the order of the list last."""
    closed = {*NEVER_FIELDS, *(name for name, _ in collection.fixed)}
    wanted = [asked for asked in collection.filters if asked.name not in closed]
    found = [_field(asked, given) for asked in sorted(wanted, key=lambda asked: asked.name in LAST)]
    orders = tuple(_orders(collection))
    return [*found, Field("sort", "Order", "The order of the list.", ",".join(given.get("sort", ())), orders)]


def _field(asked: Filter, given: Mapping[str, Sequence[str]]) -> Field:
    value = ",".join(given.get(asked.name, ()))
    choices = tuple(_choices(asked))
    known = [choice for choice, _ in choices]
    if value and value not in known:  # several at once, or a value that is none
        choices = ()
    return Field(asked.name, LABELS.get(asked.name) or words(asked.name), asked.about.replace("`", ""), value, choices)


def _choices(asked: Filter) -> Iterator[tuple[str, str]]:
    if asked.schema().get("type") == "boolean":
        yield from (("true", "yes"), ("false", "no"))
    elif vocabulary := getattr(asked, "vocabulary", ""):
        terms = load(vocabulary).terms
        if len(terms) <= MOST_CHOICES:
            yield from ((id, term.label) for id, term in terms.items())


def _orders(collection: Collection) -> Iterator[tuple[str, str]]:
    for word in collection.sorts:
        if word != "relevance":
            yield word, word.replace("_", " ")
            yield f"-{word}", f"{word.replace('_', ' ')}, last first"
