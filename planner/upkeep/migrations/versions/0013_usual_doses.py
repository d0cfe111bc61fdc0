"""Therapists: the doses that they usually give, by exercise."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("therapist", sa.Column("usual_doses", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("therapist", "usual_doses")
