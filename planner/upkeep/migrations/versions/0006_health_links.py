"""Health links: an encrypted copy of a kept plan, which goes with the plan and is over after some days."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "health_link",
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("place", sa.LargeBinary(32), nullable=False),
        sa.Column("salt", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key"], ["kept_plan.key"], name=op.f("fk_health_link_key_kept_plan"), onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_health_link")),
        sa.UniqueConstraint("place", name=op.f("uq_health_link_place")),
    )
    op.create_index(op.f("ix_health_link_expires"), "health_link", ["expires"])


def downgrade() -> None:
    op.drop_table("health_link")
