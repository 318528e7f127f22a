"""The currency of a figure of money."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for table in ("claim_figure", "event_figure"):
        op.add_column(table, sa.Column("currency", TEXT, nullable=True))


def downgrade() -> None:
    for table in ("event_figure", "claim_figure"):
        op.drop_column(table, "currency")
