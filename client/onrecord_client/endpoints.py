"""The kinds of question a client has: each path is declared once, and answers at once or awaited as its client does."""

from collections.abc import Awaitable, Mapping
from typing import Any, Generic, Protocol, TypeVar, overload
from urllib.parse import quote

from pydantic import BaseModel

from onrecord_client.driving import Awaiting, Blocking
from onrecord_client.exchange import Exchange, Flow
from onrecord_client.listing import AsyncListing, Listing, Page, Walk
from onrecord_client.parameters import Value

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Shape = TypeVar("Shape", bound=BaseModel)


class Asks(Protocol[T_co]):
    """Called with the parameters of its path."""

    def __call__(self, **parameters: Value) -> T_co: ...


class AsksOf(Protocol[T_co]):
    """Called with an id, and the parameters of its path."""

    def __call__(self, id: str, /, **parameters: Value) -> T_co: ...


class Envelope(BaseModel, Generic[T]):
    """What stands around an answer that has no pages."""

    data: T


class Endpoint(Generic[Shape]):
    """One path of the API as a method of a client; `{id}` in it is the id that it is called with."""

    def __init__(self, shape: type[Shape], path: str, pinned: bool = True) -> None:
        self.shape = shape
        self.path = path
        self.pinned = pinned  # whether the path takes `release`

    def method(self, client: Blocking | Awaiting | None) -> Any:
        """What stands for this path on a client; the declaration itself on its class."""
        if client is None:
            return self

        def ask(*ids: str, **parameters: Value) -> Any:
            return self.asked(client, self._filled(ids), parameters)

        ask.__doc__ = f"GET {self.path}"
        return ask

    def asked(self, client: Blocking | Awaiting, path: str, parameters: Mapping[str, Value]) -> Any:
        """What a call of the method gives."""
        raise NotImplementedError

    def _filled(self, ids: tuple[str, ...]) -> str:
        expected = self.path.count("{id}")
        if len(ids) != expected:
            raise TypeError(f"{self.path} takes {expected} id, not {len(ids)}; everything else goes by name.")
        if not all(ids):
            raise ValueError("An id is never empty.")
        return self.path.replace("{id}", "".join(quote(id, safe="") for id in ids))


class _Listed(Endpoint[Page[T]], Generic[T]):
    def asked(self, client: Blocking | Awaiting, path: str, parameters: Mapping[str, Value]) -> Any:
        walk = Walk(client.exchange, path, parameters, self.shape)
        return Listing(client, walk) if isinstance(client, Blocking) else AsyncListing(client, walk)


class _Got(Endpoint[Envelope[T]], Generic[T]):
    def asked(self, client: Blocking | Awaiting, path: str, parameters: Mapping[str, Value]) -> Any:
        return client.run(self._data(client.exchange, path, parameters))

    def _data(self, exchange: Exchange, path: str, parameters: Mapping[str, Value]) -> Flow[T]:
        asked = exchange.pinned(parameters) if self.pinned else parameters
        return (yield from exchange.get(path, asked, self.shape)).data


class Lists(_Listed[T]):
    """`client.events(type="coerce")`: a collection."""

    @overload
    def __get__(self, client: Blocking, owner: type) -> Asks[Listing[T]]: ...
    @overload
    def __get__(self, client: Awaiting, owner: type) -> Asks[AsyncListing[T]]: ...
    def __get__(self, client: Any, owner: type) -> Any:
        return self.method(client)


class ListsOf(_Listed[T]):
    """`client.event_claims("an-event", type="denial")`: a collection below a record."""

    @overload
    def __get__(self, client: Blocking, owner: type) -> AsksOf[Listing[T]]: ...
    @overload
    def __get__(self, client: Awaiting, owner: type) -> AsksOf[AsyncListing[T]]: ...
    def __get__(self, client: Any, owner: type) -> Any:
        return self.method(client)


class Gets(_Got[T]):
    """`client.vocabularies()`: an answer that has no pages."""

    @overload
    def __get__(self, client: Blocking, owner: type) -> Asks[T]: ...
    @overload
    def __get__(self, client: Awaiting, owner: type) -> Asks[Awaitable[T]]: ...
    def __get__(self, client: Any, owner: type) -> Any:
        return self.method(client)


class GetsOf(_Got[T]):
    """`client.event("an-event")`: one record, or what is worked out below it."""

    @overload
    def __get__(self, client: Blocking, owner: type) -> AsksOf[T]: ...
    @overload
    def __get__(self, client: Awaiting, owner: type) -> AsksOf[Awaitable[T]]: ...
    def __get__(self, client: Any, owner: type) -> Any:
        return self.method(client)
