"""Kept plans: a diary beside each, sealed, with a version of its own. It goes with its plan."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("kept_plan", sa.Column("diary", sa.LargeBinary(), nullable=True))
    op.add_column("kept_plan", sa.Column("diary_version", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("kept_plan", "diary_version")
    op.drop_column("kept_plan", "diary")
