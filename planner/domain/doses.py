"""Doses: how much of an exercise in which week, and the minutes it takes. Source: clinical plan 1.3 and 2.6."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from planner.domain.items import Dose, DoseClass
from planner.domain.terms import DOSE_STEPS, DoseStep

SECONDS_A_REPEAT = 3
SECONDS_TO_SET_UP = 15
WEEKS = 4
DAYS_FOR = {1: (0,), 2: (0, 4), 3: (0, 2, 4), 4: (1, 3, 5, 6), 5: (0, 1, 3, 4, 6), 6: (0, 1, 2, 3, 4, 5), 7: tuple(range(7))}
"""Days a week -> days of a round, from 0, spread so that strength days have a rest day between. The two are among the three,
for a rest day after both; the four are those that the three leave."""
WALKS_FOR = {**DAYS_FOR, 4: (0, 1, 3, 5)}
"""Days a week of walking -> days, 0 the one on which the plan begins: it always says to walk on that."""
Steps = tuple[DoseStep, DoseStep, DoseStep, DoseStep]
Minutes = tuple[int, ...]
"""On each day of the four weeks."""
Numbers = Mapping[str, int]
"""A dose in a therapist's own numbers, by the names of `numbers_of`. Directions and the rest between sets stay those of the exercise."""
AMOUNT: Mapping[str, Callable[[int], int]] = {"repeats": lambda _now: 2, "seconds": lambda now: now // 5}
"""What of a dose is eased and raised, and by how much it rises: our cautious rule, where the reference speaks of classes alone."""
NO_MINUTES: Minutes = (0,) * 7 * WEEKS


def minutes_a_day(dose: Dose) -> int:
    """Whole minutes that a dose takes on a day it is done, set-up included; at least 1. Source: clinical plan 1.2 (h)."""
    one = dose.seconds or dose.repeats * (dose.hold_seconds + SECONDS_A_REPEAT)
    work = dose.sets * dose.sides * dose.ways * one + (dose.sets - 1) * dose.rest_seconds
    return max(1, -(-dose.times_a_day * (work + SECONDS_TO_SET_UP) // 60))


def dose_at(doses: DoseClass, step: DoseStep) -> Dose:
    found: Dose = getattr(doses, step)
    return found


def steps_for(cap: DoseStep, *, half: bool, strong: bool = False, ahead: bool = False, early: bool = False) -> Steps:
    """The step of each of the four weeks. A cap at `start` holds for all four; half becomes `start` after two weeks.

    `ahead`: people who train hard begin where others go on to. `early`: and stay there, where the minutes hold no more."""
    if half:
        return ("half", "half", "start", "start")
    if cap == "start":
        return ("start", "start", "start", "start")
    if ahead and cap == "strong":
        return ("build", "build", "strong", "strong")
    if early and cap == "strong":
        return ("build", "build", "build", "build")
    later: DoseStep = "strong" if strong and cap == "strong" else "build"
    return ("start", "start", later, later)


def from_step(first: str, cap: DoseStep) -> Steps:
    """A therapist's step for weeks 1 and 2, and the next one for weeks 3 and 4; never above the cap."""
    most = DOSE_STEPS.index(cap)
    begin = min(DOSE_STEPS.index(first), most)
    after = min(begin + 1, most)
    return (DOSE_STEPS[begin], DOSE_STEPS[begin], DOSE_STEPS[after], DOSE_STEPS[after])


def held_at(step: str, cap: DoseStep) -> Steps:
    """One step for all four weeks, never above the cap: what a check-in says holds until the next."""
    now = DOSE_STEPS[min(DOSE_STEPS.index(step), DOSE_STEPS.index(cap))]
    return (now, now, now, now)


def numbers_of(dose: Dose) -> dict[str, int]:
    """What of a dose may be typed: repeats with a hold, or seconds of going on."""
    names = ("seconds",) if dose.seconds else ("repeats", "hold_seconds")
    return {name: getattr(dose, name) for name in ("sets", *names, "sides", "times_a_day", "days_a_week")}


def typed_dose(numbers: Numbers, dose: Dose, doses: DoseClass, cap: DoseStep) -> Dose:
    """`dose` with what was typed, nowhere above the cap; where nothing holds a dose down, as it was typed. Source: clinical safety 7.5."""
    most = numbers_of(dose_at(doses, cap))
    said = {name: numbers[name] for name in numbers_of(dose) if name in numbers}
    held: dict[str, Any] = {name: number if cap == "strong" else min(number, most[name]) for name, number in said.items()}
    return replace(dose, **held)


def one_step_down(numbers: Numbers) -> Numbers:
    """One step easier: a set fewer, or else a third fewer repeats or seconds."""
    if numbers["sets"] > 1:
        return {**numbers, "sets": numbers["sets"] - 1}
    return {**numbers, **{name: numbers[name] - numbers[name] // 3 for name in AMOUNT if name in numbers}}


def halved(numbers: Numbers) -> Numbers:
    """The least, as `half` of a class: one set, once a day; half of the rest where that was all there was."""
    least = {**numbers, "sets": 1, "times_a_day": 1}
    return least if least != numbers else {**least, **{name: -(-least[name] // 2) for name in AMOUNT if name in least}}


def one_step_up(numbers: Numbers) -> Numbers:
    """One step harder: 2 repeats more, or a fifth longer. The cap is held where the plan is built."""
    return {**numbers, **{name: numbers[name] + more(numbers[name]) for name, more in AMOUNT.items() if name in numbers}}


def minutes_of_days(doses: tuple[Dose, ...]) -> Minutes:
    """Minutes on each day of one exercise, by its dose of each week."""
    found: list[int] = []
    for dose in doses:
        minutes, days = minutes_a_day(dose), DAYS_FOR[dose.days_a_week]
        found += [minutes if day in days else 0 for day in range(7)]
    return tuple(found)


def together(many: Iterable[Minutes]) -> Minutes:
    """Minutes on each day of several exercises."""
    return tuple(map(sum, zip(*many, strict=True)))


def fullest_day(doses: Iterable[tuple[Dose, ...]]) -> int:
    """Minutes of the fullest day of the four weeks. `doses`: of each exercise, the dose of each week."""
    return max(together([NO_MINUTES, *map(minutes_of_days, doses)]))
