"""The contents: every check, of one entry by itself or of the whole draft, each a function to its findings."""

from collections.abc import Callable, Iterator
from typing import Final

from app.dossier.checks.anchors import anchors
from app.dossier.checks.characters import characters
from app.dossier.checks.claims import aspects, evidence, measures
from app.dossier.checks.corrections import backward, circular
from app.dossier.checks.counts import counts
from app.dossier.checks.cut_words import cut_words
from app.dossier.checks.dossiers import editions
from app.dossier.checks.events import claimed, parted, parts
from app.dossier.checks.far_points import far_points, null_points
from app.dossier.checks.fields import fields
from app.dossier.checks.history import changed_kinds, vanished
from app.dossier.checks.ids import unique_ids
from app.dossier.checks.places import enclosures, points
from app.dossier.checks.plausible import citations, licences, odd_ids, posts, shared_identifiers
from app.dossier.checks.references import references
from app.dossier.checks.relations import self_relations
from app.dossier.checks.said import after_published, undated_figures
from app.dossier.checks.sources import furniture, paragraphs
from app.dossier.checks.values import identifiers, texts_and_lists
from app.dossier.checks.voices import answers, origins, people
from app.dossier.draft import Draft
from app.dossier.findings import Finding
from app.dossier.written import Written

OF_ENTRIES: Final[tuple[Callable[[Written], Iterator[Finding]], ...]] = (
    fields,
    texts_and_lists,
    characters,
    identifiers,
)

OF_DRAFTS: Final[tuple[Callable[[Draft], Iterator[Finding]], ...]] = (
    editions,
    unique_ids,
    references,
    vanished,
    changed_kinds,
    evidence,
    aspects,
    measures,
    counts,
    backward,
    circular,
    after_published,
    undated_figures,
    origins,
    answers,
    people,
    anchors,
    paragraphs,
    furniture,
    claimed,
    parts,
    parted,
    self_relations,
    points,
    enclosures,
    far_points,
    null_points,
    odd_ids,
    shared_identifiers,
    licences,
    posts,
    citations,
    cut_words,
)
