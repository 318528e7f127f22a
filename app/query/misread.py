"""Why a `filter` is not understood: where, what was expected there, and how it is written here."""

import re
from collections.abc import Iterator

from app.query.base import Refused
from app.query.parentheses import QUOTED, parse, tree

FEW = 3  # parentheses that the parser by itself reads in time
TYPOGRAPHIC = str.maketrans(dict.fromkeys("‘’‚‛“”„‟`´", "'"))
POSITION = re.compile(r"--> [0-9]+:([0-9]+)")
OF_FUNCTIONS = {  # what our own words say already
    "t_": "a comparison of dates tells what overlaps, as in date = '2019-05/2019-06' or date < '2019'",
    "s_": "write bbox = 'west,south,east,north' or near = 'lon,lat,km'",
    "a_": "a record with several values meets = with any of them",
}
FUNCTION = re.compile(r"\b([tsa]_)[a-z]+(?=\s*\()", re.IGNORECASE)
ELSEWHERE = {  # words of other languages, and ours
    r"\bILIKE\b": ("LIKE", "LIKE ignores case already"),
    r"==": ("=", "equal is one ="),
    r"&&": ("AND", "and is AND"),
    r"\|\|": ("OR", "or is OR"),
    r"\beq\b": ("=", "equal is ="),
    r"\bne\b": ("<>", "not equal is <>"),
    r"\bCONTAINS\b": ("=", "words are asked by q = '…'"),
    r"\bIS\s+NOT\s+(?=')": ("<> ", "not equal is <>"),
    r"\bIS\s+(?=')": ("= ", "equal is ="),
}


def misread(text: str) -> Refused:
    """The fault of a text that cannot be read, with the mended text if one is near."""
    at, why, mended = next(_reasons(text))
    message = f"filter is not understood at character {at}: {why}."
    return Refused(message, text, mended if mended and _is_read(mended) else None)


def refuse_functions(text: str) -> None:
    """Raise Refused for a function of CQL2 that our own words make needless."""
    if found := FUNCTION.search(_blanked(text)):
        name = found[0].upper()
        message = f"filter knows no {name}, at character {found.start() + 1}: {OF_FUNCTIONS[found[1].lower()]}."
        raise Refused(message, name)


def _reasons(text: str) -> Iterator[tuple[int, str, str | None]]:
    """Position counted from 1, what is wrong there, and the text without that."""
    bare = _blanked(text)
    if found := re.search("[‘’‚‛“”„‟`´]", bare):
        sign = f"a text stands in plain single quotes, 'so', and not in {found[0]}"
        yield found.start() + 1, sign, bare.translate(TYPOGRAPHIC) if bare == text else None
    yield from _unbalanced(bare)
    for pattern, (ours, why) in ELSEWHERE.items():
        if found := re.search(pattern, bare, re.IGNORECASE):
            yield found.start() + 1, why, f"{text[: found.start()]}{ours}{text[found.end() :]}"
    yield _at(bare, text), _expected(bare, _at(bare, text)), None


def _blanked(text: str) -> str:
    """The text with quoted texts blanked out, in the same length."""
    return QUOTED.sub(lambda found: f"'{' ' * (len(found[0]) - 2)}'", text)


def _unbalanced(bare: str) -> Iterator[tuple[int, str, str | None]]:
    if bare.count("'") % 2:
        at = bare.rindex("'")
        yield (
            at + 1,
            "the quote that opens here is never closed; a quote inside a text is doubled, as in 'O''Brien'",
            None,
        )
    opened: list[int] = []
    for at, sign in enumerate(bare):
        if sign == "(":
            opened.append(at)
        elif sign == ")" and not opened:
            yield at + 1, "this parenthesis closes none", None
        elif sign == ")":
            opened.pop()
    if opened:
        yield opened[-1] + 1, "the parenthesis that opens here is never closed", None


def _at(bare: str, text: str) -> int:
    """Where the parser stops, from 1; the first parenthesis where there are too many for it."""
    if bare.count("(") > FEW:
        return bare.index("(") + 1
    try:
        parse(text)
    except Exception as error:  # the parser raises several types of its own
        found = POSITION.search(str(error))
        return int(found[1]) if found else 1
    return 1


def _expected(bare: str, at: int) -> str:
    before = bare[: at - 1].rstrip()
    if re.search(r"(?:[=<>(,]|\b(?:AND|OR|NOT|IN|LIKE|BETWEEN))$", before, re.IGNORECASE):
        return "here stands a name, a text in single quotes, a number, TRUE, FALSE or a DATE"
    if re.search(r"['0-9)]$|\b(?:TRUE|FALSE|NULL)$", before, re.IGNORECASE):
        return "here the filter ends, or goes on with AND or OR"
    return "a comparison is a name, one of = <> < <= > >= IN LIKE BETWEEN IS NULL, and a value, as in type = 'coerce'"


def _is_read(text: str) -> bool:
    try:
        tree(text)
    except Exception:  # the parser raises several types of its own
        return False
    return True
