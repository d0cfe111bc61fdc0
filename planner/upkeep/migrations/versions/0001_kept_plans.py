"""Kept plans, the keys of deleted ones, and when each chore last ran."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_plan",
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_plan")),
    )
    op.create_index(op.f("ix_kept_plan_expires"), "kept_plan", ["expires"])
    op.create_table(
        "kept_gone",
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_gone")),
    )
    op.create_index(op.f("ix_kept_gone_day"), "kept_gone", ["day"])
    op.create_table(
        "chore",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("ran", sa.Date(), nullable=True),
        sa.Column("doubted", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chore")),
    )


def downgrade() -> None:
    op.drop_table("chore")
    op.drop_table("kept_gone")
    op.drop_table("kept_plan")
