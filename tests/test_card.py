"""The code of app/ keeps to the card: short functions, short files, few parameters, names that say what a thing is."""

from pathlib import Path

import pytest

from card import APP, Card, Function, measure

SAMPLE = '''
class RowManager:
    @property
    def two_lines(self):
        """Not counted."""

        # nor is a comment before the first statement
        first = 1

        return first

    def signature_only(self, a, /, b, *rest, c, **others):
        """No body but this."""


async def outer(cls_less):
    @decorator
    def inner():
        return 1
    return inner
'''


@pytest.fixture(scope="module")
def card() -> Card:
    return measure(APP)


def test_half_of_the_functions_have_at_most_8_lines(card: Card) -> None:
    assert card.median <= 8


def test_nine_functions_in_ten_are_under_25_lines(card: Card) -> None:
    assert card.ninth_tenth < 25


def test_no_function_is_over_50_lines(card: Card) -> None:
    assert card.longer_than(50) == []


def test_no_function_takes_more_than_five_parameters(card: Card) -> None:
    assert card.wider_than(5) == []


def test_no_file_is_over_300_lines(card: Card) -> None:
    assert {path: lines for path, lines in card.files.items() if lines > 300} == {}


def test_every_module_says_what_it_is(card: Card) -> None:
    assert card.undocumented == ()


def test_nothing_has_a_name_that_says_nothing(card: Card) -> None:
    assert card.forbidden == ()


def test_the_measure_counts_bodies_and_parameters(tmp_path: Path) -> None:
    (tmp_path / "utils").mkdir()
    (tmp_path / "utils" / "rows.py").write_text(SAMPLE)

    sample = measure(tmp_path)

    assert set(sample.functions) == {
        Function("utils/rows.py:4 two_lines", length=3, parameters=0),
        Function("utils/rows.py:12 signature_only", length=0, parameters=5),
        Function("utils/rows.py:16 outer", length=4, parameters=1),
        Function("utils/rows.py:18 inner", length=1, parameters=0),
    }
    assert (sample.median, sample.ninth_tenth) == (2, 4)
    assert [f.where for f in sample.longer_than(2)] == ["utils/rows.py:16 outer", "utils/rows.py:4 two_lines"]
    assert sample.files == {"utils/rows.py": 20}
    assert sample.undocumented == ("utils/rows.py",)
    assert sample.forbidden == ("utils/rows.py", "utils/rows.py:2 RowManager")
