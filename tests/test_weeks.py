"""The four weeks: who walks how much, which day has what, and no more massages than the row's block."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.days import Walking
from planner.domain.lines import MassagePart
from planner.domain.model import Dose, Library
from planner.domain.plan import build
from planner.domain.walking import row_of, walking
from planner.domain.weeks import four_weeks, massage_weeks
from tests.made import NO_WALK, exercise, line_of, part_of, reading_of, walked
from tests.people import well

SORE: dict[str, Any] = {"duration": "gt12w", "activity": "some"}
NONE = ((), (), ())
WALKS: list[tuple[dict[str, Any], tuple[tuple[int, ...], ...]]] = [  # clinical plan 2.7: minutes, bouts and days of week 1 to 4
    ({"activity": "low"}, ((6, 9, 12, 15), (1, 1, 1, 1), (4, 5, 5, 5))),
    ({"activity": "some"}, ((10, 13, 16, 20), (1, 1, 1, 1), (4, 5, 5, 5))),
    ({"activity": "regular"}, ((20, 23, 26, 30), (1, 1, 1, 1), (4, 5, 5, 5))),
    ({"activity": "athlete"}, ((20, 20, 20, 20), (1, 1, 1, 1), (2, 2, 2, 2))),
    ({"mobility": "chair_only"}, ((9, 12, 16, 20), (3, 3, 2, 1), (4, 5, 5, 5))),
    ({"known": ("stenosis",)}, ((10, 12, 15, 20), (2, 2, 3, 2), (4, 5, 5, 5))),
    ({"age_band": "60_74", "worse_with": ("walking",)}, ((10, 12, 15, 20), (2, 2, 3, 2), (4, 5, 5, 5))),
    ({"pregnancy": "t2", "pgp": "yes"}, ((10, 10, 12, 16), (2, 2, 2, 2), (4, 5, 5, 5))),
    ({"pregnancy": "postpartum_12w", "birth_when": "6to12w"}, ((5, 8, 12, 15), (1, 1, 1, 1), (4, 5, 5, 5))),
    ({"duration": "lt4w", "peg_p": 7}, ((9, 15, 20, 20), (3, 3, 2, 1), (4, 5, 5, 5))),
    *(
        (gently, ((8, 10, 14, 20), (2, 2, 2, 2), (4, 5, 5, 5)))
        for gently in (
            {"age_band": "75plus"},
            {"balance": "poor"},
            {"known": ("widespread_pain",)},
            {"peg_p": 7, "peg_e": 7, "peg_g": 7},
        )
    ),
    ({"areas": ("none",), "duration": "none", "activity": "regular"}, NONE),
    ({"areas": ("none",), "duration": "none", "activity": "athlete"}, NONE),
    ({"health": ("surgery_lt6w",)}, NONE),
]


def walk_of(library: Library, **answers: Any) -> Walking:
    return walking(reading_of(library, **well(library, activity="low") | answers))


@pytest.mark.parametrize(("answers", "rows"), WALKS)
def test_how_much_to_walk(library: Library, answers: dict[str, Any], rows: tuple[tuple[int, ...], ...]) -> None:
    found = walk_of(library, **answers)
    assert (found.minutes, found.bouts, found.days) == rows
    assert found.say


FIRST: list[tuple[dict[str, Any], dict[str, Any]]] = [  # who is two of the table's rows has the first
    ({"mobility": "chair_only"}, {"age_band": "75plus", "known": ("stenosis",)}),
    ({"known": ("stenosis",)}, {"age_band": "75plus"}),
    ({"known": ("stenosis",), "balance": "poor"}, {"age_band": "75plus"}),
    ({"duration": "lt4w", "peg_p": 7}, {"balance": "poor"}),
    ({"balance": "poor"}, {"activity": "regular"}),
    ({"health": ("surgery_lt6w",)}, {"known": ("stenosis",), "age_band": "75plus"}),
]


@pytest.mark.parametrize(("first", "later"), FIRST)
def test_the_first_row_that_fits_counts(library: Library, first: dict[str, Any], later: dict[str, Any]) -> None:
    both, one, other = (row_of(reading_of(library, **well(library, activity="low") | who)) for who in ({**later, **first}, first, later))
    assert both is one is not other


USUAL: list[dict[str, Any]] = [
    {"age_band": "60_74"},
    {"worse_with": ("walking",)},
    {"known": ("disc_sciatica", "spondylolisthesis", "hypermobility")},
    {"peg_p": 7, "peg_e": 7, "peg_g": 6},
    {"peg_p": 10, "peg_e": 3, "peg_g": 3},
    {"duration": "lt4w", "peg_p": 6},
    {"kneel_ok": "no", "mobility": "no_floor"},
    {"areas": ("none",), "duration": "none"},
]


@pytest.mark.parametrize("answers", USUAL)
def test_these_walk_as_most_people_do(library: Library, answers: dict[str, Any]) -> None:
    assert walk_of(library, **answers).minutes == (6, 9, 12, 15)


def test_a_walk_never_shrinks_and_grows_by_little(library: Library) -> None:
    for row in library.schedule.walking:
        assert all(before <= after <= 2 * before for before, after in itertools.pairwise(row.minutes)), row.id
        assert len(row.minutes) == len(row.bouts) == len(row.days) and len(row.minutes) in (0, 4), row.id


def test_whoever_sits_reads_no_word_of_walking(library: Library) -> None:
    """Clinical plan 2.7: never walk, stand, step or floor."""
    rows = [row for row in library.schedule.walking if row.seated]
    found = [f"{row.say} {row.then}".lower() for row in rows]
    assert rows and not [text for text in found for word in ("walk", "stand", "step", "floor") if word in text]
    assert walk_of(library, mobility="chair_only").pushing and not walk_of(library).pushing


def test_walks_begin_on_the_first_day_and_then_keep_to_days_of_their_own(library: Library) -> None:
    weeks = four_weeks((), None, Walking("", (41, 42, 43, 44), (1, 1, 1, 1), (3, 4, 5, 6), "", pushing=False))
    assert [walked(week) for week in weeks] == [
        [41, 0, 41, 0, 41, 0, 0],
        [42, 42, 0, 42, 0, 42, 0],
        [43, 43, 0, 43, 43, 0, 43],
        [44, 44, 44, 44, 44, 44, 0],
    ]
    assert [walked(week) for week in four_weeks((), None, NO_WALK)] == [[0] * 7] * 4


@pytest.mark.parametrize(
    ("days_a_week", "due"),  # Monday to Sunday; strength, 2 or 3 days a week, never on two days running, the two among the three
    [(1, "x......"), (2, "x...x.."), (3, "x.x.x.."), (4, ".x.x.xx"), (5, "xx.xx.x"), (6, "xxxxxx."), (7, "xxxxxxx")],
)
def test_the_days_of_an_exercise(days_a_week: int, due: str) -> None:
    line = line_of(exercise("one"), Dose(seconds=45, days_a_week=days_a_week))
    for week in four_weeks((line,), None, NO_WALK):
        assert "".join("x" if day.exercises == ("exercise:one",) else "." for day in week) == due
    assert due.count("x") == days_a_week
    assert days_a_week > 3 or "xx" not in due


FROM_THE_FIRST: list[dict[str, Any]] = [
    {"minutes": "5"},
    {"minutes": "5", "areas": ("neck_shoulders",), "worse_with": ("look_down",)},
    {"minutes": "5", "mobility": "chair_only"},
    {"minutes": "5", "age_band": "75plus"},
    {"minutes": "5", "pregnancy": "postpartum_12w", "birth_when": "6to12w"},
    {"minutes": "10", "goal": "lifting"},
    {"minutes": "20", "activity": "athlete", "goal": "lifting", "day": ("athlete",)},
    {"minutes": "20", "areas": ("none",), "duration": "none", "activity": "athlete", "goal": "sport"},
    {"minutes": "5", "areas": ("none",), "duration": "none", "activity": "regular", "goal": "sitting"},
    {"minutes": "5", "areas": ("none",), "duration": "none", "activity": "regular", "goal": "sport"},
]


@pytest.mark.parametrize("answers", FROM_THE_FIRST)
def test_whatever_a_plan_says_to_do_today_is_due_on_the_day_it_is_made(library: Library, answers: dict[str, Any]) -> None:
    """Week 1 begins today, whichever weekday that is; its days are the same however it falls."""
    seen: set[tuple[int, ...]] = set()
    for later in range(7):
        on = date(2026, 11, 27) + timedelta(days=later)
        plan = build(library, well(library, **SORE | answers), on=on)
        first = plan.weeks[0][on.weekday()]
        named = {one.line for one in plan.today if one.line.startswith("exercise:")}
        assert named <= set(first.exercises), (on, named)
        walks = any(re.search("^(Walk|Push) ", one.text) for one in plan.today)
        assert first.walk or not walks, on
        rolled = [plan.weeks[0][(on.weekday() + number) % 7] for number in range(7)]
        seen.add(tuple(len(day.exercises) for day in rolled))
        for line in plan.section("exercises"):
            due = [line.id in day.exercises for day in (*rolled, rolled[0])]
            strong = line.dose is not None and line.dose.days_a_week <= 3
            assert not strong or (True, True) not in itertools.pairwise(due), (on, line.id)
    assert len(seen) == 1


def test_a_day_has_every_exercise_that_is_due_and_nothing_else() -> None:
    daily, twice = line_of(exercise("daily")), line_of(exercise("twice"), Dose(seconds=45, days_a_week=2))
    other = daily._replace(id="posture:sit", section="habits")
    undosed = daily._replace(id="exercise:none", doses=())
    weeks = four_weeks((daily, other, undosed, twice), None, NO_WALK)
    assert len(weeks) == 4 and all(len(week) == 7 for week in weeks)
    assert [day.exercises for day in weeks[0]] == [
        ("exercise:daily", "exercise:twice"),
        *[("exercise:daily",)] * 3,
        ("exercise:daily", "exercise:twice"),
        *[("exercise:daily",)] * 2,
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
def test_massage_weeks_stop_at_the_block_of_the_row(freq: str, block: int, weeks: tuple[int, ...]) -> None:
    part = part_of(freq, block)
    assert massage_weeks(part) == weeks
    days = [[day.massage for day in week] for week in four_weeks((), part, NO_WALK)]
    thursday = [False, False, False, True, False, False, False]
    assert days == [thursday if week in weeks else [False] * 7 for week in range(4)]


def test_without_a_massage_there_is_no_massage_week() -> None:
    some = part_of("weekly", 4)
    none: list[MassagePart] = [replace(some, row=None), replace(some, styles=()), replace(some, held=True), replace(some, declined=True)]
    assert [massage_weeks(one) for one in (None, *none)] == [()] * 5
    assert massage_weeks(replace(part_of("weekly", 4), freq="fortnightly")) == (0, 2)  # a therapist stepped it down


def test_each_week_has_its_own_dose() -> None:
    weeks = four_weeks((line_of(exercise("one"), *(Dose(seconds=45, days_a_week=days) for days in (7, 3, 2, 1))),), None, NO_WALK)
    assert [sum(bool(day.exercises) for day in week) for week in weeks] == [7, 3, 2, 1]
