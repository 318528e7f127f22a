"""The draft: all that was read from the dossiers of one build, faulty or not, for the checks to look things up in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.dossier.layout import DOSSIER, REMOVED
from app.dossier.predecessor import Before
from app.dossier.read import Lost
from app.dossier.written import Written
from app.values.identity import Identity
from app.values.slugs import is_slug, slugify


@dataclass(frozen=True)
class Draft:
    """All that was read; `predecessor` is what the release before knew."""

    everything: tuple[Written, ...]
    lost: tuple[Lost, ...]
    predecessor: Before

    @cached_property
    def before(self) -> Mapping[str, Identity]:
        """Each id that the release before knew of these dossiers."""
        return {id: known for dossier in self.dossiers for id, known in self.predecessor.get(dossier.id, {}).items()}

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Every entry but tombstones."""
        return tuple(written for written in self.everything if written.kind != REMOVED)

    @cached_property
    def dossiers(self) -> tuple[Written, ...]:
        """Each `dossier.yaml`."""
        return tuple(written for written in self.written if written.kind == DOSSIER)

    @cached_property
    def removed(self) -> Mapping[str, Written]:
        """The tombstones by id."""
        return {written.id: written for written in self.everything if written.kind == REMOVED}

    @cached_property
    def by_id(self) -> Mapping[str, Written]:
        """The entries by id; of two with one id, the first."""
        return {written.id: written for written in reversed(self.written) if written.id}

    @cached_property
    def former(self) -> Mapping[str, Written]:
        """The entries by each id that they had before."""
        return {old: written for written in reversed(self.written) for old in written.texts("formerly")}

    @cached_property
    def lost_ids(self) -> Mapping[str, str]:
        """The ids, with their kinds, that stretches seem to define which could not be read."""
        return {id: lost.kind for lost in self.lost for id in lost.ids}

    @cached_property
    def malformed(self) -> Mapping[str, str]:
        """The ids, with their kinds, that malformed ones are told to be written as."""
        return {slugify(id): written.kind for id, written in self.by_id.items() if not is_slug(id)}

    @cached_property
    def ids_of_kinds(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of each kind."""
        kinds: dict[str, list[str]] = {}
        for id, written in self.by_id.items():
            kinds.setdefault(written.kind, []).append(id)
        return {kind: tuple(ids) for kind, ids in kinds.items()}

    @cached_property
    def sound(self) -> Mapping[str, tuple[Written, ...]]:
        """The entries of each kind that have no errors of their own."""
        kinds: dict[str, list[Written]] = {}
        for written in self.written:
            if written.entry is not None:
                kinds.setdefault(written.kind, []).append(written)
        return {kind: tuple(entries) for kind, entries in kinds.items()}

    def of(self, kind: str) -> tuple[Written, ...]:
        """The entries of one kind that have no errors of their own."""
        return self.sound.get(kind, ())

    def entry(self, id: str) -> object:
        """The checked entry of that id; None if there is none, or none without errors of its own."""
        written = self.by_id.get(id)
        return written.entry if written else None

    def kind_of(self, id: str) -> str | None:
        """The kind of a record that is there, even if its entry or id is faulty, or could not be read."""
        written = self.by_id.get(id)
        return written.kind if written else self.lost_ids.get(id) or self.malformed.get(id)
