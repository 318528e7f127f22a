"""Numbers of a query string, in plain ASCII digits only: no `+5`, `1_0`, `1e3`, blanks or digits of other scripts."""

import re
from decimal import Decimal

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LONGEST_NUMBER = 32
_BEFORE = re.compile(r"(?:[<>]=?|[=+~≥≤≈]|[gl]te?:)\s*")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,' _\u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?")
_WITH_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}")


def plain_integer(text: str, low: int, high: int) -> int:
    """Raises ValueError, which says the accepted range, for any other text and any number outside it."""
    # The length is looked at first: thousands of digits cost nothing.
    longest = max(len(str(low)), len(str(high)))
    if len(text) <= longest and _INTEGER.fullmatch(text) and low <= int(text) <= high:
        return int(text)
    raise ValueError(f"must be a whole number from {low} to {high}, in plain digits")


def plain_number(text: str) -> float:
    """Raises ValueError for anything but plain decimals such as `20`, `-7.5`; the result is finite, and never -0.0."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise ValueError(f"must be a decimal number such as 42 or -20.87, of at most {_LONGEST_NUMBER} characters")
    return float(text) + 0.0


def in_digits(number: float) -> str:
    """The number as `plain_number` reads it, to the last digit and without an exponent: 1e15 is 1000000000000000."""
    text = f"{Decimal(repr(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_meant(text: str) -> str | None:
    """The plain number that a text is elsewhere: `1,000`, `1 000`, `2,5`, `+5`, `>=20`, `1e3` or Arabic digits."""
    bare = _BEFORE.sub("", text.strip())[: _LONGEST_NUMBER + 1]
    if _GROUPED.fullmatch(bare):
        bare = re.sub(r"[^0-9.]", "", bare)
    elif _WITH_COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    try:
        number = float(bare)  # reads digits of any script
    except ValueError:
        return None
    shown = f"{number:.15g}"
    return shown if shown != text and _NUMBER.fullmatch(shown) else None
