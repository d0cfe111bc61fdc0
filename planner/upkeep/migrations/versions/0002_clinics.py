"""Clinics: people, sign-ins, one-time links, what happened, handouts, packs and notes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
TABLES = ("clinic", "therapist", "invitation", "audit", "signed_in", "passkey", "recovery", "spent", "handout", "clinic_pack", "note")


def upgrade() -> None:
    clinic()
    therapist()
    invitation()
    audit()
    signed_in()
    passkey()
    recovery()
    spent()
    handout()
    clinic_pack()
    note()


def clinic() -> None:
    op.create_table(
        "clinic",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("web", sa.String(length=120), nullable=False),
        sa.Column("paper", sa.String(length=6), nullable=False),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.Column("review_weeks", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(length=160), nullable=False),
        sa.Column("ink", sa.String(length=7), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("paper in ('A4', 'Letter')", name=op.f("ck_clinic_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic")),
    )


def therapist() -> None:
    op.create_table(
        "therapist",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("clinic_id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("initials", sa.String(length=4), nullable=False),
        sa.Column("role", sa.String(length=9), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("totp", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role in ('owner', 'therapist')", name=op.f("ck_therapist_role")),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_therapist_clinic_id_clinic"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_therapist")),
        sa.UniqueConstraint("email", name=op.f("uq_therapist_email")),
    )
    op.create_index(op.f("ix_therapist_clinic_id"), "therapist", ["clinic_id"], unique=False)


def invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("clinic_id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=9), nullable=False),
        sa.Column("therapist_id", sa.String(length=32), nullable=True),
        sa.Column("invited_by", sa.String(length=32), nullable=True),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role in ('owner', 'therapist')", name=op.f("ck_invitation_role")),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_invitation_clinic_id_clinic"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["invited_by"], ["therapist.id"], name=op.f("fk_invitation_invited_by_therapist"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_invitation_therapist_id_therapist"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_clinic_id"), "invitation", ["clinic_id"], unique=False)
    op.create_index(op.f("ix_invitation_therapist_id"), "invitation", ["therapist_id"], unique=False)


def audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("clinic_id", sa.String(length=32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("therapist_id", sa.String(length=32), nullable=True),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("about", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_audit_clinic_id_clinic"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_audit_therapist_id_therapist"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_clinic_id"), "audit", ["clinic_id", "at"], unique=False)


def signed_in() -> None:
    op.create_table(
        "signed_in",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("therapist_id", sa.String(length=32), nullable=False),
        sa.Column("begun", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_signed_in_therapist_id_therapist"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_signed_in")),
    )
    op.create_index(op.f("ix_signed_in_expires"), "signed_in", ["expires"], unique=False)
    op.create_index(op.f("ix_signed_in_therapist_id"), "signed_in", ["therapist_id"], unique=False)


def passkey() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("therapist_id", sa.String(length=32), nullable=False),
        sa.Column("credential", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_passkey_therapist_id_therapist"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkey_credential")),
    )
    op.create_index(op.f("ix_passkey_therapist_id"), "passkey", ["therapist_id"], unique=False)


def recovery() -> None:
    op.create_table(
        "recovery",
        sa.Column("therapist_id", sa.String(length=32), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_recovery_therapist_id_therapist"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("therapist_id", "code_hash", name=op.f("pk_recovery")),
    )


def spent() -> None:
    op.create_table(
        "spent",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_spent")),
    )
    op.create_index(op.f("ix_spent_expires"), "spent", ["expires"], unique=False)


def handout() -> None:
    op.create_table(
        "handout",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("clinic_id", sa.String(length=32), nullable=False),
        sa.Column("therapist_id", sa.String(length=32), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=False),
        sa.Column("kept_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_code", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.String(length=32), nullable=True),
        sa.Column("read_back", sa.Boolean(), nullable=False),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_handout_clinic_id_clinic"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["previous"],
            ["handout.id"],
            name=op.f("fk_handout_previous_handout"),
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_handout_therapist_id_therapist"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout")),
    )
    op.create_index(op.f("ix_handout_clinic_id"), "handout", ["clinic_id", "made"], unique=False)
    op.create_index(op.f("ix_handout_kept_key"), "handout", ["kept_key"], unique=False)
    op.create_index(op.f("ix_handout_previous"), "handout", ["previous"], unique=False)
    op.create_index(op.f("ix_handout_therapist_id"), "handout", ["therapist_id"], unique=False)


def clinic_pack() -> None:
    op.create_table(
        "clinic_pack",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("clinic_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_clinic_pack_clinic_id_clinic"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic_pack")),
    )
    op.create_index(op.f("ix_clinic_pack_clinic_id"), "clinic_pack", ["clinic_id"], unique=False)


def note() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("clinic_id", sa.String(length=32), nullable=False),
        sa.Column("therapist_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_note_clinic_id_clinic"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_note_therapist_id_therapist"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_clinic_id"), "note", ["clinic_id"], unique=False)
    op.create_index(op.f("ix_note_therapist_id"), "note", ["therapist_id"], unique=False)


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
