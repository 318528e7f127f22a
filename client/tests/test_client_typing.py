"""What a type checker says of calls: right ones pass, a misspelt parameter or a wrong type is an error on its line."""

import re
import sys
from pathlib import Path

import pytest
from mypy import api

CONFIGURATION = Path(__file__).parent.parent / "pyproject.toml"

CALLS = """
from collections.abc import Coroutine
from datetime import date
from decimal import Decimal
from typing import Any, assert_type

from onrecord_client import AsyncClient, AsyncListing, Client, Listing
from onrecord_client.models import Actor, Claim, Event, ReleaseDocument, SearchHit

client = Client("https://onrecord.example")
asking = AsyncClient("https://onrecord.example")
newer: dict[str, Any] = {"mood": "calm"}

assert_type(client.events(type="coerce", date="2019-05", disputed=True, limit=5), Listing[Event])
assert_type(client.events(type=["coerce"], date=date(2019, 5, 28), min=1.5, max=Decimal(9)), Listing[Event])
assert_type(client.events(type={"coerce"}, bbox=(20.3, 42.7, 21, 43), near="21,42,10", layer=None), Listing[Event])
assert_type(client.events(type="never-heard-of", **newer), Listing[Event])
assert_type(client.event_claims("an-event", with_="a-claim", id=["x"]), Listing[Claim])
assert_type(client.event("an-event", release="2019.1"), Event)
assert_type(client.releases(), list[ReleaseDocument])
assert_type([each for each in client.actors(country="XK")], list[Actor])
assert_type(asking.claims(said="2019-05/.."), AsyncListing[Claim])
_ = assert_type(asking.event("an-event"), Coroutine[Any, Any, Event])
assert_type(asking.search(q="vucic"), AsyncListing[SearchHit])

client.events(participent="x")  # call-arg: did you mean "participant"
client.events(type=3)  # arg-type
client.events(disputed="yes")  # arg-type
client.events(limit="5")  # arg-type
client.events(near=(date(2019, 5, 28), 1, 2))  # arg-type
client.events(format="csv")  # call-arg
client.claims(participant="x")  # call-arg
client.claims(**{"with": "x"})  # arg-type
client.search()  # call-arg: Missing named argument "q"
client.event()  # call-arg
client.event("an-event", type="coerce")  # call-arg
client.event_claims(id="an-event")  # call-arg
asking.events(participent="x")  # call-arg: did you mean "participant"
asking.events(limit="5")  # arg-type
asking.event("an-event")  # unused-coroutine
client.events().save(5)  # arg-type
"""


def marked(calls: str) -> dict[int, tuple[str, str]]:
    """Line by line what is to be said: its code, and words of it."""
    found = ((at, re.search(r"# ([a-z-]+)(?:: (.*))?$", line)) for at, line in enumerate(calls.splitlines(), 1))
    return {at: (mark[1], mark[2] or "") for at, mark in found if mark}


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="mypy writes paths otherwise there")
def test_a_type_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    written = tmp_path / "calls.py"
    written.write_text(CALLS, encoding="utf-8")
    out, error, _ = api.run([f"--config-file={CONFIGURATION}", f"--cache-dir={tmp_path}", str(written)])
    said = {int(at): (code, text) for at, text, code in re.findall(r"calls\.py:(\d+): error: (.*)  \[(.*)\]", out)}
    assert not error
    assert {at: code for at, (code, _) in said.items()} == {at: code for at, (code, _) in marked(CALLS).items()}, out
    assert all(words in said[at][1] for at, (_, words) in marked(CALLS).items())
