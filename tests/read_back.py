"""What is there at the end of a day of faults, against what people were told is done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, func, select

from planner.clinic.tables import Handout
from planner.database.sessions import reading
from planner.kept.diaries import diary_of
from planner.kept.plans import KeptPlan, Safe, find_kept
from tests.crowd import Confirmed


@dataclass(frozen=True)
class ReadAgain:
    """`confirmed`: how much people were told is done. `lost`, `doubled`: one line each."""

    confirmed: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]


def read_again(engine: Engine, safe: Safe, told: Confirmed, before: Collection[str] = ()) -> ReadAgain:
    """`before`: codes of plans that were there when the day began.

    A row more than were confirmed is a double: everybody pressed until they were told."""
    today, lost = date.today(), []
    with reading(engine) as rows:
        for code, goal in told.kept.items():
            found = find_kept(rows, safe, code, today)
            if found is None:
                lost.append("a kept plan")
            elif found.body.answers.get("goal_words") != goal:
                lost.append(f"a change: {found.body.answers.get('goal_words')!r} in the place of {goal!r}")
        diaries = {code: diary_of(rows, safe, code) for code in told.ticked | told.checked_in}
        lost += ["a tick" for code in told.ticked if not ((book := diaries[code]) and any(book.done.values()))]
        lost += ["a check-in" for code in told.checked_in if not ((book := diaries[code]) and book.entries)]
        doubled = ["a check-in" for code in told.checked_in if (book := diaries[code]) and len(book.entries) > 1]
        there = set(rows.scalars(select(Handout.id)))
        plans = rows.scalar(select(func.count()).select_from(KeptPlan)) or 0
    lost += ["a printed sheet"] * len(told.printed - there)
    doubled += ["a printed sheet"] * len(there - told.printed)
    doubled += ["a kept plan"] * max(0, plans - len(before) - len(told.kept) - len(there))
    many = len(told.kept) + len(told.ticked) + len(told.checked_in) + len(told.printed)
    return ReadAgain(many, tuple(lost), tuple(doubled))
