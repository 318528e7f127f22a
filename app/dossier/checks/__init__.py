"""The contents: every check of a draft, each a function from the draft to its findings."""

from collections.abc import Callable, Iterator
from typing import Final

from app.dossier.checks.anchors import anchors
from app.dossier.checks.claims import aspects, evidence, measures
from app.dossier.checks.dossiers import editions
from app.dossier.checks.events import claimed, parts
from app.dossier.checks.fields import fields
from app.dossier.checks.history import changed_kinds, vanished
from app.dossier.checks.ids import unique_ids
from app.dossier.checks.places import enclosures, points
from app.dossier.checks.references import references
from app.dossier.checks.relations import self_relations
from app.dossier.checks.sources import furniture, paragraphs
from app.dossier.checks.values import control_characters, identifiers, repetitions
from app.dossier.draft import Draft
from app.dossier.findings import Finding

Check = Callable[[Draft], Iterator[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    fields,
    control_characters,
    repetitions,
    identifiers,
    editions,
    unique_ids,
    references,
    vanished,
    changed_kinds,
    evidence,
    aspects,
    measures,
    anchors,
    paragraphs,
    furniture,
    claimed,
    parts,
    self_relations,
    points,
    enclosures,
)
