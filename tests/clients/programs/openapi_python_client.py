"""What a user of openapi-python-client writes; it prints what the programs in other languages print."""

import sys
from collections.abc import Iterator

from onrecord_generated import Client
from onrecord_generated.api.actors import get_actor, list_actor_events
from onrecord_generated.api.claims import list_claims
from onrecord_generated.api.events import get_event, list_events
from onrecord_generated.models.actor_record import ActorRecord
from onrecord_generated.models.claim_document import ClaimDocument
from onrecord_generated.models.claim_list import ClaimList
from onrecord_generated.models.claims_include import ClaimsInclude
from onrecord_generated.models.event_document import EventDocument
from onrecord_generated.models.event_list import EventList
from onrecord_generated.models.events_sort import EventsSort
from onrecord_generated.models.group import Group
from onrecord_generated.models.organisation import Organisation
from onrecord_generated.models.person import Person
from onrecord_generated.models.problem import Problem
from onrecord_generated.types import UNSET, Unset

ACTOR = "kosovo-police"


def main(client: Client, newer: Client) -> None:
    """Ask everything once; an assertion fails where an answer is not what its type says."""
    filtered(client)
    print("pages:", len({each.id for each in walk(client)}))
    inverse(client)
    print("union:", *(union(client, id) for id in ("aleksandar-vucic", ACTOR, "serbs-in-kosovo")))
    included(client)
    problems(client)
    found = list_events.sync(client=newer, type_=["coerce"])
    assert isinstance(found, EventList), found
    print("unknown:", *sorted({each.type_ for each in found.data}))


def filtered(client: Client) -> None:
    types = ["coerce", "mobilize"]
    found = list_events.sync(client=client, type_=types, date="2019-05", sort=[EventsSort.DATE_DESCENDING])
    assert isinstance(found, EventList), found
    print("filtered:", found.page.total, *sorted({each.type_ for each in found.data}))


def walk(client: Client) -> Iterator[ClaimDocument]:
    cursor: str | Unset = UNSET
    while True:
        page = list_claims.sync(client=client, limit=20, cursor=cursor)
        assert isinstance(page, ClaimList), page
        yield from page.data
        if page.page.next_ is None:
            return
        cursor = page.page.next_


def inverse(client: Client) -> None:
    below = list_actor_events.sync(ACTOR, client=client, limit=1)
    assert isinstance(below, EventList), below
    again = list_actor_events.sync(ACTOR, client=client, id=[below.data[0].id])
    assert isinstance(again, EventList), again
    print("inverse:", below.page.total, again.page.total)


def union(client: Client, id: str) -> str:
    answer = get_actor.sync(id, client=client)
    assert isinstance(answer, ActorRecord), answer
    assert isinstance(answer.data, Person | Organisation | Group)
    return type(answer.data).__name__


def included(client: Client) -> None:
    found = list_claims.sync(client=client, limit=5, include=[ClaimsInclude.SPEAKER, ClaimsInclude.EVENTS])
    assert isinstance(found, ClaimList), found
    assert not isinstance(found.included, Unset)
    speakers = {each.id for each in found.included if isinstance(each, Person | Organisation | Group)}
    assert {each.speaker.actor.id for each in found.data if each.speaker} == speakers
    assert [each.title for each in found.included if isinstance(each, EventDocument)]


def problems(client: Client) -> None:
    missing = get_event.sync_detailed("no-such-event", client=client)
    assert isinstance(missing.parsed, Problem)
    assert (missing.status_code, missing.parsed.status) == (404, 404)
    bad = list_events.sync(client=client, date="soon", place=["nowhere"])
    assert isinstance(bad, Problem), bad
    print("problem:", bad.status, *sorted(each.parameter for each in bad.errors))


if __name__ == "__main__":
    main(*(Client(base_url=base, raise_on_unexpected_status=True) for base in sys.argv[1:]))
