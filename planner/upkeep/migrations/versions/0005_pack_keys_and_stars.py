"""Packs: a key of their own, and each therapist's stars and order. A pack that had a number by its place keeps that number."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOST_KEY = 9


def upgrade() -> None:
    op.add_column("clinic_pack", sa.Column("key", sa.Integer(), nullable=True))
    op.create_index("uq_clinic_pack_key", "clinic_pack", ["clinic_id", "key"], unique=True)
    op.add_column("therapist", sa.Column("packs", sa.Text(), nullable=True))
    keep_numbers(op.get_bind())


def keep_numbers(connection: sa.Connection) -> None:
    """A clinic's packs were numbered by their titles, before ours."""
    packs = sa.table("clinic_pack", sa.column("id"), sa.column("clinic_id"), sa.column("title"), sa.column("key"))
    wanted = sa.select(packs.c.id, packs.c.clinic_id).order_by(packs.c.clinic_id, sa.func.lower(packs.c.title), packs.c.id)
    number: dict[str, int] = {}
    for name, clinic in connection.execute(wanted).all():
        number[clinic] = number.get(clinic, 0) + 1
        if number[clinic] <= MOST_KEY:
            connection.execute(sa.update(packs).where(packs.c.id == name).values(key=number[clinic]))


def downgrade() -> None:
    op.drop_column("therapist", "packs")
    op.drop_index("uq_clinic_pack_key", table_name="clinic_pack")
    op.drop_column("clinic_pack", "key")
