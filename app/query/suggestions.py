"""What was probably meant: by a parameter that a path does not have, by a value that a filter refuses."""

import re
from collections.abc import Mapping, Sequence

from app.query import operators
from app.query.aliases import ALIASES
from app.values.dates_as_written import meant, plainly
from app.values.folding import words
from app.values.nearest import nearest
from app.vocabularies import load

SAID = {"true": "true yes y on 1 t", "false": "false no n off 0 f"}
LONGEST_LOOK_UP = 100  # characters


def parameter(name: str, value: str, names: Sequence[str]) -> str | None:
    """What is asked here by a name that is none of ours: one of the names, or `name=value`.

    What users of other APIs write for it, with an operator or without, or else the nearest.
    """
    called = {word: ours for word in ALIASES if (ours := _alias(word, names))}
    asked = operators.read(name, {**called, **{known.replace("_", ""): known for known in names}})
    if asked is not None and asked.asks == "not" and "filter" in names:
        return operators.unless(asked.name, value)
    return _alias(_plain(name), names) or (asked.name if asked else nearest(name, names))


def _alias(word: str, names: Sequence[str]) -> str | None:
    """The one of the names that users of other APIs call so."""
    return next((alias for alias in ALIASES.get(word, ()) if alias in names), None)


NEEDLESS = {"filterlang": "leave it out, filter is always cql2-text.", "filtercrs": "leave it out, degrees are WGS 84."}


def needless(name: str, names: Sequence[str]) -> str | None:
    """Why a parameter of another API is not needed here."""
    return NEEDLESS.get(_plain(name)) if "filter" in names else None


def interval(name: str, given: Mapping[str, Sequence[str]], names: Sequence[str]) -> str | None:
    """Two dates, or one and an open end, as the parameter that takes an interval: `date=2019-05/2019-06`."""
    ours = next((date for date in ("date", "said") if date in names), None)
    if ours is None or _end(name, ours) is None:
        return None
    unknown = {name: values for name, values in given.items() if name not in names}
    since, until = (_given(unknown, end, ours) for end in ("since", "until"))
    return f"{ours}={since or '..'}/{until or '..'}" if since or until else None


def _end(name: str, date: str) -> str | None:
    """Which end of an interval a name is for, `since` or `until`; None for neither."""
    apart = re.sub("(?i)date", " date ", name.lower() if name.isupper() else name)
    asked = operators.read(apart, {"": date, "date": date, date: date})
    return asked.asks if asked and asked.asks in ("since", "until") else None


def _given(given: Mapping[str, Sequence[str]], end: str, ours: str) -> str | None:
    """The date that is given for one end; None if there is none, or no date."""
    text = next((values[0] for name, values in given.items() if _end(name, ours) == end), "")
    written = plainly(text)
    date = written if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", written) else meant(text)
    return None if date is None or "/" in date else date


def _plain(name: str) -> str:
    """pageSize, page-size and page_size are one word."""
    return re.sub(r"[^a-z]", "", name.lower())


def term(vocabulary: str, value: str) -> str | None:
    """The term of this very label, or code (ISO 3166-1 alpha-3), or the nearest one."""
    known = load(vocabulary)
    return known.called(value) or nearest(value, known.terms)


def flag(value: str) -> str | None:
    """`true` or `false`."""
    said = value.strip().lower()
    return next((flag for flag, words in SAID.items() if said in words.split()), nearest(value, SAID))


def look_up(path: str, text: str) -> str:
    """Where to look for a record by the words of a text: `Look it up: /actors?q=vucic`."""
    sought = looked_up(text).replace(" ", "+")
    return f"Look it up: {path}{'?q=' if sought else ''}{sought}"


def looked_up(text: str) -> str:
    """The words of a text by which a record is looked for: without numbers, if there are others."""
    found = words(text)
    return " ".join([word for word in found if not word.isdigit()] or found)[:LONGEST_LOOK_UP].strip()
