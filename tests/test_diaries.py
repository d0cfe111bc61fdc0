"""The diary beside a kept plan: sealed, never in the place of another, and nothing lost when many write at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, update

from planner.database.sessions import reading, writing
from planner.domain.edits import Edits
from planner.domain.thread import CheckIn, Diary, WeekTold
from planner.kept import diaries, plans
from planner.kept.plans import Gone, KeptPlan, Safe
from tests.keeping import ON, SAFE, delete, find, keep, together

WEEK = WeekTold(1, ON, CheckIn(5, 4, ("b",), (), ("a",)), "same", True, Edits(), Edits(("a",), holds=True), (("Bridge", "5 times"),))
TWICE = replace(WEEK, also=(CheckIn(1, 2), CheckIn(5, 4)))
WHOLE = Diary(ON, {ON: ("walk",)}, (TWICE,), Edits(("a",), {"a": "half"}, holds=True, walk_week=3))


def test_what_is_written_is_read_again() -> None:
    assert diaries.from_text(diaries.to_text(WHOLE)) == WHOLE


def written(engine: Engine, code: str, day: int) -> None:
    with writing(engine) as session:
        diaries.write_diary(session, SAFE, code, lambda before: (before or Diary(ON)).ticked(ON - timedelta(days=day), ["walk"]))


def read(engine: Engine, code: str, safe: Safe = SAFE) -> Diary | None:
    with reading(engine) as session:
        return diaries.diary_of(session, safe, code)


def test_of_many_at_once_none_is_lost(engine: Engine) -> None:
    code = keep(engine)
    assert [one for one in together(8, lambda place: written(engine, code, place)) if one is not None] == []
    found = read(engine, code)
    assert found and len(found.done) == 8
    kept = find(engine, code)
    assert kept and kept.version == 1, "the plan itself has not changed"


def test_it_goes_with_its_plan_and_is_not_made_again(engine: Engine) -> None:
    code = keep(engine)
    written(engine, code, 0)
    assert delete(engine, code) and read(engine, code) is None
    with pytest.raises(Gone):
        written(engine, code, 0)


def test_no_body_opens_as_a_diary_and_another_code_opens_none(engine: Engine) -> None:
    one, other = keep(engine), keep(engine)
    written(engine, one, 0)
    with writing(engine) as session:
        row = session.get(KeptPlan, SAFE.secrets[0].row_key(one))
        assert row
        there = KeptPlan.key == SAFE.secrets[0].row_key(other)
        session.execute(update(KeptPlan).where(there).values(diary=row.diary, diary_version=1))
    assert read(engine, other) is None
    with writing(engine) as session:
        here = KeptPlan.key == SAFE.secrets[0].row_key(one)
        session.execute(update(KeptPlan).where(here).values(diary=KeptPlan.sealed, diary_version=KeptPlan.version))
    assert read(engine, one) is None


def test_an_older_secret_still_opens_it(engine: Engine) -> None:
    code = keep(engine)
    written(engine, code, 0)
    newer = Safe("another secret of the tests, long enough", (SAFE.secret,))
    assert read(engine, code, newer) is not None
    with writing(engine) as session:
        found = plans.find_kept(session, newer, code, ON)
        assert found
        plans.change(session, newer, code, replace(found.body, confirmed=date(2026, 11, 22)), 1, ON)
    assert read(engine, code, newer) is not None, "the plan is sealed anew, the diary is still found"
