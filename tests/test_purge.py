"""Purging: what is over goes, once, in small steps, and never because of one odd reading of the clock."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from time import time
from typing import Any

import pytest
from sqlalchemy import Engine

from planner.database.engines import open_database
from planner.database.rows import written
from planner.kept.plans import later
from planner.upkeep import purge
from tests.keeping import ON, SAFE, delete, find, keep, rows, together


def purged(engine: Engine, on: date, **more: Any) -> tuple[int, int]:
    done = purge.purge(engine, on, SAFE.months, **more)
    return done.plans, done.traces


def test_purging_takes_what_is_over_and_nothing_else(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "BATCH", 3)
    old = [keep(engine, on=date(2025, 1, 1)) for _ in range(7)]
    new, gone = keep(engine), keep(engine)
    delete(engine, gone)
    assert purged(engine, ON) == (7, 0) and purged(engine, ON) == (0, 0)
    assert rows(engine) == 1 and find(engine, new) is not None and find(engine, old[0]) is None
    assert purged(engine, later(ON, 13), force=True) == (0, 0), "a backup of the day of deletion could still bring it back"
    assert purged(engine, later(ON, 13) + timedelta(days=1)) == (1, 1)


def test_two_purges_at_once_count_each_plan_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "BATCH", 5)
    for _ in range(40):
        keep(engine, on=date(2025, 1, 1))
    assert sum(done[0] for done in together(2, lambda _: purged(engine, ON, force=True))) == 40


@pytest.mark.parametrize("jump", [400, 2, -1, -400])
def test_one_odd_reading_of_the_clock_deletes_nothing(engine: Engine, jump: int) -> None:
    keep(engine, on=date(2025, 11, 1))
    assert purged(engine, ON) == (0, 0) and purged(engine, ON + timedelta(days=1)) == (0, 0)
    keep(engine, on=date(2024, 1, 1))
    odd = ON + timedelta(days=1 + jump)
    for _ in range(2):
        with pytest.raises(purge.OddClock):
            purged(engine, odd)
    assert rows(engine) == 2
    assert purged(engine, ON + timedelta(days=2)) == (1, 0), "the clock is right again"


def test_a_first_purge_that_would_leave_nothing_waits_a_day(engine: Engine) -> None:
    for _ in range(3):
        keep(engine)
    odd = ON + timedelta(days=400)
    for _ in range(2):
        with pytest.raises(purge.OddClock):
            purged(engine, odd)
    assert rows(engine) == 3 and purged(engine, ON) == (0, 0), "the clock is right again"


def test_a_first_purge_long_after_the_last_visitor_goes_ahead_the_next_day(engine: Engine) -> None:
    keep(engine, on=date(2024, 1, 1))
    with pytest.raises(purge.OddClock):
        purged(engine, ON)
    assert purged(engine, ON + timedelta(days=1)) == (1, 0)


def test_a_second_reading_a_day_later_is_believed(engine: Engine) -> None:
    keep(engine, on=date(2024, 1, 1))
    purged(engine, date(2024, 2, 1))
    with pytest.raises(purge.OddClock):
        purged(engine, ON)
    assert purged(engine, ON + timedelta(days=1)) == (1, 0)


def test_the_clock_is_not_asked_when_forced(engine: Engine) -> None:
    keep(engine, on=date(2024, 1, 1))
    purged(engine, date(2024, 2, 1))
    assert purged(engine, ON, force=True) == (1, 0)


def test_a_purge_that_was_cut_off_is_done_by_the_next(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "BATCH", 2)
    for _ in range(6):
        keep(engine, on=date(2024, 1, 1))
    with monkeypatch.context() as cut:
        done: list[int] = []

        def once(result: Any) -> int:
            if len(done) == 2:
                raise RuntimeError
            done.append(written(result))
            return done[-1]

        cut.setattr(purge, "written", once)
        with pytest.raises(RuntimeError):
            purged(engine, ON, force=True)
    assert rows(engine) == 2
    assert purged(engine, ON, force=True) == (2, 0) and rows(engine) == 0


def test_old_copies_of_a_file_go_too(sqlite_url: str) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    copies = {age: file.with_name(f"{file.name}.before-{age}") for age in (29, 31)}
    for age, copy in copies.items():
        copy.touch()
        os.utime(copy, (time() - age * 86400,) * 2)
    purged(open_database(sqlite_url), ON)
    assert copies[29].exists() and not copies[31].exists() and file.exists()
