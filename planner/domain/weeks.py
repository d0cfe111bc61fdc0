"""The four-week schedule: which day has which exercises, a massage, and how much walking."""

from __future__ import annotations

from planner.domain.lines import Day, Line, MassagePart
from planner.domain.rules import Reading

WEEKS = 4
DAYS_FOR = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 5), 5: (0, 1, 3, 4, 6), 6: (0, 1, 2, 3, 4, 5), 7: tuple(range(7))}
"""Days a week -> weekdays, Monday 0, spread so that strength days have a rest day between."""
MASSAGE_DAY = 3
MASSAGE_WEEKS = {"weekly": (0, 1, 2, 3), "fortnightly": (0, 2), "monthly": (0,)}


def four_weeks(lines: tuple[Line, ...], massage: MassagePart | None, reading: Reading) -> tuple[tuple[Day, ...], ...]:
    """Four weeks of seven days. Walking grows by the week; massage keeps to the block of its row."""
    exercises = [line for line in lines if line.section == "exercises"]
    schedule = reading.library.schedule
    gentle = any(name in reading.words for name in ("older", "stenosis", "peg_high", "widespread", "poor_balance", "surgery_lt6w"))
    walk = schedule.walk_minutes_gentle if gentle else schedule.walk_minutes
    weeks_with = massage_weeks(massage)
    return tuple(
        tuple(
            Day(
                exercises=tuple(line.id for line in exercises if line.dose and day in DAYS_FOR[line.dose.days_a_week]),
                massage=week in weeks_with and day == MASSAGE_DAY,
                walk=walk[week] if day in DAYS_FOR[schedule.walk_days[week]] else 0,
            )
            for day in range(7)
        )
        for week in range(WEEKS)
    )


def massage_weeks(massage: MassagePart | None) -> tuple[int, ...]:
    """Weeks (from 0) with a massage, at most as many as the row's block of sessions."""
    if massage is None or massage.row is None:
        return ()
    return MASSAGE_WEEKS.get(massage.freq, ())[: massage.row.block or WEEKS]
