"""What a live server answers to parameters that are wrong, or look it: rows 1 to 13, 21 to 27 and 53."""

from urllib.parse import quote

from promises.wire import both, refusals
from web.live import Live

CQL_DEPTHS = ("(" * 1800 + "type='coerce'" + ")" * 1800, "NOT " * 3500 + "type='coerce'")
METACHARACTERS = ("%", "_", "\\", '"', "*", "NEAR(", "a*b", "^x", "'", ":", "a AND", "-", "(", "{a}", "NEAR/2")
SQL = ("FR' OR '1'='1", "FR'; DROP TABLE event; --", "1 UNION SELECT document FROM event")


def test_row_01_unknown_parameter(live: Live) -> None:
    body = both(live, "/events?contry=FR").problem(400, "unknown-parameter")
    assert [(fault["parameter"], fault["did_you_mean"]) for fault in body["errors"]] == [("contry", "country")]
    for path in ("/", "/events/hallvik-ferry-strike", "/vocabularies", "/releases", "/openapi.json", "/healthz"):
        assert both(live, f"{path}?contry=FR").at_fault("unknown-parameter") == ["contry"]


def test_row_02_wrong_case_brackets_semicolon(live: Live) -> None:
    for query, name in (("Country=FR", "Country"), ("filter[x]=1", "filter[x]"), ("country[]=FR", "country[]")):
        assert both(live, f"/events?{query}").at_fault("unknown-parameter") == [name]
    assert both(live, "/events?limit=1;offset=2").at_fault() == ["limit"]


def test_row_03_repeated_single_value(live: Live) -> None:
    for query in ("limit=1&limit=2", "date=2019&date=2019", "format=json&format=csv", "disputed=true&disputed=true"):
        assert query.partition("=")[0] in both(live, f"/events?{query}").at_fault()


def test_row_04_repeated_multi_value(live: Live) -> None:
    def total(query: str) -> int:
        return int(both(live, f"/events?{query}&limit=0").json["page"]["total"])

    assert total("country=NO&country=FR") == total("country=NO,FR") == total("country=NO") + total("country=FR") > 0


def test_row_05_too_many_values(live: Live) -> None:
    names = [f"id-{number}" for number in range(101)]
    assert both(live, f"/events?id={','.join(names)}").at_fault() == ["id"]
    assert both(live, f"/events?{'&'.join(f'id={name}' for name in names)}").at_fault() == ["id"]
    assert both(live, f"/events?id={','.join(['hallvik-ferry-strike'] * 100)}").json["page"]["total"] == 1


def test_row_06_empty_value(live: Live) -> None:
    for query in ("country=", "limit=", "q=", "type=coerce,", "date=", "cursor=", "format=", "release=", "filter="):
        assert query.partition("=")[0] in both(live, f"/events?{query}").at_fault(), query


def test_row_07_integer_not_plain_digits(live: Live) -> None:
    refusals(live, "/events", "limit", ("1.0", "1_0", "%2B5", "+5", "%205", "1e3", quote("٥"), "0x1", "1,000"))


def test_row_08_integer_out_of_range(live: Live) -> None:
    refusals(live, "/events", "limit", ("-1", "501", str(2**31), str(2**63), "9" * 4000))
    both(live, f"/events?limit={'9' * 9000}").problem(414, "url-too-long")


def test_row_09_no_date(live: Live) -> None:
    refusals(live, "/events", "date", ("0", "1700000000", "2020-02-30", "2020-13", "today", "--", quote("２０１９")))
    (fault,) = both(live, "/claims?said=1700000000").problem(400, "invalid-parameter")["errors"]
    assert "2019-05-28/2019-05-31" in fault["message"]


def test_row_10_obsolete_draft_of_dates(live: Live) -> None:
    for old, now in (("1980-uu", "1980-XX"), ("2008/open", "2008/.."), ("unknown/2008", "/2008")):
        (fault,) = both(live, f"/events?date={old}").problem(400, "invalid-parameter")["errors"]
        assert now in fault["message"]


