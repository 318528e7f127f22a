"""vocabularies.yaml: terms of a dossier, known before anything else is checked, and those of every dossier together."""

from pathlib import Path

import pytest

from app.dossier.check import Report, check, check_kept
from app.dossier.kept import kept_vocabularies
from app.releases.build import plan
from app.releases.canonical import canonical
from app.vocabularies import load
from dossier.dossiers import small_copy
from releases.publishing import edit

REGATTA = """event-types:
- {id: regatta, label: Regatta, broader: protest, definition: Boats race each other.}
measures:
- {id: boats, label: Boats, unit: "{boat}", definition: Boats that take part.}
- {id: oil, label: Oil spilt, unit: t, definition: What ran into the water.}
- {id: damage, label: Damage, money: true, definition: What it costs to mend.}
"""


def with_terms(folder: Path, text: str = REGATTA, type: str = "regatta") -> Path:
    """A copy of the small dossier with terms of its own, one of which an event has as its type."""
    copy = small_copy(folder)
    (copy / "vocabularies.yaml").write_text(text, encoding="utf-8")
    events = (copy / "events.yaml").read_text("utf-8")
    (copy / "events.yaml").write_text(events.replace("type: protest", f"type: {type}", 1), encoding="utf-8")
    return copy


def other(folder: Path, text: str) -> Path:
    """Another dossier, which holds nothing but terms."""
    folder.mkdir()
    about = (Path(__file__).parent.parent / "dossiers" / "small" / "dossier.yaml").read_text("utf-8")
    (folder / "dossier.yaml").write_text(about.replace("hallvik-quay", "other-quay", 1), encoding="utf-8")
    (folder / "vocabularies.yaml").write_text(text, encoding="utf-8")
    return folder


def told(report: Report) -> list[str]:
    return [f"{finding.kind.slug} {finding.message}" for finding in report.findings]


def test_entries_use_them_and_they_are_part_of_the_corpus(tmp_path: Path) -> None:
    report = check([with_terms(tmp_path)])
    assert told(report) == []
    assert report.corpus is not None
    own = [(name, term.id, term.dossier) for name, term in report.corpus.vocabularies.own()]
    assert own == [
        ("measures", "boats", "hallvik-quay"),
        ("measures", "damage", "hallvik-quay"),
        ("measures", "oil", "hallvik-quay"),
        ("event-types", "regatta", "hallvik-quay"),
    ]
    assert "regatta" not in load("event-types").terms


def test_the_modes_of_the_broader_type_fit(tmp_path: Path) -> None:
    found = check([with_terms(tmp_path, REGATTA.replace(" broader: protest,", ""))]).findings
    assert [finding.kind.slug for finding in found] == ["mode-of-other-type"] * 2


def test_a_dossier_uses_the_terms_of_another_one_and_does_not_repeat_them(tmp_path: Path) -> None:
    first, second = with_terms(tmp_path, "media: []\n"), other(tmp_path / "other", REGATTA)
    assert told(check([first, second])) == []
    assert [finding.kind.slug for finding in check([first]).findings] == ["unknown-term"]

    (first / "vocabularies.yaml").write_text(REGATTA, encoding="utf-8")
    (twice,) = (finding for finding in check([first, second]).findings if "regatta" in finding.message)
    assert twice.kind.slug == "term-defined-twice"
    assert twice.message == f"term 'regatta': event-types has this term already: {twice_at(first, second, twice.file)}"


