"""The schema: migrations up and down with rows in them, one at a time, wholly or not at all, and no use of another schema."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, text

from planner.database import revisions
from planner.database.engines import Unavailable, file_of, open_database
from planner.database.revisions import current, known, newest, serves
from planner.database.sessions import reading, writing
from planner.upkeep.every_table import METADATA
from planner.upkeep.upgrading import altering, migrate, upgrade
from tests.keeping import find, keep, rows
from tests.postgres import Cluster


def test_the_migrations_make_the_tables_that_the_program_has(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA) == []
    assert current(engine) == newest() and known(newest()) and not known("9999")


def test_each_step_of_the_schema_goes_down_and_up_with_rows_in_it(engine: Engine) -> None:
    codes = [keep(engine) for _ in range(3)]
    every = [script.revision for script in revisions.scripts().walk_revisions()]
    for revision in [*every, *reversed(every)]:
        with altering(engine) as connection:
            migrate(connection, revision)
            assert current(connection) == revision
            assert connection.scalar(text("select count(*) from kept_plan")) == 3
    assert all(find(engine, code) for code in codes)
    with altering(engine) as connection:
        migrate(connection, "base")
    upgrade(engine)
    assert rows(engine) == 0


def test_a_schema_that_is_older_or_newer_is_not_used(engine: Engine) -> None:
    keep(engine)
    for revision in ("0000", "9999"):
        with engine.begin() as connection:
            connection.execute(text("update alembic_version set version_num = :r"), {"r": revision})
        for session in (reading, writing):
            with pytest.raises(Unavailable) as told, session(engine):
                pass
            assert told.value.updating
    with pytest.raises(Unavailable):
        upgrade(engine)


def test_a_migration_that_fails_half_way_changes_nothing(engine: Engine) -> None:
    code = keep(engine)

    def half(connection: Connection) -> None:
        migrate(connection, "base")
        raise RuntimeError

    with pytest.raises(RuntimeError), altering(engine) as connection:
        half(connection)
    assert find(engine, code) is not None


def test_two_upgrades_at_once_wait_for_each_other(cluster: Cluster, tmp_path: Path) -> None:
    name = cluster.make()
    for url in (f"sqlite:///{tmp_path / 'new' / 'kept.sqlite3'}", cluster.url(name)):
        engines = [open_database(url) for _ in range(3)]
        faults: list[BaseException] = []

        def run(engine: Engine, faults: list[BaseException] = faults) -> None:
            try:
                upgrade(engine)
            except BaseException as fault:
                faults.append(fault)

        threads = [threading.Thread(target=run, args=(engine,)) for engine in engines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == [] and rows(engines[0]) == 0
        for engine in engines:
            engine.dispose()
    cluster.drop(name)


def test_a_file_is_copied_before_its_schema_changes(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    keep(engine)
    file = file_of(engine)
    assert file is not None
    with altering(engine) as connection:
        migrate(connection, "0001")
    upgrade(engine)
    copy = file.with_name(f"{file.name}.before-{newest()}")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("select version_num, (select count(*) from kept_plan) from alembic_version").fetchall() == [("0001", 1)]


def test_a_change_that_orphans_rows_is_not_made(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    make = ("table parent (id integer primary key)", "table child (of integer references parent (id))")
    with altering(engine) as connection:
        for part in make:
            connection.execute(text(f"create {part}"))
    with pytest.raises(Unavailable), altering(engine) as connection:
        connection.execute(text("insert into child values (7)"))
    with reading(engine) as session:
        assert session.scalar(text("select count(*) from child")) == 0


def test_a_new_file_is_its_owners_alone(sqlite_url: str) -> None:
    assert Path(sqlite_url.removeprefix("sqlite:///")).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("found", "program", "serves_it"),
    [
        ("0015_0014", "0014", True),
        ("0015_0014", "0013", False),
        ("0015", "0014", False),
        ("0016_0014", "0015_0014", True),
        ("0013", "0014", False),
        ("0015_0014", "0015_0014", True),
        (None, "0014", False),
        ("0014_0013", "0015", False),
    ],
)
def test_a_machine_that_is_one_revision_behind_still_serves(found: str | None, program: str, serves_it: bool) -> None:
    assert serves(found, program) == serves_it


def test_a_page_opens_on_a_database_that_has_more_than_it_needs(engine: Engine) -> None:
    for revision, opens in ((f"9999_{newest()[:4]}", True), ("9999_9998", False), ("9999", False)):
        with engine.begin() as connection:
            connection.execute(text("update alembic_version set version_num = :found"), {"found": revision})
        with nullcontext() if opens else pytest.raises(Unavailable), reading(engine):
            pass