def test_row_11_reversed_range(live: Live) -> None:
    refusals(live, "/events", "date", ("2019/2018", "2019-05-28/2019-05-27", "2019-05-28/-0044"))


def test_row_12_enum(live: Live) -> None:
    (fault,) = both(live, "/events?type=robot").problem(400, "invalid-parameter")["errors"]
    assert {"coerce", "protest"} <= set(fault["message"].replace(",", " ").replace(".", " ").split())


def test_row_13_codes(live: Live) -> None:
    refusals(live, "/events", "country", ("ZZ", "Kosovo"))
    assert both(live, "/events?country=XK").json["page"]["total"] > 0
    assert both(live, "/events?country=TV").json["page"]["total"] == 0


def test_row_21_signs_of_like_and_full_text_search(live: Live) -> None:
    for text in METACHARACTERS:
        for path in ("/events", "/search"):
            assert both(live, f"{path}?q=ferry%20{quote(text)}").status == 200, text


def test_row_22_sql_text(live: Live) -> None:
    everything = both(live, "/events?limit=0").json["page"]["total"]
    for text in SQL:
        refusals(live, "/events", "country", (quote(text),))
        refusals(live, "/events", "id", (quote(text),))
        both(live, f"/actors/{quote(text)}").problem(404, "not-found")
        assert both(live, f"/actors?name={quote(text)}").json["page"]["total"] == 0
        assert both(live, f"/events?q={quote(text)}").status == 200
    assert both(live, "/events?limit=0").json["page"]["total"] == everything


def test_row_23_long_words(live: Live) -> None:
    refusals(live, "/events", "q", ("x" * 201, quote("é" * 201)))
    assert both(live, f"/events?q={'x' * 200}").status == 200


def test_row_24_long_url(live: Live) -> None:
    both(live, f"/events?id={'x' * 8200}").problem(414, "url-too-long")
    both(live, f"/events/{'x' * 8200}").problem(414, "url-too-long")


def test_row_25_thousands_of_parameters(live: Live) -> None:
    both(live, "/events?" + "&".join(f"a{n}=" for n in range(1500))).problem(414, "url-too-long")
    both(live, "/events?" + "a&" * 2000).problem(414, "url-too-long")
    assert both(live, "/events?" + "a&" * 150).status == 400


def test_row_26_cursor(live: Live) -> None:
    cursor = both(live, "/events?limit=1").json["page"]["next"]
    for wrong in (f"{cursor[:-1]}{'A' if cursor[-1] != 'A' else 'B'}", cursor[:-4], cursor + "A", "%F0%9F%99%82"):
        both(live, f"/events?limit=1&cursor={wrong}").problem(400, "invalid-cursor")
    both(live, f"/events?limit=1&country=NO&cursor={cursor}").problem(400, "invalid-cursor")
    both(live, f"/claims?limit=1&cursor={cursor}").problem(400, "invalid-cursor")
    assert both(live, f"/events?limit=1&cursor={cursor}").status == 200


def test_row_27_unicode_forms(live: Live) -> None:
    wanted = {"djindjic-in-ascii", "djindjic-in-cyrillic", "djindjic-in-latin", "djindjic-in-pieces"}
    for name in ("Đinđić", "Đinđic\u0301", "Ђинђић", "DJINDJIC"):
        assert {each["id"] for each in both(live, f"/people?name={quote(name)}").json["data"]} == wanted
    for name in ("Zoë 🙂", "Zoe\u0308", "زوي", "𝒵oë"):
        assert len(both(live, f"/people?name={quote(name)}").json["data"]) == 1
    assert both(live, f"/people?name={quote('🙂🙂')}").json["page"]["total"] == 0


def test_row_53_filter_nested_too_deep(live: Live) -> None:
    for text in CQL_DEPTHS:
        both(live, f"/events?filter={quote(text)}").problem(414, "url-too-long")
    for text in ("(" * 400 + "type='coerce'" + ")" * 400, "NOT " * 200 + "type='coerce'"):
        refusals(live, "/events", "filter", (quote(text),))
    deepest = f"{'(' * 20}type='coerce'{')' * 20}"
    assert both(live, f"/events?filter={quote(deepest)}").status == 200
