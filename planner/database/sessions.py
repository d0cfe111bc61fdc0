"""The database: what tables derive from, sessions that read and write, and the schema that they insist on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, text
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from planner.database.engines import PATIENCE, BadUrl, Unavailable, faults, file_of, open_database, url_from
from planner.folders import PLANNER

__all__ = ["BadUrl", "Base", "Moment", "Unavailable", "current", "newest", "open_database", "reading", "upgrade", "url_from", "writing"]

MIGRATIONS = PLANNER / "upkeep" / "migrations"
UPGRADE_LOCK = 4_210_517  # any number that nothing else locks
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table derives from. Constraints have names, so that migrations can change them on both databases."""

    metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """A point in time: aware, UTC, microseconds kept, the same on both databases. A naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session with one consistent view that can't write, and on SQLite waits for no writer. Unavailable on any fault of the database."""
    with faults(), Session(engine.execution_options(reads=True), expire_on_commit=False) as session:
        check(session)
        yield session


@contextmanager
def writing(engine: Engine, patience: float = PATIENCE) -> Iterator[Session]:
    """A session that commits at the end of the block and rolls back on any exception.

    It waits at most `patience` seconds for other writers. Unavailable on any fault of the database."""
    with faults(), Session(engine.execution_options(patience=patience), expire_on_commit=False) as session:
        check(session)
        yield session
        session.commit()


def check(session: Session) -> None:
    """Unavailable unless the database has the schema that this program was written for."""
    found = current(session.connection())
    if found != newest():
        raise Unavailable(f"the database is at revision {found or 'none'}, this program needs {newest()}", updating=True)


def current(database: Engine | Connection) -> str | None:
    """The revision of the schema; None if there are no tables, or no database file."""
    if isinstance(database, Engine):
        if (file := file_of(database)) and not file.exists():
            return None
        with faults(), database.execution_options(reads=True).connect() as connection:
            return current(connection)
    return MigrationContext.configure(database).get_current_revision()


@cache
def newest() -> str:
    """The revision that this program was written for."""
    return str(_scripts().get_current_head())


def known(revision: str) -> bool:
    """True for a revision that this program can bring up to the newest."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


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
    config = _config(connection)
    if revision == "base" or (revision != "head" and _is_behind(revision, current(connection))):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def _is_behind(revision: str, found: str | None) -> bool:
    """True if going from `found` to `revision` means going down."""
    if found is None or found == revision:
        return False
    return revision in {script.revision for script in _scripts().iterate_revisions(found, "base")}


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
