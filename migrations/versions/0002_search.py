"""Search: words of names and texts, points on the unit sphere, and derived documents below a record."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
POINTED = ("event", "place")
AXES = ("x", "y", "z")


def upgrade() -> None:
    op.create_table(
        "word",
        sa.Column("record", TEXT, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("word", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("record", "position"),
        _of_a_record(),
    )
    op.create_table(
        "part",
        sa.Column("record", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("record", "name"),
        _of_a_record(),
    )
    op.add_column("record", sa.Column("document", TEXT, nullable=True))
    for table in POINTED:
        for axis in AXES:
            op.add_column(table, sa.Column(axis, sa.Float(), nullable=True))


def downgrade() -> None:
    for table in POINTED:
        for axis in AXES:
            op.drop_column(table, axis)
    op.drop_column("record", "document")
    op.drop_table("part")
    op.drop_table("word")


def _of_a_record() -> sa.ForeignKeyConstraint:
    # Checked at the end of the build, so that rows may come in any order.
    return sa.ForeignKeyConstraint(["record"], ["record.id"], deferrable=True, initially="DEFERRED")
