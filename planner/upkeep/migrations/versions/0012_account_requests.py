"""Requests for an account, which wait for whoever runs the site. And e-mail that belongs to no clinic."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.String(length=32)


def upgrade() -> None:
    op.create_table(
        "account_request",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_request"),
    )
    op.create_index("ix_account_request_asked", "account_request", ["asked"])
    with op.batch_alter_table("outgoing_mail") as table:
        table.alter_column("clinic_id", nullable=True, existing_type=ID)


def downgrade() -> None:
    op.execute(sa.text("delete from outgoing_mail where clinic_id is null"))
    with op.batch_alter_table("outgoing_mail") as table:
        table.alter_column("clinic_id", nullable=False, existing_type=ID)
    op.drop_table("account_request")
