"""Dates, places, roles, figures and names agree with a plain reading of their rules."""

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from app.values.edtf import Edtf
from app.values.folding import keys
from laws.asking import LAW, WORLDS, Asked, selected
from laws.rules import around, dated, figures, held, in_box, kilometres, names, own_point, reaches
from laws.worlds import DATES, MEASURES, POINTS, ROLES, WORDS

NUMBER = st.integers(0, WORLDS - 1)
KNOWN = [date for date in DATES if date and not Edtf.parse(date).unknown_end]
YEAR = st.integers(1990, 2022)
MONTH = st.tuples(YEAR, st.integers(1, 12)).map(lambda each: f"{each[0]}-{each[1]:02d}")
DATE = st.one_of(
    st.sampled_from(KNOWN),
    YEAR.map(str),
    MONTH,
    st.lists(MONTH, min_size=2, max_size=2).map(lambda each: "/".join(sorted(each))),
    MONTH.map(lambda each: f"../{each}"),
    MONTH.map(lambda each: f"{each}/.."),
)
LON, LAT = st.integers(-180, 180), st.integers(-90, 90)
LEAST = st.one_of(st.none(), st.integers(-1, 45))


@LAW
@given(
    number=NUMBER,
    date=DATE,
    match=st.sampled_from(["possible", "certain"]),
    undated=st.sampled_from(["exclude", "include", "only"]),
)
def test_dates(asked: list[Asked], number: int, date: str, match: str, undated: str) -> None:
    world, how = asked[number].world, {"date_match": match, "undated": undated}
    events = selected(world.events, lambda each: dated(each.date, date, match, undated))
    assert asked[number].ids("/events", date=date, **how) == events
    claims = selected(world.claims, lambda each: dated(each.said, date, match, undated))
    assert asked[number].ids("/claims", said=date, **how) == claims
    sources = selected(world.sources, lambda each: dated(each.published, date, match, undated))
    assert asked[number].ids("/sources", date=date, **how) == sources


@LAW
@given(number=NUMBER, day=st.dates().map(str))
def test_what_held_on_a_day(asked: list[Asked], number: int, day: str) -> None:
    relations = asked[number].world.relations
    assert asked[number].ids("/relations", on=day) == selected(relations, lambda each: held(each.from_, each.to, day))
    mayors = [each for each in relations if each.post == "Mayor" and held(each.from_, each.to, day)]
    persons = {each.id for each in asked[number].world.actors if each.type == "person"}
    if any(each.post == "Mayor" and each.subject in persons for each in relations):
        found = asked[number].ids("/people", office="Mayor", on=day)
        assert found == {each.subject for each in mayors} & persons


@LAW
@given(number=NUMBER, lons=st.tuples(LON, LON), lats=st.tuples(LAT, LAT).map(sorted))
def test_boxes(asked: list[Asked], number: int, lons: tuple[int, int], lats: list[int]) -> None:
    (west, east), (south, north) = lons, lats
    corpus, box = asked[number].world.corpus, f"{west},{south},{east},{north}"
    places = selected(corpus.kind("place"), lambda each: in_box(own_point(each), west, south, east, north))
    assert asked[number].ids("/places", bbox=box) == places
    events = selected(corpus.kind("event"), lambda each: each.place in places)
    assert asked[number].ids("/events", bbox=box) == events


CENTRE = st.one_of(st.tuples(LAT, LON), st.sampled_from([point[:2] for point in POINTS if point[0] is not None]))
DISTANCE = st.one_of(st.integers(1, 60), st.integers(100, 20_016), st.just(20_016))


@LAW
@given(number=NUMBER, centre=CENTRE, km=DISTANCE)
def test_distances(asked: list[Asked], number: int, centre: tuple[float, float], km: int) -> None:
    corpus = asked[number].world.corpus
    points = {each.id: point for each in corpus.kind("place") if (point := own_point(each))}
    away = {id: kilometres(centre, point) for id, point in points.items()}
    assume(all(abs(distance - km) > 1e-6 for distance in away.values()))
    near = f"{centre[1]},{centre[0]},{km}"
    places = {id for id, distance in away.items() if distance <= km}
    assert asked[number].ids("/places", near=near) == places
    assert asked[number].ids("/events", near=near) == selected(corpus.kind("event"), lambda each: each.place in places)


