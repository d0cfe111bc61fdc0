"""The minutes of a day: what a dose takes, by a table worked out by hand, and which exercises share the minutes a person has."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.doses import dose_at, fullest_day, minutes_a_day
from planner.domain.exercises import minutes_offered, moves
from planner.domain.lines import Line
from planner.domain.model import Condition, Dose, DoseClass, Exercise, Library
from planner.domain.rules import Reading
from planner.domain.terms import DOSE_STEPS
from planner.domain.training import Requirement
from tests.made import condition, exercise, reading_of, with_items, with_training
from tests.promises import stopwatch

BY_HAND: list[tuple[Dose, int, int]] = [  # seconds and whole minutes; 3 seconds a repeat, 15 to get ready each time, 30 between sets
    (Dose(), 15, 1),
    (Dose(repeats=1), 18, 1),
    (Dose(repeats=15), 60, 1),
    (Dose(repeats=16), 63, 2),
    (Dose(seconds=45), 60, 1),
    (Dose(seconds=46), 61, 2),
    (Dose(seconds=105), 120, 2),
    (Dose(seconds=106), 121, 3),
    (Dose(seconds=30, repeats=99, hold_seconds=99), 45, 1),  # going on for a time, not counting
    (Dose(repeats=5, hold_seconds=6), 60, 1),
    (Dose(repeats=5, hold_seconds=7), 65, 2),
    (Dose(repeats=5, hold_seconds=2, times_a_day=2), 80, 2),
    (Dose(repeats=10, sides=2), 75, 2),
    (Dose(repeats=5, sides=2), 45, 1),
    (Dose(repeats=3, hold_seconds=5, ways=4), 111, 2),
    (Dose(repeats=10, hold_seconds=5, sets=2), 205, 4),
    (Dose(repeats=8, sets=3, rest_seconds=60), 207, 4),
    (Dose(seconds=30, sides=2, sets=3), 255, 5),
    (Dose(seconds=105, times_a_day=2), 240, 4),
    (Dose(repeats=5, hold_seconds=10, sets=2, sides=2, times_a_day=3), 915, 16),
    (Dose(seconds=45, days_a_week=1), 60, 1),  # a day on which it is done
    (Dose(seconds=45, times_a_day=0), 0, 1),  # never nothing
]


@pytest.mark.parametrize(("dose", "seconds", "minutes"), BY_HAND)
def test_minutes_of_a_dose(dose: Dose, seconds: int, minutes: int) -> None:
    assert minutes_a_day(dose) == minutes
    assert stopwatch(dose) == seconds


def test_the_stopwatch_of_the_promises_agrees_on_every_dose_of_the_content(library: Library) -> None:
    doses = [dose_at(one, step) for one in library.doses.values() for step in DOSE_STEPS]
    assert [minutes_a_day(dose) for dose in doses] == [-(-stopwatch(dose) // 60) or 1 for dose in doses]


PLAIN = (Requirement("everybody", (), movement=(1, 9), strength=(1, 9)),)


def made_reading(library: Library, items: tuple[Exercise, ...], *held: Condition, **answers: Any) -> Reading:
    """A person with a low back and hips that hurt, of level 3, in a library of these exercises; no ladders, one movement, one strength."""
    simple = with_training(
        with_items(library, exercises=items, conditions=held), require=PLAIN, ladder=(), goal=(), usual=(), outside=(), due=()
    )
    usual = {"minutes": "10", "activity": "regular", "areas": ("low_back", "buttock_hip"), "duration": "gt12w"}
    return reading_of(simple, **{**usual, **answers})


def chosen(library: Library, *items: Exercise, held: tuple[Condition, ...] = (), **answers: Any) -> dict[str, Line]:
    """The lines of the exercises that a plan would hold, in order."""
    return {line.item.id: line for line in moves(made_reading(library, items, *held, **answers)).lines}


BOTH = ("low", "hip")


def test_movement_and_strength_come_before_what_suits_better(library: Library) -> None:
    items = [exercise(f"calm{n}", "breathing", regions=BOTH) for n in range(5)]
    items += [exercise("move", order=20), exercise("move_more", regions=BOTH, order=30), exercise("strong", "strength")]
    assert set(chosen(library, *items, minutes="5")) == {"move_more", "strong", "calm0"}


def test_ties_go_to_the_lower_order(library: Library) -> None:
    items = [exercise("b", order=20), exercise("a", order=10), exercise("c", "strength")]
    assert list(chosen(library, *items, minutes="5")) == ["a", "c", "b"]
    assert set(chosen(library, *items, exercise("d", "balance", regions=BOTH), minutes="5")) == {"a", "c", "d"}


@pytest.mark.parametrize(("minutes", "count"), [("5", 3), ("10", 5), ("20", 7), ("30", 7)])  # clinical plan 2.2
def test_how_many_exercises(library: Library, minutes: str, count: int) -> None:
    items = [exercise(f"m{n}", ("movement", "strength")[n % 2], minutes=2) for n in range(14)]
    assert len(chosen(library, *items, minutes=minutes)) == count


def test_with_five_minutes_strength_has_three_days_and_movement_the_four_others(library: Library) -> None:
    found = chosen(library, exercise("move", minutes=5), exercise("strong", "strength", minutes=5), minutes="5")
    assert {name: {dose.days_a_week for dose in line.doses} for name, line in found.items()} == {"move": {4}, "strong": {3}}
    assert fullest_day(line.doses for line in found.values()) == 5
    found = chosen(library, exercise("move", minutes=5), exercise("strong", "strength", minutes=5), minutes="10")
    assert {dose.days_a_week for line in found.values() for dose in line.doses} == {7}


def test_minutes_are_those_of_the_fullest_day_of_all_four_weeks(library: Library) -> None:
    items = [exercise("move", minutes=6, begin=1), exercise("strong", "strength", minutes=5, begin=1, order=1)]
    assert set(chosen(library, *items)) == {"move"}, "what fits at first must fit in week 4"
    short = exercise("short", "strength", minutes=4, begin=1, order=2)
    reading = made_reading(library, (*items, short), activity="low")
    assert {line.item.id: line.minutes for line in moves(reading).lines} == {"move": 6, "short": 4}
    assert moves(reading).minutes == 10


def test_strength_grows_stronger_while_minutes_are_left(library: Library) -> None:
    """Clinical plan 2.2: below 80 % of the minutes strength goes up to `strong`, for level 2 and above."""
    items = [exercise("move", minutes=2), exercise("strong", "strength", minutes=5)]
    assert chosen(library, *items)["strong"].dose_steps == ("start", "start", "strong", "strong")
    assert chosen(library, *items)["move"].dose_steps == ("start", "start", "build", "build")
    assert chosen(library, *items, activity="low")["strong"].dose_steps == ("start", "start", "build", "build")
    full = [exercise("move", minutes=3), items[1]]
    assert chosen(library, *full)["strong"].dose_steps == ("start", "start", "build", "build"), "8 of 10 minutes are enough"


HALF: list[dict[str, Any]] = [  # clinical plan 1.3
    {"age_band": "75plus"},
    {"known": ("widespread_pain",)},
    {"peg_p": 7, "peg_e": 7, "peg_g": 7},
    {"duration": "lt4w", "peg_p": 7},
]


@pytest.mark.parametrize("answers", HALF)
def test_whoever_needs_it_begins_with_half(library: Library, answers: dict[str, Any]) -> None:
    found = chosen(library, exercise("move", harder="strong"), exercise("strong", "strength"), **answers)
    assert {line.dose_steps for line in found.values()} == {("half", "half", "start", "start")}
    assert not any(line.harder for line in found.values())


@pytest.mark.parametrize("answers", [{}, {"age_band": "60_74"}, {"peg_p": 7, "peg_e": 7, "peg_g": 6}, {"duration": "lt4w", "peg_p": 6}])
def test_everybody_else_begins_at_the_start(library: Library, answers: dict[str, Any]) -> None:
    found = chosen(library, exercise("move", minutes=4), exercise("strong", "strength", minutes=4), **answers)
    assert {line.dose_steps for line in found.values()} == {("start", "start", "build", "build")}


@pytest.mark.parametrize(("cap", "steps"), [("start", ("start",) * 4), ("build", ("start", "start", "build", "build"))])
def test_a_limit_holds_the_dose_down(library: Library, cap: Any, steps: tuple[str, ...]) -> None:
    items = (exercise("move", harder="next"), exercise("strong", "strength"), exercise("next", order=999, minutes=9))  # no place for `next`
    found = chosen(library, *items, held=(condition("capped", dose=cap),))
    assert {line.dose_steps for line in found.values()} == {steps}
    assert found["move"].harder is None
    free = chosen(library, *items)["move"].harder
    assert free and free.id == "next"
    assert chosen(library, *items[:2], exercise("next"))["move"].harder is None, "a rung that the plan holds already is no step on"


def test_half_is_one_set_once_a_day() -> None:
    start = Dose(sets=3, repeats=5, times_a_day=2)
    assert dose_at(DoseClass("x", start, start, start), "half") == Dose(repeats=5)


def test_without_an_answer_there_are_five_minutes(library: Library) -> None:
    assert minutes_offered(reading_of(library)) == 5
    assert minutes_offered(reading_of(library, minutes="20")) == 20
