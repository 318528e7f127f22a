"""How far a command is: a bar where somebody watches, lines or nothing where nobody does."""

import io

import pytest
from rich.console import Console

from app.cli.console import progress

STEPS = [("reading", 0, 0), ("reading", 1000, 0), ("reading", 1001, 0), ("checking", 1, 18), ("checking", 18, 18)]


def shown(lines: bool, terminal: bool) -> str:
    """What a command that takes these steps writes on standard error."""
    written = io.StringIO()
    with progress(lines, Console(file=written, force_terminal=terminal, width=100, height=20)) as tell:
        for step in STEPS:
            tell(*step)
    return written.getvalue()


def test_without_a_terminal_each_stage_is_a_line_if_that_is_wanted() -> None:
    assert shown(lines=True, terminal=False) == "reading …\nchecking …\n"
    assert shown(lines=False, terminal=False) == ""


@pytest.mark.parametrize("lines", [True, False])
def test_a_terminal_gets_a_bar(lines: bool) -> None:
    written = shown(lines, terminal=True)
    assert "checking" in written
    assert "18/18" in written
    assert "reading …" not in written
