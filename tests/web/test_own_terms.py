"""Terms of a dossier in every answer of the releases that have them, and in none of the others."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.main import create_app
from app.query.reader import Published
from app.releases.release_file import ReleaseFile
from app.releases.sqlite import SqliteStore
from app.releases.upgrade import upgrade
from app.settings import Settings
from cli.terminal import RIGHT, run
from problems import problem
from releases.older import made_older
from releases.publishing import SMALL, edit, edition, published
from visitor import Visitor

TERMS = """event-types:
- {id: regatta, label: Regatta, broader: protest, definition: Boats race each other.}
- {id: part, label: Part of a regatta, broader: regatta, definition: One race of several.}
participation-roles:
- {id: starter, label: Starter, broader: initiator, definition: Gives the sign to start.}
measures:
- {id: oil, label: Oil spilt, unit: t, definition: What ran into the water.}
"""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Published, Published]:
    """A store of two releases: the small dossier, then an edition of it with terms of its own."""
    folder = tmp_path_factory.mktemp("own")
    before = published(folder / "store", SMALL)
    made = edition(folder, "hallvik-3")
    (made / "vocabularies.yaml").write_text(TERMS, encoding="utf-8")
    edit(made / "events.yaml", "type: protest\n  modes: [strike, demo]", "type: regatta\n  modes: [strike, demo]")
    edit(made / "events.yaml", "type: protest\n  modes: [obstruct]", "type: part\n  modes: [obstruct]")
    edit(made / "events.yaml", "union, role: initiator", "union, role: starter")
    edit(
        made / "claims.yaml",
        "{measure: attendance, value: 300, approximate: true}",
        "{measure: attendance, value: 300}\n    - {measure: oil, low: 2.6}",
    )
    return folder / "store", before, published(folder / "store", made)


@pytest.fixture(scope="module")
def visitor(releases: tuple[Path, Published, Published]) -> Iterator[Visitor]:
    with Visitor(create_app(Settings(store=releases[0]))) as made:
        yield made


@pytest.fixture(scope="module")
def before(releases: tuple[Path, Published, Published]) -> str:
    """The id of the release without own terms."""
    return releases[1].info.id


def found(visitor: Visitor, path: str, **parameters: str) -> list[str]:
    return [record["id"] for record in visitor.data(path, **parameters)["data"]]


def test_a_filter_takes_them_and_a_term_takes_in_what_is_narrower(visitor: Visitor) -> None:
    assert found(visitor, "/events", type="part") == ["hallvik-ramp-blockade"]
    assert found(visitor, "/events", type="regatta") == ["hallvik-ferry-strike", "hallvik-ramp-blockade"]
    assert found(visitor, "/events", type="protest") == ["hallvik-ferry-strike", "hallvik-ramp-blockade"]
    assert found(visitor, "/events", filter="type = 'regatta' AND NOT type = 'part'") == ["hallvik-ferry-strike"]
    assert found(visitor, "/events", participant="vestmark-dockers-union:initiator") == ["hallvik-ferry-strike"]
    assert found(visitor, "/events", participant="vestmark-dockers-union:starter") == ["hallvik-ferry-strike"]
    assert found(visitor, "/claims", measure="oil", min="2") == ["observer-300-on-the-quay"]


def test_the_question_is_told_in_their_words(visitor: Visitor) -> None:
    query = visitor.data("/events", type="regatta")["query"]
    assert "Regatta" in query["text"]
    facets = visitor.data("/events", facets="type", limit="0")["facets"]["type"]
    assert {"value": "part", "label": "Part of a regatta", "count": 1} in facets


def test_an_unknown_term_is_told_the_terms_of_that_release(visitor: Visitor, before: str) -> None:
    (fault,) = problem(visitor.get("/events", type="regata"), 400, "invalid-parameter")["errors"]
    assert fault["did_you_mean"] == "regatta"
    (fault,) = problem(visitor.get("/events", type="regatta", release=before), 400, "invalid-parameter")["errors"]
    assert "regatta" not in fault["message"].partition("not one of")[2]
    assert found(visitor, "/events", type="protest", release=before) == [
        "hallvik-ferry-strike",
        "hallvik-ramp-blockade",
    ]


def test_a_vocabulary_lists_them_with_their_dossier(visitor: Visitor) -> None:
    known = visitor.data("/vocabularies/event-types")["data"]
    assert known["open"] is True
    (regatta,) = (term for term in known["terms"] if term["id"] == "regatta")
    assert (regatta["dossier"], regatta["broader"]) == ("hallvik-quay", "protest")
    assert all("dossier" not in term for term in known["terms"] if term["id"] not in ("regatta", "part"))
    summaries = visitor.data("/vocabularies")["data"]
    assert next(each["terms"] for each in summaries if each["name"] == "event-types") == len(known["terms"])
    (oil,) = (term for term in visitor.data("/vocabularies/measures")["data"]["terms"] if term["id"] == "oil")
    assert oil["unit"] == "t"
    page = visitor.get("/vocabularies/event-types", format="html").text
    assert 'id="regatta"' in page
    assert "A term of the dossier" in page


def test_a_figure_has_its_unit(visitor: Visitor) -> None:
    figures = visitor.data("/claims/observer-300-on-the-quay")["data"]["figures"]
    assert [(figure["measure"], figure["unit"]) for figure in figures] == [("attendance", "{person}"), ("oil", "t")]
    event = visitor.data("/events/hallvik-ferry-strike")["data"]
    assert {figure["measure"]: figure["unit"] for figure in event["figures"]} == {"attendance": "{person}", "oil": "t"}
    assert "at least 2.6 t" in visitor.get("/events/hallvik-ferry-strike", format="html").text


@pytest.mark.parametrize("path", ["/events", "/events/hallvik-ferry-strike"])
def test_pages_and_files_have_their_labels(path: str, visitor: Visitor) -> None:
    page = visitor.get(path, format="html").text
    assert "Regatta" in page
    assert "regatta" in visitor.get("/events", format="csv").text
    assert "Regatta" in visitor.get("/events", format="atom").text


def test_the_input_to_download_carries_them(visitor: Visitor, releases: tuple[Path, Published, Published]) -> None:
    lines = visitor.get(f"/releases/{releases[2].info.id}/entries.ndjson").text.splitlines()
    terms = [line for line in lines if '"kind":"term"' in line]
    assert len(terms) == 4
    assert '"vocabulary":"measures"' in terms[0]


def test_the_data_package_lists_the_terms_of_its_release(visitor: Visitor, before: str) -> None:
    for release, known in ((visitor.data("/")["data"]["release"]["id"], True), (before, False)):
        tables = visitor.data(f"/releases/{release}/datapackage.json")["resources"]
        (events,) = (table for table in tables if table["name"] == "events")
        (type,) = (field for field in events["schema"]["fields"] if field["name"] == "type")
        assert ({"value": "regatta", "label": "Regatta"} in type["categories"]) is known


def test_openapi_says_that_there_may_be_more_terms_than_ours(visitor: Visitor) -> None:
    parameters = visitor.data("/openapi.json")["paths"]["/events"]["get"]["parameters"]
    (type,) = (each for each in parameters if each["name"] == "type")
    assert "Dossiers may add terms." in type["description"]
    assert "enum" not in type["schema"]["items"]


def test_the_context_knows_one_that_is_spelt_like_a_word_of_it(visitor: Visitor) -> None:
    text = visitor.get("/context.jsonld").text
    assert '"part":"http://testserver/vocabularies/event-types#part"' in text or '"part"' not in text


def test_an_upgrade_keeps_them(releases: tuple[Path, Published, Published], tmp_path: Path) -> None:
    made = edition(tmp_path, "hallvik-4")
    (made / "vocabularies.yaml").write_text(TERMS, encoding="utf-8")
    known = published(tmp_path / "store", made)
    made_older(tmp_path / "store")
    with closing(SqliteStore(tmp_path / "store")) as store:
        upgraded = upgrade(store, store.catalogue().needed())
        assert upgraded.documents == known.documents
        assert len([*store.current().vocabularies.own()]) == 4
        assert any('"kind":"term"' in line for line in ReleaseFile(store.path(upgraded)).lines())


def test_changes_tell_what_became_of_terms(visitor: Visitor) -> None:
    body = visitor.data("/changes", kind="term", sort="number")
    assert [(each["op"], each["id"], each["label"]) for each in body["data"]] == [
        ("created", "measures/oil", "Oil spilt"),
        ("created", "event-types/part", "Part of a regatta"),
        ("created", "event-types/regatta", "Regatta"),
        ("created", "participation-roles/starter", "Starter"),
    ]
    assert body["data"][0]["url"].endswith("/vocabularies/measures#oil")
    assert body["query"]["text"].startswith("Changes of terms; ")
    (one,) = visitor.data("/changes", id="event-types/regatta")["data"]
    assert (one["kind"], one["release"]["label"]) == ("term", "hallvik-3")
    both = visitor.data("/changes", kind="term,event", release="hallvik-3", limit=0)
    assert both["query"]["text"].startswith("Changes of event records and terms by release")
    assert both["page"]["total"] > len(body["data"])


def test_pages_and_feeds_of_changes_lead_to_the_term(visitor: Visitor) -> None:
    page = visitor.get("/changes", kind="term", format="html").text
    assert 'href="/vocabularies/event-types#regatta"' in page
    assert "#regatta/history" not in page
    feed = visitor.get("/changes", kind="term", format="atom").text
    assert '/vocabularies/event-types#regatta"' in feed
    assert visitor.get("/changes", id="event-types/regata").status_code == 400


def test_a_term_that_is_changed_or_taken_out_is_told(tmp_path: Path) -> None:
    for label, terms in (("hallvik-3", TERMS), ("hallvik-4", TERMS.replace("into the water", "into the sea"))):
        made = edition(tmp_path / label, label)
        taken_out = terms.partition("participation-roles")[0] + terms[terms.index("measures:") :]
        (made / "vocabularies.yaml").write_text(terms if label == "hallvik-3" else taken_out, encoding="utf-8")
        published(tmp_path / "store", made)
    with Visitor(create_app(Settings(store=tmp_path / "store"))) as visitor:
        found = visitor.data("/changes", kind="term", release="hallvik-4", sort="number")["data"]
    assert [(each["op"], each["id"]) for each in found] == [
        ("updated", "measures/oil"),
        ("removed", "participation-roles/starter"),
    ]
    (field,) = found[0]["fields"]
    assert (field["field"], field["after"]) == ("definition", "What ran into the sea.")
    assert found[1]["label"] == "Starter"


def test_vocabularies_are_those_of_the_release_that_is_asked(visitor: Visitor, before: str) -> None:
    now = visitor.data("/vocabularies/event-types")
    then = visitor.data("/vocabularies/event-types", release="hallvik-2")
    regatta = {"id": "regatta", "label": "Regatta", "broader": "protest"}
    assert [term for term in now["data"]["terms"] if regatta.items() <= term.items()]
    assert not [term for term in then["data"]["terms"] if term["id"] == "regatta"]
    assert (now["release"]["label"], then["release"]["label"]) == ("hallvik-3", "hallvik-2")
    assert then["release"]["id"] == before
    assert then["links"]["permalink"].endswith(f"/vocabularies/event-types?release={before}")
    assert visitor.get(then["links"]["permalink"]).json()["data"] == then["data"]
    counted = {
        label: {each["name"]: each["terms"] for each in visitor.data("/vocabularies", release=label)["data"]}
        for label in ("hallvik-2", "hallvik-3")
    }
    added = {name: count - counted["hallvik-2"][name] for name, count in counted["hallvik-3"].items()}
    assert {name: count for name, count in added.items() if count} == {
        "event-types": 2,
        "measures": 1,
        "participation-roles": 1,
    }


@pytest.mark.parametrize("path", ["/vocabularies", "/vocabularies/event-types"])
def test_a_vocabulary_is_pinned_as_any_data_is(visitor: Visitor, before: str, path: str) -> None:
    answer, pinned = visitor.get(path), visitor.get(path, release=before)
    assert answer.headers["ETag"] != pinned.headers["ETag"]
    assert "max-age=60" in answer.headers["Cache-Control"]
    assert pinned.headers["Cache-Control"] == "public, max-age=86400"
    assert answer.headers["Content-Location"] == answer.json()["links"]["permalink"]
    assert 'rel="permalink"' in answer.headers["Link"]
    held = visitor.get(path, release=before, headers={"If-None-Match": pinned.headers["ETag"]})
    assert held.status_code == 304
    problem(visitor.get(path, release="hallvik-9"), 400, "invalid-parameter")
    problem(visitor.get(path, release="hallvik-2", limit=3), 400, "unknown-parameter")
    problem(visitor.get(path, cursor="x"), 400, "unknown-parameter")
    page = visitor.get(path, release=before, format="html").text
    assert "hallvik-2" in page
    assert f"?release={before}&amp;format=json" in page or f"?release={before}&format=json" in page


def test_the_terms_of_a_withdrawn_release_are_gone(tmp_path: Path) -> None:
    published(tmp_path / "store", SMALL)
    made = edition(tmp_path, "hallvik-3")
    (made / "vocabularies.yaml").write_text(TERMS, encoding="utf-8")
    gone = published(tmp_path / "store", made).info.id
    assert run("withdraw", "hallvik-3", "--reason", "It was wrong.", "--store", tmp_path / "store").code == RIGHT
    with Visitor(create_app(Settings(store=tmp_path / "store"))) as visitor:
        for path in ("/vocabularies", "/vocabularies/event-types"):
            assert visitor.get(path, release=gone).status_code == 410
            assert visitor.data(path)["release"]["label"] == "hallvik-2"


def test_vocabularies_are_there_without_a_release(tmp_path: Path) -> None:
    with Visitor(create_app(Settings(store=tmp_path))) as visitor:
        for path in ("/vocabularies", "/vocabularies/event-types"):
            body = visitor.data(path)
            assert (body["release"], body["links"]["permalink"]) == (None, None)
            assert visitor.get(path, format="html").status_code == 200
            assert visitor.get(path, release="any").status_code == 503
