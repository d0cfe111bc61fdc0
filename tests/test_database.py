"""The database underneath: no update lost, no empty file over a missing one, and every fault is told."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Mapped, mapped_column

from planner.database.engines import DEFAULT_URL, BadUrl, Unavailable, file_of, open_database, url_from
from planner.database.revisions import current
from planner.database.rows import Base, Moment
from planner.database.sessions import reading, writing
from planner.upkeep.every_table import METADATA
from planner.upkeep.purge import Chore
from tests.keeping import find, keep, read_only, rows
from tests.postgres import Cluster

ROOT = Path(__file__).parent.parent


def test_of_240_increments_none_is_lost(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(text("create table counter (n integer)"))
        session.execute(text("insert into counter values (0)"))
    row = "select n from counter for update" if engine.dialect.name == "postgresql" else "select n from counter"

    def add() -> None:
        for _ in range(60):
            with writing(engine) as session:
                number = session.scalar(text(row))
                session.execute(text("update counter set n = :n"), {"n": number + 1})

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as session:
        assert session.scalar(text("select n from counter")) == 240


class Appointment(Base):
    """A table that only this test has."""

    __tablename__ = "appointment"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


APPOINTMENTS = METADATA.tables["appointment"]
METADATA.remove(APPOINTMENTS)


def test_a_moment_is_the_same_on_both_databases(engine: Engine) -> None:
    exact = datetime(2026, 11, 21, 23, 59, 59, 123457, timezone(timedelta(hours=-5)))
    with writing(engine) as session:
        session.connection().execute(text("set time zone 'Asia/Tokyo'")) if engine.dialect.name == "postgresql" else None
        APPOINTMENTS.create(session.connection())
        session.add(Appointment(name="one", at=exact))
    with reading(engine) as session:
        found = session.get_one(Appointment, "one").at
    assert found == exact and found.tzinfo == UTC and found.microsecond == 123457
    with pytest.raises(StatementError, match="time zone"), writing(engine) as session:
        session.execute(insert(Appointment).values(name="two", at=datetime(2026, 11, 21)))


def test_a_reading_session_cannot_write(postgres_url: str) -> None:
    engine = open_database(postgres_url)
    with pytest.raises(Unavailable, match="read-only"), reading(engine) as session:
        session.execute(text("delete from kept_plan"))
    engine.dispose()


def test_a_fault_of_a_statement_is_not_a_fault_of_the_database(engine: Engine) -> None:
    with pytest.raises(IntegrityError) as told, writing(engine) as session:
        session.execute(insert(Chore), [{"name": "my own words"}] * 2)
    assert "parameters hidden" in str(told.value), "values could be answers"
    assert rows(engine) == 0


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another process's long write."""
    other = open_database(url)
    with other.begin() as connection:
        if other.dialect.name == "postgresql":
            connection.execute(text("lock table kept_plan in access exclusive mode"))
        yield
    other.dispose()


@pytest.mark.slow
def test_a_locked_database_is_told_in_time(database_url: str, engine: Engine) -> None:
    with locked(database_url):
        for patience, least, most in ((0.2, 0.1, 2.0), (5.0, 4.0, 6.0)):
            began = monotonic()
            with pytest.raises(Unavailable), writing(engine, patience) as session:
                session.execute(text("delete from kept_plan"))
            assert least < monotonic() - began < most
    assert rows(engine) == 0


