"""The dossier of all faults: every kind of finding there is, each at its file and line, and nothing else.

A faulty line ends in a comment with the kinds that are found there.
"""

import re
from pathlib import Path

import pytest

from app.dossier.check import Report, check
from app.dossier.findings import KINDS
from app.dossier.predecessor import known_ids
from dossier.dossiers import DOSSIERS, FAULTS, told

MARK = re.compile(r" # ([a-z0-9 -]+)$")
WITHOUT_COMMENT = {
    ("byte-order-mark", "actors/byte-order-mark.yaml", 1),
    ("empty-file", "actors/empty.yaml", 1),
    ("json-syntax", "places.ndjson", 2),
    ("not-utf-8", "actors/latin-1.yaml", 3),
    ("unexpected-file", "notes.csv", 1),
    ("file-outside", "groups.yaml", 1),
}


@pytest.fixture(scope="module")
def report() -> Report:
    lines = (DOSSIERS / "faults-before.ndjson").read_text("utf-8").splitlines()
    return check([FAULTS], known_ids(lines))


def marks() -> set[tuple[str, str, int]]:
    return {
        (slug, path.relative_to(FAULTS).as_posix(), number)
        for path in FAULTS.rglob("*.yaml")
        for number, line in enumerate(path.read_text("utf-8", "replace").split("\n"), 1)
        for mark in MARK.findall(line)
        for slug in mark.split()
    }


def test_exactly_the_marked_faults_are_found(report: Report) -> None:
    assert set(told(report, FAULTS)) == marks() | WITHOUT_COMMENT


def test_every_kind_of_finding_is_among_them(report: Report) -> None:
    assert {each.kind.slug for each in report.findings} == KINDS.keys()


def test_findings_are_told_by_file_and_line_with_what_to_do(report: Report) -> None:
    assert [(each.file, each.line) for each in report.findings] == sorted((f.file, f.line) for f in report.findings)
    for each in report.findings:
        mark = {"error": "", "warning": "warning: "}[each.kind.severity]
        assert each.text == f"{each.file}:{each.line}: {mark}{each.message} ({each.cure})"
        assert Path(each.file).exists()
        assert each.cure


def test_there_is_no_corpus(report: Report) -> None:
    assert report.corpus is None
    assert report.errors == sum(each.kind.severity == "error" for each in report.findings) < len(report.findings)
