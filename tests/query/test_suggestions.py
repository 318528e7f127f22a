"""What a parameter or a value was probably meant to be, and where to look it up."""

import pytest

from app.query import suggestions
from app.query.aliases import ALIASES
from app.query.parameters import controls
from app.resources import RESOURCES
from app.resources.search import search

NAMES = {
    each.name: [filter.name for filter in each.filters] + [control.name for control in controls(each)]
    for each in (*RESOURCES, search)
}


@pytest.mark.parametrize(
    ("collection", "written", "ours"),
    [
        ("events", "search", "q"),
        ("events", "query", "q"),
        ("events", "page", "cursor"),
        ("events", "offset", "cursor"),
        ("events", "skip", "cursor"),
        ("events", "per_page", "limit"),
        ("events", "pageSize", "limit"),
        ("events", "count", "limit"),
        ("events", "size", "limit"),
        ("events", "order", "sort"),
        ("events", "order-by", "sort"),
        ("events", "sortBy", "sort"),
        ("events", "since", "date"),
        ("events", "year", "date"),
        ("events", "actor", "participant"),
        ("events", "country_code", "country"),
        ("events", "select", "fields"),
        ("search", "select", None),
        ("claims", "date", "said"),
        ("claims", "until", "said"),
        ("claims", "actor", "speaker"),
        ("claims", "lang", None),
        ("claims", "place", None),
        ("claims", "search", "q"),
        ("sources", "lang", "language"),
        ("relations", "year", None),
        ("events", "participent", "participant"),
        ("events", "contry", "country"),
        ("events", "LIMIT", "limit"),
        ("events", "zzzz", None),
        ("events", "filter[type]", "type"),
        ("events", "where[participant.id]", None),
        ("events", "type__in", "type"),
        ("events", "type[]", "type"),
        ("events", "place-precision[eq]", "place_precision"),
        ("events", "actor[in]", "participant"),
        ("events", "title[contains]", "q"),
        ("claims", "value[gte]", "min"),
        ("claims", "max_value", "max"),
        ("events", "page[after]", "cursor"),
        ("events", "datetime", "date"),
        ("sources", "published", "date"),
        ("events", "type[ne]", "filter=NOT type = 'x'"),
        ("events", "!type", "filter=NOT type = 'x'"),
        ("events", "[]", None),
        ("events", "filter[]", "filter"),
    ],
)
def test_a_parameter_by_its_name_elsewhere_or_the_nearest(collection: str, written: str, ours: str | None) -> None:
    assert suggestions.parameter(written, "x", NAMES[collection]) == ours


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        *((word, "2019-05-28/..") for word in ("since", "from", "after", "start", "begin")),
        *((word, "2019-05-28/..") for word in ("datefrom", "fromdate", "startdate", "mindate")),
        *((word, "../2019-05-28") for word in ("until", "to", "before", "end", "till")),
        *((word, "../2019-05-28") for word in ("dateto", "todate", "enddate", "maxdate")),
        ("date_from", "2019-05-28/.."),
        ("startDate", "2019-05-28/.."),
        ("UNTIL", "../2019-05-28"),
        ("date[lte]", "../2019-05-28"),
        ("year", None),
        ("dated", None),
    ],
)
@pytest.mark.parametrize("collection", ["events", "claims"])
def test_one_end_of_an_interval_by_what_others_call_it(collection: str, written: str, ours: str | None) -> None:
    date = "date" if collection == "events" else "said"
    suggested = suggestions.interval(written, {written: ["2019-05-28"], "limit": ["2019"]}, NAMES[collection])
    assert suggested == (ours and f"{date}={ours}")


def test_a_number_of_ours_is_no_end_of_an_interval() -> None:
    given = {"since": ["2019-05-28"], "max": ["2020"]}
    assert suggestions.interval("since", given, NAMES["events"]) == "date=2019-05-28/.."
    assert suggestions.interval("until", {**given, "until": ["2021"]}, NAMES["events"]) == "date=2019-05-28/2021"


def test_every_other_word_is_for_parameters_that_there_are() -> None:
    known = {name for names in NAMES.values() for name in names}
    assert {name for names in ALIASES.values() for name in names} <= known
    assert all(word.isalnum() and word.islower() for word in ALIASES)


@pytest.mark.parametrize(
    ("vocabulary", "value", "id"),
    [
        ("countries", "Kosovo", "XK"),
        ("countries", "Serbia", "RS"),
        ("countries", "serbia", "RS"),
        ("countries", "Cote d'Ivoire", "CI"),
        ("countries", "SRB", "RS"),
        ("countries", "fr", "FR"),
        ("countries", "ZZ", None),
        ("participation-sides", "Side B", "side-b"),
        ("event-types", "coerse", "coerce"),
        ("event-types", "arrest", None),
    ],
)
def test_a_term_by_its_label_or_code_or_the_nearest(vocabulary: str, value: str, id: str | None) -> None:
    assert suggestions.term(vocabulary, value) == id


@pytest.mark.parametrize(
    ("value", "flag"),
    [("yes", "true"), ("1", "true"), ("TRUE", "true"), ("No", "false"), ("0", "false"), ("fals", "false"), ("2", None)],
)
def test_a_flag_by_what_others_write_for_it(value: str, flag: str | None) -> None:
    assert suggestions.flag(value) == flag


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Vučić", "Look it up: /actors?q=vucic"),
        ("aleksandar_vucic", "Look it up: /actors?q=aleksandar+vucic"),
        ("arrests-2019-05-28", "Look it up: /actors?q=arrests"),
        ("2019", "Look it up: /actors?q=2019"),
        ("!!", "Look it up: /actors"),
    ],
)
def test_where_to_look_up_is_a_question_in_plain_words(text: str, there: str) -> None:
    assert suggestions.look_up("/actors", text) == there


def test_where_to_look_up_is_never_too_long_a_question() -> None:
    assert len(suggestions.look_up("/actors", "longname " * 1000)) < 150
