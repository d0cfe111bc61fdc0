"""Sessions that read and write, and the schema that they insist on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from planner.database.engines import PATIENCE, Unavailable, faults
from planner.database.revisions import current, newest, serves


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
    """Unavailable unless the database has the schema that this program was written for, or one that only adds to it."""
    found = current(session.connection())
    if found is None:
        raise Unavailable("it has no tables of Backplan: is DATABASE_URL right? `db upgrade` makes them", updating=True)
    if not serves(found, newest()):
        raise Unavailable(f"the database is at revision {found}, this program needs {newest()}", updating=True)
