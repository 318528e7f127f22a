"""`filter` agrees with a plain reading of CQL2 over the parameters' names, and with the algebra of sets."""

from hypothesis import given
from hypothesis import strategies as st

from laws.asking import LAW, WORLDS, Asked, selected
from laws.trees import ATOM, TREE, Atom, Tree, meets, text

NUMBER = st.integers(0, WORLDS - 1)


@LAW
@given(number=NUMBER, tree=TREE)
def test_a_filter_selects_what_the_tree_says(asked: list[Asked], number: int, tree: Tree | Atom) -> None:
    world = asked[number].world
    wanted = selected(world.events, lambda event: meets(tree, event, world.corpus))
    assert asked[number].ids("/events", filter=text(tree)) == wanted


@LAW
@given(number=NUMBER, tree=TREE)
def test_not_is_the_plain_complement(asked: list[Asked], number: int, tree: Tree | Atom) -> None:
    whole, part = asked[number].ids("/events"), asked[number].ids("/events", filter=text(tree))
    assert asked[number].ids("/events", filter=f"NOT ({text(tree)})") == whole - part
    assert asked[number].ids("/events", filter=f"NOT (NOT ({text(tree)}))") == part


@LAW
@given(number=NUMBER, one=ATOM, other=TREE)
def test_or_is_the_union_and_parameters_intersect(
    asked: list[Asked], number: int, one: Atom, other: Tree | Atom
) -> None:
    first, second = (asked[number].ids("/events", filter=text(each)) for each in (one, other))
    assert asked[number].ids("/events", filter=f"{text(one)} OR {text(other)}") == first | second
    # Of negations, AND is the intersection: what they deny they deny of the record.
    both = f"NOT ({text(one)}) AND NOT ({text(other)})"
    assert asked[number].ids("/events", filter=both) == asked[number].ids("/events") - first - second
    coerced = asked[number].ids("/events", type="coerce")
    assert asked[number].ids("/events", type="coerce", filter=text(other)) == coerced & second


@LAW
@given(number=NUMBER, role=st.sampled_from(["initiator", "target"]), actor=st.integers(0, 5).map("actor-{}".format))
def test_a_filter_and_a_parameter_need_not_mean_one_row(asked: list[Asked], number: int, role: str, actor: str) -> None:
    by_filter, by_parameter = (
        asked[number].ids("/events", filter=f"role = '{role}'"),
        asked[number].ids("/events", participant=actor),
    )
    assert asked[number].ids("/events", participant=actor, filter=f"role = '{role}'") == by_filter & by_parameter
    pair = asked[number].ids("/events", participant=f"{actor}:{role}")
    assert asked[number].ids("/events", filter=f"participant = '{actor}' AND role = '{role}'") == pair


@LAW
@given(number=NUMBER, one=st.integers(0, 5).map("actor-{}".format), other=st.integers(0, 5).map("actor-{}".format))
def test_a_name_twice_means_both(asked: list[Asked], number: int, one: str, other: str) -> None:
    each = [asked[number].ids("/events", participant=actor) for actor in (one, other)]
    both = f"participant = '{one}' AND participant = '{other}'"
    assert asked[number].ids("/events", filter=both) == each[0] & each[1]


@LAW
@given(number=NUMBER, tree=TREE)
def test_what_is_told_of_a_filter_is_its_text(asked: list[Asked], number: int, tree: Tree | Atom) -> None:
    told = asked[number].answer("/events", filter=text(tree), limit=0)["query"]
    assert told["parameters"]["filter"] == text(tree)
    assert told["text"].startswith("Events for which this holds: ")
    assert told["text"].count("[") == told["text"].count("]") > 0
