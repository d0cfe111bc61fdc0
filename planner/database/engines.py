"""Engines: which database is meant, how SQLite and PostgreSQL are opened, and what is raised when they can't be used."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from planner.folders import INSTANCE
from planner.settings_table import SETTINGS

DEFAULT_URL = f"sqlite:///{INSTANCE / 'backplan.sqlite3'}"
PATIENCE = 5.0  # seconds a write waits for its turn


class Unavailable(Exception):
    """The database can't be used now; the message is one line. `updating`: its schema is older or newer than this program."""

    def __init__(self, message: str, *, updating: bool = False) -> None:
        super().__init__(message)
        self.updating = updating


class BadUrl(ValueError):
    """The address can't be used; the message, without it, is how "NAME must be …" goes on."""


def url_from(environment: Mapping[str, str] = os.environ) -> str:
    """DATABASE_URL in SQLAlchemy's spelling, or the file of this installation. BadUrl if it is neither SQLite nor PostgreSQL."""
    given, wanted = environment.get("DATABASE_URL", "").strip() or DEFAULT_URL, SETTINGS["DATABASE_URL"]
    if not wanted.fits(given):
        raise BadUrl(wanted.wanted)
    scheme, _, rest = given.partition("://")
    if scheme in ("postgres", "postgresql"):
        given = f"postgresql+psycopg://{rest}"
    try:
        make_url(given)
    except (ArgumentError, ValueError) as error:
        raise BadUrl(wanted.wanted) from error
    return given


def named(url: str) -> str:
    """How a database is called in a line for people: `url` as `url_from` gives it, without password and options."""
    made = make_url(url)
    if made.drivername == "sqlite":
        return f"sqlite:///{Path(str(made.database)).absolute()}"
    return URL.create("postgresql", made.username, None, made.host, made.port, made.database).render_as_string()


def file_of(engine: Engine) -> Path | None:
    """The file of a SQLite database; None on PostgreSQL."""
    return Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None


def open_database(url: str, *, prompt: bool = False) -> Engine:
    """An engine with settings that were measured. Nothing is connected yet; a missing SQLite file is never made here.

    `prompt`: for pages, which would rather say that the database is away than wait for it."""
    return _open_sqlite(url) if url.startswith("sqlite") else _open_postgresql(url, prompt=prompt)


def _open_sqlite(url: str) -> Engine:
    file = Path(str(make_url(url).database)).absolute()

    def connect() -> sqlite3.Connection:
        if not file.exists():
            raise sqlite3.OperationalError("there is no such file; `db upgrade` makes a new database")
        # mode=rw: an empty new database over a lost one would look as if nobody had ever kept anything.
        made = sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True, timeout=PATIENCE, check_same_thread=False)
        made.isolation_level = None  # we send BEGIN ourselves
        for setting in ("journal_mode=wal", "synchronous=normal", "foreign_keys=on", "secure_delete=on"):
            made.execute(f"pragma {setting}")
        return made

    # No pool: a connection that outlives its file would go on writing into a file without a name.
    engine = create_engine(url, creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"pragma busy_timeout={int(options.get('patience', PATIENCE) * 1000)}")
    # A plain BEGIN takes the write lock late: of two that read before they write, one change would be lost.
    connection.exec_driver_sql("BEGIN" if options.get("reads") else "BEGIN IMMEDIATE")


def _open_postgresql(url: str, *, prompt: bool) -> Engine:
    connect = {
        "connect_timeout": 3,
        "tcp_user_timeout": 3000,
        "keepalives_idle": 2,
        "keepalives_interval": 1,
        "keepalives_count": 2,
        "options": "-c statement_timeout=5000 -c idle_in_transaction_session_timeout=20000",
    }
    engine = create_engine(url, pool_pre_ping=True, pool_timeout=3, pool_recycle=300, connect_args=connect, hide_parameters=True)
    event.listen(engine, "begin", _begin_postgresql)
    if prompt:
        from planner.database.hanging import never_wait_long  # on SQLite nobody needs PostgreSQL's client

        never_wait_long(engine)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"set local lock_timeout={int(options.get('patience', PATIENCE) * 1000)}")
    if options.get("reads"):
        connection.exec_driver_sql("set transaction isolation level repeatable read, read only")


@contextmanager
def faults() -> Iterator[None]:
    """Locked, full, gone, corrupt, cut off: to the caller it is all one. Faults of a statement (constraints, data) pass as they are."""
    try:
        yield
    except (OperationalError, InterfaceError, InternalError, NoConnection) as fault:
        raise Unavailable(_reason(fault)) from fault
    except DatabaseError as fault:
        if type(fault) is not DatabaseError:
            raise
        raise Unavailable(_reason(fault)) from fault


def _reason(fault: Exception) -> str:
    """The driver's first line. SQLAlchemy's own message would show statements."""
    lines = str(getattr(fault, "orig", None) or type(fault).__name__).strip().splitlines()
    return lines[0] if lines else type(fault).__name__
