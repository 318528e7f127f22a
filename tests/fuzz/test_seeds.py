"""Inputs that a fuzzer failed on once, and those that it begins with, are taken by every target."""

import pytest

from fuzz.targets import MOST_CALLS, SEEDS, TARGETS, examples, tried


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_stays_mended(target: str) -> None:
    found = [path.read_bytes() for path in sorted((SEEDS / target).glob("*"))]
    for data in (*found, *examples(target), b"", b"\0", b"\xff", b"a" * 2000, b"[" * 2000, "ě".encode() * 999):
        assert tried(target, data) <= MOST_CALLS
