"""A PostgreSQL server of the tests' own, and a fresh database on it or on SQLite. Works for root and for anyone else.

It needs Debian's package `postgresql` for the programs only; no server of the system is used or touched."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import Engine, event

from planner.database.engines import open_database
from planner.upkeep.upgrading import upgrade

MISSING = "PostgreSQL's programs are missing. An administrator must run: apt-get install -y --no-install-recommends postgresql"
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=32MB"


@event.listens_for(Engine, "connect")
def _never_wait_for_the_disk(connection: object, _record: object) -> None:
    """What fsync=off is to PostgreSQL: no test takes the power away, and closing a SQLite file waits for the disk each time.

    Of this process alone: servers and commands that tests start have the program's own setting."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("pragma synchronous=off")


def programs() -> Path:
    """The folder of the newest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4].split(".")[0]))
    path = shutil.which("initdb") if not found else str(found[-1])
    if path is None:
        pytest.fail(MISSING)
    return Path(path).resolve().parent


def account() -> pwd.struct_passwd | None:
    """Whose processes they are: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


class Cluster:
    """One server, in a folder of its own (in `home`), on a free port of this machine. `options`: quick, and a crash costs rows."""

    def __init__(self, home: Path | None = None, options: str = OPTIONS) -> None:
        self.bin, self.options = programs(), options
        self.account = account()
        self.root = Path(tempfile.mkdtemp(prefix="pg-", dir=home))  # short: a socket's path has 107 bytes at most
        self.root.chmod(0o755)
        if self.account:
            os.chown(self.root, self.account.pw_uid, self.account.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.run("initdb", "-D", str(self.root / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()

    def run(self, program: str, *arguments: str) -> str:
        environment = {"PATH": f"{self.bin}:/usr/bin:/bin", "HOME": str(self.root), "LC_ALL": "C.UTF-8"}
        who: dict[str, Any] = {}
        if self.account:
            who = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [str(self.bin / program), *arguments], capture_output=True, text=True, cwd=self.root, env=environment, check=False, **who
        )
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"
        return done.stdout

    def control(self, *arguments: str) -> None:
        self.run("pg_ctl", "-D", str(self.root / "data"), "-w", "-t", "30", *arguments)

    def start(self) -> None:
        where = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.root} {self.options}"
        self.control("-l", str(self.root / "log"), "-o", where, "start")

    def stop(self, mode: str = "immediate") -> None:
        self.control("-m", mode, "stop")

    def here(self) -> tuple[str, ...]:
        return "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres"

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def make(self, template: str = "template0") -> str:
        """A new database; its name."""
        name = f"t_{secrets.token_hex(6)}"
        self.order(SQL("create database {} template {}").format(Identifier(name), Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        self.order(SQL("drop database if exists {} with (force)").format(Identifier(name)))

    def order(self, statement: Composed) -> None:
        """Tells the server itself: a program for it would be another process each time."""
        with psycopg.connect(self.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(statement)

    def destroy(self) -> None:
        self.stop()
        shutil.rmtree(self.root, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    yield made
    made.destroy()


@pytest.fixture(scope="session")
def upgraded(cluster: Cluster) -> str:
    """A database with our tables, to be copied: 30 ms instead of a migration."""
    name = cluster.make()
    engine = open_database(cluster.url(name))
    upgrade(engine)
    engine.dispose()
    return name


@pytest.fixture
def postgres_url(cluster: Cluster, upgraded: str) -> Iterator[str]:
    """An empty database with our tables, on PostgreSQL."""
    name = cluster.make(upgraded)
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with our tables, to be copied: a migration takes 50 times as long."""
    file = tmp_path_factory.mktemp("migrated") / "kept.sqlite3"
    engine = open_database(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    assert [one.name for one in file.parent.iterdir() if one.name.endswith("-wal")] == []
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated: Path) -> str:
    """An empty database with our tables, on SQLite."""
    return f"sqlite:///{shutil.copy2(migrated, tmp_path)}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database with our tables, on either; `make check` is content with SQLite."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on an empty database with our tables, on either."""
    made = open_database(database_url)
    yield made
    made.dispose()
