"""Links between events, read from both ends."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.derive.linked import linked
from app.entries.events import EventEntry
from app.vocabularies import load
from derive.tiny import entry, links

IDS = ["raid", "protest", "talks"]
LINKS = st.lists(st.tuples(st.sampled_from(sorted(load("event-relations").terms)), st.sampled_from(IDS)), max_size=4)


def event(id: str, *linked: tuple[str, str]) -> EventEntry:
    return entry(EventEntry, id, title=id.title(), links=[{"relation": name, "event": other} for name, other in linked])


def test_own_links_come_first_then_those_of_other_events() -> None:
    raid = event("raid", ("response-to", "talks"))
    found = linked(raid, links(raid, event("talks", ("ends", "raid")), event("protest", ("follows", "raid"))))
    assert [each.model_dump() for each in found] == [
        {"relation": "response-to", "event": {"id": "talks", "label": "Talks"}, "inverse": False},
        {"relation": "follows", "event": {"id": "protest", "label": "Protest"}, "inverse": True},
        {"relation": "ends", "event": {"id": "talks", "label": "Talks"}, "inverse": True},
    ]


@given(st.tuples(LINKS, LINKS, LINKS))
def test_every_link_appears_once_at_both_ends(drawn: tuple[list[tuple[str, str]], ...]) -> None:
    events = [event(id, *own) for id, own in zip(IDS, drawn, strict=True)]
    found = links(*events)
    read = Counter(
        (one.id, each.relation, each.event.id, each.inverse) for one in events for each in linked(one, found)
    )
    recorded = {(id, *link) for id, own in zip(IDS, drawn, strict=True) for link in own}
    own_ends = {(one, relation, other, False) for one, relation, other in recorded}
    assert read == Counter(own_ends | {(other, relation, one, True) for one, relation, other in recorded})
