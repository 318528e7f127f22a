"""The rules of docs/query-language.md once more, as slow and plain as they can be: over entries, without a database."""

from collections.abc import Iterator
from math import atan2, cos, radians, sin, sqrt
from typing import Any

from app.entries.base import Entry, When
from app.entries.corpus import Corpus
from app.values.edtf import Edtf
from app.values.folding import fold, keys

KINDS = ("actor", "claim", "dossier", "event", "place", "relation", "source")
PATHS = {kind: f"/{kind}s" for kind in KINDS}
EARTH_KM = 6371.0088
OWN_POINT = ("exact", "near", "town", "city")


# -- Text


def names(entry: Any) -> list[str]:
    """What a record is called: its name and other names, or its title."""
    if hasattr(entry, "names"):
        return [entry.name, *(each.value for each in entry.names)]
    return [entry.title] if hasattr(entry, "title") else []


def texts(entry: Any, corpus: Corpus) -> list[str]:
    """What else of a record is searched."""
    members = ("text", "platform", "summary", "description", "byline", "reference", "scope", "note")
    label = [entry.label(corpus)] if hasattr(entry, "subject") else []
    return label + [text for text in (getattr(entry, member, None) for member in members) if text]


def beside(entry: Any, corpus: Corpus) -> list[str]:
    """What a record is found by that it does not write itself: whoever speaks, and so on, and numbers."""
    linked = [getattr(entry, member, None) for member in ("place", "publisher", "subject", "object")]
    linked += [each.actor for each in getattr(entry, "participants", [])]
    if getattr(entry, "speaker", None):
        linked.append(entry.speaker.actor)
    linked += [each.publisher for each in getattr(entry, "addresses", [])]
    called = [name for id in linked if id for name in names(corpus.entry(id))]
    given = [number for each in getattr(entry, "figures", []) for number in (each.low, each.value, each.high)]
    voice = [entry.voice(corpus)] if hasattr(entry, "voice") else []
    return called + voice + [f"{number:.15g}" for number in given if number is not None]


Thing = tuple[bool, bool, list[list[str]]]  # excluded, only a beginning, the words under each key


def things(q: str) -> list[Thing]:
    """What a text asks for, read one sign after the other."""
    found: list[Thing] = []
    at = 0
    while at < len(q):
        minus = q[at] == "-" and (at == 0 or q[at - 1].isspace())
        start = at + minus
        if q[start : start + 1] == '"' and (end := q.find('"', start + 1)) > 0:
            star = q[end + 1 : end + 2] == "*"
            found += _thing(minus, star, q[start + 1 : end])
            at = end + 1 + star
            continue
        end = start
        while end < len(q) and not q[end].isspace() and q[end] != '"':
            end += 1
        found += _run(minus, q[start:end])
        at = max(end, at + 1)
    return found


def _run(minus: bool, run: str) -> list[Thing]:
    star = run.endswith("*")
    if minus:
        return _thing(minus, star, run)
    words = "".join(" " if fold(f"a{sign}b") == "a b" else sign for sign in run).split()
    return [thing for i, word in enumerate(words) for thing in _thing(False, star and i == len(words) - 1, word)]


def _thing(minus: bool, star: bool, text: str) -> list[Thing]:
    variants = [key.split() for key in keys(text) if key]
    return [(minus, star, variants)] if variants else []


def stands_in(thing: Thing, text: str) -> bool:
    """Whether the words stand in the text one after the other."""
    _, star, variants = thing
    return any(_in_a_row(words, key.split(), star) for words in variants for key in keys(text))


def _in_a_row(words: list[str], text: list[str], star: bool) -> bool:
    for at in range(len(text) - len(words) + 1):
        there = text[at : at + len(words)]
        if there[:-1] == words[:-1] and (there[-1].startswith(words[-1]) if star else there[-1] == words[-1]):
            return True
    return False


def found(q: str, entry: Entry, corpus: Corpus) -> bool:
    """Whether `q` finds the record."""
    wanted, everything = things(q), names(entry) + texts(entry, corpus) + beside(entry, corpus)
    return bool(wanted) and all(any(stands_in(each, text) for text in everything) != each[0] for each in wanted)


def rank(q: str, entry: Entry) -> int:
    """How well the names of a record that `q` finds have what is sought."""
    wanted = [each for each in things(q) if not each[0]]
    if not wanted:
        return 3
    star = wanted[-1][1]
    typed = {" ".join(" ".join(each[2][min(which, len(each[2]) - 1)]) for each in wanted) for which in (0, 1)}
    called = [key for name in names(entry) for key in keys(name)]
    if typed & set(called):
        return 0
    if any(key.startswith(text if star else f"{text} ") for text in typed for key in called):
        return 1
    return 2 if all(any(stands_in(each, name) for name in names(entry)) for each in wanted) else 3


# -- Dates


def dated(when: When | None, asked: str, match: str = "possible", undated: str = "exclude") -> bool:
    """Whether a date of a record meets an asked one."""
    if when is None:
        return undated != "exclude"
    if undated == "only":
        return False
    mine, theirs = when.bounds, Edtf.parse(asked)
    if match == "certain":
        return theirs.earliest <= mine.earliest and mine.latest <= theirs.latest and not set("?~%") & set(when.edtf)
    if undated == "exclude" and mine.unknown_end:
        start, _, end = when.edtf.partition("/")
        mine = Edtf.parse(start or end)  # the end that is known
    return mine.earliest <= theirs.latest and mine.latest >= theirs.earliest


def held(since: When | None, until: When | None, day: str) -> bool:
    """Whether a state can have held on a day."""
    on = Edtf.parse(day).earliest
    return (since is None or since.bounds.earliest <= on) and (until is None or until.bounds.latest >= on)


# -- Places


def own_point(place: Any) -> tuple[float, float] | None:
    """Latitude and longitude, if they are the place's own."""
    return (
        (place.lat, place.lon) if place is not None and place.lat is not None and place.precision in OWN_POINT else None
    )


def in_box(point: tuple[float, float] | None, west: float, south: float, east: float, north: float) -> bool:
    """Whether the point lies in the box, also across the antimeridian."""
    if point is None or not south <= point[0] <= north:
        return False
    return west <= point[1] <= east if west <= east else point[1] >= west or point[1] <= east


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Along the great circle, by the formula of Vincenty for a sphere."""
    (a, b), (c, d) = ((radians(each) for each in point) for point in (one, other))
    across = sqrt((cos(c) * sin(d - b)) ** 2 + (cos(a) * sin(c) - sin(a) * cos(c) * cos(d - b)) ** 2)
    return EARTH_KM * atan2(across, sin(a) * sin(c) + cos(a) * cos(c) * cos(d - b))


def around(place: str | None, corpus: Corpus) -> Iterator[str]:
    """The place and all places that it lies in."""
    while place is not None:
        yield place
        place = corpus.entry(place).within


# -- Figures


def reaches(figure: Any, least: float | None, most: float | None) -> bool:
    """Whether a figure may lie between the two; a vague one lies nowhere."""
    exact = None if figure.approximate else figure.value
    low = figure.low if figure.low is not None else exact
    high = figure.high if figure.high is not None else exact
    if least is None and most is None:
        return True
    if low is None and high is None:
        return False
    return (least is None or high is None or high >= least) and (most is None or low is None or low <= most)


def figures(event: Any, corpus: Corpus) -> list[Any]:
    """The figures that claims give for an event: what is asserted and no denial."""
    about = [each for each in corpus.kind("claim") if event.id in each.events]
    return [
        figure for each in about if each.modality == "asserted" and each.type != "denial" for figure in each.figures
    ]
