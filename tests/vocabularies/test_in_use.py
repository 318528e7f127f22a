"""Terms of a release: those of dossiers beside ours, each in its place, and only where they are in use."""

from threading import Thread

import pytest

from app.vocabularies import CORE, TermEntry, load, own_terms, use, using


def term(id: str, **members: object) -> TermEntry:
    """A term of the dossier `quay`."""
    return TermEntry.model_validate({"id": id, "label": id, "definition": "It is so.", "dossier": "quay", **members})


RIOTS = [term("riot", broader="protest"), term("food-riot", broader="riot"), term("bread-riot", broader="riot")]
QUAY = CORE.with_terms({"event-types": [*RIOTS, term("regatta")], "colours": [term("red")]})


def test_a_term_stands_behind_the_broader_one_and_the_others_last() -> None:
    known = list(CORE.by_name["event-types"].terms)
    after = known.index("protest") + 1
    riots = ["riot", "bread-riot", "food-riot"]
    assert list(QUAY.by_name["event-types"].terms) == [*known[:after], *riots, *known[after:], "regatta"]


def test_the_order_in_which_they_come_makes_no_difference() -> None:
    turned = CORE.with_terms({"event-types": [term("regatta"), *reversed(RIOTS)]})
    assert list(turned.by_name["event-types"].terms) == list(QUAY.by_name["event-types"].terms)


def test_they_are_there_where_they_are_used_and_nowhere_else() -> None:
    heard: list[bool] = []
    with using(QUAY):
        assert "riot" in load("event-types").terms
        thread = Thread(target=lambda: heard.append("riot" in load("event-types").terms))
        thread.start()
        thread.join()
        with using(CORE):
            use(QUAY)
            assert "riot" in load("event-types").terms
        assert [id for _, id in ((name, found.id) for name, found in own_terms())] == [
            "bread-riot",
            "food-riot",
            "regatta",
            "riot",
        ]
    assert heard == [False]
    assert "riot" not in load("event-types").terms
    assert load("event-types") is CORE.by_name["event-types"]


@pytest.mark.parametrize(
    ("asked", "taken_in"),
    [
        (("riot",), ("riot", "bread-riot", "food-riot")),
        (("food-riot", "riot"), ("food-riot", "riot", "bread-riot")),
        (("protest",), ("protest", "riot", "bread-riot", "food-riot")),
        (("regatta",), ("regatta",)),
        (("no-such-term",), ("no-such-term",)),
    ],
)
def test_a_term_takes_in_what_is_narrower(asked: tuple[str, ...], taken_in: tuple[str, ...]) -> None:
    assert QUAY.by_name["event-types"].narrowed(asked) == taken_in


def test_a_part_of_what_is_measured_is_another_measure() -> None:
    measures = CORE.with_terms({"measures": [term("killed-divers", broader="killed", unit="{person}")]}).by_name[
        "measures"
    ]
    assert measures.narrowed(("killed",)) == ("killed",)
    assert list(measures.broadened("killed-divers")) == ["killed-divers", "killed"]


def test_a_circle_ends() -> None:
    circle = CORE.with_terms({"event-types": [term("a", broader="b"), term("b", broader="a")]}).by_name["event-types"]
    assert list(circle.broadened("a")) == ["a", "b"]
    assert {"a", "b"} < set(circle.terms)


def test_labels_and_other_words_are_known_too() -> None:
    known = CORE.with_terms({"media": [term("carrier-pigeon", label="Pigeon post", aliases=["pigeon"])]}).by_name[
        "media"
    ]
    assert [known.called(text) for text in ("PIGEON POST", "pigeon", "Carrier Pigeon")] == ["carrier-pigeon"] * 3
    assert CORE.by_name["media"].called("pigeon") is None
