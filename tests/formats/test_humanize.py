"""Dates and figures in words."""

from typing import Any

import pytest

from app.formats.html.humanize import date, figure, moment


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2019", "2019"),
        ("2019-05", "May 2019"),
        ("2019-05-28", "28 May 2019"),
        ("2019-05-27/2019-05-28", "27 to 28 May 2019"),
        ("2019-04-27/2019-05-28", "27 April 2019 to 28 May 2019"),
        ("2018-05/2019-05", "May 2018 to May 2019"),
        ("1998/1999", "1998 to 1999"),
        ("../2018-11", "until November 2018"),
        ("/2018-11", "until November 2018"),
        ("2018-11/..", "from November 2018 on"),
        ("2018-11~", "about November 2018"),
        ("2008?", "2008 (uncertain)"),
        ("2008%", "about 2008 (uncertain)"),
        ("201X", "the 2010s"),
        ("20XX", "some year from 2000 to 2099"),
        ("2019-XX", "some month in 2019"),
        ("2019-XX-XX", "some day in 2019"),
        ("2019-05-XX", "some day in May 2019"),
        ("2019-24", "winter 2019"),
        ("-0043", "44 BC"),
        ("0000", "1 BC"),
        ("Y12019", "12019"),
        ("-004X", "-004X"),
        ("soon", "soon"),
    ],
)
def test_a_date(edtf: str, words: str) -> None:
    assert date(edtf) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (None, "28 May 2019"),
        ("17:09+02:00", "28 May 2019, 17:09 (UTC+02:00)"),
        ("08:30Z", "28 May 2019, 08:30 (UTC)"),
    ],
)
def test_a_moment(time: str | None, words: str) -> None:
    assert moment({"edtf": "2019-05-28", "time": time}) == words


@pytest.mark.parametrize(
    ("low", "value", "high", "approximate", "words"),
    [
        (39, 39, 39, False, "39"),
        (None, 30, None, True, "about 30"),
        (10, None, None, False, "at least 10"),
        (None, None, 4000, False, "at most 4,000"),
        (10, None, 20, True, "about 10 to 20"),
        (None, None, None, True, "no number"),
    ],
)
def test_a_figure(low: Any, value: Any, high: Any, approximate: bool, words: str) -> None:
    given = {"low": low, "value": value, "high": high, "approximate": approximate}
    assert figure(given, "{person}") == words


@pytest.mark.parametrize(("unit", "words"), [("t", "2.6 t"), ("m2", "2.6 m²"), ("EUR", "2.6 EUR"), (None, "2.6")])
def test_what_is_measured_or_paid_has_its_unit(unit: str | None, words: str) -> None:
    assert figure({"low": None, "value": 2.6, "high": None, "approximate": False}, unit) == words


def test_a_percentage() -> None:
    assert figure({"low": 9.5, "value": None, "high": 10, "approximate": False}, "%") == "9.5% to 10%"
