"""Each kind of finding by itself: one edit of a sound dossier, and one finding at one line of one file."""

from pathlib import Path

import pytest

from app.dossier.check import check
from app.dossier.kinds import KINDS
from dossier.dossiers import live, small_copy, told
from dossier.edits import EDITS


def test_every_kind_has_its_edit() -> None:
    assert EDITS.keys() == KINDS.keys()


@pytest.mark.parametrize("slug", EDITS)
def test_one_edit_makes_one_finding(slug: str, tmp_path: Path) -> None:
    folder, edit = small_copy(tmp_path), EDITS[slug]
    edit.make(folder)

    report = check([folder], live(edit.before))

    assert told(report, folder) == [(slug, edit.file, edit.line)], [each.text for each in report.findings]
    assert (report.corpus is None) == (KINDS[slug].severity == "error")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_says_what_to_do(kind: object) -> None:
    slug, title, cure = (getattr(kind, name) for name in ("slug", "title", "cure"))
    assert slug == slug.lower().replace(" ", "-")
    assert title[0].isupper()
    assert cure
    assert not cure.endswith(".")
