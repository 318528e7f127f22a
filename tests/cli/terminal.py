"""A terminal: runs a command of onrecord as somebody would type it, and holds what it printed and its exit code."""

import os
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from app.cli import app

RIGHT, FINDINGS, CANNOT_RUN = 0, 1, 2


@dataclass(frozen=True)
class Ran:
    """`out` are the lines of standard output, `err` those of standard error."""

    code: int
    out: list[str]
    err: list[str]

    def refused(self, reason: str) -> bool:
        """Whether nothing was done, and one line says why."""
        (line,) = self.err
        return (self.code, self.out) == (CANNOT_RUN, []) and line.startswith("onrecord: ") and reason in line


def run(*words: str | Path, **environment: str) -> Ran:
    """Run `onrecord WORDS…`; of the settings in the environment, only those given here are set."""
    unset: dict[str, str | None] = dict.fromkeys((name for name in os.environ if name.startswith("ONRECORD_")), None)
    given = [str(word) for word in words]
    result = CliRunner().invoke(app, given, env={**unset, **environment}, catch_exceptions=False)
    return Ran(result.exit_code, result.stdout.splitlines(), result.stderr.splitlines())
