"""Actors as curated: people, organisations, and groups without a formal structure."""

from collections.abc import Iterator

from pydantic import Field

from app.entries.base import Entry, Labels, Name, Violation, main_name
from app.vocabularies import ActorType, Country, OrganisationClassification


class ActorEntry(Entry):
    """A person, an organisation, or a group without a formal structure, as curated."""

    kind = "actor"
    collection = "actors"
    views = ("people", "organisations", "groups")
    named_by = ("name",)

    type: ActorType
    name: str = Field(min_length=1, max_length=200, description="The name most readers know.")
    names: list[Name] = Field(default=[], description="Every other name, spelling and script.")
    description: str | None = Field(default=None, description="One sentence in our own words.")
    country: Country | None = Field(default=None, description="The country it belongs to or acts for.")
    classification: OrganisationClassification | None = Field(default=None, description="For organisations only.")

    def label(self, labels: Labels) -> str:
        return self.name

    def violations(self) -> Iterator[Violation]:
        yield from main_name(self.name, self.names)
        if self.classification is not None and self.type != "organisation":
            message = f"only an organisation has a classification, and the type is {self.type}"
            yield Violation("class_of_no_organisation", message, ("classification",))
