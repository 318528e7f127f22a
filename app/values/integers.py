"""Numbers of a query string, in plain ASCII digits only: no `+5`, `1_0`, `1e3`, blanks or digits of other scripts."""

import re

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LONGEST_NUMBER = 32


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
