"""Numbers of a query string: plain digits and nothing else."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.integers import in_digits, number_meant, plain_integer, plain_number


@given(st.integers(-1000, 1000))
def test_plain_integers_in_range_are_read(number: int) -> None:
    assert plain_integer(str(number), -1000, 1000) == number


@pytest.mark.parametrize(
    "text",
    [
        *["", "1.0", "1_0", "+5", " 5", "5 ", "5\n", "1e3", "٥", "０", "0x1", "007", "00", "-0", "--1", "-", "²"],
        *["501", "-1", str(2**31), str(2**63), "9" * 4000],
    ],
)
def test_other_texts_and_numbers_are_refused_with_the_range(text: str) -> None:
    with pytest.raises(ValueError, match="whole number from 0 to 500"):
        plain_integer(text, 0, 500)


def test_a_minus_counts_only_where_numbers_below_zero_do() -> None:
    assert plain_integer("-5", -10, 10) == -5
    with pytest.raises(ValueError, match="from 1 to 10"):
        plain_integer("-5", 1, 10)


def test_the_bounds_belong_to_the_range() -> None:
    assert (plain_integer("0", 0, 500), plain_integer("500", 0, 500)) == (0, 500)
    assert plain_integer(str(2**63), 0, 2**63) == 2**63


def test_millions_of_digits_are_refused_unread() -> None:
    text = "9" * 5_000_000  # which Python would read for minutes
    with pytest.raises(ValueError, match="whole number"):
        plain_integer(text, 0, 500)
    with pytest.raises(ValueError, match="decimal number"):
        plain_number(text)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("-20.87", -20.87), ("42", 42), ("007.50", 7.5)])
def test_plain_decimals_are_read(text: str, number: float) -> None:
    assert plain_number(text) == number


def test_minus_zero_is_zero() -> None:
    assert math.copysign(1, plain_number("-0.0")) == 1


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "-inf", "1e3", "1_0", "+1", ".5", "5.", " 1", "1\n", "1,5", "٥", "0x1p3", "1" * 33]
)
def test_other_texts_are_no_decimals(text: str) -> None:
    with pytest.raises(ValueError, match="decimal number"):
        plain_number(text)


@given(st.from_regex(r"\A-?[0-9]{1,15}(\.[0-9]{1,15})?\Z"))
def test_every_plain_decimal_is_finite(text: str) -> None:
    assert math.isfinite(plain_number(text))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1,000", "1000"),
        ("12,345,678.5", "12345678.5"),
        ("1 000", "1000"),
        ("1\u202f000", "1000"),
        ("2,5", "2.5"),
        ("+5", "5"),
        (">= 20", "20"),
        ("gte:20", "20"),
        ("~20", "20"),
        ("1e3", "1000"),
        ("1_0", "10"),
        (" 7 ", "7"),
        ("007", "7"),
        ("٢٠", "20"),
        ("20", None),  # as it is
        ("1,00,0", None),
        ("nan", None),
        ("inf", None),
        ("1e400", None),
        ("1e30", None),
        ("twenty", None),
        ("", None),
        ("9" * 10_000, None),
    ],
)
def test_a_number_as_it_is_written_elsewhere(text: str, meant: str | None) -> None:
    assert number_meant(text) == meant
    assert meant is None or plain_number(meant) >= 0


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (20, "20"),
        (20.0, "20"),
        (-7.5, "-7.5"),
        (1e15, "1000000000000000"),
        (1e22, "10000000000000000000000"),
        (0.00001, "0.00001"),
        (0.1 + 0.2, "0.30000000000000004"),
        (123456789.1234567, "123456789.1234567"),
        (2**53, "9007199254740992"),
    ],
)
def test_a_number_in_plain_digits_is_read_as_the_same(number: float, digits: str) -> None:
    assert in_digits(number) == digits
    assert plain_number(digits) == number
