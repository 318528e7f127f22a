"""`filter`: what CQL2 text may say, what it is refused for, and that no text of any depth hurts the process."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.query.parentheses import tree
from patience import PATIENCE
from visitor import Visitor


def total(visitor: Visitor, path: str, **parameters: Any) -> int:
    """How many records match."""
    return int(visitor.data(path, limit=0, **parameters)["page"]["total"])


def refused(visitor: Visitor, path: str, text: str) -> dict[str, Any]:
    """The one fault of a filter."""
    answer = visitor.get(path, filter=text)
    assert answer.status_code == 400, text
    (fault,) = answer.json()["errors"]
    assert fault["parameter"] == "filter"
    return dict(fault)


# A filter, and the parameters that mean the same.
SAME: list[tuple[str, str, dict[str, str]]] = [
    ("/events", "type = 'coerce'", {"type": "coerce"}),
    ("/events", "type IN ('coerce', 'assault')", {"type": "coerce,assault"}),
    ("/events", "type = 'coerce' OR type = 'assault'", {"type": "coerce,assault"}),
    ("/events", "type = 'coerce' AND country = 'XK'", {"type": "coerce", "country": "XK"}),
    ("/events", "date = '2019-05'", {"date": "2019-05"}),
    ("/events", "date = DATE('2019-05-28')", {"date": "2019-05-28"}),
    ("/events", "date = INTERVAL('2018-11-01', '..')", {"date": "2018-11-01/.."}),
    ("/events", "date BETWEEN '2018-11' AND '2019-05'", {"date": "2018-11/2019-05"}),
    ("/events", "date BETWEEN DATE('2018-11-01') AND DATE('2019-05-31')", {"date": "2018-11/2019-05"}),
    ("/events", "date < '2019'", {"date": "../2018"}),
    ("/events", "date <= '2018'", {"date": "../2018"}),
    ("/events", "date > '2018'", {"date": "2019/.."}),
    ("/events", "date >= '2019'", {"date": "2019/.."}),
    ("/events", "date IS NULL", {"undated": "only"}),
    ("/events", "date IS NOT NULL", {"undated": "exclude"}),
    ("/events", "participant = 'kosovo-police:initiator'", {"participant": "kosovo-police:initiator"}),
    ("/events", "participant = 'kosovo-police' AND role = 'initiator'", {"participant": "kosovo-police:initiator"}),
    ("/events", "role = 'target' AND side = 'side-b'", {"role": "target", "side": "side-b"}),
    ("/events", "side = 'side-b' AND (role = 'target')", {"role": "target", "side": "side-b"}),
    ("/events", "measure = 'arrested' AND min = 20 AND max = 30", {"measure": "arrested", "min": "20", "max": "30"}),
    ("/events", "near = '20.86667,42.88333,50'", {"near": "20.86667,42.88333,50"}),
    ("/events", "bbox = '20,42,21,43.5'", {"bbox": "20,42,21,43.5"}),
    ("/events", "disputed = TRUE", {"disputed": "true"}),
    ("/events", "disputed <> TRUE", {"disputed": "false"}),
    ("/events", "q = 'tear gas'", {"q": "tear gas"}),
    ("/events", "place = 'kosovo'", {"place": "kosovo"}),
    ("/claims", "contested IN (TRUE, FALSE)", {}),
    (
        "/claims",
        "relation = 'updates' AND \"with\" = 'vucic-arrests-23'",
        {"relation": "updates", "with": "vucic-arrests-23"},
    ),
    ("/claims", "reported_by = 'vecernje-novosti'", {"reported_by": "vecernje-novosti"}),
    (
        "/people",
        "office = 'President of Kosovo' AND on = '2019-05-28'",
        {"office": "president-of-kosovo", "on": "2019-05-28"},
    ),
    ("/actors", "name = 'Александар Вучић'", {"name": "Aleksandar Vucic"}),
    ("/actors", "name IN ('Hashim Thaci', 'Aleksandar Vucic')", {"id": "hashim-thaci,aleksandar-vucic"}),
    ("/actors", "name LIKE 'Алекс%Вучић'", {"id": "aleksandar-vucic"}),
    ("/actors", "name LIKE 'hashim tha_i'", {"id": "hashim-thaci"}),
    ("/search", "q = 'vucic' AND kind = 'event'", {"kind": "event"}),
    ("/relations", "type = 'office' AND on = '2019-05-28'", {"type": "office", "on": "2019-05-28"}),
]


@pytest.mark.parametrize(("path", "text", "parameters"), SAME)
def test_a_comparison_means_what_the_parameter_means(
    visitor: Visitor, path: str, text: str, parameters: dict[str, str]
) -> None:
    needed = {"q": "vucic"} if path == "/search" else {}
    by_filter = visitor.data(path, filter=text, limit=500, **needed)
    by_parameters = visitor.data(path, limit=500, **needed, **parameters)
    assert [each["id"] for each in by_filter["data"]] == [each["id"] for each in by_parameters["data"]]
    assert by_filter["page"]["total"] > 0 or "date IS NULL" in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "type = 'coerce' OR type = 'assault' AND country = 'XK'",
            "type = 'coerce' OR (type = 'assault' AND country = 'XK')",
        ),
        ("NOT type = 'coerce' AND country = 'XK'", "(NOT type = 'coerce') AND country = 'XK'"),
        ("NOT (type = 'coerce' OR country = 'XK')", "type <> 'coerce' AND NOT country = 'XK'"),
        ("type NOT IN ('coerce', 'assault')", "NOT type IN ('coerce', 'assault')"),
        ("((((type = 'coerce'))))", "type = 'coerce'"),
        ("not type='coerce' and not type='assault'", "NOT type IN ('coerce', 'assault')"),
        ("\"type\" = 'coerce'", "type = 'coerce'"),
        ("date NOT BETWEEN '2018' AND '2019'", "NOT date BETWEEN '2018' AND '2019'"),
    ],
)
def test_connectives_bind_as_in_the_standard(visitor: Visitor, one: str, other: str) -> None:
    found = [[each["id"] for each in visitor.data("/events", filter=text, limit=500)["data"]] for text in (one, other)]
    assert found[0] == found[1]
    assert 0 < len(found[0]) < total(visitor, "/events")


def test_both_took_part_needs_a_filter(visitor: Visitor) -> None:
    either = total(visitor, "/events", participant="republic-of-serbia,european-union")
    both = total(visitor, "/events", filter="participant = 'republic-of-serbia' AND participant = 'european-union'")
    assert 0 < both < either


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("type", "no comparison"),
        ("TRUE", "no comparison"),
        ("1", "no comparison"),
        ("'coerce' = type", "begins with the name of a parameter"),
        ("CASEI(type) = 'coerce'", "Leave CASEI out"),
        ("type = coerce", "Put the text in single quotes: type = 'coerce'."),
        ("type IN ('assault', coerce)", "Put the text in single quotes: type = 'coerce'."),
        ("participant = kosovo-police", "Put the text in single quotes: participant = 'kosovo-police'."),
        ("date = 2019-05-28", "Put the date in single quotes"),
        ("disputed", "Write disputed = TRUE."),
        ("NOT disputed", "Write disputed = TRUE."),
        ("type = 'coerce' AND disputed", "Write disputed = TRUE."),
        ("disputed = yes", "Write disputed = TRUE or disputed = FALSE."),
        ("type = NULL", "Write type IS NULL."),
        ("date = DATE(2019)", "ends with a text, a number"),
        ("date = INTERVAL(a, b)", "ends with a text, a number"),
        ("typ", "filter knows no 'typ'"),
        ("1 = 1", "begins with the name of a parameter"),
        ("type = 1 + 1", "ends with a text, a number"),
        ("type = POINT(0 0)", "ends with a text, a number"),
        ("date = TIMESTAMP('2019-05-28T00:00:00Z')", "ends with a text, a number"),
        ("type = ''", "ends with a text, a number"),
        ("type LIKE 'co%'", "type is not compared by like"),
        ("type < 'coerce'", "type is not compared by <"),
        ("min > 20", "min is not compared by >"),
        ("measure = 'arrested' AND min <> 20", "min is not compared by <>"),
        ("q IN ('a')", "q is not compared by in"),
        ("S_INTERSECTS(place, POINT(0 0))", "knows no S_INTERSECTS"),
        ("min = 20", "min stands beside one measure"),
        ("type = 'coerce' OR min = 20", "min stands beside one measure"),
        ("NOT min = 20", "min stands beside one measure"),
        ("(measure = 'arrested') AND (min = 20 OR type = 'coerce')", "min stands beside one measure"),
        ("measure = 'arrested' AND measure = 'released' AND min = 20", "min stands beside one measure"),
        ("typ = 'coerce'", "filter knows no 'typ'"),
        ("sort = 'date'", "filter knows no 'sort'"),
        ("date_match = 'certain'", "filter knows no 'date_match'"),
        ("type = 'coerse'", "is not one of"),
        ("participant = 'kosovo-polise'", "No actor has the id"),
        ("date = '1985/'", "unknown end"),
        ("measure = 'arrested' AND min = 30 AND max = 20", "max is less than min"),
        ("NOT (max = 20 AND measure = 'arrested' AND min = 30)", "max is less than min"),
        ("date > '2019/..'", "open there"),
        ("date < '../2019'", "open there"),
        ("date BETWEEN '2019' AND '2018'", "2019"),
        ("near = '1,2'", "lon,lat,km"),
        ("type = 'coerce' AND", "not understood"),
        ("type eq 'coerce'", "not understood"),
        ("(type = 'coerce'", "not understood"),
        ("type = 'coerce')", "not understood"),
        ("()", "not understood"),
        ("type = 'coerce", "not understood"),
        ("min = 1e400 AND measure = 'arrested'", "plain digits"),
    ],
)
def test_what_is_refused_and_why(visitor: Visitor, text: str, says: str) -> None:
    assert says in refused(visitor, "/events", text)["message"]


def test_what_is_misspelt_is_answered_with_the_nearest(visitor: Visitor) -> None:
    assert (
        refused(visitor, "/events", "participent = 'kosovo-police'")["did_you_mean"] == "participant = 'kosovo-police'"
    )
    assert refused(visitor, "/events", "type = 'coerse'")["did_you_mean"] == "type = 'coerce'"


def test_a_view_and_a_path_hide_what_they_set(visitor: Visitor) -> None:
    assert "knows no 'type'" in refused(visitor, "/people", "type = 'group'")["message"]
    assert "knows no 'event'" in refused(visitor, "/events/kosovo-war-1998-1999/claims", "event = 'x'")["message"]
    assert "knows no 'state'" in visitor.get("/search", q="a", filter="state = 'removed'").json()["detail"]


def test_the_bounds_are_exact(visitor: Visitor) -> None:
    base = "type = 'coerce'"
    assert total(visitor, "/events", filter=base + " " * (1000 - len(base))) == total(visitor, "/events", type="coerce")
    assert "at most 1000" in refused(visitor, "/events", base + " " * (1001 - len(base)))["message"]
    assert total(visitor, "/events", filter="(" * 20 + base + ")" * 20) == total(visitor, "/events", type="coerce")
    assert "at most 20" in refused(visitor, "/events", "(" * 21 + base + ")" * 21)["message"]
    assert total(visitor, "/events", filter="NOT " * 20 + base) == total(visitor, "/events", type="coerce")
    assert "at most 20" in refused(visitor, "/events", "NOT " * 21 + base)["message"]


def test_signs_in_quotes_are_not_counted(visitor: Visitor) -> None:
    assert total(visitor, "/events", filter="q = '" + "( not " * 25 + "'") == total(visitor, "/events", q="( not " * 25)
    assert "at most 20" in refused(visitor, "/events", '"a\'b" = 1 AND ' + "(" * 21 + "a = '1'")["message"]


DEEP = [
    "(" * 20,
    "(" * 20 + "type = &" + ")" * 20,
    "NOT (" * 20 + "type = &" + ")" * 20,
    "type IN " + "(" * 20 + "&" + ")" * 20,
    "type IN (type IN " * 10 + "&" + ")" * 10,
    "f(1, (" * 10 + "&" + "))" * 10,
    "f(" * 20 + "'" + ")" * 20,
    "type = " + "1^" * 490 + "1",
    "type = " + "-" * 990,
    "type" + "=a" * 490,
]


@pytest.mark.parametrize("text", DEEP)
def test_what_the_parser_would_not_end_with_is_refused(visitor: Visitor, text: str) -> None:
    """The parser by itself would take seconds for the first of these, and for ever for a few parentheses more."""
    refused(visitor, "/events", text)


@settings(max_examples=150)
@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60),
        st.lists(
            st.sampled_from(
                ["type", "=", "'coerce'", "(", ")", "NOT", "AND", "OR", "IN", ",", "1", "IS NULL", "'", '"', "-"]
            ),
            max_size=25,
        ).map(" ".join),
    ).filter(str.strip)
)
def test_any_text_is_an_answer_or_a_fault(visitor: Visitor, text: str) -> None:
    assert visitor.get("/events", filter=text).status_code in (200, 400)


TREES = [
    "a = '1' OR b = '2' AND c = '3'",
    "(a = '1' OR b = '2') AND c = '3'",
    "NOT (a = '1' AND (b = '2' OR c = 'x) (')) OR d IN ('x', '(y')",
    "not(a = 1)and(b = 2)or(c = 3)",
    "a NOT IN ('x', 'y') AND (date = DATE('2019-05-28') OR \"odd (name\" IS NOT NULL)",
    "a = (1) AND ((b = INTERVAL('..', '2019-05-28')))",
]


@pytest.mark.parametrize("text", TREES)
def test_reading_outwards_gives_the_tree_of_the_parser(text: str) -> None:
    import cql2  # noqa: PLC0415  # compared with here, and used nowhere else in the tests

    assert tree(text) == cql2.parse_text(text).to_json()


SCRIPT = """
import sys
from app.main import create_app
from app.settings import Settings
from visitor import Visitor
with Visitor(create_app(Settings(store=sys.argv[1]))) as visitor:
    for text in sys.argv[2:]:
        print(visitor.get("/events?filter=" + text).status_code)
"""


DEEPEST = [
    "(" * 1800 + "type='coerce'" + ")" * 1800,
    "(" * 1800,
    "NOT " * 3500 + "type='coerce'",
    "NOT(" * 230,
    "-" * 3500,
]


def test_no_depth_ends_the_process(folder: Path) -> None:
    root = Path(__file__).parent.parent
    asked = [quote(text) for whole in DEEPEST for text in (whole, whole[:1000])]
    command = [sys.executable, "-c", SCRIPT, str(folder), *asked]
    path = {"PYTHONPATH": f"{root.parent}:{root}"}
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE, env=path)
    told = ["400" if len(text) < 8000 else "414" for text in asked]
    assert (ended.returncode, ended.stdout.split()) == (0, told), ended.stderr
