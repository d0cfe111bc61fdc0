"""Kept plans in the database, on SQLite and on PostgreSQL: kept, found, changed, extended, deleted, purged, and closed to others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from planner.database.sessions import reading, writing
from planner.domain.edits import Edits
from planner.kept import plans
from planner.kept.codes import new_code
from planner.kept.plans import ChangedMeanwhile, Gone, Kept, KeptGone, KeptPlan, Safe, later
from planner.kept.seal import BLOCK, Secret
from tests.keeping import BODY, ON, SAFE, change, delete, find, keep, rows, together


def test_what_is_kept_is_found_again(engine: Engine) -> None:
    edited = replace(BODY, edits=Edits(exercises=("bridge",), doses={"bridge": "half"}, style="swedish", next_weeks=2))
    for body in (BODY, edited):
        code = keep(engine, body)
        assert find(engine, code) == Kept(code, body, 1, date(2027, 12, 21))
    assert rows(engine) == 2


def test_a_wrong_code_or_secret_finds_nothing(engine: Engine) -> None:
    code = keep(engine)
    assert find(engine, new_code()) is None
    assert find(engine, code, safe=Safe("another secret, as long as the first one was")) is None


def test_an_older_secret_still_opens_and_a_change_seals_anew(engine: Engine) -> None:
    code = keep(engine)
    rotated = Safe("a newer secret, as long as the first one was", (SAFE.secret,))
    assert find(engine, code, safe=rotated) == find(engine, code)
    change(engine, code, replace(BODY, note="later"), 1, safe=rotated)
    found = find(engine, code, safe=Safe(rotated.secret))
    assert found is not None and found.version == 2 and found.body.note == "later"
    assert find(engine, code) is None and rows(engine) == 1


def test_deleting_leaves_a_trace_under_every_secret(engine: Engine) -> None:
    rotated = Safe("a newer secret, as long as the first one was", (SAFE.secret,))
    code = keep(engine)
    assert delete(engine, code, safe=rotated)
    with reading(engine) as session:
        assert set(session.scalars(select(KeptGone.key))) == set(rotated.row_keys(code))


def test_a_row_changed_by_others_does_not_open(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    one, two = keep(engine), keep(engine, replace(BODY, note="the other"))
    first, second = (SAFE.secrets[0].row_key(code) for code in (one, two))
    with writing(engine) as session:
        sealed = {row.key: row.sealed for row in session.scalars(select(KeptPlan))}

    def put(key: bytes, **values: Any) -> None:
        with writing(engine) as session:
            session.execute(update(KeptPlan).where(KeptPlan.key == key).values(**values))

    for wrong in (
        sealed[second],
        sealed[first][:-1] + bytes([sealed[first][-1] ^ 1]),
        sealed[first][:20],
        b"",
        b"\x02" + sealed[first][1:],
    ):
        put(first, sealed=wrong)
        assert find(engine, one) is None
    put(first, sealed=sealed[first], version=2)
    assert find(engine, one) is None
    put(first, version=1)
    assert find(engine, one) is not None
    assert "changed by something else" in caplog.text and one not in caplog.text


def test_nothing_in_a_row_can_be_read_or_measured(engine: Engine) -> None:
    codes = [keep(engine, replace(BODY, note="x" * length)) for length in (0, 1, 300)]
    with reading(engine) as session:
        found = session.scalars(select(KeptPlan)).all()
    assert len({len(row.sealed) for row in found}) == 1 and (len(found[0].sealed) - 29) % BLOCK == 0
    for row in found:
        for word in (b"low_back", b"areas", b"abc123", *(code.encode() for code in codes)):
            assert word not in row.sealed + row.key


def test_a_plan_can_be_opened_until_its_last_day(engine: Engine) -> None:
    code = keep(engine)
    last = later(ON, SAFE.months)
    assert find(engine, code, on=last) is not None and find(engine, code, on=last + timedelta(days=1)) is None
    with pytest.raises(Gone), writing(engine) as session:
        plans.change(session, SAFE, code, replace(BODY, note="late"), 1, last + timedelta(days=1))


def test_opening_moves_the_last_day_once_a_day(engine: Engine) -> None:
    code = keep(engine)

    def extend(on: date) -> bool:
        with writing(engine) as session:
            return plans.extend(session, SAFE, code, on)

    assert not extend(ON)
    assert extend(ON + timedelta(days=40)) and not extend(ON + timedelta(days=40))
    found = find(engine, code)
    assert found is not None and found.expires == later(ON + timedelta(days=40), SAFE.months)
    assert not extend(found.expires + timedelta(days=1)), "an expired plan does not come back"
    assert not extend(ON), "and the day never moves back"


@pytest.mark.parametrize(
    ("on", "months", "day"),
    [
        (date(2026, 11, 21), 13, date(2027, 12, 21)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 12, 31), 120, date(2036, 12, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
    ],
)
def test_months_are_counted_by_the_calendar(on: date, months: int, day: date) -> None:
    assert later(on, months) == day


def test_deleted_is_deleted_for_good(engine: Engine) -> None:
    code = keep(engine, once="one click")
    assert delete(engine, code) and not delete(engine, code)
    assert find(engine, code) is None and rows(engine) == 0
    for late in (lambda: change(engine, code, replace(BODY, note="late"), 1), lambda: keep(engine, once="one click")):
        with pytest.raises(Gone):
            late()
    assert rows(engine) == 0


def test_a_double_click_keeps_one_plan(engine: Engine) -> None:
    codes = together(20, lambda _: keep(engine, once="the same form"))
    assert len(set(codes)) == 1 and rows(engine) == 1
    assert keep(engine, replace(BODY, made=ON + timedelta(days=1)), once="the same form") == codes[0]
    assert keep(engine, replace(BODY, note="other answers"), once="the same form") != codes[0]
    assert keep(engine, once="another form") != codes[0]
    assert keep(engine) != keep(engine) and rows(engine) == 5


def test_of_two_changes_at_once_one_wins_and_one_is_told(engine: Engine) -> None:
    code = keep(engine)
    ends = together(4, lambda place: change(engine, code, replace(BODY, note=f"change {place}"), 1))
    told = [end for end in ends if isinstance(end, ChangedMeanwhile)]
    won = [end for end in ends if isinstance(end, Kept)]
    assert len(won) == 1 and len(told) == 3 and {one.version for one in told} == {2}
    assert find(engine, code) == won[0]


def test_saving_the_same_twice_is_one_change(engine: Engine) -> None:
    code = keep(engine)
    once, again = (change(engine, code, replace(BODY, note="new"), 1) for _ in range(2))
    assert once == again and once.version == 2
    assert change(engine, code, replace(BODY, note="new", made=ON + timedelta(days=3)), 2).version == 2
    assert change(engine, code, replace(BODY, note="new", content_version="newer"), 2).version == 3


@pytest.mark.slow
def test_no_change_is_lost(engine: Engine) -> None:
    """Four writers add sixty each, reading and writing back; who comes too late tries again."""
    code = keep(engine, replace(BODY, answers={"peg_p": 0}))

    def add(_: int) -> None:
        done = 0
        while done < 60:
            found = find(engine, code)
            assert found is not None
            number = found.body.answers["peg_p"]
            assert isinstance(number, int)
            try:
                change(engine, code, replace(found.body, answers={"peg_p": number + 1}, note=str(threading.get_ident())), found.version)
                done += 1
            except ChangedMeanwhile:
                continue

    assert together(4, add) == [None] * 4
    found = find(engine, code)
    assert found is not None and found.body.answers["peg_p"] == 240


class Counted:
    """How often the costly steps were taken."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[str] = []
        for name in ("row_key", "unseal", "_cipher"):
            monkeypatch.setattr(Secret, name, self.counting(name, getattr(Secret, name)))
        monkeypatch.setattr(Session, "execute", self.counting("execute", Session.execute))

    def counting(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            self.steps.append(f"unseal {len(args[1])} bytes" if name == "unseal" else name)
            return step(*args, **more)

        return call

    @contextmanager
    def steps_of(self) -> Iterator[list[str]]:
        self.steps.clear()
        yield self.steps


def test_never_expired_and_deleted_take_the_same_work_as_a_hit(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    there, deleted = keep(engine), keep(engine)
    expired = keep(engine, on=date(2020, 1, 1))
    delete(engine, deleted)
    counted = Counted(monkeypatch)
    taken = []
    for code in (there, new_code(), expired, deleted):
        with counted.steps_of() as steps:
            find(engine, code)
            taken.append(list(steps))
    assert taken[0] == taken[1] == taken[2] == taken[3]
    assert {"row_key", "_cipher", "execute"} <= set(taken[0]) and "unseal 1053 bytes" in taken[0]


def test_dates_of_the_database_survive(engine: Engine) -> None:
    code = keep(engine, on=date(2024, 2, 29))
    found = find(engine, code, on=date(2024, 3, 1))
    assert found is not None and found.expires == date(2025, 3, 29)
