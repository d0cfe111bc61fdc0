"""The waiting room: answers given ahead, words that lead to them, tablets, what patients agreed to, and the clinic's text for that."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def clinics(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=f"fk_{table}_clinic_id_clinic", ondelete="CASCADE")


def upgrade() -> None:
    op.add_column("clinic", sa.Column("consent", sa.String(length=1000), server_default="", nullable=False))
    op.create_table(
        "intake",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("clinic_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        clinics("intake"),
        sa.PrimaryKeyConstraint("key", name="pk_intake"),
    )
    op.create_index("ix_intake_clinic_id", "intake", ["clinic_id"])
    op.create_index("ix_intake_expires", "intake", ["expires"])
    op.create_table(
        "pick_up_word",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("intake_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["intake_key"], ["intake.key"], name="fk_pick_up_word_intake_key_intake", onupdate="CASCADE", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_pick_up_word"),
    )
    op.create_index("ix_pick_up_word_intake_key", "pick_up_word", ["intake_key"])
    op.create_index("ix_pick_up_word_expires", "pick_up_word", ["expires"])
    op.create_table(
        "wrong_words",
        sa.Column("clinic_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        clinics("wrong_words"),
        sa.PrimaryKeyConstraint("clinic_id", name="pk_wrong_words"),
    )
    tablets_and_consents()


def tablets_and_consents() -> None:
    op.create_table(
        "tablet",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("clinic_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        clinics("tablet"),
        sa.PrimaryKeyConstraint("id", name="pk_tablet"),
        sa.UniqueConstraint("token_hash", name="uq_tablet_token_hash"),
    )
    op.create_index("ix_tablet_clinic_id", "tablet", ["clinic_id"])
    op.create_index("ix_tablet_expires", "tablet", ["expires"])
    op.create_table(
        "consent",
        sa.Column("handout_id", sa.String(length=32), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["handout_id"], ["handout.id"], name="fk_consent_handout_id_handout", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("handout_id", name="pk_consent"),
    )
    op.create_index("ix_consent_made", "consent", ["made"])


def downgrade() -> None:
    for table in ("consent", "tablet", "wrong_words", "pick_up_word", "intake"):
        op.drop_table(table)
    op.drop_column("clinic", "consent")
