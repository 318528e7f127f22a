"""A question: the parameters of a list, read and checked as a whole, with every fault at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.errors import Fault, InvalidCursor, bad_query
from app.query.base import Collection, Fixed, Lookup
from app.query.condition import All, Condition, Meets
from app.query.cursor import BadCursor, Cursor, decode, digest
from app.query.form import Form, searched
from app.query.parameters import DEFAULT_LIMIT, Given, read_limit, read_words, unknown
from app.query.sorting import SortKey, read_sort


@dataclass(frozen=True)
class Question:
    """What is asked of a collection: what records must meet, a total order, how many, where to go on, what beside.

    `filter` is the text of the parameter of that name, `filtered` what it means.
    """

    collection: Collection
    readings: tuple[Meets, ...]
    order: tuple[SortKey, ...]
    limit: int = DEFAULT_LIMIT
    cursor: Cursor | None = None
    filter: str = ""
    filtered: Condition | None = None
    facets: tuple[str, ...] = ()
    include: tuple[str, ...] = ()

    @property
    def condition(self) -> All:
        """Everything that a record must meet. `filter` stands by itself: its rows need not be those of a parameter."""
        return All((*self.readings, *([All((self.filtered,))] if self.filtered else [])))

    @property
    def text(self) -> str:
        """The canonical text of what is selected and in which order: equal for questions that mean the same."""
        parts = sorted(f"{each.filter.name}={each.filter.canonical(each.reading)}" for each in self.readings)
        parts += [f"filter={self.filter}"] if self.filter else []
        return "&".join([self.collection.name, *parts, "sort=" + ",".join(key.text for key in self.order)])

    @property
    def digest(self) -> str:
        """What a cursor keeps of the question."""
        return digest(self.text)

    @property
    def page_text(self) -> str:
        """The canonical text of this very page: `text` with the limit, the position, and what is sent along."""
        after = self.cursor.after if self.cursor else ""
        beside = f"&facets={','.join(self.facets)}&include={','.join(self.include)}"
        return f"{self.text}&limit={self.limit}&after={after}{beside}"


def ask(
    collection: Collection, given: Given, lookup: Lookup, fixed: Fixed = (), faults: Sequence[Fault] = ()
) -> Question:
    """The question that raw parameters ask; raises a BadQuery problem that names every fault, `faults` before its own.

    `fixed` are filters that the path sets beside those of the collection; their parameters are unknown there.
    """
    form = Form(collection, given, lookup, dict(collection.fixed + fixed))
    faults = [*unknown(given, form.names(), collection.path), *faults]
    question = _read(form, collection, given)
    if faults or form.faults:
        raise bad_query(collection.path, [*faults, *form.faults, *_unreadable(given, [*faults, *form.faults])])
    return replace(question, cursor=_cursor(given["cursor"][0], question)) if "cursor" in given else question


def _read(form: Form, collection: Collection, given: Given) -> Question:
    readings = form.readings()
    sought = searched(readings) is not None
    form.complete()
    form.read("cursor", lambda values: values[0], "")
    return Question(
        collection,
        readings,
        order=form.read("sort", lambda words: read_sort(collection, words, sought), read_sort(collection, (), sought)),
        limit=form.read("limit", lambda values: read_limit(values[0]), DEFAULT_LIMIT),
        filter=given.get("filter", ("",))[0],
        filtered=form.condition(),
        facets=form.read("facets", lambda words: read_words("facets", words, collection.facets), ()),
        include=form.read("include", lambda words: read_words("include", words, collection.includes), ()),
    )


def _unreadable(given: Given, faults: Sequence[Fault]) -> Iterator[Fault]:
    """A cursor that was altered, beside what else is wrong."""
    if "cursor" in given and "cursor" not in (fault.parameter for fault in faults):
        try:
            decode(given["cursor"][0])
        except BadCursor as error:
            yield Fault("cursor", given["cursor"][0], str(error))


def _cursor(text: str, question: Question) -> Cursor:
    try:
        cursor = decode(text)
    except BadCursor as error:
        raise InvalidCursor(str(error), [Fault("cursor", text, str(error))]) from error
    if cursor.digest != question.digest:
        message = "The cursor belongs to another question: send it with the parameters it was given for."
        raise InvalidCursor(message, [Fault("cursor", text, message)])
    return cursor
