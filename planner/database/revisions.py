"""The revision of the schema: which one a database has, and which one this program was written for."""

from __future__ import annotations

from functools import cache

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from planner.database.engines import faults, file_of
from planner.folders import PLANNER

MIGRATIONS = PLANNER / "upkeep" / "migrations"


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
    return str(scripts().get_current_head())


def serves(found: str | None, program: str) -> bool:
    """True if a program that was written for one revision may use a database at another. A revision that only adds to the one before
    says so in its id, `0015_0014`: then machines that are not upgraded yet still serve."""
    if found is None or found == program:
        return found is not None
    number, _, oldest = found.partition("_")
    return bool(oldest) and oldest[:4] <= program[:4] < number


def is_newer(found: str | None) -> bool:
    """True for a database that a newer release has brought up, and that this program may go on with: nothing is to be done to it."""
    return found != newest() and serves(found, newest())


def known(revision: str) -> bool:
    """True for a revision that this program can bring up to the newest."""
    return revision in {script.revision for script in scripts().walk_revisions()}


@cache
def scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config_for())


def config_for(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
