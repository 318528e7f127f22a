"""The contents: every kind of entry that curators write, in the order that the docs show them."""

from collections.abc import Mapping
from typing import Final

from app.entries.actors import ActorEntry
from app.entries.base import Entry
from app.entries.claims import ClaimEntry
from app.entries.dossiers import DossierEntry
from app.entries.events import EventEntry
from app.entries.places import PlaceEntry
from app.entries.relations import RelationEntry
from app.entries.sources import SourceEntry

_CLASSES: tuple[type[Entry], ...] = (
    EventEntry,
    ActorEntry,
    ClaimEntry,
    SourceEntry,
    PlaceEntry,
    RelationEntry,
    DossierEntry,
)

ENTRIES: Final[Mapping[str, type[Entry]]] = {model.kind: model for model in _CLASSES}
"""The class of the entries of each kind."""
