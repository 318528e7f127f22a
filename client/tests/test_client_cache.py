"""What has not changed is not sent again, and memory has a bound."""

from onrecord_client import VERSION, Client
from onrecord_client.cache import Cache, Kept
from wire import Wire


def test_the_second_time_is_a_304(client: Client, wire: Wire) -> None:
    first, second = list(client.events(limit=50)), list(client.events(limit=50))
    assert first == second
    assert first[0] is not second[0]  # changing one leaves the other as it is
    assert wire.statuses == [200, 304]
    assert "If-None-Match" not in wire.requests[0].headers


def test_every_page_is_remembered_by_itself(client: Client, wire: Wire) -> None:
    half = client.claims(limit=0).total // 2 + 1
    assert list(client.claims(limit=half)) == list(client.claims(limit=half))
    assert wire.statuses == [200, 200, 200, 304, 304]


def test_no_cache_no_condition(url: str, wire: Wire) -> None:
    with Client(url, transport=wire, cache=0) as client:
        assert client.vocabularies() == client.vocabularies()
    assert wire.statuses == [200, 200]


def test_the_client_says_who_it_is(client: Client, wire: Wire) -> None:
    assert client.events(limit=0).total
    headers = wire.requests[0].headers
    assert headers["User-Agent"].startswith(f"onrecord-client/{VERSION} ")
    assert headers["Accept"] == "application/json"


def test_the_one_not_used_for_longest_goes_first() -> None:
    cache = Cache(100)
    for url in ("a", "b", "c", "d"):
        cache.keep(url, Kept("etag", b"x" * 20))
    assert cache.get("a")
    cache.keep("e", Kept("etag", b"x" * 15))
    assert [url for url in "abcde" if cache.get(url)] == ["a", "c", "d", "e"]
    assert (len(cache), cache.used) == (4, 95)


def test_the_bound_holds_whatever_comes() -> None:
    cache = Cache(100)
    cache.keep("big", Kept('W/"1"', b"x" * 26))
    cache.keep("u" * 26, Kept('W/"1"', b""))
    assert (len(cache), cache.used) == (0, 0)
    for n in range(50):
        cache.keep(str(n % 7), Kept('W/"1"', b"x" * (n % 26)))
        assert cache.used <= 100
        assert cache.used == sum(len(url) + len(kept.etag) + len(kept.body) for url, kept in cache._kept.items())
    cache.keep("6", Kept('W/"2"', b""))
    assert cache.get("6") == Kept('W/"2"', b"")
