"""The canonical lines of a release are read back as the entries that they were made of."""

from pathlib import Path

import pytest

from app.dossier.check import check_kept
from app.dossier.kept import kept_terms
from app.releases.canonical import canonical
from dossier.dossiers import SMALL
from releases.publishing import DOSSIERS, corpus_of


@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda dossier: dossier.name)
def test_lines_are_the_entries_that_they_were_made_of(dossier: Path) -> None:
    corpus = corpus_of(dossier)
    report = check_kept([line.text for line in canonical(corpus)], "kept")
    assert report.corpus == corpus


def test_several_dossiers_are_told_apart() -> None:
    corpus = corpus_of(*DOSSIERS)
    assert check_kept([line.text for line in canonical(corpus)], "kept").corpus == corpus


def test_terms_are_those_in_use() -> None:
    terms = kept_terms(line.text for line in canonical(corpus_of(SMALL)))
    assert [term["id"] for term in terms["event-types"]] == ["consult", "protest"]
    assert {"id", "label", "definition"} == set(terms["event-types"][0])


def test_findings_name_the_line() -> None:
    lines = [line.text for line in canonical(corpus_of(SMALL))]
    number = next(number for number, line in enumerate(lines) if '"kind":"relation"' in line)
    lines[number] = lines[number].replace('"kind":"relation"', '"kind":"rumour"')
    lines[0] = lines[0].replace('"entry":{', '"entry":{"colour":"red",')
    report = check_kept(lines, "kept")
    assert report.corpus is None
    told = [finding.text for finding in report.findings if finding.kind.severity == "error"]
    assert [text.partition(": ")[0] for text in told] == ["kept:1", f"kept:{number + 1}"]
    assert "there is no field 'colour'" in told[0]
    assert "nobody reads an entry of the kind 'rumour' (keep the release with the onrecord that built it)" in told[1]
