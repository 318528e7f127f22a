"""Times of day to the minute, with their offset."""

import pytest

from app.values.times import TIME, minute


@pytest.mark.parametrize("text", ["17:09+02:00", "00:00Z", "23:59-03:30", "09:30+14:00"])
def test_a_time_has_hours_minutes_and_an_offset(text: str) -> None:
    assert TIME.fullmatch(text)


@pytest.mark.parametrize(
    "text", ["17:09", "24:00Z", "17:60Z", "17:09:00Z", "7:09Z", "17:09+2", "17:09+15:00", "١٧:09Z"]
)
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="no time such as"):
        minute(0, text)


@pytest.mark.parametrize(
    ("day", "text", "minutes"),
    [
        (0, "00:00Z", 0),
        (0, "01:00+01:00", 0),
        (1, "00:30+01:00", 1410),
        (-1, "23:00-01:00", 0),
        (0, "00:00-03:30", 210),
    ],
)
def test_one_minute_has_one_number_wherever_it_is_told(day: int, text: str, minutes: int) -> None:
    assert minute(day, text) == minutes
