"""The proof desk: which sources a reader's text is compared with, and the page that a script fills in the browser."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from app.query.parameters import Given
from app.query.question import Place, ask
from app.query.reader import Reader
from app.resources import by_name
from app.values.members import Members

PATH = "/verify"
MOST_SOURCES = 50  # that one text is compared with, unless some are chosen
MOST_CLAIMS = 5_000  # the same; their anchors are loaded at once


@dataclass(frozen=True)
class ProofDesk:
    """The sources that are compared, none where there are too many; `total` is how many could be."""

    sources: Sequence[Members]
    chosen: bool
    total: int


def proof_desk(reader: Reader, given: Given, most: int = MOST_SOURCES) -> ProofDesk:
    """The desk for the sources named, or for all whose text was at hand; raises BadQuery for one that is not there."""
    named = given.get("source", ())
    claims = ask(by_name("claims"), _asked("source", named), reader, Place(PATH))
    page = reader.page(ask(by_name("sources"), _asked("id", named), reader, Place(PATH)))
    few = page.total <= most and reader.page(claims).total <= MOST_CLAIMS
    return ProofDesk([orjson.loads(text) for text in page.documents if named or few], bool(named), page.total)


def _asked(parameter: str, named: Sequence[str]) -> Given:
    return {"pinned": ["true"], "limit": ["100"]} | ({parameter: named} if named else {})
