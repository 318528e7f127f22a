"""The canonical lines of a release are read back as the entries that they were made of."""

import json
from pathlib import Path

import pytest

from app.dossier.check import check_kept
from app.dossier.kept import kept_vocabularies
from app.releases.canonical import canonical
from app.vocabularies import CORE
from dossier.dossiers import SMALL
from releases.publishing import DOSSIERS, corpus_of


@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda dossier: dossier.name)
def test_lines_are_the_entries_that_they_were_made_of(dossier: Path) -> None:
    corpus = corpus_of(dossier)
    lines = [line.text for line in canonical(corpus)]
    assert check_kept(lines, "kept", kept_vocabularies(lines)).corpus == corpus


def test_several_dossiers_are_told_apart() -> None:
    corpus = corpus_of(*DOSSIERS)
    lines = [line.text for line in canonical(corpus)]
    assert check_kept(lines, "kept", kept_vocabularies(lines)).corpus == corpus


def test_lines_hold_the_terms_in_use() -> None:
    lines = [line.text for line in canonical(corpus_of(SMALL))]
    (types,) = (line for line in lines if '"id":"event-types"' in line)
    terms = json.loads(types)["entry"]["terms"]
    assert [(term["id"], set(term)) for term in terms] == [
        ("consult", {"id", "label", "definition"}),
        ("protest", {"id", "label", "definition"}),
    ]


def test_terms_are_as_they_were_when_the_release_was_made() -> None:
    known = CORE.by_name["measures"].terms["attendance"]
    earlier = [
        {"id": "attendance", "label": "Present", "definition": "Who was there."},
        {"id": "spectators", "label": "Spectators", "definition": "Who looked on."},
    ]
    lines = [
        json.dumps({"kind": "vocabulary", "entry": {"id": name, "terms": earlier}}) for name in ("measures", "hue")
    ]
    vocabularies = kept_vocabularies(line.replace(": ", ":") for line in lines)
    terms = vocabularies.by_name["measures"].terms
    assert terms["attendance"] == known.model_copy(update={"label": "Present", "definition": "Who was there."})
    assert terms["spectators"].definition == "Who looked on."
    assert list(terms)[:-1] == list(CORE.by_name["measures"].terms)
    assert "hue" not in vocabularies.by_name


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