@LAW
@given(number=NUMBER, place=st.integers(0, len(POINTS) + 2))
def test_a_place_takes_in_what_lies_inside(asked: list[Asked], number: int, place: int) -> None:
    corpus, id = asked[number].world.corpus, f"place-{place}"
    events = selected(corpus.kind("event"), lambda each: id in around(each.place, corpus))
    assert asked[number].ids("/events", place=id) == events
    inside = selected(corpus.kind("place"), lambda each: id in around(each.within, corpus))
    assert asked[number].ids("/places", within=id) == inside


ACTOR = st.integers(0, 5).map("actor-{}".format)
PAIR = st.one_of(ACTOR, st.tuples(ACTOR, st.sampled_from(ROLES)).map(":".join))


@LAW
@given(number=NUMBER, pairs=st.lists(PAIR, min_size=1, max_size=3))
def test_an_actor_and_its_role_are_one_participation(asked: list[Asked], number: int, pairs: list[str]) -> None:
    def rule(event: Any) -> bool:
        taken = {text for each in event.participants for text in (each.actor, f"{each.actor}:{each.role}")}
        return bool(taken & set(pairs))

    found = asked[number].ids("/events", participant=",".join(pairs))
    assert found == selected(asked[number].world.events, rule)


@LAW
@given(
    number=NUMBER,
    actor=ACTOR,
    roles=st.lists(st.sampled_from(ROLES), min_size=1, max_size=2),
    side=st.sampled_from(["side-a", "side-b"]),
)
def test_role_and_side_are_one_and_the_same_actors(
    asked: list[Asked], number: int, actor: str, roles: list[str], side: str
) -> None:
    events, both = asked[number].world.events, {"role": ",".join(roles), "side": side}
    anybody = selected(events, lambda event: any(e.role in roles and e.side == side for e in event.participants))
    assert asked[number].ids("/events", **both) == anybody
    own = [(event.id, each) for event in events for each in event.participants if each.actor == actor]
    wanted = {id for id, each in own if each.role in roles and each.side == side}
    assert asked[number].ids(f"/actors/{actor}/events", **both) == wanted


@LAW
@given(
    number=NUMBER,
    measures=st.lists(st.sampled_from(MEASURES), min_size=1, max_size=2),
    least=LEAST,
    most=LEAST,
)
def test_figures(asked: list[Asked], number: int, measures: list[str], least: int | None, most: int | None) -> None:
    bounds = {name: value for name, value in (("min", least), ("max", most)) if value is not None}

    def rule(given: list[Any]) -> bool:
        return any(each.measure in measures and reaches(each, least, most) for each in given)

    world, asking = asked[number].world, {"measure": ",".join(measures), **bounds}
    assert asked[number].ids("/claims", **asking) == selected(world.claims, lambda each: rule(each.figures))
    events = selected(world.events, lambda each: rule(figures(each, world.corpus)))
    assert asked[number].ids("/events", **asking) == events


@LAW
@given(number=NUMBER, relation=st.sampled_from(["contradicts", "confirms", "updates"]), other=st.integers(0, 29))
def test_relation_and_with_are_one_and_the_same(asked: list[Asked], number: int, relation: str, other: int) -> None:
    claims, id = asked[number].world.claims, f"claim-{other}"
    pairs = [(each.id, to.claim) for each in claims for to in each.relations if to.relation == relation]
    wanted = {one if two == id else two for one, two in pairs if id in (one, two)}
    assert asked[number].ids("/claims", relation=relation, **{"with": id}) == wanted


@LAW
@given(number=NUMBER, words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2))
def test_a_name_is_compared_whole_and_folded(asked: list[Asked], number: int, words: list[str]) -> None:
    typed = " ".join(words)
    wanted = selected(
        asked[number].world.actors, lambda each: any(set(keys(name)) & set(keys(typed)) for name in names(each))
    )
    assert asked[number].ids("/actors", name=typed) == wanted


@LAW
@given(number=NUMBER, actor=st.integers(0, 13).map("actor-{}".format))
def test_who_handed_a_claim_on(asked: list[Asked], number: int, actor: str) -> None:
    wanted = selected(asked[number].world.claims, lambda each: actor in each.reported_by)
    assert asked[number].ids("/claims", reported_by=actor) == wanted
