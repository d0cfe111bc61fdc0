"""Backups: every row of the database in one zip that SQLite and PostgreSQL both restore; and copying from one to the other.

Health links and what patients answered ahead of a visit stay behind, since they live for days and what was ended must not come back;
and so do e-mails that wait, since one that was sent must not go again: what they tell can be made anew.
`about.json` has the revision of the schema and the number of rows; `<table>.jsonl` has one row a line. What JSON lacks is
an object with one key: `$bytes` (base64), `$date`, `$moment`.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Connection, Engine, MetaData, Table, delete, func, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from planner.clinic.tables import Handout, OutgoingMail, Printed
from planner.clinic.waiting_room.intake_tables import Intake, PickUpWord, WrongWords
from planner.database.engines import file_of
from planner.database.revisions import current, known
from planner.database.rows import BATCH
from planner.database.sessions import reading
from planner.kept.health_links import HealthLink
from planner.kept.plans import KeptGone, KeptPlan
from planner.upkeep.backup_rows import Row, plain_value, read_line, read_row
from planner.upkeep.upgrading import altering, copy_file, migrate, upgrade

BACKUP_FORMAT = 1
SHORT_LIVED = (HealthLink, OutgoingMail, Intake, PickUpWord, WrongWords)
LEFT_OUT = ("alembic_version", *(one.__tablename__ for one in SHORT_LIVED))
TRACES = (KeptGone.__tablename__, "chore")  # a database with nothing but these is empty
SEAL_MARK = "secret:"
"""How the names of chores begin that are none: they say with which secret this database is sealed."""
Source = Callable[[Table], Iterator[list[Row]]]
"""The rows of a table, in batches, with values as in the backup's JSON."""


class BadBackup(ValueError):
    """The file can't be restored, or not here; the message is one line."""


