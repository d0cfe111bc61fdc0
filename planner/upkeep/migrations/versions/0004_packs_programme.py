"""Packs: the programme of the sheet they were made from, sealed. A pack without one is a set of answers, as before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinic_pack", sa.Column("programme", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("clinic_pack", "programme")
