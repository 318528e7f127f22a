"""Relations: one actor to another over a period: an office, a membership, an alliance, a recognition."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Literal

from pydantic import Field

from app.entries.base import Ref
from app.entries.corpus import Corpus
from app.entries.relations import RelationEntry
from app.query.dates import HeldOn
from app.query.filters import Ids, Posts, Terms
from app.resources import columns
from app.resources.base import Document, Resource, Row, Typed, common_filters, common_members
from app.resources.columns import Stored, TableRow, table_of
from app.resources.dates import DateValue, date_columns, date_value
from app.resources.register import text_rows
from app.values.days import OPEN_END, OPEN_START
from app.values.slugs import slugify
from app.vocabularies import ActorRelation


class RelationDocument(Document, Typed):
    """How one actor stands to another one over a period."""

    kind: Literal["relation"] = Field(default="relation", description="What kind of record it is.")
    type: ActorRelation
    subject: Ref = Field(description="From this actor.")
    object: Ref = Field(description="To this actor.")
    post: str | None = Field(description="For an office: what the post is called.")
    from_: DateValue | None = Field(serialization_alias="from", description="Since when; null if not known.")
    to: DateValue | None = Field(description="Until when; null if not known or still so.")
    claims: list[Ref] = Field(description="Claims that say so.")


class RelationRow(Row, table=True):
    """The relation as stored; `since` and `until` bound the days on which it can have held."""

    __tablename__ = "relation"

    type: str = columns.text()
    subject: int = columns.reference("actor.number")
    object: int = columns.reference("actor.number")
    post: str | None = columns.text(null=True)
    post_name: str | None = columns.text(null=True)
    from_edtf: str | None = columns.text(null=True)
    from_earliest: int = columns.day()
    from_latest: int = columns.day()
    from_qualified: bool = columns.flag()
    since: int = columns.day()
    until: int = columns.day()


class RelationActorRow(TableRow, table=True):
    """An actor at either end of a relation."""

    __tablename__ = "relation_actor"
    __table_args__ = columns.KEYED

    relation: int = columns.owner("relation.number")
    actor: int = columns.reference("actor.number", primary=True)


class RelationClaimRow(TableRow, table=True):
    """A claim that says that a relation holds."""

    __tablename__ = "relation_claim"
    __table_args__ = columns.KEYED

    relation: int = columns.owner("relation.number")
    claim: int = columns.reference("claim.number", primary=True)


def describe(entry: RelationEntry, facts: object, corpus: Corpus) -> RelationDocument:
    """The document of one relation."""
    return RelationDocument(
        **common_members(entry, corpus),
        type=entry.type,
        subject=corpus.ref(entry.subject),
        object=corpus.ref(entry.object),
        post=entry.post,
        from_=date_value(entry.from_),
        to=date_value(entry.to),
        claims=corpus.refs(entry.claims),
    )


def store(entry: RelationEntry, document: RelationDocument, corpus: Corpus) -> Iterator[Stored]:
    """The rows of one relation."""
    yield (
        RelationRow,
        {"number": entry.id}
        | date_columns("from", entry.from_)
        | {"type": entry.type, "subject": entry.subject, "object": entry.object}
        | {"post": slugify(entry.post) if entry.post else None, "post_name": entry.post}
        | {"since": entry.from_.bounds.earliest if entry.from_ else OPEN_START}
        | {"until": entry.to.bounds.latest if entry.to else OPEN_END},
    )
    for actor in dict.fromkeys((entry.subject, entry.object)):
        yield RelationActorRow, {"relation": entry.id, "actor": actor}
    named = corpus.names((entry.subject, entry.object))
    yield from text_rows(entry.id, [], [document.label, entry.note], named)
    for claim in dict.fromkeys(entry.claims):
        yield RelationClaimRow, {"relation": entry.id, "claim": claim}


relations = Resource(
    entry=RelationEntry,
    about="How one actor stands to another one over a period: office, membership, part of, ally of, recognises.",
    document=RelationDocument,
    describe=describe,
    store=store,
    table=table_of(RelationRow),
    filters=(
        *common_filters("relation", "texts and the names of both actors"),
        Terms("type", RelationRow.type, "What kind of relation.", vocabulary="actor-relations"),
        Ids("subject", RelationRow.subject, "From this actor.", kinds=("actor",)),
        Ids("object", RelationRow.object, "To this actor.", kinds=("actor",)),
        Ids("actor", RelationActorRow.actor, "This actor at either end.", kinds=("actor",)),
        Posts("post", RelationRow.post, "The post of an office: `president-of-kosovo`."),
        HeldOn("on", RelationRow.since, "A day on which it held.", until=RelationRow.until),
    ),
    moment=attrgetter("from_"),
    sorts=("from", "type", "id"),
    columns=("label", "type", "from", "to", "layer"),
    facets=("type", "subject", "object", "post", "layer"),
    includes=("subject", "object", "claims"),
)
