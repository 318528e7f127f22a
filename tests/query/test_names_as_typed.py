"""Names and words as people type them: every kind of spelling, at `name`, at `q` and across kinds."""

from collections.abc import Iterator
from itertools import permutations

import pytest

from app.entries.actors import ActorEntry
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.main import create_app
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from app.values.folding import name_keys
from app.values.letters import APOSTROPHES
from derive.tiny import corpus, entry
from visitor import Visitor

APOSTROPHE = "В{}ячеслав Черновол"
JOINED = ("Niamh O'Brannan", "Niamh OBrannan", "niamh o brannan", "Niamh O’Brannan", "NIAMH OʼBRANNAN")
BY_LANGUAGE = {
    "Jörg Müllenstraße": ("Joerg Muellenstrasse", "Jorg Mullenstrasse", "JÖRG MÜLLENSTRASSE"),
    "Søren Åkjær": ("Soeren Aakjaer", "Soren Akjaer"),
    "Ѓорѓи Ќосев": ("Gjorgji Kjosev", "Đorđi Ćosev", "Djordji Cosev", "Ђорђи Ћосев"),
    "Сергей Жужугов": ("Sergei Zhuzhugov", "Sergey Zhuzhugov", "Sergej Žužugov", "Sergei Zuzugov"),
    "Юлия Щёголева": ("Yulia Shchegoleva", "Iuliia Shchegoleva", "Yuliya Shchyogoleva"),
    "Володимир Зеленський": ("Volodymyr Zelenskyi", "Volodymyr Zelensky", "Volodymyr Zelenskyy", "Vladimir Zelenski"),
    "منى طه": ("مني طه", "منى طة"),
    "فاطمة الدوري": ("فاطمه الدورى", "فاطمة الدوري", "فاطمه الدوری"),
}
NAMES = [*JOINED[:2], "Jurriën van Kirk", "N'Djamena", "Вячеслав Чорновіл", "Ahmed al-Khatib", *BY_LANGUAGE]
TITLES = [
    "Officers arrested at the border",
    "An arrest",
    "Trial for organised crime",
    "They recognise the labour party",
    "Police use tear gas",
    "Canisters of teargas",
    "New taxes on goods",
    "Zebra crossing closed",
    "Four days",
]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The app before actors and places of these names, and events of these titles."""
    called = [*NAMES, *(APOSTROPHE.format(sign) for sign in APOSTROPHES)]
    actors = [entry(ActorEntry, f"actor-{i}", name=name) for i, name in enumerate(called)]
    places = [entry(PlaceEntry, f"place-{i}", name=name) for i, name in enumerate(called)]
    events = [entry(EventEntry, f"event-{i}", title=title) for i, title in enumerate(TITLES)]
    folder = tmp_path_factory.mktemp("typed")
    publish_release(SqliteStore(folder), plan(corpus(entry(DossierEntry, "dossier"), *actors, *places, *events)))
    with Visitor(create_app(Settings(store=folder))) as made:
        yield made


def found(visitor: Visitor, path: str, **parameters: str) -> list[str]:
    """The labels of everything that matches, in order."""
    return [each["label"] for each in visitor.data(path, limit=500, **parameters)["data"]]


@pytest.mark.parametrize("sign", APOSTROPHES)
def test_every_apostrophe_is_one_sign(named: Visitor, sign: str) -> None:
    wanted = {APOSTROPHE.format(each) for each in APOSTROPHES}
    for path in ("/actors", "/places"):
        assert set(found(named, path, name=APOSTROPHE.format(sign))) == wanted
        assert set(found(named, path, q=APOSTROPHE.format(sign))) == wanted
    assert set(found(named, "/search", q=f'"{APOSTROPHE.format(sign)}"')) == wanted


@pytest.mark.parametrize(("curated", "typed"), list(permutations(JOINED, 2)))
def test_a_name_cut_by_an_apostrophe_or_joined_is_one(named: Visitor, curated: str, typed: str) -> None:
    assert {"Niamh O'Brannan", "Niamh OBrannan"} <= set(found(named, "/actors", name=typed))
    assert {"Niamh O'Brannan", "Niamh OBrannan"} <= set(found(named, "/actors", q=typed))


@pytest.mark.parametrize(
    ("path", "curated", "typed"),
    [
        ("/places", "N'Djamena", "NDjamena"),
        ("/actors", "Jurriën van Kirk", "Jurrien Vankirk"),
        ("/actors", "Jurriën van Kirk", "Jurrien VanKirk"),
        ("/actors", "Ahmed al-Khatib", "Ahmed Alkhatib"),
        ("/actors", "Ahmed al-Khatib", "Ahmed al Khatib"),
    ],
)
def test_a_whole_name_may_be_typed_in_fewer_words_or_more(named: Visitor, path: str, curated: str, typed: str) -> None:
    assert found(named, path, name=typed) == [curated]
    assert curated in found(named, path, q=typed)
    assert found(named, path, q=typed, sort="relevance")[0] == curated


@pytest.mark.parametrize("typed", ["OBrannan", "vankirk", "NDjamena", "o'brannan", "alkhatib"])
def test_one_word_of_a_name_may_be_typed_joined(named: Visitor, typed: str) -> None:
    assert found(named, "/search", q=typed)


@pytest.mark.parametrize(("curated", "typed"), [(name, each) for name, group in BY_LANGUAGE.items() for each in group])
def test_a_name_is_found_as_its_language_writes_it_elsewhere(named: Visitor, curated: str, typed: str) -> None:
    first, last = typed.split()
    if typed != "Vladimir Zelenski":  # another name, with the same surname
        assert found(named, "/actors", name=typed) == [curated]
        assert found(named, "/places", name=typed) == [curated]
        assert curated in found(named, "/search", q=first)
    assert curated in found(named, "/search", q=last)
    assert curated not in found(named, "/actors", name=last)  # a whole name, not a part of it


def test_another_name_stays_another() -> None:
    for one, other in (("Müller", "Mueler"), ("Сергей", "Sergio"), ("Jörg", "Jorge"), ("Ѓорѓи", "Georgi")):
        assert not set(name_keys(one)) & set(name_keys(other))


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("arrest", ["An arrest", "Officers arrested at the border"]),
        ("arrested", ["Officers arrested at the border", "An arrest"]),
        ("arrests", ["Officers arrested at the border", "An arrest"]),
        ("officer arrest", ["Officers arrested at the border"]),
        ("organized crime", ["Trial for organised crime"]),
        ("organizing crimes", ["Trial for organised crime"]),
        ("recognize labor", ["They recognise the labour party"]),
        ("tax", ["New taxes on goods"]),
        ("teargas", ["Canisters of teargas", "Police use tear gas"]),
        ("tear gas", ["Police use tear gas", "Canisters of teargas"]),
        ("tear-gas", ["Police use tear gas", "Canisters of teargas"]),
        ("crime trials", ["Trial for organised crime"]),
        ("for", ["Trial for organised crime"]),
        ("four", ["Four days"]),
    ],
)
def test_bare_words_find_other_forms_and_spellings_after_the_word_itself(
    named: Visitor, typed: str, titles: list[str]
) -> None:
    assert found(named, "/events", q=typed, sort="relevance") == titles


@pytest.mark.parametrize("typed", ['"arrest"', "arrest -arrested", "arrest*"])
def test_quoted_and_starred_words_are_exact_and_so_are_excluded_ones(named: Visitor, typed: str) -> None:
    titles = found(named, "/events", q=typed)
    assert "An arrest" in titles
    assert ("Officers arrested at the border" in titles) == (typed == "arrest*")
    assert "Officers arrested at the border" in found(named, "/events", q="-arrest")
    assert found(named, "/events", q='"teargas"') == ["Canisters of teargas"]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("gas OR zebra", {"Police use tear gas", "Zebra crossing closed"}),
        ("police gas OR zebra", {"Police use tear gas"}),
        ("tear-gas OR zebra OR tax", {"Police use tear gas", "Canisters of teargas", "Zebra crossing closed"}),
        ("gas AND police", {"Police use tear gas"}),
        ("gas|zebra", {"Police use tear gas", "Zebra crossing closed"}),
        ("police gas || zebra", {"Police use tear gas"}),
        ("|gas police|", {"Police use tear gas"}),
        ('"gas|zebra"', set()),
        ("crossing NOT zebra", set()),
        ("NOT zebra crossing", set()),
        ("closed NOT taxes", {"Zebra crossing closed"}),
        ("four OR NOT days", set(TITLES)),
        ("gas or zebra", set()),
        ("OR", set()),
        ("zebra OR", set()),
        ("–gas zebra", {"Zebra crossing closed"}),
        ("!gas zebra", {"Zebra crossing closed"}),
        ("tear −gas", set()),
        ("“tear gas”", {"Police use tear gas"}),
        ("„tear gas“", {"Police use tear gas"}),
        ("«gas tear»", set()),
    ],
)
def test_operators_in_capitals_and_typographic_signs_are_read_as_meant(
    named: Visitor, typed: str, titles: set[str]
) -> None:
    assert set(found(named, "/events", q=typed)) - {"New taxes on goods"} == titles - {"New taxes on goods"}


def test_alternatives_are_told_as_such(named: Visitor) -> None:
    query = named.data("/events", q="gas OR zebra")["query"]
    assert query["parameters"]["q"] == {"all": ["gas OR zebra"], "none": []}
    assert "with gas OR zebra in names" in query["text"]