def twice_at(first: Path, second: Path, file: str) -> str:
    """Where the other one of the two stands: the first of them, in the order of the folders."""
    (elsewhere,) = {first / "vocabularies.yaml", second / "vocabularies.yaml"} - {Path(file)}
    return f"{elsewhere.as_posix()}:2 defines it"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("layer:\n- {id: a, label: A, definition: B.}\n", "the vocabulary layer does not exist"),
        ("measure:\n- {id: a, label: A, definition: B.}\n", "measure does not exist; did you mean measures?"),
        ("countries:\n- {id: a, label: A, definition: B.}\n", "the vocabulary countries takes no own terms"),
        ("measures:\n- {id: a, label: A, definition: B.}\n", "a measure has a unit, or is money"),
        (
            "measures:\n- {id: a, label: A, definition: B., unit: kg, money: true}\n",
            "a measure has a unit, or is money",
        ),
        ("identifier-schemes:\n- {id: a, label: A, definition: B., pattern: '('}\n", "is no regular expression"),
        ("identifier-schemes:\n- {id: a, label: A, definition: B., pattern: '(a+)+'}\n", "which can take for ever"),
        (
            "identifier-schemes:\n- {id: a, label: A, definition: B., pattern: a, url: 'javascript:{value}'}\n",
            "url: 'javascript:{value}' has not the form that is expected here",
        ),
        ("measures:\n- {id: a, label: A, definition: B., unit: tons}\n", "'tons' is no code of UCUM"),
        ("media:\n- {id: A b, label: A, definition: B.}\n", "an id is words of a to z"),
        ("media:\n- {id: a, definition: B.}\n", "'label' is missing"),
        ("media:\n- {id: a, label: A, defintion: B.}\n", "did you mean 'definition'?"),
        ("actor-relations:\n- {id: a, label: A, definition: B.}\n", "'inverse' is missing"),
        ("media:\n- {id: a, label: A, definition: B., broader: speach}\n", "broader: 'speach' is no term of media"),
        (
            "event-modes:\n- {id: a, label: A, definition: B., for: [protst]}\n",
            "no term of event-types; did you mean 'pro",
        ),
        ("- id: a\n", "the file names no vocabulary"),
        (
            "identifier-schemes:\n- {id: a, label: A, definition: B., pattern: '['}\n",
            "term 'a': pattern: '[' is no regular",
        ),
        ("media: speech\n", "media is no list of terms"),
        ("media: [speech]\n", "this entry has no fields"),
        ("", "the file has no terms"),
        ("media: [\n", "while parsing"),
    ],
)
def test_what_is_wrong_is_told(text: str, message: str, tmp_path: Path) -> None:
    report = check([with_terms(tmp_path, text, "protest")])
    assert report.corpus is None
    assert any(message in found for found in told(report)), told(report)


def test_faults_stand_at_their_lines(tmp_path: Path) -> None:
    text = "media:\n- id: pigeon\n  label: Pigeon\n  definition: It flies.\n  broader: birds\n"
    (found,) = check([with_terms(tmp_path, text, "protest")]).findings
    assert (found.line, found.kind.slug) == (5, "unknown-term")


def test_terms_make_another_release_and_their_order_none(tmp_path: Path) -> None:
    folder = with_terms(tmp_path)
    first = planned(folder)
    head, boats, *others = REGATTA.partition("measures:\n")[2].splitlines(keepends=True)
    turned = REGATTA.partition("measures:\n")[0] + "measures:\n" + "".join([*others, boats, head])
    (folder / "vocabularies.yaml").write_text(turned, encoding="utf-8")
    assert planned(folder) == first
    (folder / "vocabularies.yaml").write_text(
        REGATTA.replace("Boats race", "Boats and swimmers race"), encoding="utf-8"
    )
    assert planned(folder) != first


def planned(folder: Path) -> tuple[str, str]:
    """The id of the release, and the digest of its dossier: what an edition may be called rests on that."""
    corpus = check([folder]).corpus
    assert corpus is not None
    made = plan(corpus)
    return made.id, made.digests["hallvik-quay"]


def test_the_input_of_a_release_carries_them(tmp_path: Path) -> None:
    corpus = check([with_terms(tmp_path)]).corpus
    assert corpus is not None
    lines = [line.text for line in canonical(corpus)]
    vocabularies = kept_vocabularies(lines)
    assert list(vocabularies.own()) == list(corpus.vocabularies.own())
    again = check_kept(lines, "kept", vocabularies).corpus
    assert again is not None
    assert [line.text for line in canonical(again)] == lines
    assert not any('"id":"regatta"' in line for line in lines if '"kind":"vocabulary"' in line)


@pytest.mark.parametrize(
    ("figure", "message"),
    [
        ("{measure: damage, value: 2.5, currency: NOK}", None),
        ("{measure: damage, value: 2.5}", "damage is money: name its currency"),
        ("{measure: damage, value: 2.5, currency: BTC}", "currency: 'BTC' is no code of ISO 4217"),
        ("{measure: oil, value: 2.5}", None),
        ("{measure: oil, value: 2.5, currency: NOK}", "oil is no money: it has no currency"),
        ("{measure: boats, value: 2.5}", "value: 2.5 is no whole number of {boat}"),
    ],
)
def test_a_figure_of_money_names_its_currency(figure: str, message: str | None, tmp_path: Path) -> None:
    folder = with_terms(tmp_path)
    edit(
        folder / "claims.yaml",
        "- {measure: attendance, high: 80}",
        f"- {{measure: attendance, high: 80}}\n    - {figure}",
    )
    found = told(check([folder]))
    assert (found == []) if message is None else (message in found[0])
