"""An entry as somebody wrote it: where it stands, its values, and the checked entry that they make if they can."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from app.dossier.findings import Finding, found
from app.dossier.layout import REMOVED
from app.dossier.nodes import Location, Node
from app.dossier.shape import references
from app.resources import MAIN
from app.resources.entry import Part
from app.values.slugs import Slug

KINDS = frozenset(each.kind for each in MAIN)


class RemovedEntry(Part):
    """A tombstone as curated: `removed.yaml` lists what was taken out, and why."""

    id: Slug
    kind: str = Field(pattern=f"^({'|'.join(sorted(KINDS))})$", description="What it was: event, claim, actor …")
    reason: str = Field(min_length=1, description="Why it was taken out, in our own words.")
    last_release: str = Field(min_length=1, description="The label of the last edition that carried it.")


MODELS: Final[Mapping[str, type[Part]]] = {each.kind: each.entry for each in MAIN} | {REMOVED: RemovedEntry}


@dataclass(frozen=True, eq=False)
class Written:
    """One entry of a file; `folder` is the dossier's."""

    kind: str
    folder: str
    file: str
    node: Node

    @cached_property
    def value(self) -> dict[str, Any]:
        """What is written, without lines."""
        return dict(self.node.plain())

    @property
    def id(self) -> str:
        """The id as written, well-formed or not; empty if there is none."""
        return self.text("id")

    @property
    def entry(self) -> Any:
        """The checked entry, typed by whoever asks; None if it has errors of its own."""
        return None if isinstance(self._checked, ValidationError) else self._checked

    @property
    def errors(self) -> list[ErrorDetails]:
        """What keeps it from being an entry."""
        return self._checked.errors() if isinstance(self._checked, ValidationError) else []

    def text(self, field: str) -> str:
        """The text of a field, even of a faulty entry; empty if there is none."""
        value = self.value.get(field)
        return value if isinstance(value, str) else ""

    def texts(self, field: str) -> list[str]:
        """The texts of a list, even of a faulty entry."""
        value = self.value.get(field)
        return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []

    def references(self) -> Iterator[tuple[Location, str, tuple[str, ...]]]:
        """Each id that it refers to, with its place and the kinds it may be of; even of a faulty entry."""
        return references(MODELS[self.kind], self.value)

    def finding(self, slug: str, location: Location, message: str, cure: str = "") -> Finding:
        """A finding about the value at that place."""
        name = f"{self.kind} '{self.id}'" if self.id else f"{self.kind} without id"
        return found(slug, self.file, self.node.at(location).line, f"{name}: {message}", cure)

    @cached_property
    def _checked(self) -> Part | ValidationError:
        try:
            return MODELS[self.kind].model_validate(self.value, by_alias=True, by_name=False)
        except ValidationError as error:
            return error
