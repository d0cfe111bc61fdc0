"""A Redis or a PostgreSQL that takes what is sent and never answers costs nobody's page more than half a second."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import pytest

from planner.database.engines import Unavailable
from planner.web import storage
from planner.web.rate_limits import limiter
from planner.web.settings import from_environment
from tests.conftest import SECRET, an_app
from tests.postgres import Cluster


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that accepts and never says a word."""
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]
    for one in held:
        one.close()


LIMIT = 2.5
"""Seconds: half of one is meant, the rest is for a busy machine. Without the limits it is 3 to 10."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < seconds


def test_a_redis_that_hangs(silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    monkeypatch.setattr(limiter, "_storage_dead", False)  # there is one limiter for all applications: it must not stay so
    said = from_environment({"SECRET_KEY": SECRET, "REDIS_URL": f"redis://127.0.0.1:{silent}"})
    app = an_app(**{name: value for name, value in said.items() if name.startswith("RATELIMIT")}, RATELIMIT_ENABLED=True)
    client = app.test_client()
    monkeypatch.setattr(limiter, "enabled", False)
    client.get("/about", expects=200)  # its template is compiled now
    monkeypatch.setattr(limiter, "enabled", True)
    for _ in range(6):
        with at_most(LIMIT):
            client.get("/about", expects=200)
    monkeypatch.undo()
    limiter.init_app(an_app())


def test_all_who_wait_for_a_redis_that_goes_away_get_their_page(silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of several threads to find out is not the only one that turns to memory."""
    monkeypatch.setattr(limiter, "enabled", True)
    monkeypatch.setattr(limiter, "_storage_dead", False)  # as above
    app = an_app(RATELIMIT_ENABLED=True, RATELIMIT_STORAGE_URI=f"redis://127.0.0.1:{silent}", RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True)
    together = Barrier(4, timeout=30)

    def goes_away(*_: object, **__: object) -> bool:
        together.wait()
        raise TimeoutError

    monkeypatch.setattr(limiter._limiter, "hit", goes_away)
    with ThreadPoolExecutor(4) as visitors:
        found = [visitors.submit(app.test_client().get, "/about") for _ in range(4)]
    assert [one.result().status_code for one in found] == [200] * 4
    monkeypatch.undo()
    limiter.init_app(an_app())


def test_a_store_that_answers_and_takes_nothing_costs_nobody_a_page(silent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full Redis says that it is there. Each time it is believed, several find out at once that nothing can be written."""
    monkeypatch.setattr(limiter, "enabled", True)
    app = an_app(RATELIMIT_ENABLED=True, RATELIMIT_STORAGE_URI=f"redis://127.0.0.1:{silent}", RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True)
    believed: list[bool] = []

    def another_was_first(*_: object, **__: object) -> bool:
        believed.append(limiter._storage_dead)
        limiter._storage_dead = True
        raise OSError("full")

    monkeypatch.setattr(limiter._storage, "check", lambda: True)
    monkeypatch.setattr(limiter._limiter, "hit", another_was_first)
    monkeypatch.setattr(limiter, "_storage_dead", True)  # it was found full before
    monkeypatch.setattr(limiter, "_Limiter__last_check_backend", 0.0)  # and that was long ago
    app.test_client().get("/about", expects=200)
    assert believed == [False]
    monkeypatch.undo()
    limiter.init_app(an_app())


def test_a_postgresql_that_hangs_from_the_start(silent: int) -> None:
    app = an_app(DATABASE_URL=f"postgresql://nobody@127.0.0.1:{silent}/none")
    with app.app_context():
        for _ in range(3):
            with at_most(LIMIT), pytest.raises(Unavailable), storage.reading():
                pass


@pytest.mark.slow
def test_a_postgresql_that_is_paused_and_goes_on(cluster: Cluster, postgres_url: str) -> None:
    app = an_app(DATABASE_URL=postgres_url)
    pids = [int(line) for line in (cluster.root / "data" / "postmaster.pid").read_text().splitlines()[:1]]
    with app.app_context():
        for _ in range(3):
            with storage.reading():
                pass
        children = [int(pid) for pid in Path(f"/proc/{pids[0]}/task/{pids[0]}/children").read_text().split()]
        for pid in (*pids, *children):
            os.kill(pid, signal.SIGSTOP)
        try:
            for _ in range(4):
                with at_most(LIMIT), pytest.raises(Unavailable), storage.reading():
                    pass
        finally:
            for pid in (*pids, *children):
                os.kill(pid, signal.SIGCONT)
        time.sleep(1.1)
        with storage.reading():
            pass
    app.extensions["database"].dispose()
