"""The tables of a release: records by number, their documents, what they have several of, and the indexes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = None
branch_labels = None
depends_on = None

# Bytewise everywhere: SQLite compares so by itself, PostgreSQL by the collation "C".
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
# The only type that SQLite takes for the key of its tables; PostgreSQL has room for more.
COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# A table that is looked up by its whole key alone: SQLite keeps such a one as a single tree.
KEYED = {"sqlite_with_rowid": False}


def upgrade() -> None:
    _register()
    _indexes()
    _dossiers_and_places()
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
        "release",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("issued", TEXT, nullable=False),
        sa.Column("schema_version", TEXT, nullable=False),
        sa.Column("folding_version", TEXT, nullable=False),
        sa.Column("match_version", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "record",
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=True),
        sa.Column("dossier", TEXT, nullable=True),
        sa.Column("layer", TEXT, nullable=True),
        sa.Column("target", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("last_release", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "document",
        sa.Column("number", COUNT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number"),
        _refers("number", "record.number"),
    )
    op.create_table(
        "part",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("first", COUNT, nullable=False, autoincrement=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", "first"),
    )
    op.create_table(
        "entry",
        sa.Column("position", COUNT, nullable=False, autoincrement=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_table(
        "text",
        sa.Column("number", COUNT, nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number"),
        _refers("number", "record.number"),
    )
    op.create_table(
        "name",
        sa.Column("record", COUNT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("record", "value", "key"),
        _refers("record", "record.number"),
        **KEYED,
    )
    op.create_table(
        "identifier",
        sa.Column("record", COUNT, nullable=False),
        sa.Column("scheme", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("record", "scheme"),
        _refers("record", "record.number"),
        **KEYED,
    )


def _indexes() -> None:
    op.create_table(
        "posting",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("place", COUNT, nullable=False, autoincrement=False),
        sa.Column("size", COUNT, nullable=False),
        sa.Column("records", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", "value", "place"),
        **KEYED,
    )
    op.create_table(
        "bin",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("place", COUNT, nullable=False, autoincrement=False),
        sa.Column("bin", COUNT, nullable=False, autoincrement=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("records", sa.LargeBinary(), nullable=False),
        sa.Column("below", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", "place", "bin"),
    )
    op.create_table(
        "ordering",
        sa.Column("collection", TEXT, nullable=False),
        sa.Column("word", TEXT, nullable=False),
        sa.Column("valued", COUNT, nullable=False),
        sa.Column("records", sa.LargeBinary(), nullable=True),
        sa.Column("starts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("collection", "word"),
    )


def _dossiers_and_places() -> None:
    op.create_table(
        "dossier",
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("edition", TEXT, nullable=False),
        sa.Column("issued", TEXT, nullable=False),
        sa.Column("licence", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "place",
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("parent", COUNT, nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("own_point", sa.Boolean(), nullable=False),
        sa.Column("precision", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number"),
        _refers("parent", "place.number"),
    )
    op.create_table(
        "place_within",
        sa.Column("place", COUNT, nullable=False),
        sa.Column("around", COUNT, nullable=False),
        sa.PrimaryKeyConstraint("place", "around"),
        _refers("place", "place.number"),
        _refers("around", "place.number"),
        **KEYED,
    )


def _actors() -> None:
    op.create_table(
        "actor",
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("classification", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )


def _sources() -> None:
    op.create_table(
        "source",
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("title_basis", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("publisher", COUNT, nullable=True),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("date_edtf", TEXT, nullable=True),
        sa.Column("date_earliest", sa.BigInteger(), nullable=False),
        sa.Column("date_latest", sa.BigInteger(), nullable=False),
        sa.Column("date_qualified", sa.Boolean(), nullable=False),
        sa.Column("date_known_start", COUNT, nullable=True),
        sa.Column("date_known_end", COUNT, nullable=True),
        sa.Column("original_url", TEXT, nullable=True),
        sa.Column("sha256", TEXT, nullable=True),
        sa.Column("length", COUNT, nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("archived_url", TEXT, nullable=True),
        sa.Column("archived_at", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("number"),
        _refers("publisher", "actor.number"),
    )
    op.create_table(
        "source_address",
        sa.Column("source", COUNT, nullable=False),
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("publisher", COUNT, nullable=True),
        sa.Column("url", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("source", "number"),
        _refers("source", "source.number"),
        _refers("publisher", "actor.number"),
        **KEYED,
    )


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("date_edtf", TEXT, nullable=True),
        sa.Column("date_earliest", sa.BigInteger(), nullable=False),
        sa.Column("date_latest", sa.BigInteger(), nullable=False),
        sa.Column("date_qualified", sa.Boolean(), nullable=False),
        sa.Column("date_known_start", COUNT, nullable=True),
        sa.Column("date_known_end", COUNT, nullable=True),
        sa.Column("place", COUNT, nullable=True),
        sa.Column("place_basis", TEXT, nullable=True),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("own_point", sa.Boolean(), nullable=False),
        sa.Column("place_precision", TEXT, nullable=True),
        sa.Column("part_of", COUNT, nullable=True),
        sa.Column("differing", sa.Boolean(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        _refers("place", "place.number"),
        _refers("part_of", "event.number"),
    )
    op.create_table(
        "event_aspect",
        sa.Column("event", COUNT, nullable=False),
        sa.Column("aspect", TEXT, nullable=False),
        sa.Column("question", TEXT, nullable=False),
        sa.Column("measure", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("event", "aspect"),
        _refers("event", "event.number"),
        **KEYED,
    )
    op.create_table(
        "event_context",
        sa.Column("event", COUNT, nullable=False),
        sa.Column("context", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("event", "context"),
        _refers("event", "event.number"),
        **KEYED,
    )
    op.create_table(
        "event_gap",
        sa.Column("event", COUNT, nullable=False),
        sa.Column("aspect", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("event", "aspect"),
        _refers("event", "event.number"),
        **KEYED,
    )
    op.create_table(
        "event_link",
        sa.Column("event", COUNT, nullable=False),
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("target", COUNT, nullable=False),
        sa.PrimaryKeyConstraint("event", "relation", "target"),
        _refers("event", "event.number"),
        _refers("target", "event.number"),
        **KEYED,
    )
    op.create_table(
        "event_mode",
        sa.Column("event", COUNT, nullable=False),
        sa.Column("mode", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("event", "mode"),
        _refers("event", "event.number"),
        **KEYED,
    )
    op.create_table(
        "event_place",
        sa.Column("event", COUNT, nullable=False),
        sa.Column("place", COUNT, nullable=False),
        sa.PrimaryKeyConstraint("event", "place"),
        _refers("event", "event.number"),
        _refers("place", "place.number"),
        **KEYED,
    )
    op.create_table(
        "participation",
        sa.Column("event", COUNT, nullable=False),
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("actor", COUNT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("side", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("event", "number"),
        _refers("event", "event.number"),
        _refers("actor", "actor.number"),
        **KEYED,
    )


def _claims() -> None:
    op.create_table(
        "claim",
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("narrated", sa.Boolean(), nullable=False),
        sa.Column("speaker", COUNT, nullable=True),
        sa.Column("speaker_role", TEXT, nullable=True),
        sa.Column("attribution", TEXT, nullable=True),
        sa.Column("on_behalf_of", COUNT, nullable=True),
        sa.Column("medium", TEXT, nullable=True),
        sa.Column("platform", TEXT, nullable=True),
        sa.Column("platform_name", TEXT, nullable=True),
        sa.Column("said_edtf", TEXT, nullable=True),
        sa.Column("said_earliest", sa.BigInteger(), nullable=False),
        sa.Column("said_latest", sa.BigInteger(), nullable=False),
        sa.Column("said_qualified", sa.Boolean(), nullable=False),
        sa.Column("said_known_start", COUNT, nullable=True),
        sa.Column("said_known_end", COUNT, nullable=True),
        sa.Column("aspect", TEXT, nullable=True),
        sa.Column("quote", TEXT, nullable=False),
        sa.Column("modality", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("corroborated", sa.Boolean(), nullable=False),
        sa.Column("differing", sa.Boolean(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("agreeing", sa.Boolean(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        _refers("speaker", "actor.number"),
        _refers("on_behalf_of", "actor.number"),
    )
    op.create_table(
        "claim_about",
        sa.Column("claim", COUNT, nullable=False),
        sa.Column("target", COUNT, nullable=False),
        sa.PrimaryKeyConstraint("claim", "target"),
        _refers("claim", "claim.number"),
        _refers("target", "record.number"),
        **KEYED,
    )
    op.create_table(
        "claim_audience",
        sa.Column("claim", COUNT, nullable=False),
        sa.Column("actor", COUNT, nullable=False),
        sa.PrimaryKeyConstraint("claim", "actor"),
        _refers("claim", "claim.number"),
        _refers("actor", "actor.number"),
        **KEYED,
    )
    op.create_table(
        "claim_event",
        sa.Column("claim", COUNT, nullable=False),
        sa.Column("event", COUNT, nullable=False),
        sa.PrimaryKeyConstraint("claim", "event"),
        _refers("claim", "claim.number"),
        _refers("event", "event.number"),
        **KEYED,
    )
    op.create_table(
        "claim_figure",
        sa.Column("claim", COUNT, nullable=False),
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("measure", TEXT, nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("as_of", TEXT, nullable=True),
        sa.Column("as_of_time", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("claim", "number"),
        _refers("claim", "claim.number"),
        **KEYED,
    )
    op.create_table(
        "claim_relation",
        sa.Column("claim_id", COUNT, nullable=False),
        sa.Column("relation", TEXT, nullable=False),
        sa.Column("claim", COUNT, nullable=False),
        sa.Column("inverse", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", "relation", "claim", "inverse"),
        _refers("claim_id", "claim.number"),
        _refers("claim", "claim.number"),
        **KEYED,
    )
    op.create_table(
        "claim_reporter",
        sa.Column("claim", COUNT, nullable=False),
        sa.Column("position", COUNT, nullable=False, autoincrement=False),
        sa.Column("actor", COUNT, nullable=False),
        sa.PrimaryKeyConstraint("claim", "position"),
        _refers("claim", "claim.number"),
        _refers("actor", "actor.number"),
        **KEYED,
    )
    op.create_table(
        "evidence",
        sa.Column("claim", COUNT, nullable=False),
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("source", COUNT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("paragraph", COUNT, nullable=True),
        sa.Column("start", COUNT, nullable=True),
        sa.Column("end", COUNT, nullable=True),
        sa.Column("sha256", TEXT, nullable=True),
        sa.Column("match_length", COUNT, nullable=True),
        sa.Column("match_sha256", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("claim", "number"),
        _refers("claim", "claim.number"),
        _refers("source", "source.number"),
        **KEYED,
    )
    op.create_table(
        "event_figure",
        sa.Column("event", COUNT, nullable=False),
        sa.Column("claim", COUNT, nullable=False),
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("measure", TEXT, nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("event", "claim", "number"),
        _refers("event", "event.number"),
        _refers("claim", "claim.number"),
        **KEYED,
    )


def _relations() -> None:
    op.create_table(
        "relation",
        sa.Column("number", COUNT, nullable=False, autoincrement=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("subject", COUNT, nullable=False),
        sa.Column("object", COUNT, nullable=False),
        sa.Column("post", TEXT, nullable=True),
        sa.Column("post_name", TEXT, nullable=True),
        sa.Column("from_edtf", TEXT, nullable=True),
        sa.Column("from_earliest", sa.BigInteger(), nullable=False),
        sa.Column("from_latest", sa.BigInteger(), nullable=False),
        sa.Column("from_qualified", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        _refers("subject", "actor.number"),
        _refers("object", "actor.number"),
    )
    op.create_table(
        "office",
        sa.Column("actor", COUNT, nullable=False),
        sa.Column("relation", COUNT, nullable=False),
        sa.Column("post", TEXT, nullable=False),
        sa.Column("post_name", TEXT, nullable=False),
        sa.Column("organisation", COUNT, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "relation"),
        _refers("actor", "actor.number"),
        _refers("relation", "relation.number"),
        _refers("organisation", "actor.number"),
        **KEYED,
    )
    op.create_table(
        "relation_actor",
        sa.Column("relation", COUNT, nullable=False),
        sa.Column("actor", COUNT, nullable=False),
        sa.PrimaryKeyConstraint("relation", "actor"),
        _refers("relation", "relation.number"),
        _refers("actor", "actor.number"),
        **KEYED,
    )
    op.create_table(
        "relation_claim",
        sa.Column("relation", COUNT, nullable=False),
        sa.Column("claim", COUNT, nullable=False),
        sa.PrimaryKeyConstraint("relation", "claim"),
        _refers("relation", "relation.number"),
        _refers("claim", "claim.number"),
        **KEYED,
    )


TABLES = (
    "release",
    "record",
    "document",
    "part",
    "entry",
    "text",
    "name",
    "identifier",
    "posting",
    "bin",
    "ordering",
    "dossier",
    "place",
    "place_within",
    "actor",
    "source",
    "source_address",
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
    "office",
    "relation_actor",
    "relation_claim",
)
