"""The countries are those of ISO 3166-1 and -3, and XK."""

import re
from collections import Counter

from app.vocabularies import load

COUNTRIES = load("countries").terms


def test_as_many_as_the_standard_has() -> None:
    assert Counter(term.status for term in COUNTRIES.values()) == {"official": 249, "withdrawn": 31, "user-assigned": 1}


def test_norway_is_no_boolean() -> None:
    assert COUNTRIES["NO"].label == "Norway"
    assert "False" not in COUNTRIES


def test_kosovo_has_a_user_assigned_code_and_no_official_one() -> None:
    kosovo = COUNTRIES["XK"]
    assert (kosovo.label, kosovo.status, kosovo.code, kosovo.numeric) == ("Kosovo", "user-assigned", None, None)
    assert "not part of the standard" in kosovo.definition


def test_current_codes_are_complete_and_unique() -> None:
    official = [term for term in COUNTRIES.values() if term.status == "official"]
    assert len({term.code for term in official}) == len({term.numeric for term in official}) == 249
    assert all(re.fullmatch("[A-Z]{3}", term.code or "") for term in official)
    assert all(re.fullmatch("[0-9]{3}", term.numeric or "") for term in official)
    assert (COUNTRIES["RS"].label, COUNTRIES["RS"].code, COUNTRIES["RS"].numeric) == ("Serbia", "SRB", "688")


def test_withdrawn_codes_have_four_letters_and_say_when_they_went() -> None:
    assert {id_ for id_ in COUNTRIES if len(id_) == 4} == {
        term.id for term in COUNTRIES.values() if term.status == "withdrawn"
    }
    assert COUNTRIES["YUCS"].definition == "The code YU was withdrawn from the standard on 2003-07-23."


def test_current_codes_come_first_each_part_in_order() -> None:
    assert list(COUNTRIES) == sorted(COUNTRIES, key=lambda code: (len(code), code))
