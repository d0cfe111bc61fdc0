"""Making the tables, and bringing them to another revision: wholly or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from sqlalchemy import Connection, Engine, text

from planner.database.engines import Unavailable, faults, file_of
from planner.database.revisions import config_for, current, known, newest, scripts

UPGRADE_LOCK = 4_210_517  # any number that nothing else locks


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Makes the database if there is none, and brings its tables to `revision`: wholly or not at all. Two at once wait for each other.

    A SQLite file with an older schema is copied first, to `<file>.before-<revision>`. Unavailable on a newer schema or any fault."""
    file = file_of(engine)
    if file and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    found = current(engine)
    if found == newest() and revision == "head":
        return
    if found and not known(found):
        raise Unavailable(f"the database is at revision {found}, which this version of Backplan does not know", updating=True)
    if file and found:
        copy_file(file, file.with_name(f"{file.name}.before-{newest()}"))
    with altering(engine) as connection:
        migrate(connection, revision)


@contextmanager
def altering(engine: Engine) -> Iterator[Connection]:
    """One transaction that may change tables, alone: others that alter wait. On SQLite, foreign keys are checked at its end."""
    with faults(), engine.execution_options(patience=30).connect() as connection:
        if engine.dialect.name == "sqlite":
            raw: sqlite3.Connection = connection.connection.dbapi_connection  # type: ignore[assignment]  # the dialect says which
            raw.execute("pragma foreign_keys=off")  # no effect inside a transaction; changing a table means making it anew
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("set local statement_timeout=0")
                connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
            yield connection
            if engine.dialect.name == "sqlite" and connection.exec_driver_sql("pragma foreign_key_check").first():
                raise Unavailable("rows would be left without those they belong to; nothing was changed")


def migrate(connection: Connection, revision: str) -> None:
    """Up or down to `revision` ("head", "base" or an id), inside the transaction of `connection`."""
    config = config_for(connection)
    if revision == "base" or (revision != "head" and _is_behind(revision, current(connection))):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def _is_behind(revision: str, found: str | None) -> bool:
    """True if going from `found` to `revision` means going down."""
    if found is None or found == revision:
        return False
    return revision in {script.revision for script in scripts().iterate_revisions(found, "base")}


def copy_file(file: Path, to: Path) -> None:
    """A consistent copy of a SQLite file, also while others write to it; only its owner may read it."""
    to.unlink(missing_ok=True)
    to.touch(mode=0o600)
    source, copy = sqlite3.connect(file), sqlite3.connect(to)
    try:
        source.backup(copy)
    finally:
        source.close()
        copy.close()
