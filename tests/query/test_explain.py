"""The sentence about a question says what is selected, and says every parameter."""

from urllib.parse import quote

import pytest

from app.query.base import Collection
from app.releases.sqlite import SqliteStore
from app.resources import RESOURCES
from app.resources.search import search
from visitor import Visitor

IN = "in names, titles, texts, figures, or the names of who speaks, takes part or publishes, or of the place"
# What the sentence says between the collection's title and the order.
SAID = [
    ("/events?", "All events"),
    ("/events?date=2019-05", "Events dated possibly between 2019-05-01 and 2019-05-31"),
    ("/events?date=2019-05&date_match=certain", "Events dated certainly between 2019-05-01 and 2019-05-31"),
    ("/events?date=2019-05-28", "Events dated possibly on 2019-05-28"),
    ("/events?date=../2019", "Events dated possibly on or before 2019-12-31"),
    ("/events?date=2019/..", "Events dated possibly on or after 2019-01-01"),
    ("/events?date=2019&undated=include", "Events dated possibly between 2019-01-01 and 2019-12-31, or without a date"),
    ("/events?undated=only", "Events without a date"),
    ("/events?undated=exclude", "Events dated at some time"),
    ("/events?undated=include", "All events"),
    ("/events?filter=date >= '../2019'", "Events for which this holds: [dated at some time]"),
    ("/claims?said=-0043", "Claims said possibly between -0043-01-01 and -0043-12-31"),
    ("/claims?undated=only", "Claims without a day of saying"),
    ("/events?type=coerce,assault", "Events of the type Assault or Coerce"),
    ("/events?participant=kosovo-police:initiator", "Events in which Kosovo Police takes part as initiator"),
    ("/events?participant=kfor,unmik:affected", "Events in which KFOR takes part or UNMIK takes part as affected"),
    ("/events?role=target&side=side-b", "Events in which somebody takes part as Target on Side B"),
    ("/actors/kosovo-police/events?role=initiator", "Events in which Kosovo Police takes part as Initiator"),
    (
        "/events?measure=arrested&min=20&max=30",
        "Events with a figure for “Arrested”, possibly 20 or more, possibly 30 or less",
    ),
    ("/events?disputed=false", "Events whose figures are not disputed"),
    ("/events?id=kosovo-war-1998-1999", "Events that are “War in Kosovo”"),
    ("/events?place=kosovo", "Events in or anywhere inside Kosovo"),
    ("/events?gap=unit", "Events that leave “unit” open"),
    ("/claims?narrated=true", "Claims that a source makes in its own voice"),
    (
        "/claims?speaker=aleksandar-vucic&contested=true",
        "Claims made by Aleksandar Vučić, that are at odds with a claim of another voice",
    ),
    (
        "/claims?relation=updates&with=vucic-arrests-23",
        "Claims joined to another claim, from either side, by “updates”, "
        "namely “Aleksandar Vučić: Kosovo police arrested 23 people.”",
    ),
    ("/events/kosovo-war-1998-1999/claims?aspect=end", "Claims that answer “end”, about “War in Kosovo”"),
    (
        "/people?office=President+of+Kosovo&on=2019-05-28",
        "People that held the office “president of kosovo” on 2019-05-28",
    ),
    ("/people?on=2019-05-28", "People that held an office on 2019-05-28"),
    ("/relations?on=2019-05-28", "Relations that held on 2019-05-28"),
    ("/actors?name=Vučić", "Actors with a whole name that in plain letters reads “vucic”"),
    ("/search?q=vucic", f"Records with vucic {IN}"),
    (
        "/events?q=%22tear+gas%22+polic*+-arrest",
        f'Events with "tear gas" and polic* and without arrest {IN}',
    ),
    ("/events?q=-arrest+-war", f"Events without arrest or war {IN}"),
    ("/events?q=!", "Events of which none is selected, for q holds no word"),
    ("/events?filter=type='coerce'", "Events for which this holds: [of the type Coerce]"),
    (
        "/events?filter=NOT+(type='coerce'+OR+date+IS+NULL)",
        "Events for which this holds: not ([of the type Coerce] or [with no date])",
    ),
    (
        "/events?filter=role='initiator'+AND+participant='kosovo-police'+AND+NOT+date<'2019'",
        "Events for which this holds: not [dated possibly on or before 2018-12-31]"
        " and [in which Kosovo Police takes part as Initiator]",
    ),
    (
        "/events?filter=participant='republic-of-serbia'+AND+participant='european-union'",
        "Events for which this holds: [in which Serbia takes part] and [in which European Union takes part]",
    ),
    (
        "/actors?filter=name+LIKE+'Алекс%25'",
        "Actors for which this holds: [with a whole name that in plain letters is like “aleks%”]",
    ),
]


