"""The four weeks: who walks gently, how far, which day has what, and no more massages than the row's block."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from planner.domain.lines import MassagePart
from planner.domain.model import Dose, Library
from planner.domain.weeks import four_weeks, massage_weeks
from tests.made import exercise, line_of, part_of, reading_of, walked, with_schedule

GENTLE: list[dict[str, Any]] = [  # 60 or over, stenosis, PEG of 7, pain in many places, poor balance, an operation: smaller steps
    {"age_band": "60_74"},
    {"age_band": "75plus"},
    {"known": ("stenosis",)},
    {"rf_claudication": "yes_known"},
    {"peg_p": 7, "peg_e": 7, "peg_g": 7},
    {"known": ("widespread_pain",)},
    {"balance": "poor"},
    {"health": ("surgery_lt6w",)},
]
USUAL: list[dict[str, Any]] = [
    {},
    {"age_band": "40_59"},
    {"known": ("disc_sciatica", "spondylolisthesis", "hypermobility")},
    {"rf_claudication": "yes_new"},
    {"peg_p": 7, "peg_e": 7, "peg_g": 6},
    {"peg_p": 10, "peg_e": 3, "peg_g": 3},
    {"balance": "good", "kneel_ok": "no", "mobility": "no_floor"},
    {"health": ("surgery_6to12w", "osteoporosis")},
    {"pregnancy": "t3"},
]


def walks(library: Library, **answers: Any) -> list[list[int]]:
    """Minutes of walking, day by day, in a schedule that tells one week and one table from another."""
    marked = with_schedule(library, walk_minutes=(41, 42, 43, 44), walk_minutes_gentle=(1, 2, 3, 4), walk_days=(3, 4, 5, 6))
    return [walked(week) for week in four_weeks((), None, reading_of(marked, **answers))]


def test_most_people_walk_the_usual_minutes_on_so_many_days(library: Library) -> None:
    assert walks(library) == [
        [41, 0, 41, 0, 41, 0, 0],
        [42, 42, 0, 42, 0, 42, 0],
        [43, 43, 0, 43, 43, 0, 43],
        [44, 44, 44, 44, 44, 44, 0],
    ]


@pytest.mark.parametrize("answers", GENTLE)
def test_these_walk_gently(library: Library, answers: dict[str, Any]) -> None:
    assert [max(week) for week in walks(library, **answers)] == [1, 2, 3, 4]


@pytest.mark.parametrize("answers", USUAL)
def test_these_do_not(library: Library, answers: dict[str, Any]) -> None:
    assert [max(week) for week in walks(library, **answers)] == [41, 42, 43, 44]


def test_the_minutes_themselves(library: Library) -> None:
    """The reference, (h): 5 to 10 minutes on 3 to 5 days at first, then 2 to 5 more each week; gentler walkers grow by less."""
    usual, gentle = ([walked(week) for week in four_weeks((), None, reading_of(library, **one))] for one in ({}, GENTLE[0]))
    for weeks, least, most in ((usual, 2, 5), (gentle, 1, 2)):
        minutes = [max(week) for week in weeks]
        assert 5 <= minutes[0] <= 10
        assert all(least <= after - before <= most for before, after in itertools.pairwise(minutes)), minutes
        assert all(3 <= sum(map(bool, week)) <= 5 for week in weeks)
        assert {one for week in weeks for one in week} == {0, *minutes}
    assert [max(week) for week in usual] == [8, 11, 14, 17]
    assert [max(week) for week in gentle] == [5, 6, 8, 10]
    assert [sum(map(bool, week)) for week in usual] == [4, 5, 5, 5]


@pytest.mark.parametrize(
    ("days_a_week", "due"),  # Monday to Sunday; strength, 2 or 3 days a week, never on two days running
    [(1, "x......"), (2, "x..x..."), (3, "x.x.x.."), (4, "xx.x.x."), (5, "xx.xx.x"), (6, "xxxxxx."), (7, "xxxxxxx")],
)
def test_the_days_of_an_exercise(library: Library, days_a_week: int, due: str) -> None:
    line = line_of(exercise("one"), Dose(seconds=45, days_a_week=days_a_week))
    for week in four_weeks((line,), None, reading_of(library)):
        assert "".join("x" if day.exercises == ("exercise:one",) else "." for day in week) == due
    assert due.count("x") == days_a_week
    assert days_a_week > 3 or "xx" not in due


def test_a_day_has_every_exercise_that_is_due_and_nothing_else(library: Library) -> None:
    daily, twice = line_of(exercise("daily")), line_of(exercise("twice"), Dose(seconds=45, days_a_week=2))
    other = replace(daily, id="posture:sit", section="habits")
    undosed = replace(daily, id="exercise:none", dose=None)
    weeks = four_weeks((daily, other, undosed, twice), None, reading_of(library))
    assert len(weeks) == 4 and all(len(week) == 7 for week in weeks)
    assert [day.exercises for day in weeks[0]] == [
        ("exercise:daily", "exercise:twice"),
        ("exercise:daily",),
        ("exercise:daily",),
        ("exercise:daily", "exercise:twice"),
        *[("exercise:daily",)] * 3,
    ]


@pytest.mark.parametrize(
    ("freq", "block", "weeks"),
    [
        ("weekly", 0, (0, 1, 2, 3)),  # no block: as often as the row says
        ("weekly", 1, (0,)),
        ("weekly", 2, (0, 1)),
        ("weekly", 4, (0, 1, 2, 3)),
        ("weekly", 5, (0, 1, 2, 3)),
        ("fortnightly", 0, (0, 2)),
        ("fortnightly", 1, (0,)),
        ("fortnightly", 4, (0, 2)),
        ("monthly", 4, (0,)),
        ("as_wanted", 4, ()),
        ("none", 4, ()),
    ],
)
def test_massage_weeks_stop_at_the_block_of_the_row(library: Library, freq: str, block: int, weeks: tuple[int, ...]) -> None:
    part = part_of(freq, block)
    assert massage_weeks(part) == weeks
    days = [[day.massage for day in week] for week in four_weeks((), part, reading_of(library))]
    thursday = [False, False, False, True, False, False, False]
    assert days == [thursday if week in weeks else [False] * 7 for week in range(4)]


def test_without_a_massage_there_is_no_massage_week() -> None:
    held: MassagePart = replace(part_of("weekly", 4), row=None)
    assert massage_weeks(None) == massage_weeks(held) == ()
    assert massage_weeks(replace(part_of("weekly", 4), freq="fortnightly")) == (0, 2)  # a therapist stepped it down
