"""What a user of the generated Python client writes: a list, all pages, actors, records sent along, a problem."""

import sys
from collections.abc import Iterator

from onrecord_generated import Client
from onrecord_generated.api.actors import get_actor
from onrecord_generated.api.claims import list_claims
from onrecord_generated.api.events import get_event, list_events
from onrecord_generated.api.groups import list_groups
from onrecord_generated.api.organisations import list_organisations
from onrecord_generated.api.people import list_people
from onrecord_generated.models.actor_record import ActorRecord
from onrecord_generated.models.claim_document import ClaimDocument
from onrecord_generated.models.claim_list import ClaimList
from onrecord_generated.models.claims_include import ClaimsInclude
from onrecord_generated.models.event_document import EventDocument
from onrecord_generated.models.event_list import EventList
from onrecord_generated.models.event_type import EventType
from onrecord_generated.models.events_sort import EventsSort
from onrecord_generated.models.group import Group
from onrecord_generated.models.group_list import GroupList
from onrecord_generated.models.organisation import Organisation
from onrecord_generated.models.organisation_list import OrganisationList
from onrecord_generated.models.person import Person
from onrecord_generated.models.person_list import PersonList
from onrecord_generated.models.problem import Problem
from onrecord_generated.types import UNSET, Unset


def main(client: Client) -> None:
    """Ask everything once; an assertion fails where an answer is not what its type says."""
    filtered(client)
    pages(client)
    for id in one_of_each(client):
        union(client, id)
    included(client)
    problems(client)


def filtered(client: Client) -> None:
    types = [EventType.COERCE, EventType.MOBILIZE]
    found = list_events.sync(client=client, type_=types, date="2019-05", sort=[EventsSort.DATE_DESCENDING])
    assert isinstance(found, EventList), found
    assert found.data
    assert {each.type_ for each in found.data} == set(types)
    print(f"filtered: {found.page.total} events; {found.data[0].title}")


def pages(client: Client) -> None:
    claims = list(walk(client))
    assert len({each.id for each in claims}) == len(claims)
    whole = list_claims.sync(client=client, limit=500)
    assert isinstance(whole, ClaimList)
    assert [each.id for each in whole.data] == [each.id for each in claims]
    assert whole.page.total == len(claims) > 20
    print(f"pages: {len(claims)} claims, 20 at a time, in the order of one big page")


def walk(client: Client) -> Iterator[ClaimDocument]:
    cursor: str | Unset = UNSET
    while True:
        page = list_claims.sync(client=client, limit=20, cursor=cursor)
        assert isinstance(page, ClaimList), page
        yield from page.data
        if page.page.next_ is None:
            return
        cursor = page.page.next_


def one_of_each(client: Client) -> Iterator[str]:
    people, organisations = list_people.sync(client=client, limit=1), list_organisations.sync(client=client, limit=1)
    groups = list_groups.sync(client=client, limit=1)
    assert isinstance(people, PersonList), people
    assert isinstance(organisations, OrganisationList), organisations
    assert isinstance(groups, GroupList), groups
    yield from (people.data[0].id, organisations.data[0].id, groups.data[0].id)


def union(client: Client, id: str) -> None:
    answer = get_actor.sync(id, client=client)
    assert isinstance(answer, ActorRecord), answer
    match answer.data:
        case Person(offices=offices):
            print(f"union: {answer.data.name} is a person; offices: {len(offices)}")
        case Organisation(classification=classification):
            print(f"union: {answer.data.name} is an organisation, {classification}")
        case Group(counts=counts):
            print(f"union: {answer.data.name} is a group; events: {counts.events}")


def included(client: Client) -> None:
    found = list_claims.sync(client=client, limit=5, include=[ClaimsInclude.SPEAKER, ClaimsInclude.EVENTS])
    assert isinstance(found, ClaimList), found
    assert not isinstance(found.included, Unset)
    speakers = {each.id for each in found.included if isinstance(each, Person | Organisation | Group)}
    assert {each.speaker.actor.id for each in found.data if each.speaker} == speakers
    events = [each.title for each in found.included if isinstance(each, EventDocument)]
    print(f"included: {len(speakers)} speakers and {len(events)} events; {events[0]}")


def problems(client: Client) -> None:
    missing = get_event.sync_detailed("no-such-event", client=client)
    assert isinstance(missing.parsed, Problem)
    assert (missing.status_code, missing.parsed.status) == (404, 404)
    bad = list_events.sync(client=client, date="soon", place=["nowhere"])
    assert isinstance(bad, Problem), bad
    assert {each.parameter for each in bad.errors} == {"date", "place"}
    print(f"problem: {missing.parsed.status} {missing.parsed.title}: {missing.parsed.detail}")
    print(f"problem: {bad.status} {bad.title}: {'; '.join(each.message for each in bad.errors)}")


if __name__ == "__main__":
    main(Client(base_url=sys.argv[1], raise_on_unexpected_status=True))
