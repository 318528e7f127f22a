"""First questions to click: asked of whatever release is served, and shown only where it has an answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from app.query.question import Question, ask
from app.query.reader import FacetValue, Reader
from app.resources import by_name


@dataclass(frozen=True)
class SampleQuery:
    """A question in words, the path and query that ask it, and how many records answer."""

    text: str
    path: str
    total: int


@dataclass(frozen=True)
class Draft:
    """A question before the release is known: `{label}` is the commonest value of the facet `common`."""

    text: str
    collection: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    common: str = ""


DRAFTS = (
    Draft("Which claims does another voice contest?", "claims", {"contested": "true"}),
    Draft("Which claims give figures of which two cannot both be so?", "claims", {"disputed": "true"}),
    Draft("For which events do figures differ?", "events", {"differing": "true"}),
    Draft("What does {label} say?", "claims", common="speaker"),
    Draft("What did {label} take part in?", "events", common="participant"),
    Draft("What happened in {label}?", "events", common="place"),
    Draft("Which claims does somebody else confirm, from another origin?", "claims", {"corroborated": "true"}),
    Draft("What is denied?", "claims", {"type": "denial"}),
    Draft("What do sources say in their own voice?", "claims", {"narrated": "true"}),
)


def sample_queries(reader: Reader) -> Iterator[SampleQuery]:
    """Those that the release has an answer to."""
    for draft in DRAFTS:
        value = next(iter(commonest(reader, draft.collection, draft.common)), None) if draft.common else None
        filled = {**draft.parameters, **({draft.common: value.value} if value else {})}
        total = count(reader, draft.collection, filled) if filled else 0
        if total:
            text = draft.text.format(label=value.label if value else "")
            yield SampleQuery(text, f"/{draft.collection}?{urlencode(filled)}", total)


def commonest(reader: Reader, collection: str, facet: str) -> list[FacetValue]:
    """The values of a facet, those of most records first."""
    return list(reader.facets(question(reader, collection, facets=facet, limit="0"))[facet])


def count(reader: Reader, collection: str, parameters: Mapping[str, str]) -> int:
    """How many records match."""
    return reader.page(question(reader, collection, **parameters, limit="0")).total


def question(reader: Reader, collection: str, **parameters: str | Iterable[str]) -> Question:
    """A list of that collection, asked as a URL would ask it; a parameter may have several values."""
    given = {name: [value] if isinstance(value, str) else list(value) for name, value in parameters.items()}
    return ask(by_name(collection), given, reader)
