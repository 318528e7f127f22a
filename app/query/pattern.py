"""Patterns of `LIKE`: whole names of which some letters are open."""

import re
from dataclasses import dataclass

from app.values.folding import fold


@dataclass(frozen=True)
class Pattern:
    """A LIKE pattern over folded names: `%` any run, `_` any one character; what stands between is folded."""

    text: str

    @property
    def folded(self) -> str:
        """The pattern with its letters folded; folding leaves neither of the two signs."""
        parts = re.split(r"([%_])", self.text)
        return "".join(part if part in "%_" else _kept_blanks(part) for part in parts)


def _kept_blanks(part: str) -> str:
    """Folded, with a blank at either end kept: it parts words there."""
    before, after = " " * (part[:1] == " "), " " * (part[-1:] == " ")
    folded = fold(part)
    return f"{before}{folded}{after}" if folded else " " * (" " in part)
