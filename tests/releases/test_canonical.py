"""The canonical text: what orjson writes quickly is what Python writes, which names every release."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.releases.canonical import ENCODER, written

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
SMALL = st.floats(min_value=-0.001, max_value=0.001)
VALUES = st.recursive(PLAIN | SMALL, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@given(st.dictionaries(st.text(), VALUES))
def test_a_value_is_written_as_python_writes_it(value: dict[str, object]) -> None:
    assert written(value) == ENCODER.encode(value)


@pytest.mark.parametrize("number", [1e16, 1.5e-7, 5e-5, 0.0001, -1e22, 123456789012345680.0, 2**70, -0.0])
def test_a_number_is_written_as_python_writes_it(number: float) -> None:
    assert written({"at": [number]}) == ENCODER.encode({"at": [number]})


def test_what_is_no_number_is_refused_as_by_python() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        written({"value": float("nan")})
