"""Nine kinds of event, each a small invented dossier: it checks, builds, and answers what anybody would ask of it."""

from pathlib import Path
from typing import Any

import pytest

from app.dossier.check import check
from app.main import create_app
from app.settings import Settings
from releases.publishing import ROOT, published
from visitor import Visitor

KINDS = ROOT / "tests" / "dossiers" / "kinds"
Asked = dict[str, str]

# Of each dossier: its event, what is asked of claims and which of them answer, the figures that stand side by side with
# whether two cannot both be so, and how many terms it had to add.
ANSWERS: dict[str, tuple[str, Asked, list[str], dict[str, Any], int]] = {
    "brennvik-election": (
        "brennvik-council-election",
        {"measure": "votes-received", "min": "4190", "max": "4200"},
        ["board-second-count"],
        {"turnout": ("%", 61.3, 61.3, False), "votes-received": ("{vote}", 4198, 4198, False)},
        0,
    ),
    "tarn-earthquake": (
        "tarn-shock",
        {"measure": "magnitude", "min": "6"},
        ["network-magnitude"],
        {
            "killed": ("{person}", 3, None, False),
            "magnitude": ("1", 5.8, 6.1, False),
            "depth": ("km", 9, 9, False),
            "buildings-damaged": ("{building}", 140, 140, False),
        },
        0,
    ),
    "lindow-march": (
        "lindow-rent-march",
        {"type": "estimate", "differing": "true"},
        ["alliance-attendance", "police-attendance"],
        {"attendance": ("{person}", 2500, None, True)},
        0,
    ),
    "orrin-ruling": (
        "orrin-water-ruling",
        {"type": "verdict"},
        ["court-fine"],
        {"fine": ("EUR", 2400000, 2400000, False), "limit-exceeded": ("d", 41, 41, False)},
        1,
    ),
    "velt-merger": (
        "velt-buys-marron",
        {"measure": "price"},
        ["velt-price", "wire-price"],
        {
            "ownership-share": ("%", 74.5, 74.5, False),
            "price EUR": ("EUR", 1800000000, 1800000000, False),
            "price USD": ("USD", None, None, False),
        },
        0,
    ),
    "sund-doping": (
        "sund-doping-case",
        {"measure": "ban", "min": "24"},
        ["panel-bans"],
        {"concentration": ("ng/mL", 1.3, 1.3, False), "ban": ("mo", 24, 24, False)},
        1,
    ),
    "halm-cyber-attack": (
        "halm-clinic-attack",
        {"disputed": "true"},
        ["clinic-records", "monitor-records"],
        {
            "ransom": ("USD", 40000, 40000, False),
            "computers-affected": ("{device}", 212, 212, False),
            "records-exposed": ("{record}", None, 1200000, True),
        },
        0,
    ),
    "kelp-retraction": (
        "kelp-study-retracted",
        {"type": "admission"},
        ["authors-admit"],
        {"works-retracted": ("{work}", 1, 1, False)},
        0,
    ),
    "gant-leak": (
        "gant-ammonia-leak",
        {"measure": "mass-released", "disputed": "true"},
        ["company-amount", "brigade-amount", "office-amount"],
        {"mass-released": ("t", 1.2, None, True)},
        0,
    ),
}
TYPES = {
    "brennvik-election": "election",
    "tarn-earthquake": "disaster",  # which takes in the earthquake
    "lindow-march": "protest",
    "orrin-ruling": "ruling",
    "velt-merger": "transaction",
    "sund-doping": "misconduct",
    "halm-cyber-attack": "cyber-attack",
    "kelp-retraction": "retraction",
    "gant-leak": "accident",
}


def test_every_kind_has_its_answers() -> None:
    assert sorted(ANSWERS) == sorted(TYPES) == sorted(path.name for path in KINDS.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", ANSWERS)
def test_a_dossier_of_it_checks_builds_and_answers(name: str, tmp_path: Path) -> None:
    event, asked, claims, figures, own = ANSWERS[name]
    report = check([KINDS / name])
    assert [finding.text for finding in report.findings] == []
    assert report.corpus is not None
    assert len([*report.corpus.vocabularies.own()]) == own

    published(tmp_path, KINDS / name)
    with Visitor(create_app(Settings(store=tmp_path))) as visitor:
        assert [each["id"] for each in visitor.data("/events", type=TYPES[name])["data"]] == [event]
        assert sorted(each["id"] for each in visitor.data("/claims", **asked)["data"]) == sorted(claims)
        document = visitor.data(f"/events/{event}")["data"]
        assert sides(document["figures"]) == figures
        page = visitor.get(f"/events/{event}", format="html")
        assert page.status_code == 200


def sides(figures: list[dict[str, Any]]) -> dict[str, Any]:
    """Unit, bounds and dispute of each measure; of money in several currencies with the currency."""
    several = [
        each["measure"] for each in figures if [other["measure"] for other in figures].count(each["measure"]) > 1
    ]
    return {
        f"{each['measure']} {each['unit']}" if each["measure"] in several else each["measure"]: (
            each["unit"],
            each["low"],
            each["high"],
            each["disputed"],
        )
        for each in figures
    }


@pytest.mark.parametrize("name", ANSWERS)
def test_everything_in_it_is_marked_as_invented(name: str) -> None:
    (about,) = (entry for kind, entry in entries(name) if kind == "dossier")
    assert about["title"].endswith("(invented)")
    assert [entry["id"] for kind, entry in entries(name) if kind != "dossier" and entry["note"] != "Invented."] == []


def entries(name: str) -> list[tuple[str, Any]]:
    """Every record of a dossier as it is written, after its kind."""
    corpus = check([KINDS / name]).corpus
    assert corpus is not None
    return [(curated.kind, curated.entry.model_dump()) for curated in corpus.curated]
