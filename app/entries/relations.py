"""Relations as curated: one actor to another over a period."""

from collections.abc import Iterator

from pydantic import Field

from app.entries.base import ActorId, ClaimId, Date, Entry, Labels, Violation
from app.vocabularies import ActorRelation, load


class RelationEntry(Entry):
    """How one actor stands to another one, as curated. An office is held by a person at an organisation."""

    kind = "relation"
    collection = "relations"
    named_by = ("subject", "type", "object")

    subject: ActorId
    type: ActorRelation
    object: ActorId
    post: str | None = Field(default=None, max_length=200, description="For an office: what the post is called.")
    from_: Date | None = Field(default=None, alias="from", description="Since when; leave out if not known.")
    to: Date | None = Field(default=None, description="Until when; leave out if not known or still so.")
    claims: list[ClaimId] = Field(default=[], description="Claims that say so.")

    def label(self, labels: Labels) -> str:
        link = f", {self.post}," if self.post else f" {load('actor-relations').terms[self.type].label}"
        return f"{labels.label(self.subject)}{link} {labels.label(self.object)}"

    def violations(self) -> Iterator[Violation]:
        if self.from_ and self.to and self.to.bounds.latest < self.from_.bounds.earliest:
            message = f"it ends {self.to.edtf}, before it starts {self.from_.edtf}"
            yield Violation("relation_reversed", message, ("to",))
        if self.type == "office" and self.post is None:
            yield Violation(
                "office_without_post", "an office has a post", ("type",), "add post: what the office is called"
            )
        if self.type != "office" and self.post is not None:
            yield Violation(
                "office_without_post", "only an office has a post", ("post",), "take post out, or write type: office"
            )
