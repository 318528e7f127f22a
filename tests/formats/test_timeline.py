"""Timelines: each date is drawn as exactly as it is known."""

import pytest

from app.formats.html.timeline import MOST, UNDATED, Bar, Item, Style, lasting, once, said, timeline


def bars(*edtf: str) -> list[list[Style]]:
    """The styles of what is drawn of each date, on one scale."""
    made = timeline(Item(once({"edtf": text}), text, text, "/") for text in edtf)
    assert made is not None
    by_text = {item.when: [bar.style for bar in drawn] for item, drawn in made.rows}
    return [by_text[text] for text in edtf]


def test_a_day_is_solid_and_what_is_coarser_is_pale() -> None:
    assert bars("2019-05-28", "2019-05", "201X") == [["sure"], ["unsure"], ["unsure"]]


def test_an_interval_is_solid_as_far_as_its_ends_are_known() -> None:
    assert bars("2019-05-27/2019-05-30", "1998/1999", "2019-05/2019-06-03") == [
        ["sure"],
        ["unsure", "sure", "unsure"],
        ["unsure", "sure"],
    ]


def test_an_open_end_fades() -> None:
    assert bars("../2018-11-30", "2018-11/..", "/2018") == [
        ["before", "sure"],
        ["unsure", "after"],
        ["before", "unsure"],
    ]


@pytest.mark.parametrize(("edtf", "about"), [("2018-11~", True), ("2008?", True), ("2008%", True), ("2008", False)])
def test_a_qualifier_is_kept(edtf: str, about: bool) -> None:
    assert once({"edtf": edtf}).about is about


def test_a_relation_lasts_from_one_date_to_another() -> None:
    held = Item(lasting({"edtf": "2017-05-31"}, None), "since 2017", "in office", "/")
    ended = Item(lasting({"edtf": "2016"}, {"edtf": "2020-11-05"}), "2016 to 2020", "in office", "/")
    made = timeline([held, ended])
    assert made is not None
    assert [[bar.style for bar in drawn] for _, drawn in made.rows] == [["unsure", "sure"], ["sure", "after"]]


def test_rows_are_in_order_and_the_undated_are_last_without_a_bar() -> None:
    items = [Item(once({"edtf": text}), text, text, "/") for text in ("2019", "1999-03-24", "-0043")]
    undated = Item(UNDATED, "not dated", "undated", "/")
    made = timeline([undated, *items])
    assert made is not None
    assert [item.when for item, _ in made.rows] == ["-0043", "1999-03-24", "2019", "not dated"]
    assert made.rows[-1][1] == ()
    starts = [drawn[0].start for _, drawn in made.rows[:-1]]
    assert starts == sorted(starts)
    assert (made.first, made.last) == ("1 January 44 BC", "31 December 2019")


def test_what_is_of_one_day_needs_no_scale() -> None:
    assert timeline([Item(once({"edtf": "2019-05-28"}), "", label, "/") for label in "ab"]) is None
    assert timeline([]) is None


def test_few_rows_are_shown_around_the_one_that_the_page_is_about() -> None:
    items = [
        Item(once({"edtf": f"{year}"}), str(year), str(year), "/", here=year == 1950) for year in range(1900, 2000)
    ]
    made = timeline(items)
    assert made is not None
    assert (len(made.rows), made.left_out) == (MOST, 100 - MOST)
    assert any(item.here for item, _ in made.rows)


def test_everything_lies_on_the_scale() -> None:
    made = timeline(Item(once({"edtf": text}), "", text, "/") for text in ("../1950", "1999-05", "2019-05-28/.."))
    assert made is not None
    for _, drawn in made.rows:
        for bar in drawn:
            assert 0 <= bar.start < bar.start + bar.width <= 1000
    assert made.rows[0][1][0] == Bar("before", 0, 50)


def test_what_was_said_is_counted_by_date_and_voice() -> None:
    day = {"edtf": "2019-05-28"}
    voices = [("A", day), ("A", day), ("B", day), ("C", day), ("D", day), ("E", None)]
    item, undated = said(voices, "/events/x/claims")
    assert (item.label, item.url) == ("5 claims", "/events/x/claims?said=2019-05-28")
    assert item.about == "A (2), B, C and 1 more"
    assert (undated.when, undated.label, undated.url) == ("not dated", "1 claim", "/events/x/claims")


def test_dates_of_claims_are_in_order_and_undated_last() -> None:
    dates = ["2019-05-28", None, "2019-05", "-0044", "2019-05-28"]
    made = timeline(said([("A", {"edtf": text} if text else None) for text in dates], "/claims"))
    assert made is not None
    assert [item.when for item, _ in made.rows] == ["45 BC", "May 2019", "28 May 2019", "not dated"]
