"""What every wrong input gets: one answer each, on GET and HEAD, always as a problem that names every fault at once."""

from urllib.parse import quote

import pytest

from app.resources import RESOURCES
from contract.orders import Documents
from problems import at_fault, faults, problem
from visitor import BASE, Visitor


def test_row_01_unknown_parameter(visitor: Visitor) -> None:
    answer = visitor.get("/events?contry=FR")
    found = faults(answer, "unknown-parameter")
    assert [(each["parameter"], each["value"], each["did_you_mean"]) for each in found] == [("contry", "FR", "country")]
    assert answer.json()["instance"] == "/events?contry=FR"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/events/hallvik-ferry-strike",
        "/vocabularies",
        "/vocabularies/measures",
        "/releases",
        "/openapi.json",
        "/healthz",
        "/readyz",
    ],
)
def test_row_01_unknown_parameter_everywhere(visitor: Visitor, path: str) -> None:
    assert at_fault(visitor.get(path, contry="FR"), "unknown-parameter") == ["contry"]


def test_row_01_unknown_parameter_of_a_download(visitor: Visitor) -> None:
    downloads = visitor.data("/releases")["data"][0]["downloads"]
    for url in downloads.values():
        assert at_fault(visitor.get(url, fresh="1"), "unknown-parameter") == ["fresh"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Country=FR", "Country"),
        ("filter[x]=1", "filter[x]"),
        ("country[]=FR", "country[]"),
        ("limit%20=1", "limit "),
        ("limit=1;offset=2", "limit"),
        ("limit", "limit"),
        ("=1", ""),
    ],
)
def test_row_02_wrong_case_brackets_semicolon(visitor: Visitor, query: str, name: str) -> None:
    slug = "invalid-parameter" if name == "limit" else "unknown-parameter"
    assert at_fault(visitor.get(f"/events?{query}"), slug) == [name]


@pytest.mark.parametrize("name", ["limit", "cursor", "release", "format", "date", "date_match", "undated", "disputed"])
def test_row_03_repeated_single_value(visitor: Visitor, name: str) -> None:
    value = {"limit": "1", "date": "2019", "date_match": "certain", "undated": "only", "disputed": "true"}.get(name)
    release = visitor.data("/")["data"]["release"]["id"]
    value = (
        value
        or {"release": release, "format": "json", "cursor": visitor.data("/events", limit=1)["page"]["next"]}[name]
    )
    needed = "&date=2019" if name == "date_match" else ""
    assert name in at_fault(visitor.get(f"/events?{name}={value}&{name}={value}{needed}"))


def test_row_04_repeated_multi_value_means_or(visitor: Visitor) -> None:
    both = visitor.data("/events?country=NO&country=FR&limit=0")["page"]["total"]
    assert both == sum(visitor.data(f"/events?country={code}&limit=0")["page"]["total"] for code in ("NO", "FR")) > 0


def test_row_05_too_many_values(visitor: Visitor) -> None:
    names = [f"id-{number}" for number in range(101)]
    assert at_fault(visitor.get("/events", id=",".join(names))) == ["id"]
    assert at_fault(visitor.get("/events", id=names)) == ["id"]
    assert "100" in faults(visitor.get("/events", id=names))[0]["message"]
    assert visitor.data("/events", id=["hallvik-ferry-strike"] * 100)["page"]["total"] == 1


@pytest.mark.parametrize(
    "query",
    [
        "country=",
        "limit=",
        "sort=",
        "type=coerce,",
        "type=,",
        "type=,coerce",
        "date=",
        "disputed=",
        "cursor=",
        "release=",
        "format=",
        "id=",
        "type=%20",
        "country=FR&country=",
        "date_match=",
        "undated=",
        "participant=",
    ],
)
def test_row_06_empty_value(visitor: Visitor, query: str) -> None:
    assert query.split("=", maxsplit=1)[0] in at_fault(visitor.get(f"/events?{query}"))


@pytest.mark.parametrize(
    "limit", ["1.0", "1_0", "%2B5", "+5", "%205", "5%20", "1e3", "٥", "५", "0x1", "1,000", "05x", "²"]
)
def test_row_07_integer_not_plain_digits(visitor: Visitor, limit: str) -> None:
    answer = visitor.get(f"/events?limit={limit if limit.isascii() else quote(limit)}")
    assert at_fault(answer) == ["limit"]
    assert "500" in faults(answer)[0]["message"]


@pytest.mark.parametrize("limit", ["-1", "501", str(2**31), str(2**63), str(2**64), "9" * 4000, "-0"])
def test_row_08_integer_out_of_range(visitor: Visitor, limit: str) -> None:
    assert at_fault(visitor.get("/events", limit=limit)) == ["limit"]


def test_row_08_integer_of_a_url_too_long(visitor: Visitor) -> None:
    problem(visitor.get("/events", limit="9" * 9000), 414, "url-too-long")


