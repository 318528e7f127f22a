"""How raw values are cut, and what no parameter takes."""

import pytest

from app.query.base import GROUPS, MAX_VALUES, Refused
from app.query.parameters import MAX_LIMIT, MAX_VALUE, controls, cut, one_of, read_limit, unknown
from app.resources import RESOURCES
from app.resources.base import Resource


@pytest.mark.parametrize(
    ("values", "wanted"),
    [(["a"], ["a"]), (["a,b"], ["a", "b"]), (["a", "b,c"], ["a", "b", "c"]), (["a,a"], ["a", "a"]), ([" a"], [" a"])],
)
def test_several_values_are_cut_at_commas(values: list[str], wanted: list[str]) -> None:
    assert cut("type", values, multiple=True) == wanted


def test_one_value_is_never_cut() -> None:
    assert cut("name", ["Vučić, Aleksandar"], multiple=False) == ["Vučić, Aleksandar"]


@pytest.mark.parametrize("values", [["a", "b"], ["a", "a"]])
def test_one_value_is_not_given_twice(values: list[str]) -> None:
    with pytest.raises(Refused, match="2 times"):
        cut("name", values, multiple=False)


@pytest.mark.parametrize("values", [[""], [" "], ["a,"], [",a"], ["a,,b"], ["a", ""], ["\u00a0"]])
def test_an_empty_value_is_refused(values: list[str]) -> None:
    with pytest.raises(Refused, match="empty"):
        cut("type", values, multiple=True)


def test_the_bounds_are_exact() -> None:
    assert len(cut("type", [",".join(["a"] * MAX_VALUES)], multiple=True)) == MAX_VALUES
    with pytest.raises(Refused, match=str(MAX_VALUES)):
        cut("type", [",".join(["a"] * (MAX_VALUES + 1))], multiple=True)
    assert cut("name", ["x" * MAX_VALUE], multiple=False)
    with pytest.raises(Refused, match=str(MAX_VALUE)):
        cut("name", ["x" * (MAX_VALUE + 1)], multiple=False)


@pytest.mark.parametrize("name", ["fields", "sort"])
def test_what_stands_in_an_order_stands_there_once(name: str) -> None:
    assert cut(name, ["id,type", "date"], multiple=True) == ["id", "type", "date"]
    for values in (["id,id"], ["id", "type,id"]):
        with pytest.raises(Refused, match="'id' is named twice"):
            cut(name, values, multiple=True)


def test_an_empty_value_of_what_is_required_is_not_to_be_left_out() -> None:
    with pytest.raises(Refused, match="leave the parameter out"):
        cut("q", [""], multiple=False)
    with pytest.raises(Refused) as refused:
        cut("q", [""], multiple=False, required=True)
    assert refused.value.message == "q has an empty value; give it one."


def test_a_cursor_may_be_longer() -> None:
    assert cut("cursor", ["x" * 513], multiple=False)  # one that is too long is told as a cursor that is none of ours


@pytest.mark.parametrize(("text", "limit"), [("0", 0), ("1", 1), ("500", MAX_LIMIT)])
def test_a_limit_is_plain_digits(text: str, limit: int) -> None:
    assert read_limit(text) == limit


@pytest.mark.parametrize("text", ["501", "-1", "1.0", "+1", " 1", "1_0", "٥", "", "0x1", "9" * 5000])
def test_any_other_limit_is_refused_with_the_bounds(text: str) -> None:
    with pytest.raises(Refused, match=f"0 to {MAX_LIMIT}"):
        read_limit(text)


def test_an_unknown_word_is_refused_with_the_nearest() -> None:
    assert one_of("undated", "only", ("only", "include")) == "only"
    with pytest.raises(Refused) as refused:
        one_of("undated", "onli", ("only", "include"))
    assert refused.value.did_you_mean == "only"


def test_every_unknown_parameter_is_a_fault() -> None:
    found = unknown({"contry": ["FR"], "limit": ["1"], "x": ["1", "2"]}, ["country", "limit"], "/events")
    assert [(each.parameter, each.value, each.did_you_mean, each.about) for each in found] == [
        ("contry", "FR", "country", "parameter"),
        ("x", "1", None, "parameter"),
    ]


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_no_filter_is_called_like_a_control(resource: Resource) -> None:
    names = [each.name for each in controls(resource)] + [each.name for each in resource.filters]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.name)
def test_every_parameter_belongs_to_a_group_by_its_kind(resource: Resource) -> None:
    found = {each.name: each.group for each in resource.filters} | {
        each.name: each.group for each in controls(resource)
    }
    assert set(found.values()) <= set(GROUPS)
    wanted = {"q": "words", "id": "what", "date": "when", "said": "when", "on": "when", "undated": "when"}
    wanted |= {"participant": "who", "role": "who", "speaker": "who", "subject": "who", "office": "who"}
    wanted |= {"place": "where", "country": "where", "near": "where", "within": "where", "precision": "where"}
    wanted |= {"measure": "figures", "min": "figures", "disputed": "figures", "differing": "figures"}
    wanted |= {"type": "what", "about": "what", "filter": "words", "sort": "page", "format": "page", "limit": "page"}
    assert {name: group for name, group in found.items() if name in wanted and group != wanted[name]} == {}
