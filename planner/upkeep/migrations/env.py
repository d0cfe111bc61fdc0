"""How Alembic runs our migrations: inside the transaction that `planner.upkeep.upgrading.altering` opened."""

from alembic import context

from planner.upkeep.every_table import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True, transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
