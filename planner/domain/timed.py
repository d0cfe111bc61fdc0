"""The doses of an exercise on their days: how often, and how many minutes of each day they take. Source: clinical plan 2.3."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.domain.doses import NO_MINUTES, Minutes, Steps, dose_at, minutes_a_day, minutes_of_days
from planner.domain.items import Dose, DoseClass, Exercise
from planner.domain.rules import Reading, match_any

ALTERNATE_MINUTES = 5
"""With so few minutes, strength has its own days and movement the others."""
STRENGTH_DAYS, OTHER_DAYS = 3, 4
EVERY_DAY = 7


@dataclass(frozen=True)
class Timed:
    """The dose of each of the four weeks. `days`: minutes on each day, none where it costs none. `minutes`: of the longest dose."""

    doses: tuple[Dose, ...]
    days: Minutes
    minutes: int


def timed(item: Exercise, doses: DoseClass, steps: Steps, offered: int, *, once: bool = False) -> Timed:
    """The doses of these steps for somebody with so many minutes a day. What costs no minutes is done daily. `once`: once a day."""
    most = EVERY_DAY
    if offered == ALTERNATE_MINUTES and item.purpose != "ease" and not doses.free:
        most = STRENGTH_DAYS if item.purpose in ("strength", "balance") else OTHER_DAYS
    key = (steps, most, once)
    if (known := doses.known.get(key)) is None:
        known = doses.known[key] = _timed(doses, steps, most, once=once)
    return known


def _timed(doses: DoseClass, steps: Steps, most: int, *, once: bool) -> Timed:
    """Weeks of one step share one dose: who writes it four times can see that it is the same."""
    found = {step: _on_days(dose_at(doses, step), most, once=once) for step in set(steps)}
    done = tuple([found[step] for step in steps])
    if doses.free:
        return Timed(done, NO_MINUTES, 0)
    return Timed(done, minutes_of_days(done), max(minutes_a_day(dose) for dose in done))


def _on_days(dose: Dose, most: int, *, once: bool) -> Dose:
    return replace(dose, days_a_week=min(most, dose.days_a_week), times_a_day=1 if once else dose.times_a_day)


def moves_once(reading: Reading) -> bool:
    """True for somebody whom nothing hurts: an easy move once a day is enough. Our own cautious rule."""
    return match_any(reading.library.training.once_a_day, reading.words) is not None


def once_a_day(item: Exercise, reading: Reading) -> bool:
    """True for an easy move of somebody who does it once a day."""
    return item.purpose in reading.library.training.once_a_day_of and moves_once(reading)