def test_on_sqlite_readers_do_not_wait_for_writers(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    code = keep(engine)
    with locked(sqlite_url):
        began = monotonic()
        assert find(engine, code) is not None and monotonic() - began < 1


def test_a_missing_database_is_never_made_by_using_it(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'lost' / 'kept.sqlite3'}")
    for session in (reading, writing):
        with pytest.raises(Unavailable), session(engine):
            pass
    assert current(engine) is None and not (tmp_path / "lost").exists()


def test_a_file_that_vanishes_in_service_is_told(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    code = keep(engine)
    file = file_of(engine)
    assert file is not None
    file.unlink()
    with pytest.raises(Unavailable):
        find(engine, code)
    with pytest.raises(Unavailable):
        keep(engine)
    assert not file.exists()


@pytest.mark.parametrize("damage", [b"", b"this is no database at all, but it is long enough to look like a file of some kind" * 20])
def test_a_corrupt_or_empty_file_is_told(sqlite_url: str, damage: bytes) -> None:
    engine = open_database(sqlite_url)
    file = file_of(engine)
    assert file is not None
    file.write_bytes(damage)
    with pytest.raises(Unavailable):
        rows(engine)


def test_a_database_that_can_only_be_read_still_opens_plans(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_database(sqlite_url)
    code = keep(engine)
    read_only(monkeypatch)
    assert find(engine, code) is not None
    with pytest.raises(Unavailable, match="readonly"):
        keep(engine)


FULL = """
import resource, sys
from pathlib import Path
from planner.database.engines import Unavailable, open_database
from planner.database.engines import file_of
from tests.keeping import find, keep
engine = open_database(sys.argv[1])
code = keep(engine)
size = file_of(engine).stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
told = 0
for number in range(200):
    try:
        keep(engine)
    except Unavailable:
        told += 1
assert told > 100, told
assert find(engine, code) is not None
"""


@pytest.mark.slow
def test_a_full_disk_is_told_and_what_was_kept_can_be_read(sqlite_url: str) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, sqlite_url], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as file:
        assert file.execute("pragma integrity_check").fetchone() == ("ok",)
    file.close()


def test_a_restarted_postgresql_answers_the_next_request(cluster: Cluster, postgres_url: str) -> None:
    engine = open_database(postgres_url)
    code = keep(engine)
    cluster.stop("fast")
    cluster.start()
    assert find(engine, code) is not None
    cluster.stop("fast")
    with pytest.raises(Unavailable):
        find(engine, code)
    cluster.start()
    assert find(engine, code) is not None
    engine.dispose()


def test_postgresql_gives_up_on_what_takes_too_long(postgres_url: str) -> None:
    engine = open_database(postgres_url)
    with reading(engine) as session:
        for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            assert session.scalar(text(f"show {limit}")) in ("5s", "20s"), limit
    engine.dispose()


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("", DEFAULT_URL),
        ("postgres://u:p@host/name", "postgresql+psycopg://u:p@host/name"),
        ("postgresql://u:p@host/name", "postgresql+psycopg://u:p@host/name"),
        ("sqlite:////var/lib/plans.sqlite3", "sqlite:////var/lib/plans.sqlite3"),
    ],
)
def test_addresses_are_read_as_people_write_them(given: str, found: str) -> None:
    assert url_from({"DATABASE_URL": given}) == found


@pytest.mark.parametrize(
    "given",
    [
        *("sqlite://", "sqlite:///:memory:", "mysql://u:secret@host/name", "nonsense", "postgresql+asyncpg://u:secret@h/n"),
        *(
            "postgresql://u:p@secret@h/n",
            "postgresql://u:p@secret/x@h/n",
            "postgresql://u:p@a?secret@h/n",
            "postgresql://u:secret@h:port/n",
        ),
    ],
)
def test_other_addresses_are_refused_without_showing_them(given: str) -> None:
    with pytest.raises(BadUrl) as refused:
        url_from({"DATABASE_URL": given})
    assert "secret" not in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize("given", ["u:a/b?c#d@h/n", "u@x:word@h/n", "u:p%40q@h:1/n?sslmode=require", "/n?host=/run", "u@[::1]:5432/n", "h"])
def test_an_address_that_can_be_read_in_one_way_is_taken(given: str) -> None:
    assert url_from({"DATABASE_URL": f"postgres://{given}"}) == f"postgresql+psycopg://{given}"
