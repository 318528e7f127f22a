"""What a wrong value is told: every one of them, only what leads somewhere, and what should simply work works."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.entries.actors import ActorEntry
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.entries.relations import RelationEntry
from app.entries.sources import SourceEntry
from app.main import create_app
from app.query.parameters import MAX_LIMIT
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from derive.tiny import claim, corpus, entry
from visitor import Visitor

POST = "Secretary, Trade and Industry"
COUNTRIES = {"Turkey": "TR", "UK": "GB", "Ivory Coast": "CI", "Macedonia": "MK", "Bosnia": "BA", "Czech Republic": "CZ"}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The app before a few records of every kind."""
    identifiers = {"wikidata": "Q1", "doi": "10.5555/Odd-Ones"}
    entries = [
        entry(DossierEntry, "dossier"),
        entry(ActorEntry, "li-weimin", name="Li Weimin", type="person", identifiers=identifiers),
        *(entry(ActorEntry, f"in-{code.lower()}", name=code, country=code) for code in COUNTRIES.values()),
        entry(ActorEntry, "serbia", name="Serbia", type="organisation", country="RS"),
        entry(SourceEntry, "time-2019", title="A report"),
        entry(
            EventEntry, "strike", title="A strike", type="protest", date="2019-05-28", modes=["strike"], place="island"
        ),
        entry(EventEntry, "older", title="Older", type="coerce", modes=["arrest"], date="1995-02"),
        entry(PlaceEntry, "island", name="Island", lat=-15.0, lon=-175.0, precision="exact", country="FJ"),
        entry(
            RelationEntry, "office", type="office", subject="li-weimin", object="serbia", post=POST, **{"from": "2019"}
        ),
        claim("voice", speaker=None, narrated=True, evidence=[{"source": "time-2019"}], medium="social-media-post"),
    ]
    folder = tmp_path_factory.mktemp("hints")
    publish_release(SqliteStore(folder), plan(corpus(*entries)))
    with Visitor(create_app(Settings(store=folder))) as made:
        yield made


def faults(visitor: Visitor, path: str, **parameters: Any) -> list[dict[str, Any]]:
    """The faults of a refused request."""
    answer = visitor.get(path, **parameters)
    assert answer.status_code == 400, answer.text
    errors: list[dict[str, Any]] = answer.json()["errors"]
    return errors


def near(visitor: Visitor, path: str, **parameters: Any) -> Any:
    """What the one fault of a request was probably meant to be."""
    (fault,) = faults(visitor, path, **parameters)
    return fault["did_you_mean"]


@pytest.mark.parametrize(
    ("path", "parameter", "value", "wrong"),
    [
        ("/actors", "id", "li-weimin,nope-a,nope-b", ["nope-a", "nope-b"]),
        ("/actors", "type", "person,robot,alien", ["robot", "alien"]),
        ("/actors", "office", "nobody,no-one", ["nobody", "no-one"]),
        ("/actors", "identifier", "wikidata:X,doi:Y,wikidata:Q1", ["wikidata:X", "doi:Y"]),
        ("/actors", "sort", "name,nope,never", ["nope", "never"]),
        ("/actors", "facets", "type,nope,never", ["nope", "never"]),
        ("/actors", "include", "nope,never", ["nope", "never"]),
        ("/claims", "aspect", "nope,never", ["nope", "never"]),
        ("/events", "participant", "li-weimin:nobody,nope", ["li-weimin:nobody", "nope"]),
        ("/sources", "language", "en,english!,x_y", ["english!", "x_y"]),
    ],
)
def test_every_bad_value_of_a_parameter_is_told(
    asked: Visitor, path: str, parameter: str, value: str, wrong: list[str]
) -> None:
    assert [fault["value"] for fault in faults(asked, path, **{parameter: value})] == wrong


def test_a_hundred_bad_values_are_told_and_ten_of_them_get_a_hint(asked: Visitor) -> None:
    told = faults(asked, "/actors", id=",".join(f"li-weimi{i}" for i in range(100)))
    assert len(told) == 100
    assert sum(fault["did_you_mean"] is not None for fault in told) == 10