@pytest.mark.parametrize(
    "date",
    [
        "0",
        "1700000000",
        "2020-02-30",
        "2020-01-01T00:00Z/",
        "2020-13",
        "28.05.2019",
        "2019-5-28-1",
        "20191328",
        "2019-05-28/",
        "/2019",
        "1985/",
        "today",
        "2019-05-28/2019-05-29/2019-05-30",
        "２０１９",
        "2019-05-28Z",
        "2019-5-32",
        "2019/05/28",
        "May,2019",
        "+2019",
        "1e3",
        "--",
    ],
)
def test_row_09_not_a_date(visitor: Visitor, date: str) -> None:
    for path, name in (("/events", "date"), ("/claims", "said"), ("/sources", "date")):
        found = faults(visitor.get(path, **{name: date}))
        assert [each["parameter"] for each in found] == [name]


def test_row_09_the_accepted_forms_are_told(visitor: Visitor) -> None:
    message = faults(visitor.get("/events", date="1700000000"))[0]["message"]
    assert "2019-05-28/2019-05-31" in message
    assert "../2019-05-28" in message


@pytest.mark.parametrize(
    ("old", "now"), [("1980-uu", "1980-XX"), ("198u", "198X"), ("2008/open", "2008/.."), ("unknown/2008", "/2008")]
)
def test_row_10_obsolete_draft_is_shown_its_current_form(visitor: Visitor, old: str, now: str) -> None:
    assert now in faults(visitor.get("/events", date=old))[0]["message"]


@pytest.mark.parametrize("date", ["2019/2018", "2019-05-28/2019-05-27", "2019-06/2019-05", "2019-05-28/-0044"])
def test_row_11_reversed_range(visitor: Visitor, date: str) -> None:
    assert at_fault(visitor.get("/events", date=date)) == ["date"]


def test_row_12_enum_lists_its_values(visitor: Visitor) -> None:
    found = faults(visitor.get("/events", type="robot"))
    assert "coerce" in found[0]["message"]
    assert "protest" in found[0]["message"]
    assert at_fault(visitor.get("/events", undated="maybe")) == ["undated"]
    assert at_fault(visitor.get("/events", disputed="yes")) == ["disputed"]
    assert at_fault(visitor.get("/events", disputed="2")) == ["disputed"]


def test_row_13_codes(visitor: Visitor) -> None:
    assert at_fault(visitor.get("/events", country="ZZ")) == ["country"]
    assert visitor.get("/events", country="fr").json()["data"] == visitor.data("/events", country="FR")["data"]
    assert faults(visitor.get("/events", country="Kosovo"))[0]["did_you_mean"] == "XK"
    assert visitor.data("/events", country="XK")["page"]["total"] > 0
    empty = visitor.data("/events", country="TV")
    assert (empty["data"], empty["page"]["total"], empty["page"]["next"]) == ([], 0, None)


@pytest.mark.parametrize("id", ["abc!", "ABC", "a--b", "-a", "a-", "a_b", "č", "a.b", "a%20b", "x" * 200, "%25"])
def test_row_14_id_malformed(visitor: Visitor, id: str) -> None:
    target = id if id.isascii() else quote(id)
    problem(visitor.get(f"/events/{target}"), 404, "not-found")
    problem(visitor.get(f"/events/{target}/claims"), 404, "not-found")


def test_row_15_id_absent_names_the_nearest(visitor: Visitor) -> None:
    body = problem(visitor.get("/events/hallvik-fery-strike"), 404, "not-found")
    assert body["errors"][0]["did_you_mean"] == "hallvik-ferry-strike"
    body = problem(visitor.get("/events/zzzz-nothing-like-it"), 404, "not-found")
    assert body["errors"][0]["did_you_mean"] is None


def test_row_16_removed_and_merged(visitor: Visitor) -> None:
    assert "hallvik-1" in problem(visitor.get("/events/hallvik-overtime-ban"), 410, "removed")["detail"]
    answer = visitor.get("/events/hallvik-ferry-walkout")
    problem(answer, 308, "merged")
    assert answer.headers["location"] == f"{BASE}/events/hallvik-ferry-strike"


@pytest.mark.parametrize(
    "target", ["/events?country=%00", "/events?a%00b=1", "/events/%00", "/ev%00ents", "/events?%00"]
)
def test_row_17_nul(visitor: Visitor, target: str) -> None:
    problem(visitor.get(target), 400, "malformed-request")


@pytest.mark.parametrize("bytes", ["%ff", "%ed%a0%80", "%c0%af", "%f4%90%80%80", "%c3", "%e2%28%a1"])
@pytest.mark.parametrize("place", ["/events?country={}", "/events?{}=1", "/events/{}", "/{}"])
def test_row_18_invalid_utf_8(visitor: Visitor, bytes: str, place: str) -> None:
    problem(visitor.get(place.format(bytes)), 400, "malformed-request")


@pytest.mark.parametrize("target", ["/events?country=%zz", "/events?country=%", "/events?%4", "/events/%g1", "/%"])
def test_row_20_broken_escape(visitor: Visitor, target: str) -> None:
    problem(visitor.get(target), 400, "malformed-request")


