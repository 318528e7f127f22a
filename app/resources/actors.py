"""Actors: people, organisations and groups in one table; /people, /organisations and /groups are views of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.entries.actors import ActorEntry
from app.entries.base import Ref
from app.entries.corpus import Corpus
from app.entries.made import Made
from app.query.dates import HeldOn
from app.query.filters import Named, Posts, Terms
from app.resources import columns
from app.resources.base import (
    Document,
    Inverse,
    Resource,
    Row,
    Typed,
    common_filters,
    common_members,
    view,
)
from app.resources.columns import Stored, TableRow, table_of
from app.resources.dates import DateValue
from app.resources.names import NameValue, name_values
from app.resources.register import NameRow, text_rows
from app.values.days import OPEN_END, OPEN_START
from app.values.edtf import Edtf
from app.values.slugs import slugify
from app.vocabularies import Country, OrganisationClassification


class Office(Made):
    """A post that a person held, derived from a relation of type `office`."""

    post: str = Field(description="What the post is called.")
    organisation: Ref = Field(description="Where it is held: a state, a body.")
    since: DateValue | None = Field(
        alias="from", serialization_alias="from", description="The first day; null if not known."
    )
    until: DateValue | None = Field(
        alias="to", serialization_alias="to", description="The last day; null if not known."
    )
    relation: Ref = Field(description="The relation that records it.")


class ActorCounts(Made):
    """How much hangs on an actor."""

    events: int = Field(description="Events it takes part in.")
    claims: int = Field(description="Claims it makes.")
    about: int = Field(description="Claims about it.")
    relations: int = Field(description="Relations it is subject or object of.")


@dataclass(frozen=True)
class ActorFacts:
    """What is derived of an actor from the other records."""

    offices: list[Office]
    part_of: list[Ref]
    counts: ActorCounts


class ActorDocument(Document, Typed):
    """What every actor has."""

    kind: Literal["actor"] = Field(default="actor", description="What kind of record it is.")
    name: str = Field(description="The name most readers know.")
    names: list[NameValue] = Field(description="Every name, the main one first.")
    description: str | None = Field(description="One sentence.")
    country: Country | None = Field(description="ISO 3166-1 alpha-2, ISO 3166-3, or XK.")
    counts: ActorCounts


class Person(ActorDocument):
    """A person."""

    type: Literal["person"] = Field(description="Person, organisation or group.")
    offices: list[Office] = Field(description="Posts held, latest first.")


class Organisation(ActorDocument):
    """A state, body, company, medium: anything with a formal structure."""

    type: Literal["organisation"] = Field(description="Person, organisation or group.")
    classification: OrganisationClassification | None
    part_of: list[Ref] = Field(description="Organisations that it is part of.")


class Group(ActorDocument):
    """People spoken of together, without a formal structure."""

    type: Literal["group"] = Field(description="Person, organisation or group.")


Actor = TypeAliasType("Actor", Annotated[Person | Organisation | Group, Field(discriminator="type")])


class ActorRow(Row, table=True):
    """The actor as stored."""

    __tablename__ = "actor"

    type: str = columns.text()
    name: str = columns.text(folded=True)
    country: str | None = columns.text(null=True)
    classification: str | None = columns.text(null=True)


class OfficeRow(TableRow, table=True):
    """One tenure of one office."""

    __tablename__ = "office"
    __table_args__ = columns.KEYED

    actor: int = columns.owner("actor.number")
    relation: int = columns.reference("relation.number", primary=True)
    post: str = columns.text()
    post_name: str = columns.text()
    organisation: int = columns.reference("actor.number")
    since: int = columns.day()
    until: int = columns.day()


def describe(entry: ActorEntry, facts: ActorFacts, corpus: Corpus) -> ActorDocument:
    """The document of one actor: a Person, an Organisation or a Group."""
    members = common_members(entry, corpus) | {
        "name": entry.name,
        "names": name_values(entry.name, entry.names, entry.layer),
        "description": entry.description,
        "country": entry.country,
        "counts": facts.counts,
    }
    if entry.type == "person":
        return Person(**members, type="person", offices=facts.offices)
    if entry.type == "group":
        return Group(**members, type="group")
    return Organisation(**members, type="organisation", classification=entry.classification, part_of=facts.part_of)


def store(entry: ActorEntry, document: ActorDocument, corpus: Corpus) -> Iterator[Stored]:
    """The rows of one actor."""
    yield (
        ActorRow,
        {"number": entry.id, "type": entry.type, "name": entry.name}
        | {"country": entry.country, "classification": entry.classification},
    )
    names = [name.value for name in document.names]
    yield from text_rows(entry.id, names, [entry.description, entry.note])
    for office in getattr(document, "offices", ()):
        yield OfficeRow, office_values(entry.id, office)


def office_values(actor: str, office: Office) -> dict[str, object]:
    """The row of one tenure; an end that is not known is open."""
    return {
        "actor": actor,
        "relation": office.relation.id,
        "post": slugify(office.post),
        "post_name": office.post,
        "organisation": office.organisation.id,
        "since": Edtf.parse(office.since.edtf).earliest if office.since else OPEN_START,
        "until": Edtf.parse(office.until.edtf).latest if office.until else OPEN_END,
    }


actors = Resource(
    entry=ActorEntry,
    about="People, organisations and groups that take part in events, speak, or are spoken of.",
    document=Actor,
    describe=describe,
    store=store,
    table=table_of(ActorRow),
    filters=(
        *common_filters("actor"),
        Terms("type", ActorRow.type, "Person, organisation or group.", vocabulary="actor-types"),
        Terms(
            "classification",
            ActorRow.classification,
            "What kind of organisation.",
            vocabulary="organisation-classifications",
        ),
        Terms("country", ActorRow.country, "ISO 3166-1 alpha-2, ISO 3166-3, or XK.", vocabulary="countries"),
        Named("name", NameRow.key, "A whole name in any script, any alias."),
        Posts("office", OfficeRow.post, "A post held: `president-of-kosovo` or `President of Kosovo`."),
        HeldOn("on", OfficeRow.since, "A day on which the office was held.", until=OfficeRow.until),
    ),
    sorts=("name", "type", "id"),
    columns=("name", "type", "country", "counts.events", "counts.claims", "layer"),
    facets=("type", "classification", "country", "office", "layer"),
    includes=("events", "claims", "relations"),
    inverses=(
        Inverse("events", "events", "participant", "The events that this actor takes part in."),
        Inverse("claims", "claims", "speaker", "The claims that this actor makes."),
        Inverse("relations", "relations", "actor", "The relations that this actor is subject or object of."),
    ),
)
people = view(
    actors,
    "people",
    "The actors whose `type` is `person`, with the offices that they held.",
    Person,
    ("type", "person"),
)
organisations = view(
    actors,
    "organisations",
    "The actors whose `type` is `organisation`: states, institutions, forces, media.",
    Organisation,
    ("type", "organisation"),
)
groups = view(
    actors,
    "groups",
    "The actors whose `type` is `group`: many people who are spoken of as one.",
    Group,
    ("type", "group"),
)
