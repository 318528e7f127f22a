"""What is fuzzed: readers of what others write, each with what it may say of any input, and bounds that are counted.

A target takes any bytes and raises AssertionError, or whatever our own code raises, where something is wrong. No clock
decides: a target counts the calls that are made for an input.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Final

from app.dossier.findings import Finding
from app.dossier.read import Lost, read
from app.dossier.written import Written
from app.errors import Problem, problems
from app.query.cursor import BadCursor, decode
from app.query.explain import explain
from app.query.question import Question, ask
from app.releases.reader import SqlReader
from app.releases.sqlite import SqliteStore
from app.resources import by_name
from app.resources.search import search
from app.values.edtf import BadDate, Edtf
from releases.publishing import SMALL, published

LONGEST: Final = 1200  # bytes of an input: a filter may have 1000 characters, any other value less
MOST_CALLS: Final = 50_000  # of functions for one input
LARGEST: Final = 64 * 1024  # characters of what a refusal or an explanation tells
SEEDS: Final = Path(__file__).parent / "seeds"  # inputs that a target failed on once
SLUGS: Final = {problem.slug for problem in problems()}

Target = Callable[[bytes], None]


class Counter:
    """Counts calls of functions, and stops a target that makes too many."""

    def __init__(self) -> None:
        self.calls = 0

    def __enter__(self) -> None:
        self.calls = 0
        sys.setprofile(self._seen)

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _seen(self, frame: FrameType, event: str, _: object) -> None:
        if event in ("call", "c_call"):
            self.calls += 1
            assert self.calls <= MOST_CALLS, f"more than {MOST_CALLS} calls for one input"


def text(data: bytes) -> str:
    """What a URL can hold: any text but NUL."""
    return data.decode("utf-8", "ignore").replace("\0", "")


@cache
def reader() -> SqlReader:
    """The release of a small dossier."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-fuzz-"))
    published(folder, SMALL)
    return SqliteStore(folder).current()


def answered(asking: Callable[[], Question]) -> Problem | None:
    """Answer and explain what is asked; the problem that refuses it."""
    try:
        question = asking()
        reader().page(question)
        assert len(str(explain(question))) <= LARGEST
    except Problem as problem:
        return problem
    return None


def questions(collection: str, parameter: str) -> Target:
    """Ask a collection with a parameter: it is refused by a problem that is declared, or answered and explained."""
    asked = search if collection == "search" else by_name(collection)

    def target(data: bytes) -> None:
        told = answered(lambda: ask(asked, {parameter: [text(data)]}, reader()))
        if told is not None:
            assert told.slug in SLUGS
            assert told.status < 500
            assert len(f"{told.detail}{told.errors}") <= LARGEST

    return target


def dates(data: bytes) -> None:
    """A date is refused, or two days of which the first is not after the last, and reads again as itself."""
    with suppress(BadDate):
        date = Edtf.parse(text(data))
        assert date.earliest <= date.latest
        assert Edtf.parse(date.text) == date


def cursors(data: bytes) -> None:
    """Only what we wrote is a cursor."""
    with suppress(BadCursor):
        assert decode(text(data)).encode() == text(data)


def files(name: str) -> Target:
    """Read a file of a dossier: every part is an entry, what is lost of one, or a finding at a line that is there."""

    def target(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / name).write_bytes(data)
            lines = data.count(b"\n") + data.count(b"\r") + 1
            for part in read(Path(folder)):
                assert isinstance(part, Written | Lost | Finding)
                if isinstance(part, Written):
                    assert 1 <= part.line <= lines
                    assert all(part.finding("wrong-type", each["loc"], "x").line <= lines for each in part.errors)
                elif isinstance(part, Finding):
                    assert 1 <= part.line <= lines
                    assert part.text.isprintable()

    return target


TARGETS: Final[Mapping[str, Target]] = {
    "dates": dates,
    "asked-dates": questions("events", "date"),
    "filters": questions("claims", "filter"),
    "cursors": cursors,
    "asked-cursors": questions("events", "cursor"),
    "words": questions("search", "q"),
    "names": questions("people", "name"),
    "yaml": files("events.yaml"),
    "json-lines": files("claims.ndjson"),
}

EXAMPLES: Final[Mapping[str, tuple[str, ...]]] = {
    "dates": ("2019-05-28/2019-05-31", "../2019", "1985~", "198X", "Y-170000002", "2019-24", "-0044?", "2019-5-28"),
    "filters": (
        "type = 'report' AND NOT (said >= DATE('2019') OR speaker IN ('a', 'b'))",
        "text LIKE '%a_'",
        "a IS NULL",
    ),
    "cursors": ("ZjhlZDI0ZTcgMGRiYzkxNjVhZGY3ODE2MSAzIGFhYWEgaGFsbHZpay1mZXJyeS1zdHJpa2U",),
    "words": ('ferry "wage talks" -quay har* OR dock AND NOT night', "O’Brannan Вучић مني", "NEAR( ^a {b} (c"),
    "yaml": (
        "- id: a\n  title: 'b'\n  date: 2019-05\n  participants:\n    - {actor: c, role: [d, \"\\ud800\"]}\n- *x\n",
    ),
    "json-lines": ('{"id": "a", "text": "b", "figures": [{"value": 1e5}], "a": 1, "a": 2}\n[NaN, "\\ud800"]\n',),
}


def examples(target: str) -> list[bytes]:
    """What fuzzing a target begins with."""
    kinds = {"asked-dates": "dates", "asked-cursors": "cursors", "names": "words"}
    return [example.encode() for example in EXAMPLES[kinds.get(target, target)]]


def tried(target: str, data: bytes) -> int:
    """Try one input; return how many calls it took."""
    reader()  # the first time it is made
    counter = Counter()
    with counter:
        TARGETS[target](data)
    return counter.calls
