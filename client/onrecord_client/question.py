"""What is asked of a server: a path, and parameters as they are sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from onrecord_client.values import pairs


@dataclass(frozen=True)
class Question:
    """One GET below the URL of a service; `str()` is what comes behind that URL."""

    path: str
    parameters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, path: str, parameters: Mapping[str, object]) -> "Question":
        """Of Python values. They are read now: a generator lasts once only, and what cannot be sent is told at once."""
        return cls(path, tuple(pairs(parameters)))

    @classmethod
    def at(cls, target: str, parameters: Mapping[str, object]) -> "Question":
        """Of a path, maybe with a query, and further parameters; raises ValueError where it begins with no slash."""
        path, _, query = target.partition("?")
        if not path.startswith("/"):
            raise ValueError(f"{target!r} is neither a path, as in /events, nor a URL of this server.")
        return cls(path, (*parse_qsl(query, keep_blank_values=True), *pairs(parameters)))

    def but(self, **parameters: object) -> "Question":
        """The same question with these parameters instead of its own of the same name; None takes one away."""
        kept = (pair for pair in self.parameters if pair[0] not in parameters)
        return Question(self.path, (*kept, *pairs(parameters)))

    def __str__(self) -> str:
        return f"{self.path}?{urlencode(self.parameters)}" if self.parameters else self.path


def segment(id: str) -> str:
    """An id as a part of a path, which it cannot leave; raises ValueError for an empty one."""
    if not id:
        raise ValueError("An id is never empty.")
    return quote(id, safe="")
