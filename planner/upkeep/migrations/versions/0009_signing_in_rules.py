"""Signing in: how long a clinic's people may do nothing, whether they need two proofs, when each browser gave one. And e-mail to send."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

IDLE_MINUTES = "720"


def upgrade() -> None:
    op.add_column("clinic", sa.Column("idle_minutes", sa.Integer(), server_default=IDLE_MINUTES, nullable=False))
    op.add_column("clinic", sa.Column("two_factors", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("signed_in", sa.Column("proved", sa.DateTime(timezone=True), nullable=True))
    op.add_column("signed_in", sa.Column("by_passkey", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("therapist", sa.Column("remind", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("therapist", sa.Column("reminded", sa.Date(), nullable=True))
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("clinic_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name="fk_outgoing_mail_clinic_id_clinic", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing_mail"),
    )
    op.create_index("ix_outgoing_mail_clinic_id", "outgoing_mail", ["clinic_id"])
    op.create_index("ix_outgoing_mail_due", "outgoing_mail", ["due"])


def downgrade() -> None:
    op.drop_table("outgoing_mail")
    op.drop_column("therapist", "reminded")
    op.drop_column("therapist", "remind")
    op.drop_column("signed_in", "by_passkey")
    op.drop_column("signed_in", "proved")
    op.drop_column("clinic", "two_factors")
    op.drop_column("clinic", "idle_minutes")
