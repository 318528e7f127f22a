"""What stands behind the methods of a client: questions made of their arguments, to be asked at once or awaited."""

from abc import ABC, abstractmethod
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

import httpx

from onrecord_client.exchange import Envelope, Exchange, Flow
from onrecord_client.listing import Listed, Page, Walk
from onrecord_client.question import Question

T = TypeVar("T")


class Asking(ABC):
    """A client without methods; those of paths.py call these. Whether an answer is awaited is up to the client."""

    _exchange: Exchange

    @abstractmethod
    def _run(self, flow: Flow[T]) -> T | Coroutine[Any, Any, T]:
        """What the flow comes to."""

    @abstractmethod
    def _listing(self, walk: Walk[T]) -> Listed[T]:
        """What walks there."""

    def _list(self, shape: type[Page[T]], path: str, parameters: Mapping[str, object]) -> Listed[T]:
        return self._listing(Walk(self._exchange, _question(path, parameters), shape))

    def _get(self, shape: type[Envelope[T]], path: str, parameters: Mapping[str, object]) -> T | Coroutine[Any, Any, T]:
        return self._run(self._data(shape, _question(path, parameters)))

    def _data(self, shape: type[Envelope[T]], question: Question) -> Flow[T]:
        return (yield from self._exchange.get(question, shape)).data

    def _pinned(self, parameters: Mapping[str, object]) -> Mapping[str, object]:
        """These parameters, in the release of this client unless they name one."""
        return {"release": self._exchange.release, **parameters}

    def __repr__(self) -> str:
        release = f", release={self._exchange.release!r}" if self._exchange.release else ""
        return f"<{type(self).__name__} {httpx.URL(self._exchange.base)!r}{release}>"


def _question(path: str, parameters: Mapping[str, object]) -> Question:
    if "format" in parameters:
        raise TypeError("format is not chosen here: the models read JSON. A listing has save() for other formats.")
    return Question.of(path, parameters)
