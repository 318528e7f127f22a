"""Every promise of docs/promises.md is a test of that name, and every test of this folder a promise."""

import re
from pathlib import Path

TABLE = re.compile(r"^\|.*\| `(test_\w+)` \|$", re.MULTILINE)
TEST = re.compile(r"^def (test_\w+)\(", re.MULTILINE)
HERE = Path(__file__)
PROMISES = HERE.parents[2] / "docs" / "promises.md"


def test_every_promise_is_a_test_and_every_test_a_promise() -> None:
    others = sorted(path for path in HERE.parent.glob("test_*.py") if path != HERE)
    tests = [name for path in others for name in TEST.findall(path.read_text(encoding="utf-8"))]
    promised = TABLE.findall(PROMISES.read_text(encoding="utf-8"))
    assert sorted(promised) == sorted(tests)
    assert len(set(tests)) == len(tests)
