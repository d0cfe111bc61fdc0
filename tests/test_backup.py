"""Backups and moves: what goes in comes out on either database, deleted plans stay deleted, and nothing is half done."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from planner.cli.main import main
from planner.database.engines import Unavailable, open_database
from planner.database.revisions import current, newest
from planner.database.sessions import writing
from planner.kept.plans import MONTHS
from planner.upkeep import backup, backup_rows
from planner.upkeep.backup import BadBackup, back_up, copy, restore
from planner.upkeep.purge import purge
from tests.conftest import SECRET
from tests.keeping import BODY, ON, delete, find, keep, rows
from tests.postgres import Cluster

ROOT = Path(__file__).parent.parent


@pytest.fixture
def other(request: pytest.FixtureRequest, database_url: str, tmp_path: Path, cluster: Cluster) -> Any:
    """Another database without tables: on PostgreSQL if the first is SQLite, and the other way round."""
    name = cluster.make()
    url = f"sqlite:///{tmp_path / 'new' / 'other.sqlite3'}" if database_url.startswith("postgresql") else cluster.url(name)
    engine = open_database(url)
    yield engine
    engine.dispose()
    cluster.drop(name)


def test_a_backup_is_restored_on_the_other_kind_of_database(engine: Engine, other: Engine, tmp_path: Path) -> None:
    codes = [keep(engine) for _ in range(5)]
    deleted = keep(engine)
    delete(engine, deleted)
    purge(engine, ON, MONTHS)
    file = tmp_path / "backup.zip"
    assert back_up(engine, file) == 7 == restore(other, file)
    assert file.stat().st_mode & 0o777 == 0o600 and not list(tmp_path.glob("*.part"))
    assert rows(other) == 5 and all(find(other, code) == find(engine, code) for code in codes)
    assert current(other) == newest()
    for table in ("kept_plan", "kept_gone", "chore"):
        assert _rows(engine, table) == _rows(other, table)


def _rows(engine: Engine, table: str) -> set[tuple[Any, ...]]:
    with engine.connect() as connection:
        return {tuple(map(str, row)) for row in connection.execute(text(f"select * from {table}"))}


def test_what_was_deleted_since_the_backup_stays_deleted(engine: Engine, tmp_path: Path) -> None:
    stays, goes = keep(engine), keep(engine)
    back_up(engine, tmp_path / "old.zip")
    delete(engine, goes)
    later = keep(engine)
    restore(engine, tmp_path / "old.zip", force=True)
    assert find(engine, stays) is not None and find(engine, goes) is None and find(engine, later) is None
    back_up(engine, tmp_path / "new.zip")
    restore(engine, tmp_path / "old.zip", force=True)
    assert find(engine, goes) is None and rows(engine) == 1


def test_rows_are_not_replaced_unasked(engine: Engine, tmp_path: Path) -> None:
    code = keep(engine)
    back_up(engine, tmp_path / "backup.zip")
    with pytest.raises(BadBackup, match="--force"):
        restore(engine, tmp_path / "backup.zip")
    with pytest.raises(FileExistsError):
        back_up(engine, tmp_path / "backup.zip")
    assert find(engine, code) is not None


def damaged(tmp_path: Path, **changes: Any) -> Path:
    """A backup whose about.json or rows were changed."""
    with zipfile.ZipFile(tmp_path / "backup.zip") as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        about = json.loads(good.read("about.json")) | changes.get("about", {})
        bad.writestr("about.json", json.dumps(about))
        for name in good.namelist():
            if name != "about.json":
                bad.writestr(name, changes.get("rows", {}).get(name, good.read(name)))
    return tmp_path / "bad.zip"


@pytest.mark.parametrize(
    "changes",
    [
        {"about": {"revision": "9999"}},
        {"about": {"format": 2}},
        {"about": {"rows": {"kept_plan": 3, "kept_gone": 0}}},
        {"about": {"rows": 5}},
        {"about": {"rows": {"kept_plan": 2, "kept_plans": 1}}},
        {"rows": {"kept_plan.jsonl": b"[" * 200_000 + b"\n"}},
        {"rows": {"kept_plan.jsonl": b'{"key": {"$bytes": "AAAA"}}\n' * 2}},
        {"rows": {"kept_plan.jsonl": b"not json\n"}},
    ],
)
def test_a_damaged_backup_changes_nothing(engine: Engine, tmp_path: Path, changes: dict[str, Any]) -> None:
    code = keep(engine)
    keep(engine)
    back_up(engine, tmp_path / "backup.zip")
    with pytest.raises(BadBackup) as told:
        restore(engine, damaged(tmp_path, **changes), force=True)
    assert "\n" not in str(told.value)
    assert find(engine, code) is not None and rows(engine) == 2


def test_a_backup_is_one_view_of_a_database_in_use(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(60):
        keep(engine)
    purge(engine, ON, MONTHS)
    monkeypatch.setattr(backup, "BATCH", 10)
    plain = backup_rows.plain_value
    halted = threading.Event()

    def slow(value: object) -> Any:
        if not halted.is_set():
            halted.set()
            with writing(engine) as session:  # owners delete while the first table is read
                session.execute(text("delete from kept_plan"))
        return plain(value)

    monkeypatch.setattr(backup, "plain_value", slow)
    assert back_up(engine, tmp_path / "backup.zip") == 61 and rows(engine) == 0


def test_everything_is_copied_to_the_other_kind_of_database(engine: Engine, other: Engine) -> None:
    codes = [keep(engine) for _ in range(3)]
    delete(engine, codes[2])
    assert copy(engine, other) == 3
    assert [find(other, code) for code in codes] == [find(engine, code) for code in codes]
    with pytest.raises(BadBackup, match="not empty"):
        copy(engine, other)


def test_counters_go_on_behind_the_copied_rows(sqlite_url: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = open_database(sqlite_url), open_database(postgres_url)
    for engine, kind in ((source, "integer primary key"), (target, "serial primary key")):
        with writing(engine) as session:
            session.execute(text(f"create table visit (id {kind}, at timestamp, first boolean)"))
    with writing(source) as session:
        session.execute(text("insert into visit (at, first) values ('2026-11-21 10:00:00.5', 1), (null, 0)"))
    copy(source, target)
    with writing(target) as session:
        session.execute(text("insert into visit (first) values (true)"))
        found = session.execute(text("select id, first from visit order by id")).all()
    assert [tuple(row) for row in found] == [(1, True), (2, False), (3, True)]
    target.dispose()


def test_the_commands_do_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], postgres_url: str
) -> None:
    url = f"sqlite:///{tmp_path / 'site' / 'plans.sqlite3'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("SECRET_KEY", SECRET)
    file = str(tmp_path / "b.zip")
    for arguments, code in (
        (["backup", file], 1),
        (["upgrade"], 0),
        (["upgrade"], 0),
        (["backup", file], 2),  # nobody has used it yet: that of another database is meant
        (["purge"], 0),
        (["backup", file], 0),
        (["backup", file], 2),
        (["restore", file], 0),
        (["restore", str(tmp_path / "nothing.zip")], 2),
        (["restore", __file__], 2),
        (["purge"], 0),
        (["purge", "--force"], 0),
        (["copy", "nonsense"], 2),
        (["copy", postgres_url.replace("+psycopg", "")], 0),
    ):
        assert main(["db", *arguments]) == code, arguments
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and said.startswith("backplan: ") == (code != 0), said
    monkeypatch.setenv("KEEP_MONTHS", "0")
    assert main(["db", "purge"]) == 2 and "KEEP_MONTHS" in capsys.readouterr().err


def test_passwords_are_never_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://plans:hunter2@127.0.0.1:1/plans")
    monkeypatch.setenv("SECRET_KEY", SECRET)
    assert main(["db", "upgrade"]) == 1
    said = capsys.readouterr().err
    assert "hunter2" not in said and said.count("\n") == 1


KILLED = """
import os, signal, sys, time
from planner.database.engines import open_database
from tests.keeping import keep
for attempt in range(100):
    heard, told = os.pipe()
    child = os.fork()
    if not child:
        engine = open_database(sys.argv[1])
        while True:
            os.write(1, (keep(engine) + "\\n").encode())
            os.write(told, b"x")
    os.read(heard, 1)
    time.sleep(0.001 * (attempt % 20))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""


@pytest.mark.slow
def test_killed_in_the_middle_of_saving_nothing_is_half_written_and_nothing_confirmed_is_lost(database_url: str, engine: Engine) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, database_url], cwd=ROOT, capture_output=True, text=True, check=True)
    confirmed = done.stdout.split()
    assert len(confirmed) > 50
    for code in confirmed:
        found = find(engine, code)
        assert found is not None and found.body == BODY
    assert len(confirmed) <= rows(engine) <= len(confirmed) + 100
    if database_url.startswith("sqlite"):
        file = sqlite3.connect(database_url.removeprefix("sqlite:///"))
        assert file.execute("pragma integrity_check").fetchone() == ("ok",)
        file.close()


def test_a_backup_that_fails_leaves_no_file(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_database(sqlite_url)
    keep(engine)

    def broken(value: object) -> Any:
        raise Unavailable("cut off")

    monkeypatch.setattr(backup, "plain_value", broken)
    with pytest.raises(Unavailable):
        back_up(engine, tmp_path / "backup.zip")
    assert not list(tmp_path.glob("backup*"))