@pytest.mark.parametrize(
    ("path", "parameter", "value", "meant"),
    [
        *(("/actors", "country", name, code) for name, code in COUNTRIES.items()),
        ("/actors", "country", "Deutschland", None),  # known, and no record has it
        ("/actors", "identifier", "http://www.wikidata.org/entity/Q1", "wikidata:Q1"),
        ("/actors", "identifier", "https://www.wikidata.org/wiki/Q1", "wikidata:Q1"),
        ("/actors", "identifier", "https://doi.org/10.5555/ODD-ONES", "doi:10.5555/ODD-ONES"),
        ("/actors", "identifier", "http://www.wikidata.org/entity/Q2", None),
        ("/actors", "office", POST, "secretary-trade-and-industry"),
        ("/actors", "office", "secretary", "secretary-trade-and-industry"),
        ("/events", "type", "arrest", "mode=arrest"),
        ("/events", "type", "mobilise", None),
        ("/claims", "medium", "Twitter", "social-media-post"),
        ("/claims", "speaker", "time-2019", "source=time-2019&narrated=true"),
        ("/claims", "speaker", "strike", None),  # no claim is about it
        ("/events", "sort", "date:desc", "-date"),
        ("/events", "sort", "date desc", "-date"),
        ("/events", "sort", "desc(date)", "-date"),
        ("/events", "sort", "date:asc", "date"),
        ("/events", "sort", "date,desc", "-date"),
        ("/events", "sort", "newest", "-date"),
        ("/events", "sort", "oldest", "date"),
        ("/actors", "sort", "newest", None),
        ("/actors", "sort", "desc", "-name"),
        ("/events", "limit", "1000", str(MAX_LIMIT)),
        ("/events", "bbox", "170,-20,190,-10", "170,-20,-170,-10"),
        ("/events", "near", "-15,-175,10", "-175,-15,10"),
        ("/events", "near", "-175,-15,10km", "-175,-15,10"),
        ("/events", "near", "-175 -15 10", "-175,-15,10"),
        ("/events", "bbox", "170; -20; -170; -10", "170,-20,-170,-10"),
        ("/events", "bbox", "170,-20,0,-170,-10,900", "170,-20,-170,-10"),
        ("/events", "limit", "010", "10"),
        ("/events", "limit", "1,000", str(MAX_LIMIT)),
        ("/events", "limit", "-1", None),
        ("/events", "type", "protest;coerce", "protest,coerce"),
        ("/events", "type", "protest | coerce", "protest,coerce"),
        ("/events", "type", "protest;nonsense", None),
        ("/actors", "country", "TR GB", "TR,GB"),
    ],
)
def test_a_hint_leads_to_something_or_is_not_given(
    asked: Visitor, path: str, parameter: str, value: str, meant: str | None
) -> None:
    assert near(asked, path, **{parameter: value}) == meant
    if meant is not None:
        query = f"{path}?{meant}" if "=" in meant else path
        assert asked.data(query, **({} if "=" in meant else {parameter: meant}))["page"]["total"] > 0


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("28 May 2019", "2019-05-28"),
        ("May 28, 2019", "2019-05-28"),
        ("28th of May 2019", "2019-05-28"),
        ("May 2019", "2019-05"),
        ("28.05.2019", "2019-05-28"),
        ("28/05/2019", "2019-05-28"),
        ("05/28/2019", "2019-05-28"),
        ("2019/05/28", "2019-05-28"),
        ("2019..2020", "2019/2020"),
        ("2018-2019", "2018/2019"),
        ("1990s", "199X"),
        ("spring 2019", "2019-21"),
        ("since 2019", "2019/.."),
        (">=2019", "2019/.."),
        ("gte:2019-05", "2019-05/.."),
        ("ge2019-05-01", "2019-05-01/.."),
        ("<= 2019", "../2019"),
        ("2019-05-28,2019-05-31", "2019-05-28/2019-05-31"),
        ("2019:2020", "2019/2020"),
        ("30 February 2019", None),
        ("1 May 2018", None),  # nothing then
    ],
)
def test_dates_as_people_write_them_are_suggested(asked: Visitor, value: str, meant: str | None) -> None:
    assert near(asked, "/events", date=value) == meant


def test_an_ambiguous_date_is_called_so(asked: Visitor) -> None:
    (fault,) = faults(asked, "/events", date="05/06/2019")
    assert fault["message"] == "'05/06/2019' may be 2019-06-05 or 2019-05-06: write one of them."
    assert fault["did_you_mean"] is None


