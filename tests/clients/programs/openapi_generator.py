"""What a user of OpenAPI Generator's Python client writes; it prints what the programs in other languages print."""

import json
import sys
from collections.abc import Iterator

from openapi_client import ActorsApi, ApiClient, ApiException, ClaimsApi, Configuration, EventsApi
from openapi_client.models.claim_document import ClaimDocument
from openapi_client.models.events_sort import EventsSort


def main(base: str, newer: str) -> None:
    """Ask everything once."""
    client = ApiClient(Configuration(host=base))
    events, actors = EventsApi(client), ActorsApi(client)
    found = events.list_events(type=["coerce", "mobilize"], var_date="2019-05", sort=[EventsSort.DATE_DESCENDING])
    print("filtered:", found.page.total, *sorted({each.type for each in found.data}))
    print("pages:", len({each.id for each in walk(ClaimsApi(client))}))
    below = actors.list_actor_events("kosovo-police", limit=1)
    again = actors.list_actor_events("kosovo-police", id=[below.data[0].id])
    print("inverse:", below.page.total, again.page.total)
    kinds = (
        actors.get_actor(id).data.actual_instance for id in ("aleksandar-vucic", "kosovo-police", "serbs-in-kosovo")
    )
    print("union:", *(type(each).__name__ for each in kinds))
    problem(events)
    newest = EventsApi(ApiClient(Configuration(host=newer))).list_events(type=["coerce"])
    print("unknown:", *sorted({each.type for each in newest.data}))


def walk(claims: ClaimsApi) -> Iterator[ClaimDocument]:
    """Every claim, page by page."""
    cursor = None
    while True:
        page = claims.list_claims(limit=20, cursor=cursor)
        yield from page.data
        cursor = page.page.next
        if cursor is None:
            return


def problem(events: EventsApi) -> None:
    """What is told of two faults."""
    try:
        events.list_events(var_date="soon", place=["nowhere"])
    except ApiException as error:
        body = json.loads(error.body)
        print("problem:", error.status, *sorted(each["parameter"] for each in body["errors"]))


if __name__ == "__main__":
    main(*sys.argv[1:])
