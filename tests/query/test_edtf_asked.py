"""EDTF as a client asks it: the specification's own examples of levels 0 and 1 are read, those of level 2 refused."""

import pytest

from visitor import Visitor

# Examples of the Extended Date/Time Format specification (Library of Congress, 2019) and the days that each means;
# None is open. Those that say a time of day or an unknown end are below.
READ: dict[str, tuple[str | None, str | None]] = {
    # Level 0
    "1985-04-12": ("1985-04-12", "1985-04-12"),
    "1985-04": ("1985-04-01", "1985-04-30"),
    "1985": ("1985-01-01", "1985-12-31"),
    "0000": ("0000-01-01", "0000-12-31"),
    "1964/2008": ("1964-01-01", "2008-12-31"),
    "2004-06/2006-08": ("2004-06-01", "2006-08-31"),
    "2004-02-01/2005-02-08": ("2004-02-01", "2005-02-08"),
    "2004-02-01/2005-02": ("2004-02-01", "2005-02-28"),
    "2004-02-01/2005": ("2004-02-01", "2005-12-31"),
    "2005/2006-02": ("2005-01-01", "2006-02-28"),
    # Level 1
    "Y170000002": ("Y170000002-01-01", "Y170000002-12-31"),
    "Y-170000002": ("Y-170000002-01-01", "Y-170000002-12-31"),
    "2001-21": ("2001-03-01", "2001-05-31"),
    "2001-22": ("2001-06-01", "2001-08-31"),
    "2001-23": ("2001-09-01", "2001-11-30"),
    "2001-24": ("2001-12-01", "2002-02-28"),
    "1984?": ("1984-01-01", "1984-12-31"),
    "2004-06~": ("2004-06-01", "2004-06-30"),
    "2004-06-11%": ("2004-06-11", "2004-06-11"),
    "201X": ("2010-01-01", "2019-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
    "2004-XX": ("2004-01-01", "2004-12-31"),
    "1985-04-XX": ("1985-04-01", "1985-04-30"),
    "1985-XX-XX": ("1985-01-01", "1985-12-31"),
    "1985-04-12/..": ("1985-04-12", None),
    "1985-04/..": ("1985-04-01", None),
    "1985/..": ("1985-01-01", None),
    "../1985-04-12": (None, "1985-04-12"),
    "../1985-04": (None, "1985-04-30"),
    "../1985": (None, "1985-12-31"),
    "1984~/2004-06": ("1984-01-01", "2004-06-30"),
    "2004-06-01/2004-06-20~": ("2004-06-01", "2004-06-20"),
    "-1985": ("-1985-01-01", "-1985-12-31"),
    "-0043-03-15": ("-0043-03-15", "-0043-03-15"),
}
# Level 2, and what of levels 0 and 1 is no question about days.
REFUSED = [
    *("Y-17E7", "Y17E8", "1950S2", "Y171010000S3", "2001-34", "2001-41", "1984?-06", "?2004-06-~11", "2004?-06-11"),
    *(
        "[1667,1668,1670..1672]",
        "[..1760-12-03]",
        "{1667,1668,1670..1672}",
        "{1960,1961-12}",
        "156X-12-25",
        "15XX-12-25",
    ),
    *("XXXX-12-XX", "1XXX-XX", "1XXX-12", "1984-1X", "2004-06-~01/2004-06-~20", "2004-06-XX/2004-07-03"),
    *("1985-04-12T23:20:30-04", "1985-04-12T", "T23:20:30"),
    *(
        "1985-04-12/",
        "1985-04/",
        "1985/",
        "/1985-04-12",
        "/1985-04",
        "/1985",
        "../..",
        "/",
        "1980-uu",
        "unknown",
        "today",
    ),
    *("2019-02-29", "2019-13", "2019-00", "2019/2018", "28.05.2019", "5/28/2019", "2019-05-28 "),
]
PATHS = [("/events", "date"), ("/claims", "said"), ("/sources", "date")]


@pytest.mark.parametrize(("path", "parameter"), PATHS)
@pytest.mark.parametrize("asked", READ)
def test_level_1_is_read_as_the_days_that_it_means(visitor: Visitor, path: str, parameter: str, asked: str) -> None:
    told = visitor.data(path, limit=0, **{parameter: asked})["query"]["parameters"][parameter]
    assert (told["edtf"], told["earliest"], told["latest"]) == (asked, *READ[asked])


@pytest.mark.parametrize(("path", "parameter"), PATHS)
@pytest.mark.parametrize("asked", REFUSED)
def test_anything_else_is_refused(visitor: Visitor, path: str, parameter: str, asked: str) -> None:
    answer = visitor.get(path, **{parameter: asked})
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert [fault["parameter"] for fault in answer.json()["errors"]] == [parameter]


@pytest.mark.parametrize(
    ("asked", "instead"),
    [
        ("1985/unknown", "1985/.."),
        ("unknown/1985", "../1985"),
        ("1985/open", "1985/.."),
        ("1985/", "1985/.."),
        ("/1985", "../1985"),
        ("1980-uu", "1980-XX"),
        ("2019-xx-xx", "2019-XX-XX"),
        ("open", None),
        ("unknown", None),
        ("unknown/open", None),
        ("unknown/2019-13", None),
        ("today", None),
    ],
)
def test_what_is_said_instead_can_be_asked(visitor: Visitor, asked: str, instead: str | None) -> None:
    (fault,) = visitor.get("/events", date=asked).json()["errors"]
    assert fault["did_you_mean"] == instead
    assert "12/'" not in fault["message"]  # an unknown end, which is refused in a question
    if instead:
        assert visitor.get("/events", date=instead).status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("-0043", {"odd-before-our-era"}),
        ("-0043-03-15", {"odd-before-our-era"}),
        ("-0044/-0043", {"odd-before-our-era"}),
        ("Y-17000", {"odd-long-ago"}),
        ("../-0044", {"odd-long-ago"}),
        ("Y-17000/-0001", {"odd-before-our-era", "odd-long-ago"}),
        ("Y17000", {"odd-far-away"}),
        ("Y10000/..", {"odd-far-away"}),
        ("Y170000002", set()),
        ("0000", set()),
    ],
)
def test_years_before_the_first_and_after_9999(visitor: Visitor, asked: str, found: set[str]) -> None:
    """Dates that are certain of the asked days; open ends reach everywhere, so only possibly."""
    listed = visitor.data("/events", date=asked, date_match="certain")["data"]
    assert {each["id"] for each in listed} == found
