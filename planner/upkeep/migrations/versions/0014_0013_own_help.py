"""Clinics: whether the logo stands without the name, and which other help is their own."""

import sqlalchemy as sa
from alembic import op

revision = "0014_0013"  # it only adds: machines of 0013 go on
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinic", sa.Column("top", sa.String(5), nullable=False, server_default="both"))
    op.add_column("clinic", sa.Column("gives", sa.String(40), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("clinic", "gives")
    op.drop_column("clinic", "top")