@pytest.mark.parametrize(
    "value", ["2019-05-28T00:00:00Z", "2019-05-28T10:30:00.000+02:00", "20190528", "2019-5-28", "2019-5"]
)
def test_dates_as_programs_write_them_simply_work(asked: Visitor, value: str) -> None:
    assert [each["id"] for each in asked.data("/events", date=value)["data"]] == ["strike"]
    assert asked.data("/events", filter=f"date = '{value}'")["page"]["total"] == 1


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ({"since": "2019"}, "date=2019/.."),
        ({"until": "28 May 2019"}, "date=../2019-05-28"),
        ({"from": "2019-05-01", "to": "2019-05-31"}, "date=2019-05-01/2019-05-31"),
        ({"start_date": "2019-5-1", "end_date": "2019-5-31"}, "date=2019-05-01/2019-05-31"),
        ({"since": "yesterday"}, "date"),
        ({"since": "2030"}, None),
        ({"date[gte]": "2019-05-01", "date[lte]": "2019-05-31"}, "date=2019-05-01/2019-05-31"),
        ({"date__gte": "2019"}, "date=2019/.."),
        ({"min_date": "2019", "max_date": "2020"}, "date=2019/2020"),
        ({"date>": "2019"}, "date=2019/.."),  # as a query reads `date>=2019`
        ({"filter[date][lt]": "2020"}, "date=../2020"),
    ],
)
def test_two_ends_of_an_interval_are_one_parameter_here(asked: Visitor, sent: dict[str, str], meant: str) -> None:
    assert {fault["did_you_mean"] for fault in faults(asked, "/events", **sent)} == {meant}


@pytest.mark.parametrize(
    ("path", "parameter", "value"),
    [
        ("/events", "format", "CSV"),
        ("/events", "format", "Json"),
        ("/claims", "narrated", "True"),
        ("/claims", "narrated", "TRUE"),
        ("/claims", "narrated", "1"),
        ("/actors", "country", "rs"),
        ("/actors", "type", "Person"),
        ("/claims", "medium", "social_media_post"),
        ("/events", "date_match", "Possible"),
        ("/actors", "identifier", "Wikidata:Q1"),
        ("/actors", "identifier", "doi:10.5555/ODD-ONES"),
    ],
)
def test_what_can_mean_but_one_thing_simply_works(asked: Visitor, path: str, parameter: str, value: str) -> None:
    beside = {"date": "2019"} if parameter == "date_match" else {}
    answer = asked.get(path, **{parameter: value}, **beside)
    assert answer.status_code == 200, answer.text
    assert parameter == "format" or answer.json()["page"]["total"] > 0


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/events.csv", "/events?format=csv"),
        ("/events.json?type=protest", "/events?type=protest&format=json"),
        ("/events/strike.json", "/events/strike?format=json"),
        ("/actors/li-weimin/events.geojson", "/actors/li-weimin/events?format=geojson"),
        ("/search.json?q=strike", "/search?q=strike&format=json"),
    ],
)
def test_a_suffix_is_a_format(asked: Visitor, path: str, there: str) -> None:
    answer = asked.get(path)
    assert answer.status_code == 308
    assert answer.headers["location"] == f"http://testserver{there}"
    assert asked.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/locations", "/places"),
        ("/persons", "/people"),
        ("/organizations", "/organisations"),
        ("/incidents", "/events"),
        ("/statements", "/claims"),
        ("/articles/time-2019", "/sources/time-2019"),
    ],
)
def test_a_path_by_the_word_of_another_api(asked: Visitor, path: str, there: str) -> None:
    answer = asked.get(path)
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["did_you_mean"] == f"http://testserver{there}"


def test_a_search_below_a_collection_is_a_parameter_of_its_list(asked: Visitor) -> None:
    (fault,) = faults(asked, "/events/search", q="strike")
    assert fault["did_you_mean"] == "http://testserver/events?q=strike"
    (fault,) = faults(asked, "/events/strike", q="strike")
    assert fault["did_you_mean"] is None


def test_a_record_that_is_not_there_is_not_looked_up_in_vain(asked: Visitor) -> None:
    assert "?q=" not in asked.get("/events/nothing-like-it").json()["detail"]
    assert "/events?q=strike" in asked.get("/events/strike-2020").json()["detail"]
    assert "?q=" not in asked.get(asked.get("/events/x.csv").headers["location"]).json()["detail"]


def test_a_word_that_filters_another_list_is_no_hint(asked: Visitor) -> None:
    assert near(asked, "/actors", disputed="true") is None
    (fault,) = faults(asked, "/events", **{"filter-lang": "cql2-text"})
    assert fault["message"] == "/events has no parameter 'filter-lang': leave it out, filter is always cql2-text."
    assert fault["did_you_mean"] is None


