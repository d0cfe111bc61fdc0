"""Sheets as they were printed, sealed for their clinic, and for how many years it keeps the text for its notes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinic", sa.Column("keep_years", sa.Integer(), nullable=False, server_default="8"))
    op.create_table(
        "printed",
        sa.Column("handout_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("therapist_id", sa.String(length=32), nullable=True),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=True),
        sa.Column("chart", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["handout_id"], ["handout.id"], name=op.f("fk_printed_handout_id_handout"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_printed_therapist_id_therapist"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("handout_id", "number", name=op.f("pk_printed")),
    )
    op.create_index(op.f("ix_printed_made"), "printed", ["made"])
    op.create_index(op.f("ix_printed_therapist_id"), "printed", ["therapist_id"])


def downgrade() -> None:
    op.drop_table("printed")
    op.drop_column("clinic", "keep_years")
