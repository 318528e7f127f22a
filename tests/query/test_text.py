"""What a user types: how it is cut, what folding makes one, how names are ranked, and that nothing is an error."""

from collections.abc import Iterator

import pytest

from app.entries.actors import ActorEntry
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.main import create_app
from app.query.text import name_rank
from app.query.typed import Sought, sought
from app.releases.build import plan
from app.releases.publish import publish_release
from app.releases.sqlite import SqliteStore
from app.settings import Settings
from derive.tiny import corpus, entry
from visitor import Visitor

# A name as curated, and the spellings that have to find it: docs/api.md, "Names and folding".
FOLDED = {
    "Vučić": ("Vucic", "Vučić", "Вучић", "VUČIĆ", "vucic", "Vuc\u030cic\u0301"),
    "Вучић": ("Vucic", "Vučić", "Вучић"),
    "Mitrovica": ("Mitrovica", "Митровица", "MITROVICA"),
    "Митровица": ("Mitrovica", "Митровица", "Mitrovitsa"),
    "Mitrovicë": ("Mitrovicë", "Mitrovice", "mitrovicë"),
    "Đinđić": ("Đinđić", "Ђинђић", "Djindjic", "Dindic"),
    "Ђинђић": ("Đinđić", "Ђинђић", "Djindjic"),
    "Thaçi": ("Thaci", "Thaçi"),
    "Šaljić": ("Šaljić", "Шаљић", "Saljic"),
    "Straße": ("Straße", "STRASSE"),
    "ﬁre": ("ﬁre", "fire", "FIRE"),
    "½": ("½", "1/2"),
    # Letter by letter: the same key in Cyrillic, in Latin with marks, and in ASCII.
    "чора": ("чора", "čora", "cora"),
    "ћора": ("ћора", "ćora", "cora"),
    "цора": ("цора", "cora"),
    "шора": ("шора", "šora", "sora"),
    "жора": ("жора", "žora", "zora"),
    "хора": ("хора", "hora"),
    "ђора": ("ђора", "đora", "djora"),
    "đora": ("ђора", "đora", "djora", "dora"),
    "љора": ("љора", "ljora"),
    "њора": ("њора", "njora"),
    "џора": ("џора", "džora", "dzora"),
}
OTHERS = ("Mitrovic", "Vuc", "Dinkic")  # what none of the spellings above is


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The app before a store of actors that bear these names, and of events that have them in their titles."""
    names = [*FOLDED, *OTHERS, "Dindic", "New York New York", "Mitrovica e Veriut"]
    actors = [entry(ActorEntry, f"actor-{i}", name=name) for i, name in enumerate(names)]
    events = [entry(EventEntry, f"event-{i}", title=f"Talks with {name}, again") for i, name in enumerate(names)]
    actors += [entry(ActorEntry, "a-plain", name="Someone", note="Neither here nor there.")]
    actors += [entry(ActorEntry, "z-plain", name="Northerner", note="Neither here nor there.")]
    actors += [entry(ActorEntry, "long", name="Long-winded", note=" ".join(f"w{i}" for i in range(40)))]
    folder = tmp_path_factory.mktemp("named")
    publish_release(SqliteStore(folder), plan(corpus(entry(DossierEntry, "dossier"), *actors, *events)))
    with Visitor(create_app(Settings(store=folder))) as made:
        yield made


def found(visitor: Visitor, path: str, **parameters: str) -> list[str]:
    """The labels of everything that matches, in order."""
    return [each["label"] for each in visitor.data(path, limit=500, **parameters)["data"]]


@pytest.mark.parametrize(("curated", "typed"), [(name, each) for name, group in FOLDED.items() for each in group])
def test_the_folding_table_word_by_word(named: Visitor, curated: str, typed: str) -> None:
    assert curated in found(named, "/actors", name=typed)
    assert curated in found(named, "/actors", q=typed)
    assert f"Talks with {curated}, again" in found(named, "/events", q=f'"with {typed} again"')
    assert curated in found(named, "/actors", filter=f"name LIKE '{typed}'") or typed in ("Mitrovitsa", "dora")
    assert not set(OTHERS) & set(found(named, "/actors", name=typed))


def test_albanian_is_not_serbian(named: Visitor) -> None:
    assert "Mitrovicë" not in found(named, "/actors", name="Mitrovica")
    assert "Mitrovica" not in found(named, "/actors", name="Mitrovice")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("vucic", ["vucic"]),
        ("Vučić parlament", ["vucic", "parlament"]),
        ('"Kosovo Police"', ['"kosovo police"']),
        ('"police"', ["police"]),
        ("mitro*", ["mitro*"]),
        ('"north koso"*', ['"north koso"*']),
        ("-tax", ["-tax"]),
        ('-"tear gas"', ['-"tear gas"']),
        ("-tear-gas", ['-"tear gas"']),
        ("-mitro*", ["-mitro*"]),
        ("tear-gas", ["tear", "gas"]),
        ("Kosovo/Serbia,Bosnia", ["kosovo", "serbia", "bosnia"]),
        ("tear-ga*", ["tear", "ga*"]),
        ("a*b", ["a", "b"]),
        ("*tax", ["tax"]),
        ("--tax", ["-tax"]),
        ("- tax", ["tax"]),
        ("co-operation", ["co", "operation"]),
        ('"never closed', ["never", "closed"]),
        ('a "b c" d"e', ["a", '"b c"', "d", "e"]),
        ("O'Brien", ["o", "brien"]),
        ("NEAR(kosovo serbia)", ["near", "kosovo", "serbia"]),
        ("New York New York", ["new", "york", "new", "york"]),
        ("e\u0301tat", ["etat"]),
        ("", []),
        ('"" * - % _ \\ " ;', []),
    ],
)
def test_how_a_text_is_cut(text: str, read: list[str]) -> None:
    assert [each.text for each in sought(text)] == read


def test_a_word_of_two_keys_keeps_both() -> None:
    assert sought("Đinđić") == (Sought((("djindjic",), ("dindic",)), loose=True),)


def test_two_texts_that_read_alike_and_find_other_records_are_two_questions(named: Visitor) -> None:
    """Their totals and ETags are kept apart."""
    assert [each.text for each in sought("Đinđić")] == [each.text for each in sought("djindjic")]
    for q in ("Đinđić", "djindjic", "Đinđić"):
        body = named.data("/actors", q=q)
        assert body["page"]["total"] == len(body["data"])
        assert ("Dindic" in found(named, "/actors", q=q)) == (q == "Đinđić")


def test_relevance_orders_names(named: Visitor) -> None:
    assert found(named, "/actors", q="mitrovica", sort="relevance")[0] == "Mitrovica"
    assert found(named, "/actors", q="mitrovica", sort="relevance")[-1] == "Mitrovica e Veriut"
    assert found(named, "/actors", q="mitrovica", sort="-relevance")[0] == "Mitrovica e Veriut"


@pytest.mark.parametrize(
    ("key", "text", "rank"),
    [
        ("kosovo police", "Kosovo Police", 0),
        ("kosovo police", '"Kosovo Police"', 0),
        ("new york new york", "New York New York", 0),
        ("dindic", "Đinđić", 0),
        ("kosovo police", "kosovo", 1),
        ("kosovo police", "koso*", 1),
        ("kosovo police", "kosovo pol*", 1),
        ("kosovo police", "police kosovo", 2),
        ("kosovo police", "police", 2),
        ("kosovo police", "pol*", 2),
        ("north kosovo", "nor", None),  # the start of a name is whole words, unless a star says otherwise
        ("kosovo police", "koso", None),
        ("kosovo police", "polices kosovo", 3),
        ("kosovo police", "kosovopolice", 0),
        ("kosovo police", "police arrests", 4),
        ("kosovo police", "-tax", None),
        ("kosovo police", "police -tax", 2),
        ("", "kosovo", None),
    ],
)
def test_how_well_a_name_has_what_is_sought(key: str, text: str, rank: int | None) -> None:
    assert name_rank(key, sought(text)) == rank


def test_the_start_of_a_name_is_whole_words_unless_a_star_says_otherwise(named: Visitor) -> None:
    """Both have the word in a text; one has a name that begins with its letters."""
    assert found(named, "/actors", q="nor", sort="relevance") == ["Someone", "Northerner"]
    assert found(named, "/actors", q="nor*", sort="relevance") == ["Northerner", "Someone"]
    assert {hit["name"] for hit in named.data("/search", q="nor")["data"]} == {None}


def test_a_name_that_only_begins_with_the_letters_is_not_the_one_that_matched(named: Visitor) -> None:
    hits = named.data("/search", q="again")["data"]
    assert {hit["name"] for hit in hits} == {hit["label"] for hit in hits}
    assert "Vuc" not in {hit["name"] for hit in named.data("/search", q="vucic")["data"]}


def test_a_search_without_words_finds_nothing_and_says_so(visitor: Visitor) -> None:
    for q in ("!!", '""', "*", "-", "—"):
        body = visitor.data("/search", q=q)
        assert body["page"]["total"] == 0
        assert "q holds no word" in body["query"]["text"]


def test_only_exclusions_are_everything_but(visitor: Visitor) -> None:
    every, without = visitor.data("/events", limit=0), visitor.data("/events", q="-odd", limit=0)
    odd = visitor.data("/events", q="odd", limit=0)
    assert 0 < odd["page"]["total"] < every["page"]["total"]
    assert without["page"]["total"] == every["page"]["total"] - odd["page"]["total"]


@pytest.mark.parametrize(
    "q",
    ["%", "_", "\\", '"', "*", "NEAR(", "a' OR '1'='1", "{a b}", "a:b", "^a", "a + b", "(", "\u202eabc", "🙂"],
)
def test_signs_of_a_database_are_blanks(visitor: Visitor, q: str) -> None:
    assert visitor.get("/search", q=q).status_code == 200


@pytest.mark.parametrize("q", ["x " * 100, '"' + "a b " * 49 + '"', "ﷺ" * 200, "-a " * 66, "đ* " * 66, '"' * 200])
def test_as_much_as_can_be_typed(visitor: Visitor, q: str) -> None:
    assert visitor.get("/search", q=q[:200]).status_code == 200


def test_a_long_phrase_is_found_as_a_whole(named: Visitor) -> None:
    phrase = " ".join(f"w{i}" for i in range(40))
    assert found(named, "/actors", q=f'"{phrase}"') == ["Long-winded"]
    assert found(named, "/actors", q=f'"{phrase} w41"') == []
    assert found(named, "/actors", q='"w17 w18 w19 w1"*') == []
    assert found(named, "/actors", q='"w17 w18 w19 w2"*') == ["Long-winded"]
