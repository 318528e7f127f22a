"""Later editions of the small dossier, in which each kind of change happens."""

from pathlib import Path

from releases.publishing import SMALL, edit, edition

REMOVED = """\
- {id: minutes-talks-broke-off, kind: claim, reason: Nobody could find the minutes., last_release: hallvik-2}
- {id: hallvik-wage-talks, kind: event, reason: Only the minutes told of them., last_release: hallvik-2}
"""
WAGE_TALKS = (SMALL / "events.yaml").read_text()[
    (SMALL / "events.yaml").read_text().index("- id: hallvik-wage-talks") :
]
BLOCKADE = """\
- id: hallvik-ramp-blockade
  title: Rope across the ramp
  type: protest
  modes: [obstruct]
  date: {edtf: 2021-03-14, basis: inferred}
  place: hallvik
  part_of: hallvik-ferry-strike
  participants:
    - {actor: people-on-the-quay, role: initiator}
"""


def second_edition(folder: Path) -> Path:
    """Hallvik-3: one title changed, which a correction explains; an event and its claim are removed."""
    changed = edition(folder, "hallvik-3")
    edit(changed / "dossier.yaml", '"2021-06-01"', '"2021-06-01", correction: The title of the blockade was wrong.')
    edit(changed / "events.yaml", "A rope closes the ramp", "Rope across the ramp")
    text = (changed / "claims.yaml").read_text()
    (changed / "claims.yaml").write_text(text[: text.index("- id: minutes-talks-broke-off")])
    edit(changed / "removed.yaml", "- id: hallvik-overtime-ban", REMOVED + "- id: hallvik-overtime-ban")
    edit(changed / "events.yaml", WAGE_TALKS, "")
    edit(changed / "events.yaml", "  links:\n    - {relation: follows, event: hallvik-wage-talks}\n", "")
    return changed


def third_edition(folder: Path) -> Path:
    """Hallvik-4: the blockade is merged into the strike."""
    changed = second_edition(folder / "third")
    dossier = changed / "dossier.yaml"
    edit(dossier, '"2021-06-01", correction: The title of the blockade was wrong.', '"2021-07-01"')
    edit(dossier, "hallvik-3", "hallvik-4")
    edit(changed / "events.yaml", BLOCKADE, "")
    edit(changed / "events.yaml", "[hallvik-ferry-walkout]", "[hallvik-ferry-walkout, hallvik-ramp-blockade]")
    edit(changed / "claims.yaml", "events: [hallvik-ramp-blockade]", "events: [hallvik-ferry-strike]")
    return changed
