"""Every example of the specification's levels 0 and 1, and what is refused and how."""

import re
import timeit

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.values.days import OPEN_END, OPEN_START, iso
from app.values.edtf import BadDate, Edtf, EdtfText

DATES = [
    # Level 0: dates
    ("1985-04-12", "1985-04-12", "1985-04-12", "day"),
    ("1985-04", "1985-04-01", "1985-04-30", "month"),
    ("1985", "1985-01-01", "1985-12-31", "year"),
    # Level 1: letter-prefixed years
    ("Y170000002", "Y170000002-01-01", "Y170000002-12-31", "year"),
    ("Y-170000002", "Y-170000002-01-01", "Y-170000002-12-31", "year"),
    # Level 1: seasons
    ("2001-21", "2001-03-01", "2001-05-31", "season"),
    ("2001-22", "2001-06-01", "2001-08-31", "season"),
    ("2001-23", "2001-09-01", "2001-11-30", "season"),
    ("2001-24", "2001-12-01", "2002-02-28", "season"),
    ("2003-24", "2003-12-01", "2004-02-29", "season"),
    # Level 1: qualifiers
    ("1984?", "1984-01-01", "1984-12-31", "year"),
    ("2004-06~", "2004-06-01", "2004-06-30", "month"),
    ("2004-06-11%", "2004-06-11", "2004-06-11", "day"),
    ("2001-21~", "2001-03-01", "2001-05-31", "season"),
    # Level 1: unspecified digits from the right
    ("201X", "2010-01-01", "2019-12-31", "decade"),
    ("20XX", "2000-01-01", "2099-12-31", "century"),
    ("2004-XX", "2004-01-01", "2004-12-31", "year"),
    ("1985-04-XX", "1985-04-01", "1985-04-30", "month"),
    ("1985-XX-XX", "1985-01-01", "1985-12-31", "year"),
    ("201X?", "2010-01-01", "2019-12-31", "decade"),
    # Level 1: negative years
    ("-1985", "-1985-01-01", "-1985-12-31", "year"),
    ("-0044-03-15", "-0044-03-15", "-0044-03-15", "day"),
    ("-201X", "-2019-01-01", "-2010-12-31", "decade"),
    ("-000X", "-0009-01-01", "-0001-12-31", "decade"),
    ("0000", "0000-01-01", "0000-12-31", "year"),
    ("2020-02-29", "2020-02-29", "2020-02-29", "day"),
]

INTERVALS = [
    # Level 0
    ("1964/2008", "1964-01-01", "2008-12-31"),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31"),
    ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28"),
    ("2004-02-01/2005", "2004-02-01", "2005-12-31"),
    ("2005/2006-02", "2005-01-01", "2006-02-28"),
    # Level 1
    ("1985-04-12/..", "1985-04-12", None),
    ("1985-04/..", "1985-04-01", None),
    ("1985/..", "1985-01-01", None),
    ("../1985-04-12", None, "1985-04-12"),
    ("../1985-04", None, "1985-04-30"),
    ("../1985", None, "1985-12-31"),
    ("1985-04-12/", "1985-04-12", None),
    ("1985-04/", "1985-04-01", None),
    ("1985/", "1985-01-01", None),
    ("/1985-04-12", None, "1985-04-12"),
    ("/1985-04", None, "1985-04-30"),
    ("/1985", None, "1985-12-31"),
    # Further: qualified sides, seasons, long and negative years, sides inside each other
    ("1984~/2004-06?", "1984-01-01", "2004-06-30"),
    ("2004-06-01%/..", "2004-06-01", None),
    ("2001-21/2001-24", "2001-03-01", "2002-02-28"),
    ("Y-12000/-0500", "Y-12000-01-01", "-0500-12-31"),
    ("2019-05/2019-05", "2019-05-01", "2019-05-31"),
    ("2019-05/2019", "2019-05-01", "2019-12-31"),
    ("2019/2019-05", "2019-01-01", "2019-05-31"),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), DATES)
def test_a_date_has_whole_day_bounds(text: str, earliest: str, latest: str, precision: str) -> None:
    date = Edtf.parse(text)
    assert (iso(date.earliest), iso(date.latest), date.precision) == (earliest, latest, precision)
    assert date.text == text
    assert date.qualified == (text[-1] in "?~%")
    assert not date.unknown_end


@pytest.mark.parametrize(("text", "earliest", "latest"), INTERVALS)
def test_an_interval_runs_from_the_earliest_of_its_start_to_the_latest_of_its_end(
    text: str, earliest: str | None, latest: str | None
) -> None:
    date = Edtf.parse(text)
    assert (iso(date.earliest), iso(date.latest), date.precision) == (earliest, latest, "interval")
    assert (date.earliest == OPEN_START, date.latest == OPEN_END) == (earliest is None, latest is None)
    assert date.qualified == bool(set(text) & set("?~%"))
    assert date.unknown_end == (text[0] == "/" or text[-1] == "/")


@pytest.mark.parametrize("text", ["1984", "2004-06", "2004-06-11", "1984/2004-06"])
def test_a_qualifier_never_moves_bounds(text: str) -> None:
    plain = Edtf.parse(text)
    for sign in "?~%":
        qualified = Edtf.parse(text + sign)
        assert (qualified.earliest, qualified.latest, qualified.precision) == (
            plain.earliest,
            plain.latest,
            plain.precision,
        )
        assert qualified.qualified


