"""How Alembic runs our migrations: inside the transaction that `planner.upkeep.upgrading.altering` opened."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from planner.upkeep.every_table import METADATA


def plain_type(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """A new migration names what the database has, never a class of ours: that may change after it."""
    return f"sa.{thing.impl!r}" if kind == "type" and isinstance(thing, TypeDecorator) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
