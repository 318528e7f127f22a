"""The tables of a release: one for each kind of record, one for each thing that a record has several of."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Bytewise everywhere: SQLite compares so by itself, PostgreSQL by the collation "C".
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _register()
    _places()
    _actors()
    _sources()
    _events()
    _claims()
    _relations()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _refers(column: str, target: str) -> sa.ForeignKeyConstraint:
    # Checked at the end of the build, so that rows may come in any order.
    return sa.ForeignKeyConstraint([column], [target], deferrable=True, initially="DEFERRED")


def _register() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("label_key", TEXT, nullable=False),
        sa.Column("dossier", TEXT, nullable=False),
        sa.Column("layer", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("title_key", TEXT, nullable=False),
        sa.Column("edition", TEXT, nullable=False),
        sa.Column("issued", TEXT, nullable=False),
        sa.Column("licence", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "entry",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("canonical", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id"),
    )
    op.create_table(
        "record",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("target", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("last_release", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "release",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("issued", TEXT, nullable=False),
        sa.Column("schema_version", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "identifier",
        sa.Column("record", TEXT, nullable=False),
        sa.Column("scheme", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("record", "scheme"),
        _refers("record", "record.id"),
    )
    op.create_table(
        "name",
        sa.Column("record", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("record", "value", "key"),
        _refers("record", "record.id"),
    )


def _places() -> None:
    op.create_table(
        "place",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("label_key", TEXT, nullable=False),
        sa.Column("dossier", TEXT, nullable=False),
        sa.Column("layer", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, nullable=False),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("parent", TEXT, nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("precision", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        _refers("parent", "place.id"),
    )
    op.create_table(
        "place_within",
        sa.Column("place", TEXT, nullable=False),
        sa.Column("around", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("place", "around"),
        _refers("place", "place.id"),
        _refers("around", "place.id"),
    )


def _actors() -> None:
    op.create_table(
        "actor",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("label_key", TEXT, nullable=False),
        sa.Column("dossier", TEXT, nullable=False),
        sa.Column("layer", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, nullable=False),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("classification", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "office",
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("post", TEXT, nullable=False),
        sa.Column("post_name", TEXT, nullable=False),
        sa.Column("organisation", TEXT, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "relation"),
        _refers("actor", "actor.id"),
    )


def _sources() -> None:
    op.create_table(
        "source",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("label_key", TEXT, nullable=False),
        sa.Column("dossier", TEXT, nullable=False),
        sa.Column("layer", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("title_key", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("publisher", TEXT, nullable=True),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("date_edtf", TEXT, nullable=True),
        sa.Column("date_earliest", sa.BigInteger(), nullable=False),
        sa.Column("date_latest", sa.BigInteger(), nullable=False),
        sa.Column("date_earliest_down", sa.BigInteger(), nullable=False),
        sa.Column("date_qualified", sa.Boolean(), nullable=False),
        sa.Column("original_url", TEXT, nullable=True),
        sa.Column("sha256", TEXT, nullable=True),
        sa.Column("length", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        _refers("publisher", "actor.id"),
    )


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("label_key", TEXT, nullable=False),
        sa.Column("dossier", TEXT, nullable=False),
        sa.Column("layer", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("title_key", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("date_edtf", TEXT, nullable=True),
        sa.Column("date_earliest", sa.BigInteger(), nullable=False),
        sa.Column("date_latest", sa.BigInteger(), nullable=False),
        sa.Column("date_earliest_down", sa.BigInteger(), nullable=False),
        sa.Column("date_qualified", sa.Boolean(), nullable=False),
        sa.Column("place", TEXT, nullable=True),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("place_precision", TEXT, nullable=True),
        sa.Column("part_of", TEXT, nullable=True),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        _refers("place", "place.id"),
        _refers("part_of", "event.id"),
    )
    op.create_table(
        "event_aspect",
        sa.Column("event", TEXT, nullable=False),
        sa.Column("aspect", TEXT, nullable=False),
        sa.Column("question", TEXT, nullable=False),
        sa.Column("measure", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("event", "aspect"),
        _refers("event", "event.id"),
    )
    op.create_table(
        "event_context",
        sa.Column("event", TEXT, nullable=False),
        sa.Column("context", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("event", "context"),
        _refers("event", "event.id"),
    )
    op.create_table(
        "event_gap",
        sa.Column("event", TEXT, nullable=False),
        sa.Column("aspect", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("event", "aspect"),
        _refers("event", "event.id"),
    )
    op.create_table(
        "event_link",
        sa.Column("event", TEXT, nullable=False),
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("target", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("event", "relation", "target"),
        _refers("event", "event.id"),
        _refers("target", "event.id"),
    )
    op.create_table(
        "event_mode",
        sa.Column("event", TEXT, nullable=False),
        sa.Column("mode", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("event", "mode"),
        _refers("event", "event.id"),
    )
    op.create_table(
        "event_place",
        sa.Column("event", TEXT, nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("event", "place"),
        _refers("event", "event.id"),
        _refers("place", "place.id"),
    )
    op.create_table(
        "participation",
        sa.Column("event", TEXT, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("side", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("event", "number"),
        _refers("event", "event.id"),
        _refers("actor", "actor.id"),
    )


def _claims() -> None:
    op.create_table(
        "claim",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("label_key", TEXT, nullable=False),
        sa.Column("dossier", TEXT, nullable=False),
        sa.Column("layer", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("narrated", sa.Boolean(), nullable=False),
        sa.Column("speaker", TEXT, nullable=True),
        sa.Column("speaker_role", TEXT, nullable=True),
        sa.Column("attribution", TEXT, nullable=True),
        sa.Column("on_behalf_of", TEXT, nullable=True),
        sa.Column("medium", TEXT, nullable=True),
        sa.Column("said_edtf", TEXT, nullable=True),
        sa.Column("said_earliest", sa.BigInteger(), nullable=False),
        sa.Column("said_latest", sa.BigInteger(), nullable=False),
        sa.Column("said_earliest_down", sa.BigInteger(), nullable=False),
        sa.Column("said_qualified", sa.Boolean(), nullable=False),
        sa.Column("aspect", TEXT, nullable=True),
        sa.Column("quote", TEXT, nullable=False),
        sa.Column("modality", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("corroborated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        _refers("speaker", "actor.id"),
        _refers("on_behalf_of", "actor.id"),
    )
    op.create_table(
        "claim_about",
        sa.Column("claim", TEXT, nullable=False),
        sa.Column("target", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("claim", "target"),
        _refers("claim", "claim.id"),
        _refers("target", "record.id"),
    )
    op.create_table(
        "claim_audience",
        sa.Column("claim", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("claim", "actor"),
        _refers("claim", "claim.id"),
        _refers("actor", "actor.id"),
    )
    op.create_table(
        "claim_event",
        sa.Column("claim", TEXT, nullable=False),
        sa.Column("event", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("claim", "event"),
        _refers("claim", "claim.id"),
        _refers("event", "event.id"),
    )
    op.create_table(
        "claim_figure",
        sa.Column("claim", TEXT, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("measure", TEXT, nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("claim", "number"),
        _refers("claim", "claim.id"),
    )
    op.create_table(
        "claim_relation",
        sa.Column("claim_id", TEXT, nullable=False),
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("claim", TEXT, nullable=False),
        sa.Column("inverse", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", "relation", "claim", "inverse"),
        _refers("claim_id", "claim.id"),
        _refers("claim", "claim.id"),
    )
    op.create_table(
        "claim_reporter",
        sa.Column("claim", TEXT, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("claim", "position"),
        _refers("claim", "claim.id"),
        _refers("actor", "actor.id"),
    )
    op.create_table(
        "evidence",
        sa.Column("claim", TEXT, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("paragraph", sa.BigInteger(), nullable=True),
        sa.Column("start", sa.BigInteger(), nullable=True),
        sa.Column("end", sa.BigInteger(), nullable=True),
        sa.Column("sha256", TEXT, nullable=True),
        sa.Column("match_length", sa.BigInteger(), nullable=True),
        sa.Column("match_sha256", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("claim", "number"),
        _refers("claim", "claim.id"),
        _refers("source", "source.id"),
    )
    op.create_table(
        "event_figure",
        sa.Column("event", TEXT, nullable=False),
        sa.Column("claim", TEXT, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("measure", TEXT, nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("event", "claim", "number"),
        _refers("event", "event.id"),
        _refers("claim", "claim.id"),
    )


def _relations() -> None:
    op.create_table(
        "relation",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("label_key", TEXT, nullable=False),
        sa.Column("dossier", TEXT, nullable=False),
        sa.Column("layer", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("object", TEXT, nullable=False),
        sa.Column("post", TEXT, nullable=True),
        sa.Column("post_name", TEXT, nullable=True),
        sa.Column("from_edtf", TEXT, nullable=True),
        sa.Column("from_earliest", sa.BigInteger(), nullable=False),
        sa.Column("from_latest", sa.BigInteger(), nullable=False),
        sa.Column("from_earliest_down", sa.BigInteger(), nullable=False),
        sa.Column("from_qualified", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        _refers("subject", "actor.id"),
        _refers("object", "actor.id"),
    )
    op.create_table(
        "relation_actor",
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("relation", "actor"),
        _refers("relation", "relation.id"),
        _refers("actor", "actor.id"),
    )
    op.create_table(
        "relation_claim",
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("claim", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("relation", "claim"),
        _refers("relation", "relation.id"),
        _refers("claim", "claim.id"),
    )


TABLES = (
    "dossier",
    "entry",
    "record",
    "release",
    "identifier",
    "name",
    "place",
    "place_within",
    "actor",
    "office",
    "source",
    "event",
    "event_aspect",
    "event_context",
    "event_gap",
    "event_link",
    "event_mode",
    "event_place",
    "participation",
    "claim",
    "claim_about",
    "claim_audience",
    "claim_event",
    "claim_figure",
    "claim_relation",
    "claim_reporter",
    "evidence",
    "event_figure",
    "relation",
    "relation_actor",
    "relation_claim",
)