@pytest.mark.parametrize(
    ("text", "current"),
    [
        ("1980-uu", "1980-XX"),
        ("1980-uu-uu", "1980-XX-XX"),
        ("199u", "199X"),
        ("19xx", "19XX"),
        ("1985-04-12/open", "1985-04-12/.."),
        ("1985/unknown", "1985/"),
        ("unknown/2006", "/2006"),
        ("Unknown/2006", "/2006"),
        ("y170000002", "Y170000002"),
        ("y-170000002", "Y-170000002"),
        ("1984?~", "1984%"),
        ("1984~/2004?~", "1984~/2004%"),
        ("open", "1985-04-12/.."),
        ("unknown", "1985-04-12/"),
    ],
)
def test_a_form_of_the_draft_is_refused_with_the_current_form(text: str, current: str) -> None:
    with pytest.raises(BadDate, match=re.escape(repr(current))) as refused:
        Edtf.parse(text)
    assert "draft of 2012" in str(refused.value)
    Edtf.parse(current)


LEVEL_2 = [
    "Y-17E7",
    "1950S2",
    "Y171010000S3",
    "Y3388E2S3",
    "2001-34",
    "2001-25",
    "[1667,1668,1670..1672]",
    "[..1760-12-03]",
    "{1960,1961-12}",
    "{..1984}",
    "2004-06~-11",
    "2004?-06-11",
    "?2004-06-~11",
    "2004-%06-11",
    "156X-12-25",
    "15XX-12-25",
    "XXXX-12-XX",
    "1XXX-XX",
    "1XXX-12",
    "1984-1X",
    "1XXX",
    "1985-XX-04",
    "2004-06-~01/2004-06-~20",
    "2004-06-XX/2004-07-03",
    "201X/..",
]


@pytest.mark.parametrize("text", LEVEL_2)
def test_level_2_is_refused_as_such(text: str) -> None:
    with pytest.raises(BadDate, match=r"level 2.*Accepted are days"):
        Edtf.parse(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not a date"),
        ("0", "is not a date"),
        ("1700000000", "is not a date"),
        ("20190528", "is not a date"),
        ("2019-5-28", "is not a date"),
        ("28.5.2019", "is not a date"),
        ("2019-05-28 ", "is not a date"),
        (" 2019", "is not a date"),
        ("2019\n", "is not a date"),
        ("2019\x00", "is not a date"),
        ("2019/2020/2021", "is not a date"),
        ("٢٠١٩", "is not a date"),
        ("2019-05-28".replace("2", "\uff12"), "is not a date"),
        ("2019\ud800", "is not a date"),
        ("2019-W22", "is not a date"),
        ("Y1985", "Y and more"),
        ("Y0012345", "Y and more"),
        ("Y" + "9" * 16, "Y and more"),
        ("2020-02-30", "day 30 is not in month 2"),
        ("2019-02-29", "day 29 is not in month 2"),
        ("2019-05-00", "day 0 is not in month 5"),
        ("2019-13", "month 13 is not 1 to 12"),
        ("2019-00", "month 0 is not 1 to 12"),
        ("2019-21-01", "without a day"),
        ("-0000", "bears no sign"),
        ("-0000-01-01", "bears no sign"),
        ("2020-01-01T00:00Z", "time of day"),
        ("1985-04-12T23:20:30+04:30", "time of day"),
        ("../..", "has no date"),
        ("/", "has no date"),
        ("/..", "has no date"),
        ("../", "has no date"),
        ("..", "is not a date"),
        ("2008/2004", "from is after to"),
        ("2019-05-28/2019-05-27", "from is after to"),
        ("2019-06/2019-05-28", "from is after to"),
        ("1" * 65, "at most 64 characters"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_is_accepted(text: str, reason: str) -> None:
    with pytest.raises(BadDate, match=f"{re.escape(reason)}.*Accepted are days") as refused:
        Edtf.parse(text)
    str(refused.value).encode()


@given(st.text(alphabet="0123456789XuY-?~%/.TZopenkw[]", max_size=20) | st.text())
def test_any_other_text_is_refused_and_never_breaks(text: str) -> None:
    try:
        date = Edtf.parse(text)
    except BadDate:
        return
    assert text.isascii()
    assert OPEN_START <= date.earliest <= date.latest <= OPEN_END


@given(st.dates(), st.dates())
def test_an_interval_of_days_is_its_days(one: object, other: object) -> None:
    first, last = sorted((str(one), str(other)))
    date = Edtf.parse(f"{first}/{last}")
    assert (iso(date.earliest), iso(date.latest)) == (first, last)


def test_parsing_is_fast_enough_for_every_request() -> None:
    best = min(timeit.repeat(lambda: Edtf.parse("2019-05-28/2019-05-31"), number=500, repeat=5)) / 500
    assert best < 100e-6  # about 6 µs where it was written; a shared machine gets room


def test_the_field_type_keeps_the_text_and_says_what_is_wrong() -> None:
    adapter = TypeAdapter(EdtfText)
    assert adapter.validate_python("2008~") == "2008~"
    with pytest.raises(ValidationError) as refused:
        adapter.validate_python("{1984}")
    error = refused.value.errors()[0]
    assert error["type"] == "bad_date"
    assert error["msg"].startswith("'{1984}' is no level 1 date")


def test_the_field_type_has_a_schema_for_openapi() -> None:
    api = FastAPI()

    def read(date: EdtfText) -> None: ...

    api.get("/")(read)
    schema = api.openapi()["paths"]["/"]["get"]["parameters"][0]["schema"]
    assert (schema["type"], schema["format"], schema["maxLength"]) == ("string", "edtf", 64)
    for example in schema["examples"]:
        Edtf.parse(example)