@pytest.mark.parametrize(
    ("text", "said", "meant"),
    [
        ("type = ‘protest’", "at character 8: a text stands in plain single quotes", "type = 'protest'"),
        ("type = “protest”", "at character 8: a text stands in plain single quotes", "type = 'protest'"),
        ("(type = 'protest' AND mode = 'strike'", "at character 1: the parenthesis that opens here", None),
        ("type = 'protest')", "at character 17: this parenthesis closes none", None),
        ("type = 'protest", "at character 8: the quote that opens here is never closed", None),
        ("type == 'protest'", "at character 6: equal is one =", "type = 'protest'"),
        ("type = 'protest' && mode = 'strike'", "at character 18: and is AND", "type = 'protest' AND mode = 'strike'"),
        ("type eq 'protest'", "at character 6: equal is =", "type = 'protest'"),
        ("type = 'protest' AND", "at character 21: here stands a name", None),
        ("type 'protest'", "at character 6: a comparison is a name, one of", None),
        ("type = 'protest' mode = 'strike'", "at character 18: here the filter ends, or goes on with AND or OR", None),
        ("name ILIKE 'li%'", "LIKE ignores case already", "name LIKE 'li%'"),
        (
            "T_INTERSECTS(date, INTERVAL('2019', '2020'))",
            "filter knows no T_INTERSECTS, at character 1: a comparison of dates",
            None,
        ),
        ("S_INTERSECTS(place, POINT(0 0))", "filter knows no S_INTERSECTS, at character 1: write bbox =", None),
        ("CASEI(name) = 'Li Weimin'", "Leave CASEI out: case and accents make no difference.", "name = 'Li Weimin'"),
        ("type=protest", "Put the text in single quotes", "type='protest'"),
        ("type = 'arest'", "'arest' is not one of", None),
        (
            "type = 'protests' AND NOT mode = 'arrest'",
            "'protests' is not one of",
            "type = 'protest' AND NOT mode = 'arrest'",
        ),
    ],
)
def test_a_filter_that_is_not_understood_says_where_and_what_was_expected(
    asked: Visitor, text: str, said: str, meant: str | None
) -> None:
    path = "/actors" if "name" in text else "/events"
    (fault,) = faults(asked, path, filter=text)
    assert said in fault["message"]
    assert fault["did_you_mean"] == meant
    if meant is not None:
        assert asked.data(path, filter=meant)["page"]["total"] > 0


def test_a_term_that_no_record_has_is_told_by_its_name_and_is_no_hint(asked: Visitor) -> None:
    (fault,) = faults(asked, "/actors", country="Norway")
    assert fault["message"] == "'Norway' is not a term of /vocabularies/countries; it is called NO here."
    assert fault["did_you_mean"] is None


@pytest.mark.parametrize(
    ("path", "sent", "meant"),
    [
        ("/events", {"type": "!protest"}, None),  # all others: there are some
        ("/events", {"type": "-protest"}, None),
        ("/events", {"type": "not:protest"}, None),
        ("/events", {"type!": "protest"}, None),
        ("/events", {"not_type": "protest"}, None),
        ("/events", {"filter[type][ne]": "protest"}, None),
        ("/events", {"participant": "!nobody"}, "nothing"),
        ("/actors", {"office": "-secretary-trade-and-industry"}, None),
        ("/actors", {"country": "!RS"}, None),
    ],
)
def test_what_is_asked_by_leaving_out_is_never_answered_as_if_it_were_asked_for(
    asked: Visitor, path: str, sent: dict[str, str], meant: str | None
) -> None:
    (fault,) = faults(asked, path, **sent)
    if meant is not None:
        assert fault["did_you_mean"] is None
        return
    name, _, condition = fault["did_you_mean"].partition("=")
    assert (name, condition[:4]) == ("filter", "NOT ")
    everything, excepted = (asked.data(path, **query)["page"]["total"] for query in ({}, {"filter": condition}))
    assert 0 < excepted < everything


@pytest.mark.parametrize("value", ["protest*", "~protest", "protest?", "=protest", "<protest"])
def test_a_sign_beside_a_term_is_not_passed_over(asked: Visitor, value: str) -> None:
    assert faults(asked, "/events", type=value)[0]["parameter"] == "type"


@pytest.mark.parametrize("value", ["Protest", " protest ", "PROTEST"])
def test_a_term_in_another_case_is_the_term(asked: Visitor, value: str) -> None:
    assert asked.data("/events", type=value)["page"]["total"] == 1
