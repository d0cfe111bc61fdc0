"""Signing in: how long a clinic's people may do nothing, whether they need two proofs, and when each browser last gave one."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0005"
branch_labels = None
depends_on = None

IDLE_MINUTES = "720"


def upgrade() -> None:
    op.add_column("clinic", sa.Column("idle_minutes", sa.Integer(), server_default=IDLE_MINUTES, nullable=False))
    op.add_column("clinic", sa.Column("two_factors", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("signed_in", sa.Column("proved", sa.DateTime(timezone=True), nullable=True))
    op.add_column("signed_in", sa.Column("by_passkey", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("signed_in", "by_passkey")
    op.drop_column("signed_in", "proved")
    op.drop_column("clinic", "two_factors")
    op.drop_column("clinic", "idle_minutes")