@pytest.mark.parametrize("bytes", ["%zz", "%ff", "100%", "%00"])
@pytest.mark.parametrize(
    ("place", "parameter"),
    [("/events?q={}", "q"), ("/events?limit=1&q={}", "q"), ("/events?{}=1", "query"), ("/events/{}", "path")],
)
def test_what_cannot_be_read_is_told_by_the_name_of_its_place(
    visitor: Visitor, bytes: str, place: str, parameter: str
) -> None:
    (fault,) = faults(visitor.get(place.format(bytes)), "malformed-request")
    assert fault["parameter"] == parameter
    assert bytes in fault["value"]


SQL = ["FR' OR '1'='1", "FR'; DROP TABLE event; --", 'FR" OR 1=1', "FR) OR (1=1", "1 UNION SELECT document FROM event"]


@pytest.mark.parametrize("text", SQL)
@pytest.mark.parametrize("name", ["country", "type", "id", "place", "participant", "gap", "identifier", "sort", "date"])
def test_row_22_sql_text(visitor: Visitor, documents: Documents, name: str, text: str) -> None:
    assert at_fault(visitor.get("/events", **{name: text})) == [name]
    assert visitor.data("/events", limit=0)["page"]["total"] == len(documents["events"])


@pytest.mark.parametrize("text", SQL)
def test_row_22_sql_text_as_a_name(visitor: Visitor, text: str) -> None:
    assert visitor.data("/actors", name=text)["page"]["total"] == 0
    problem(visitor.get(f"/actors/{quote(text)}"), 404, "not-found")


@pytest.mark.parametrize(("path", "name"), [("/actors", "name"), ("/events", "country"), ("/claims", "aspect")])
def test_row_23_a_value_of_201_characters(visitor: Visitor, path: str, name: str) -> None:
    assert at_fault(visitor.get(path, **{name: "x" * 201})) == [name]


def test_row_24_long_url(visitor: Visitor) -> None:
    problem(visitor.get("/events", id="x" * 8200), 414, "url-too-long")
    problem(visitor.get("/events/" + "x" * 8200), 414, "url-too-long")
    assert visitor.get("/events/" + "x" * 8000).status_code == 404


def test_row_25_thousands_of_parameters(visitor: Visitor) -> None:
    problem(visitor.get("/events?" + "&".join(f"a{n}=" for n in range(1500))), 414, "url-too-long")
    problem(visitor.get("/events?" + "&" * 4000 + "a&" * 2000), 414, "url-too-long")
    assert visitor.get("/events?" + "a&" * 150).status_code == 400


def test_row_27_one_name_in_every_unicode_form(visitor: Visitor) -> None:
    wanted = {"djindjic-in-ascii", "djindjic-in-cyrillic", "djindjic-in-latin", "djindjic-in-pieces"}
    for name in ("Đinđić", "Đinđic\u0301", "Ђинђић", "DJINDJIC"):
        assert {each["id"] for each in visitor.data("/people", name=name)["data"]} == wanted
    for name in ("Zoë 🙂", "Zoe\u0308 🙂", "زوي", "𝒵oë", "zoe"):
        found = [each["id"] for each in visitor.data("/people", name=name)["data"]]
        assert found == (["zoe-with-a-picture"] if name != "🙂" else [])
    assert visitor.data("/people", name="🙂🙂")["page"]["total"] == 0


def test_every_problem_of_a_request_is_reported_at_once(visitor: Visitor) -> None:
    answer = visitor.get("/events?limit=x&sort=no&type=robot&date=0&foo=1&country=ZZ&format=xml&release=never")
    assert sorted(at_fault(answer, "bad-query")) == sorted(
        ["limit", "sort", "type", "date", "foo", "country", "format", "release"]
    )
    answer = visitor.get("/events?limit=x&cursor=altered")
    assert sorted(at_fault(answer)) == ["cursor", "limit"]


@pytest.mark.parametrize("length", [513, 2000])
def test_row_26_a_cursor_that_is_too_long_is_no_cursor_of_ours(visitor: Visitor, length: int) -> None:
    problem(visitor.get(f"/events?cursor={'a' * length}"), 400, "invalid-cursor")
    answer = visitor.get(f"/events?limit=x&cursor={'a' * length}")
    assert sorted(at_fault(answer)) == ["cursor", "limit"]


@pytest.mark.parametrize("path", ["/people", "/organisations", "/groups"])
def test_a_view_counts_nothing_that_cannot_be_asked_of_it(visitor: Visitor, path: str) -> None:
    assert at_fault(visitor.get(f"{path}?facets=type")) == ["facets"]


def test_a_list_below_a_record_counts_nothing_that_cannot_be_asked_of_it(visitor: Visitor) -> None:
    for parent in (each for each in RESOURCES if not each.view_of):
        id = visitor.data(f"/{parent.name}", limit=1)["data"][0]["id"]
        for inverse in parent.inverses:
            answer = visitor.get(f"/{parent.name}/{id}/{inverse.path}", facets=inverse.filter)
            assert at_fault(answer) == ["facets"], inverse
