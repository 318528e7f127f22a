"""The words of each stem, so that a word is found in all its forms."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Bytewise everywhere: SQLite compares so by itself, PostgreSQL by the collation "C".
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "form",
        sa.Column("stem", TEXT, nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("stem"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("form")
