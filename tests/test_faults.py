"""`make faults`, with few people and few faults, and whether it would notice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete

from planner.database.engines import open_database
from planner.database.sessions import writing
from planner.domain.model import Library
from planner.domain.thread import Diary
from planner.kept.diaries import write_diary
from planner.kept.plans import KeptPlan, find_kept, keep
from tests import faults
from tests.breaking import ON_SQLITE, Fault, nothing
from tests.crowd import Confirmed
from tests.faults import Watch, day
from tests.installed import SAFE, before, installation
from tests.read_back import read_again
from tests.torn import torn_batch, torn_log

FEW = ("kill -9 of a web process", "Redis is stopped (kill -9)")
A_LIE = Fault("nothing, which is said to need something", nothing, needed=True)


@pytest.mark.slow
def test_five_people_and_two_faults_and_a_lie_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "CALM", 3.0)
    few = [one for one in ON_SQLITE if one.name in FEW]
    with installation(library, "sqlite", older=2, clinics=1) as site:
        rows, told = day(site, library, [*few, A_LIE], users=5, think=1.5)
        found = read_again(site.engine, SAFE, told, site.older)
    assert [bool(row.broken) for row in rows] == [False, False, True], rows
    assert all(row.requests for row in rows) and found.confirmed > 2
    assert (found.lost, found.doubled, told.unanswered, told.astray) == ((), (), [], [])


def test_a_row_that_went_and_one_too_many_are_told(library: Library, sqlite_url: str) -> None:
    engine, today = open_database(sqlite_url), date.today()
    older = before(engine, library, 4)
    told = Confirmed(kept={code: f"older {number}" for number, code in enumerate(older)})
    assert not read_again(engine, SAFE, told).lost
    told.kept[older[0]] = "another"
    told.ticked.add(older[1])
    with writing(engine) as rows:
        write_diary(rows, SAFE, older[2], lambda book: book or Diary(today))
        told.checked_in.add(older[2])
        rows.execute(delete(KeptPlan).where(KeptPlan.key == next(iter(SAFE.row_keys(older[3])))))
    found = read_again(engine, SAFE, told)
    assert sorted(found.lost) == ["a change: 'older 0' in the place of 'another'", "a check-in", "a kept plan", "a tick"]
    assert found.doubled == ()
    with writing(engine) as rows:
        kept = find_kept(rows, SAFE, older[0], today)
        assert kept
        for _ in range(2):
            keep(rows, SAFE, kept.body, today)
    assert read_again(engine, SAFE, told).doubled == ("a kept plan",), "one row took the place of the one that went"
    told.printed.add("no such sheet")
    assert "a printed sheet" in read_again(engine, SAFE, told).lost


@pytest.mark.parametrize(
    ("seen", "seconds"),
    [([(1, True), (5, True)], 0.0), ([(1, True), (2, False), (3, True), (6, True)], 1.0), ([(1, True), (9, False)], None)],
)
def test_seconds_to_recover_are_those_until_it_only_says_yes(
    seen: list[tuple[float, bool]], seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "monotonic", lambda: 10.0)
    watch = Watch("")
    watch.seen = seen
    assert watch.well_since(1.0) == seconds


def test_torn_files_are_whole_again(library: Library, tmp_path: Path) -> None:
    assert torn_log(tmp_path, library) == []
    assert torn_batch(tmp_path) == []