def back_up(engine: Engine, file: Path) -> int:
    """Writes one consistent view of the database to a new file that only its owner may read. Returns the number of rows.

    FileExistsError if it is there already; a file that was not finished is never left under its name. BadBackup where there is no row
    at all: nobody has used that database yet, not even `db purge`, and whoever backs it up means another one."""
    if file.exists():
        raise FileExistsError(17, "there is a file already", str(file))
    part = file.with_name(f"{file.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as out, reading(engine) as session:
            if unused(session.connection()):
                raise BadBackup("there is nothing in it yet; if your plans are elsewhere, set DATABASE_URL")
            rows = _write(session.connection(), out)
            out.flush()
            os.fsync(out.fileno())
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    return sum(rows.values())


def _write(connection: Connection, out: IO[bytes]) -> dict[str, int]:
    rows: dict[str, int] = {}
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for table in tables(connection):
            with zipped.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
                for batch in rows_of(connection, table):
                    rows[table.name] = rows.get(table.name, 0) + len(batch)
                    lines.writelines(json.dumps(row, default=plain_value).encode() + b"\n" for row in batch)
        zipped.writestr("about.json", json.dumps({"format": BACKUP_FORMAT, "revision": current(connection), "rows": rows}))
    return rows


def tables(connection: Connection) -> list[Table]:
    """The tables as they are in the database, those that others refer to first. Read from there, since a backup may be older than we."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in LEFT_OUT]


def rows_of(connection: Connection, table: Table) -> Iterator[list[Row]]:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("set local statement_timeout=0")
    found = connection.execute(select(table).order_by(*table.primary_key), execution_options={"yield_per": BATCH})
    for batch in found.mappings().partitions():
        yield [dict(row) for row in batch]


def restore(engine: Engine, file: Path, *, force: bool = False) -> int:
    """Puts a backup's rows into the database, wholly or not at all, and brings them to the newest schema. Returns their number.

    Plans deleted since the backup stay deleted, and what was on a clinic's sheet with them, as far as this database or the backup
    knows of it. BadBackup if the file is
    none, is from a newer Backplan, or (unless `force`) if there are rows already."""
    try:
        with ZipFile(file) as zipped:
            about = json.loads(read_line(zipped.open("about.json")))
            revision, wanted = str(about["revision"]), dict(about["rows"])
            if about["format"] != BACKUP_FORMAT or not known(revision):
                raise BadBackup(f"{file} was made by a newer Backplan (revision {revision})")
            upgrade(engine)
            if force and (place := file_of(engine)) and (copied := kept_before(engine)):
                copy_file(place, copied)
            with altering(engine) as connection:
                _replace(connection, revision, wanted, lambda table: _lines(zipped, table, wanted), force=force)
            return sum(wanted.values())
    except BadBackup:
        raise
    except (BadZipFile, zlib.error, KeyError, TypeError, ValueError, EOFError, RecursionError, SQLAlchemyError) as fault:
        raise BadBackup(f"{file} is not a backup of Backplan, or is damaged ({type(fault).__name__})") from fault


def kept_before(engine: Engine) -> Path | None:
    """Where the rows are that were there before a restore by force; None on PostgreSQL, where no copy is made."""
    place = file_of(engine)
    return place.absolute().with_name(f"{place.name}.before-restore") if place else None


def _lines(zipped: ZipFile, table: Table, wanted: dict[str, int]) -> Iterator[list[Row]]:
    """The rows of a table, in batches; ValueError if there are fewer or more than the backup says."""
    if table.name not in wanted:
        return
    batch: list[Row] = []
    count = 0
    with zipped.open(f"{table.name}.jsonl") as lines:
        while line := read_line(lines):
            count += 1
            batch.append(json.loads(line))
            if len(batch) == BATCH:
                yield batch
                batch = []
    if count != wanted[table.name]:
        raise ValueError(table.name)
    yield batch


def _replace(connection: Connection, revision: str, rows: Collection[str], source: Source, *, force: bool) -> None:
    """The tables anew at the backup's revision, its rows, then the way to today's schema. ValueError if it has rows of a table that is
    none: they would be lost."""
    if not force and not empty(connection):
        raise BadBackup("the database is not empty; --force replaces what is in it")
    gone = [dict(row) for row in connection.execute(select(KeptGone.key, KeptGone.day)).mappings()]
    migrate(connection, "base")
    migrate(connection, revision)
    if strange := set(rows) - {table.name for table in tables(connection)}:
        raise ValueError(*strange)
    fill(connection, source)
    migrate(connection, "head")
    known_gone = set(connection.scalars(select(KeptGone.key)))
    if fresh := [row for row in gone if row["key"] not in known_gone]:
        connection.execute(insert(KeptGone), fresh)
    gone_keys = select(KeptGone.key)
    connection.execute(delete(KeptPlan).where(KeptPlan.key.in_(gone_keys)))
    sheets = select(Handout.id).where(Handout.kept_key.in_(gone_keys))
    connection.execute(update(Printed).where(Printed.handout_id.in_(sheets)).values(sheet=None))


def empty(connection: Connection) -> bool:
    return all(connection.execute(select(table).limit(1)).first() is None for table in tables(connection) if table.name not in TRACES)


def unused(connection: Connection) -> bool:
    """True when there is not even a trace of a purge: the tables were made, and that was all."""
    return empty(connection) and not any(
        connection.execute(text(said), {"mark": f"{SEAL_MARK}%"}).first()
        for said in ("select 1 from kept_gone", "select 1 from chore where name not like :mark")
    )


def fill(connection: Connection, source: Source) -> None:
    """Inserts what `source` gives for each table, and sets PostgreSQL's counters behind the last row."""
    for table in tables(connection):
        for batch in source(table):
            if batch:
                connection.execute(insert(table), [read_row(row, table) for row in batch])
        if connection.dialect.name == "postgresql":
            _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    for column in table.primary_key:
        counter = connection.scalar(text("select pg_get_serial_sequence(:t, :c)"), {"t": table.name, "c": column.name})
        last = connection.scalar(select(func.max(column))) if counter else None
        if last is not None:
            connection.execute(text("select setval(cast(:counter as regclass), :last)"), {"counter": counter, "last": last})


def copy(engine: Engine, to: Engine) -> int:
    """Copies every row to another database, which must be empty; for moving from SQLite to PostgreSQL. Returns their number."""
    upgrade(to)
    with reading(engine) as session, altering(to) as target:
        source = session.connection()
        if not empty(target):
            raise BadBackup("the other database is not empty")
        target.execute(delete(KeptGone))
        target.exec_driver_sql("delete from chore")
        mine = {table.name: table for table in tables(source)}
        counted = 0

        def rows(table: Table) -> Iterator[list[Row]]:
            nonlocal counted
            for batch in rows_of(source, mine[table.name]):
                counted += len(batch)
                yield [{name: json.loads(json.dumps(value, default=plain_value)) for name, value in row.items()} for row in batch]

        fill(target, rows)
    return counted
