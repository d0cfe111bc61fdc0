"""Counts of tries that the processes of a machine share: none lost, each window as long as it says, and nobody named in them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any

import pytest
import time_machine
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from planner.folders import ROOT
from planner.web.machine_counts import FILE, MachineCounts
from planner.web.rate_limits import limiter
from planner.web.settings import from_environment
from tests.clinics import engine_of, house
from tests.conftest import SECRET, an_app

MANY = """
import sys
from planner.web.machine_counts import MachineCounts
counts = MachineCounts(sys.argv[1])
for _ in range(600):
    counts.incr("everybody", 600)
"""
START = "2026-11-21 09:00Z"


@pytest.fixture
def uri(tmp_path: Path) -> str:
    return f"shared://{tmp_path}"


def test_no_try_of_any_process_is_lost(uri: str) -> None:
    several = [subprocess.Popen([sys.executable, "-c", MANY, uri], cwd=ROOT) for _ in range(3)]
    assert [one.wait(120) for one in several] == [0, 0, 0]
    assert MachineCounts(uri).get("everybody") == 1800


def test_a_window_ends_when_it_says_and_begins_with_the_first_try(uri: str) -> None:
    counts, other = MachineCounts(uri), MachineCounts(uri)
    with time_machine.travel(START, tick=False) as clock:
        assert (counts.get("one"), counts.get_expiry("one")) == (0, time())
        assert [counts.incr("one", 60), other.incr("one", 60, 5), counts.incr("two", 60)] == [1, 6, 1]
        ends = counts.get_expiry("one")
        clock.shift(59)
        assert (other.incr("one", 60), other.get_expiry("one")) == (7, ends)
        clock.shift(1)
        assert (counts.get("one"), counts.incr("one", 60)) == (0, 1)


def test_a_clock_that_is_put_back_keeps_nobody_waiting(uri: str) -> None:
    limit, counts = parse("1 per minute"), FixedWindowRateLimiter(MachineCounts(uri))
    with time_machine.travel(START, tick=False) as clock:
        assert counts.hit(limit, "one") and not counts.hit(limit, "one")
        clock.shift(-86_400)
        assert counts.hit(limit, "one") and not counts.hit(limit, "one")


def test_tries_that_come_together_count_on_from_one_another(uri: str) -> None:
    """One that looked at the clock first may be counted last: its time is before the window began. No clock was put back."""
    counts = MachineCounts(uri)
    with time_machine.travel(START, tick=False) as clock:
        found = [counts.incr("one", 60)]
        for late in (0.001, 1, 3):
            clock.shift(-late)
            found.append(counts.incr("one", 60))
    assert found == [1, 2, 3, 4]


def test_the_time_of_a_try_is_asked_once_the_counts_are_open(uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counts, opened = MachineCounts(uri), MachineCounts.opened
    with time_machine.travel(START, tick=False) as clock:

        def slowly(self: MachineCounts) -> sqlite3.Connection:
            clock.shift(30)
            return opened(self)

        monkeypatch.setattr(MachineCounts, "opened", slowly)
        counts.incr("one", 60)
        began = time()
        assert counts.get_expiry("one") == began + 60


def test_what_has_ended_goes(uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.web.machine_counts.TIDIED_AFTER", 3)
    counts = MachineCounts(uri)
    with time_machine.travel(START, tick=False) as clock:
        for name in ("one", "two"):
            counts.incr(name, 60)
        clock.shift(61)
        counts.incr("three", 60)
        assert counts.opened().execute("SELECT count(*) FROM tries").fetchone() == (1,)
        counts.clear("three")
        assert counts.reset() == 0 and counts.check()


def test_a_file_that_cannot_be_used_stops_nobody(
    tmp_path: Path, sqlite_url: str, counting: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "_storage_dead", False)  # there is one limiter for all applications: it must not stay so
    app = an_app(DATABASE_URL=sqlite_url, **{**counting, "RATELIMIT_STORAGE_URI": f"shared://{tmp_path / 'none'}"})
    app.test_client().get("/", expects=200)
    assert not MachineCounts(f"shared://{tmp_path / 'none'}").check()


def test_counts_that_can_be_read_and_not_written_cannot_be_used(uri: str) -> None:
    """As where the memory of a machine is full: the limiter would come back to them, and fail again."""
    counts = MachineCounts(uri)
    assert counts.check()
    counts.opened().execute("PRAGMA query_only = ON")
    assert counts.get("one") == 0 and not counts.check()


def test_the_counts_name_nobody(tmp_path: Path, sqlite_url: str, counting: dict[str, Any], uri: str) -> None:
    app = an_app(DATABASE_URL=sqlite_url, WTF_CSRF_ENABLED=False, **{**counting, "RATELIMIT_STORAGE_URI": uri})
    house(engine_of(app), "a")
    form = {"email": "owner@a.example", "password": "wrong"}
    app.test_client().post("/clinic/sign-in", data=form, environ_base={"REMOTE_ADDR": "192.0.2.77"}, expects=422)
    written = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
    assert b"doors" in written and b"strange" in written
    for private in ("192.0.2.77", "owner@a.example", sha256(b"owner@a.example").hexdigest()[:32]):
        assert private.encode() not in written, private


def test_redis_goes_before_the_machine_and_the_machine_before_the_process() -> None:
    usual = {"SECRET_KEY": SECRET}
    shared, redis = {"PROMETHEUS_MULTIPROC_DIR": "/dev/shm/x"}, {"REDIS_URL": "redis://r:6379/0"}
    found = [from_environment({**usual, **more})["RATELIMIT_STORAGE_URI"] for more in ({}, shared, {**shared, **redis})]
    assert found == ["memory://", "shared:///dev/shm/x", "redis://r:6379/0"]
