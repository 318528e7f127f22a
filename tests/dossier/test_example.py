"""The example: invented in every record, complete, proved by its own texts, and in no release by itself."""

from pathlib import Path

import pytest

from app.dossier.check import check
from app.dossier.copied import copied_runs
from app.dossier.starter import EXAMPLE, example
from app.dossier.verify import PROVED, verify
from app.entries import ENTRIES
from app.main import create_app
from app.settings import Settings
from releases.publishing import BUNDLED, ROOT, published
from visitor import Visitor

SECOND = ROOT / "examples" / EXAMPLE
FIRST = ROOT / "examples" / "first-editions" / EXAMPLE
EDITIONS = pytest.mark.parametrize("folder", [FIRST, SECOND], ids=["first edition", "second edition"])


@EDITIONS
def test_every_record_says_that_it_is_invented(folder: Path) -> None:
    report = check([folder])
    assert report.findings == ()
    assert report.corpus is not None
    assert all((curated.entry.note or "").startswith("Invented.") for curated in report.corpus.curated)
    assert all(stone.reason.startswith("Invented.") for stone in report.corpus.tombstones)
    assert {curated.kind for curated in report.corpus.curated} == set(ENTRIES)


@EDITIONS
def test_its_texts_prove_every_anchor_and_no_claim_is_without_one(folder: Path) -> None:
    report = check([folder])
    assert report.corpus is not None
    for verification in verify(report.corpus, SECOND / "texts"):
        assert verification.identical
        assert verification.count(PROVED) == len(verification.proofs) > 10
        assert verification.share > 0.94
    assert report.unanchored == 0
    assert copied_runs(folder, [path.read_text("utf-8") for path in (SECOND / "texts").iterdir()]) == []


def test_no_release_has_it_by_itself() -> None:
    assert EXAMPLE not in {path.name for path in BUNDLED.parent.iterdir()}


def test_a_copy_names_the_schemas_beside_it() -> None:
    for path, text in example().items():
        up = "../" * path.count("/")
        assert path.endswith(".txt") or text.startswith(f"# yaml-language-server: $schema={up}schemas/")


def test_it_shows_a_correction_a_merger_and_a_removal(tmp_path: Path) -> None:
    for edition in (FIRST, SECOND):
        published(tmp_path, edition)
    with Visitor(create_app(Settings(store=tmp_path))) as visitor:
        changes = {(each["op"], each["id"]) for each in visitor.data("/changes")["data"]}
        assert changes >= {
            ("updated", "office-41-ill"),
            ("merged", "anker-printers"),
            ("removed", "post-bakery-blamed"),
        }
        assert visitor.get("/actors/anker-printers").status_code == 308
        gone = visitor.get("/claims/post-bakery-blamed")
        assert (gone.status_code, "said again" in gone.text) == (410, True)
        boxes = visitor.data("/events/lindvik-biscuit-recall")["data"]["figures"][0]
        assert (boxes["measure"], boxes["unit"], boxes["disputed"]) == ("boxes-shipped", "{box}", True)
        nearby = visitor.data("/events", near="-38.5,46.62,1")["data"]
        assert [each["id"] for each in nearby] == ["boxes-brought-back"]
        page = visitor.get("/verify", source="agency-notice", format="html")
        assert (page.status_code, "agency-notice" in page.text) == (200, True)
