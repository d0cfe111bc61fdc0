"""Trying a database out: every table is read, and a row is really written."""

from __future__ import annotations

from sqlalchemy import delete, insert, literal_column, select
from sqlalchemy.orm import Session

from planner.upkeep.every_table import METADATA
from planner.upkeep.purge import Chore

TRIED = "tried"


def try_out(session: Session) -> None:
    """Reads the beginning of every table, and writes a row and takes it back, so that nothing stays. Commits; raises what the database
    raises. A transaction alone would succeed on a full disk, and one table says nothing about the pages of another."""
    for table in METADATA.sorted_tables:
        session.execute(select(literal_column("*")).select_from(table).limit(1)).first()
    session.execute(insert(Chore).values(name=TRIED))
    session.execute(delete(Chore).where(Chore.name == TRIED))
    session.commit()
