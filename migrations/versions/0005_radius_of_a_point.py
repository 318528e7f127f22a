"""How far from its point a place may be."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("place", "event"):
        op.add_column(table, sa.Column("uncertainty_km", sa.Float(), nullable=True))


def downgrade() -> None:
    for table in ("event", "place"):
        op.drop_column(table, "uncertainty_km")
