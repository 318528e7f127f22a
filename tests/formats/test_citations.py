"""Citations: what reference managers read of a record, in BibTeX, RIS and CSL-JSON."""

import io
from collections.abc import Mapping
from typing import Any

import pytest
import rispy
from pybtex.database import Entry, parse_string

from app.formats import Record
from app.formats.bibtex import bibtex
from app.formats.csljson import csljson
from app.formats.ris import ris
from app.resources import RESOURCES
from contract.orders import Documents
from visitor import Visitor

KINDS = [resource.name for resource in RESOURCES]


def said(visitor: Visitor, path: str, format: str) -> str:
    """The record in that format."""
    answer = visitor.get(path, format=format)
    assert answer.status_code == 200
    return str(answer.text)


def in_bibtex(text: str) -> Entry:
    """The only entry."""
    (entry,) = parse_string(text, "bibtex").entries.values()
    return entry


def in_ris(text: str) -> Mapping[str, Any]:
    """The only reference."""
    (reference,) = rispy.load(io.StringIO(text))
    return dict(reference)


def in_csl(visitor: Visitor, path: str) -> Mapping[str, Any]:
    """The only item."""
    (item,) = visitor.get(path, format="csljson").json()
    return dict(item)


def plain(text: str) -> str:
    """What BibTeX means by a text of ours: without braces, and without the backslash before a sign."""
    return text.replace("{", "").replace("}", "").replace("\\", "")


@pytest.mark.parametrize("collection", KINDS)
def test_every_record_is_cited_alike_in_all_three(visitor: Visitor, documents: Documents, collection: str) -> None:
    for document in documents[collection][:12]:
        path = f"/{collection}/{document['id']}"
        item, entry = in_csl(visitor, path), in_bibtex(said(visitor, path, "bibtex"))
        reference = in_ris(said(visitor, path, "ris"))
        assert item["id"] == entry.key == reference["id"] == document["id"]
        assert item["title"] == reference["title"]
        assert plain(entry.fields["title"]) == plain(item["title"])
        assert item["URL"] == entry.fields["url"] == reference["urls"][0]
        years = [item["issued"]["date-parts"][0][0]] if "date-parts" in item.get("issued", {}) else []
        assert [int(year) for year in [entry.fields.get("year")] if year] == years
        assert [int(year) for year in [reference.get("year")] if year] == years


def test_a_record_is_part_of_its_dossier_and_leads_to_its_release(visitor: Visitor) -> None:
    path = "/events/north-kosovo-police-operation-2019-05-28"
    release = visitor.get(path).json()["release"]["id"]
    item = in_csl(visitor, path)
    assert (item["type"], item["container-title"]) == ("entry", "North Kosovo, May 2019")
    assert item["author"] == [{"literal": "The onrecord curators"}]
    assert item["URL"].endswith(f"{path}?release={release}")
    assert item["note"] == "Licence: CC-BY-4.0"
    assert visitor.get(item["URL"]).json()["data"]["id"] == item["id"]


def test_a_dossier_is_a_data_set(visitor: Visitor) -> None:
    document = visitor.get("/dossiers/north-kosovo-2019").json()["data"]
    item = in_csl(visitor, "/dossiers/north-kosovo-2019")
    issued = [int(part) for part in document["edition"]["issued"].split("-")]
    assert (item["type"], item["version"]) == ("dataset", document["edition"]["label"])
    assert item["issued"] == {"date-parts": [issued]}
    assert "container-title" not in item
    assert in_ris(said(visitor, "/dossiers/north-kosovo-2019", "ris"))["type_of_reference"] == "DATA"


def test_a_source_is_cited_as_the_document_that_it_is(visitor: Visitor) -> None:
    document = visitor.get("/sources/time-2019-05-28").json()["data"]
    item = in_csl(visitor, "/sources/time-2019-05-28")
    assert (item["type"], item["title"], item["URL"]) == ("webpage", document["title"], document["original_url"])
    assert (item["publisher"], item["language"]) == (document["publisher"]["label"], "en")
    assert item["issued"] == {"date-parts": [[2019, 5, 28]]}
    assert "/sources/time-2019-05-28?release=" in item["note"]


def test_a_list_is_not_cited(visitor: Visitor) -> None:
    for format in ("bibtex", "ris", "csljson"):
        refused = visitor.get("/events", format=format)
        assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (400, "not-with-this-format")


def test_accept_chooses_them_by_their_media_types(visitor: Visitor) -> None:
    for format in (bibtex, ris, csljson):
        answer = visitor.get("/dossiers/north-kosovo-2019", headers={"Accept": format.media_type})
        assert answer.headers["content-type"].split(";")[0] == format.media_type


AWKWARD = r"""{"id":"a","kind":"event","label":"50 % of {A} & B_c #1 \\ ~x^2 $5\nnext","dossier":{"id":"d"}}"""
DOSSIER = """{"id":"d","title":"D & E","curators":[{"name":"A and B"},{"name":"C, D"}],
"edition":{"label":"1","issued":"2020-01-02"},"licence":"CC0-1.0"}"""


def test_signs_that_mean_something_elsewhere_stay_text() -> None:
    record = Record(AWKWARD, "", {}, {}, cited="http://x/events/a?release=r", dossier=DOSSIER)  # type: ignore[arg-type]
    text, lines = (written(record).decode() for written in (bibtex.record, ris.record) if written)
    entry = in_bibtex(text)
    assert entry.fields["title"] == (
        r"{50 \% of \{A\} \& B\_c \#1 \textbackslash{} \textasciitilde{}x\textasciicircum{}2 \$5 next}"
    )
    assert len(entry.persons["author"]) == 2  # an "and" inside braces joins nobody
    assert in_ris(lines)["title"] == "50 % of {A} & B_c #1 \\ ~x^2 $5 next"
    assert in_ris(lines)["authors"] == ["A and B", "C, D"]