@pytest.mark.parametrize(("url", "said"), SAID)
def test_what_is_said(visitor: Visitor, url: str, said: str) -> None:
    text = visitor.data(quote(url, safe="/?&=+%:,.*'"))["query"]["text"]
    assert text.partition("; in order of ")[0] == said


@pytest.mark.parametrize(
    ("url", "order"),
    [
        ("/events", "date, then id"),
        ("/events?sort=-title,type", "title descending, then type, then id"),
        ("/events?q=war&sort=relevance", "relevance, then date, then id"),
        ("/search?q=war", "relevance, then id"),
        ("/claims?sort=-said", "said descending, then id descending"),
    ],
)
def test_the_order_is_said(visitor: Visitor, url: str, order: str) -> None:
    assert visitor.data(url)["query"]["text"].endswith(f"; in order of {order}.")


@pytest.mark.parametrize("collection", [*RESOURCES, search], ids=lambda each: each.name)
def test_every_parameter_is_said_and_told(visitor: Visitor, store: SqliteStore, collection: Collection) -> None:
    """Each changes the sentence, is told as it was read, and no sentence has a gap in it."""
    reader, needed = store.current(), {"q": "odd"} if collection.requires else {}
    plain = visitor.data(f"/{collection.name}", limit=0, **needed)["query"]
    for name, value in reader.examples(collection).items():
        each = collection.filter(name)
        if name in dict(collection.fixed) or name in needed:
            continue
        more = {each.needs: reader.examples(collection)[each.needs]} if each.needs else {}
        told = visitor.data(f"/{collection.name}", limit=0, **needed, **more, **{name: value})["query"]
        assert told["text"] != plain["text"]
        assert told["text"].startswith(f"{collection.title} ")
        assert not {"{", "}", "None", "()"} & set(told["text"])
        assert set(told["parameters"]) == {*plain["parameters"], *more, name}


def test_what_a_view_sets_is_said_by_its_title_alone(visitor: Visitor) -> None:
    told = visitor.data("/people", limit=0)["query"]
    assert told == {
        "text": "All people; in order of name, then id.",
        "parameters": {"sort": ["name", "id"], "limit": 0},
        "did_you_mean": None,
    }


def test_how_each_parameter_was_read(visitor: Visitor) -> None:
    asked = {"participant": "kosovo-police:initiator,kfor", "date": "2019-05", "type": "coerce,assault,coerce"}
    told = visitor.data("/events", limit=3, q='"tear gas" -tax', disputed="true", **asked)["query"]["parameters"]
    assert told == {
        "q": {"all": ['"tear gas"'], "none": ["tax"]},
        "type": ["assault", "coerce"],
        "date": {
            "edtf": "2019-05",
            "earliest": "2019-05-01",
            "latest": "2019-05-31",
            "match": "possible",
            "undated": "exclude",
        },
        "participant": [{"id": "kfor", "role": None}, {"id": "kosovo-police", "role": "initiator"}],
        "disputed": True,
        "sort": ["date", "id"],
        "limit": 3,
    }


def test_a_former_id_is_said_as_the_record_that_it_is_now(visitor: Visitor) -> None:
    told = visitor.data("/actors", id="dindic")["query"]
    assert told["parameters"]["id"] == ["djindjic-in-latin"]
    assert told["text"].startswith("Actors that are “Đinđić”;")
