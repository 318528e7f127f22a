"""Why a text is no date that we accept, said so that its writer can mend it."""

import re
from typing import Final

ACCEPTED: Final = (
    "Accepted are days (2019-05-28), months (2019-05), years (2019), intervals (2019-05-28/2019-05-31, 2019-05-28/.., "
    "../2019-05-28), and what EDTF level 1 has for less certain ones (2008~, 201X, 2019-05-XX, 2019-21 for spring)."
)
OPEN: Final = ".."
_DRAFT_WORDS = {"open": OPEN, "unknown": ""}
_DRAFT_SIGNS = str.maketrans("uxy", "XXY")
_DRAFT = re.compile(r"[-0-9uxXyY?~%./]+", re.ASCII)
_TIME = re.compile(r"[0-9]T[0-9]", re.ASCII)
_LEVEL_2 = re.compile(
    r"""[\[{].*[\]}]                                            # sets
      | Y-?[0-9]+(?:E[0-9]+)?(?:S[0-9]+)? | -?[0-9]{4}S[0-9]+   # exponents, significant digits
      | [?~%]?-?[0-9X]{4}[?~%]?(?:-[?~%]?[0-9X]{2}[?~%]?){0,2}  # X and qualifiers anywhere; groupings 25 to 41
    """,
    re.VERBOSE | re.ASCII,
)


class BadDate(ValueError):
    """The message says what is wrong with the text and what is accepted."""

    def __init__(self, wrong: str) -> None:
        super().__init__(f"{wrong}. {ACCEPTED}")


def current_form(text: str, unknown: str = "") -> str:
    """The text with the words and signs of EDTF's draft of 2012 replaced by those that took their place in 2019.

    `unknown` is what an unknown side becomes, now an empty one.
    """
    now = {**_DRAFT_WORDS, "unknown": unknown}
    sides = [now.get(side.lower(), side) for side in text.split("/")]
    if not all(_DRAFT.fullmatch(side) for side in sides if side):
        return text
    modern = "/".join(sides).translate(_DRAFT_SIGNS)
    return modern.replace("?~", "%").replace("~?", "%")


def obsolete(text: str, current: str) -> BadDate:
    return BadDate(f"{text!r} is a form of the EDTF draft of 2012, now written {current!r}")


def refusal(text: str) -> BadDate:
    """What is wrong with a text that has not the shape of a level 1 date or interval side."""
    if text.lower() in _DRAFT_WORDS:
        example = f"1985-04-12/{_DRAFT_WORDS[text.lower()]}"
        return BadDate(
            f"{text!r} is a word of the EDTF draft of 2012; an interval's side is now written as in {example!r}"
        )
    if _TIME.search(text):
        return BadDate(f"{text!r} has a time of day; dates here are whole days")
    if _LEVEL_2.fullmatch(text):
        return BadDate(f"{text!r} is no level 1 date (years have four digits, or Y and more; level 2 is not accepted)")
    return BadDate(f"{text!r} is not a date")
