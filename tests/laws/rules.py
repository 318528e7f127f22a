"""The rules of docs/query-language.md once more, as slow and plain as they can be: over entries, without a database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, cos, radians, sin, sqrt
from typing import Any

from app.entries.base import Entry, When
from app.entries.corpus import Corpus
from app.entries.places import PlaceEntry
from app.values.edtf import Edtf
from app.values.folding import fold, is_short, joined, joined_words, keys, name_keys, whole_names
from app.values.stems import stem

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
    called = [name for id in linked if id for name in names(corpus.by_id[id].entry)]
    given = [number for each in getattr(entry, "figures", []) for number in (each.low, each.value, each.high)]
    voice = [entry.voice(corpus)] if hasattr(entry, "voice") else []
    return called + voice + [f"{number:.15g}" for number in given if number is not None]


@dataclass
class Thing:
    """The words under each key; excluded, only a beginning, or loose; and the word in one with those beside it."""

    variants: list[list[str]]
    minus: bool = False
    star: bool = False
    loose: bool = False
    joined: list[str] = field(default_factory=list)


def things(q: str) -> list[Thing]:
    """What a text asks for: its words with what they make together."""
    found = _things(q)
    for one, other in pairwise(found):
        if one.loose and other.loose:
            pairs = [a + b for a, *more in one.variants if not more for b, *rest in other.variants if not rest]
            one.joined += pairs
            other.joined += pairs
    return found


def _things(q: str) -> list[Thing]:
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
    found = []
    for i, word in enumerate(words):
        last = star and i == len(words) - 1
        if variants := [key.split() for key in keys(word) if key]:
            compound = list(joined_words(run)) if len(words) > 1 and not last else []
            found.append(Thing(variants, star=last, loose=not last, joined=compound))
    return found


def _thing(minus: bool, star: bool, text: str) -> list[Thing]:
    variants = [key.split() for key in dict.fromkeys((*keys(text), *keys(joined(text)))) if key]
    return [Thing(variants, minus, star)] if variants else []


def stands_in(thing: Thing, text: str) -> bool:
    """Whether the words stand in the text one after the other."""
    written = (*name_keys(text), *keys(joined(text)), *joined_words(text))
    return any(_in_a_row(words, key.split(), thing.star) for words in thing.variants for key in written)


def is_met(thing: Thing, text: str) -> bool:
    """Whether the words stand there, or a loose one in another form, in one with its neighbour, or in two."""
    if stands_in(thing, text) or not thing.loose:
        return stands_in(thing, text)
    wanted = [words[0] for words in thing.variants if len(words) == 1]
    stems = {stem(word) for word in (*wanted, *thing.joined)}
    for key in (*name_keys(text), *keys(joined(text)), *joined_words(text)):
        words = key.split()
        if any(stem(word) in stems for word in words):
            return True
        if any(one + two in wanted and min(len(one), len(two)) >= 3 for one, two in pairwise(words)):
            return True
    return False


def _in_a_row(words: list[str], text: list[str], star: bool) -> bool:
    for at in range(len(text) - len(words) + 1):
        there = text[at : at + len(words)]
        if there[:-1] == words[:-1] and (there[-1].startswith(words[-1]) if star else there[-1] == words[-1]):
            return True
    return False


def found(q: str, entry: Entry, corpus: Corpus) -> bool:
    """Whether `q` finds the record."""
    wanted, everything = things(q), names(entry) + texts(entry, corpus) + beside(entry, corpus)
    return bool(wanted) and all(any(is_met(each, text) for text in everything) != each.minus for each in wanted)


def rank(q: str, entry: Entry, corpus: Corpus) -> int:
    """How well a record that `q` finds has what is sought."""
    wanted = [each for each in things(q) if not each.minus]
    if not wanted:
        return 5
    star, most = wanted[-1].star, max(len(each.variants) for each in wanted)
    typed = {" ".join(" ".join(each.variants[min(i, len(each.variants) - 1)]) for each in wanted) for i in range(most)}
    called = [
        key for name in names(entry) for key in (*name_keys(name), *(name_keys(joined(name)) if is_short(name) else ()))
    ]
    plain = [key for name in names(entry) for key in name_keys(name)]
    if typed & set(plain) or set(whole_names(typed)) & set(whole_names(plain)):
        return 0
    if any(key.startswith(text if star else f"{text} ") for text in typed for key in called):
        return 1
    everything = names(entry) + texts(entry, corpus) + beside(entry, corpus)
    for step, meets, where in (
        (2, stands_in, names(entry)),
        (3, stands_in, everything),
        (4, is_met, names(entry)),
    ):
        if all(any(meets(each, text) for text in where) for each in wanted):
            return step
    return 5


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
    """Whether the point lies in the box; the antimeridian is one line, and a pole is on every meridian."""
    if point is None or not south <= point[0] <= north:
        return False
    if abs(point[0]) == 90 or (abs(point[1]) == 180 and (west > east or west == -180 or east == 180)):
        return True
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
        place = corpus.entry(PlaceEntry, place).within


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
