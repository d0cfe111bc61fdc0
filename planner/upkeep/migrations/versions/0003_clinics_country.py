"""Clinics: the country whose telephone numbers their sheets have."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinic", sa.Column("country", sa.String(length=12), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("clinic", "country")
