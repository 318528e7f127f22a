"""Check digits of identifiers: the rules by which their last digits follow from the others, so that a slip is found."""

from collections.abc import Callable, Mapping
from typing import Final

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"  # the 32 digits of ROR; i, l, o and u are none


def _mod_11_2(digits: str) -> bool:
    """ISO 7064 MOD 11-2, of ISNI and ORCID."""
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


def _mod_97_10(text: str) -> bool:
    """ISO 7064 MOD 97-10, of LEI: letters count from 10 on."""
    return int("".join(str(int(letter, 36)) for letter in text)) % 97 == 1


def _ean(digits: str) -> bool:
    """That of EAN-13, and so of ISBN."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def _weighted(digits: str) -> bool:
    """That of ISSN: each digit times its place from the right."""
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return sum(value * weight for value, weight in zip(values, range(8, 0, -1), strict=True)) % 11 == 0


def _imo(digits: str) -> bool:
    """That of the IMO number of a ship."""
    return sum(int(digit) * weight for digit, weight in zip(digits[:6], range(7, 1, -1), strict=True)) % 10 == int(
        digits[-1]
    )


def _ror(text: str) -> bool:
    """That of ROR: two decimal digits behind six in base 32."""
    number = 0
    for letter in text[1:-2].lower():
        number = number * 32 + _CROCKFORD.index(letter)
    return 98 - number * 100 % 97 == int(text[-2:])


CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "mod-11-2": _mod_11_2,
    "mod-97-10": _mod_97_10,
    "ean-13": _ean,
    "issn": _weighted,
    "imo": _imo,
    "ror": _ror,
}
"""Each rule by name; it takes an identifier that has the form of its scheme, without hyphens."""


def holds(rule: str, identifier: str) -> bool:
    """Whether the check digits of an identifier follow from the others."""
    return CHECKS[rule](identifier.replace("-", ""))
