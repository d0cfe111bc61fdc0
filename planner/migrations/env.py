"""How Alembic runs our migrations: inside the transaction that `planner.database.altering` opened."""

from alembic import context

from planner.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True, transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
