"""Rungs for some people alone, and what each asks of a body by the reference. Source: clinical plan 1.3, 2.1 and 2.5."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.domain.exercises import moves
from planner.domain.model import Library
from planner.domain.plan import build
from planner.domain.ranking import of_this_person
from tests.invariants.rungs import RUNGS, whole
from tests.made import reading_of
from tests.people import well

STRONG: dict[str, Any] = {"areas": ("low_back",), "duration": "gt12w", "activity": "athlete", "minutes": "20"}
WALKER: dict[str, Any] = {**STRONG, "areas": ("mid_back",), "activity": "regular", "age_band": "60_74", "goal": "walking"}
THIN: dict[str, Any] = {**WALKER, "risk_bone": ("osteoporosis",), "exercise_cleared": "yes"}


def may(library: Library, **answers: Any) -> set[str]:
    return {one.id for one in of_this_person(reading_of(library, **answers))[0]}


def held(library: Library, **answers: Any) -> set[str]:
    return {line.item_id for line in moves(reading_of(library, **answers)).lines}


def test_every_rung_asks_for_what_the_reference_says_and_leads_where_it_says(library: Library) -> None:
    for name, item in library.exercises.items():
        rung = RUNGS[name]
        assert rung.demands <= whole(" ".join(item.demands)), name
        assert (item.easier, item.harder, item.dose) == (rung.easier, rung.harder, rung.dose), name


@pytest.mark.parametrize(
    ("rung", "whose"),
    [
        ("floor_rise", {"goal": "caring"}),
        ("floor_rise", {"goal": "home_jobs"}),
        ("side_glide", {"leg_symptoms": ("below_knee_one",)}),
        ("bend_down", {"worry_move": "yes"}),
        ("heel_drop", {"risk_bone": ("osteoporosis",), "exercise_cleared": "yes"}),
    ],
)
def test_a_rung_for_some_is_theirs_alone(library: Library, rung: str, whose: dict[str, Any]) -> None:
    assert rung in may(library, **STRONG, **whose)
    assert rung not in may(library, **STRONG)


@pytest.mark.parametrize(
    ("more", "dropped"),
    [
        ({}, True),
        ({"exercise_cleared": "no"}, False),
        ({"risk_bone": ("osteoporosis", "fragility_fracture")}, False),
        ({"health": ("numb_skin_neuropathy",), "numb_where": ("feet",)}, False),
        ({"age_band": "75plus"}, False),
    ],
)
def test_heels_drop_only_on_a_yes_and_never_where_it_could_harm(library: Library, more: dict[str, Any], dropped: bool) -> None:
    assert ("heel_drop" in held(library, **THIN | more)) == dropped


@pytest.mark.parametrize(("activity", "start"), [("low", 0), ("regular", 1), ("athlete", 1)])
def test_the_way_to_a_sport_starts_at_planks_where_the_plan_holds_one(library: Library, activity: str, start: int) -> None:
    plan = build(library, well(library, **STRONG | {"activity": activity, "goal": "sport"}), on=date(2026, 11, 28))
    assert plan.goal_way.start == start
    assert ("Planks" in plan.goal_way.steps[start]) == bool(start)


def test_dead_bug_and_curl_up_never_meet(library: Library) -> None:
    regular = STRONG | {"activity": "regular"}
    assert "curl_up" not in held(library, **regular) and "dead_bug" in held(library, **regular)
    sore = held(library, **regular, sore_joints=("shoulder",))  # no arm overhead
    assert "curl_up" in sore and "dead_bug" not in sore


def test_a_line_starts_below_the_rung_that_makes_it_worse(library: Library) -> None:
    """Arms up make it worse: the forearms slide up a wall, and nothing is pressed overhead. Clinical plan 2.5, row `arms_up`."""
    answers = {"areas": ("upper_back", "mid_back"), "duration": "gt12w", "peg_p": 4, "minutes": "20", "activity": "regular"}
    work = {"goal": "work", "day": ("arms_up",), "work_now": "as_usual"}
    with_arms, without = (
        {line.item_id for line in build(library, well(library, **answers, **work, worse_with=(one,)), on=date(2026, 11, 28)).lines}
        for one in ("arms_up", "none_clear")
    )
    assert "wall_slide" in with_arms and not with_arms & {"wall_angel", "overhead_press"}
    assert "overhead_press" in without


def test_a_sore_neck_begins_with_the_tuck(library: Library) -> None:
    """The careful start: five readings as a physiotherapist asked for it; the press in four ways is the step after it."""
    answers = {"areas": ("neck_shoulders", "upper_back"), "duration": "gt12w", "peg_p": 4, "activity": "some", "day": ("desk",)}
    plan = build(library, well(library, **answers, goal="work"), on=date(2026, 11, 28))
    tuck = next(line for line in plan.section("exercises") if line.item_id == "chin_tuck")
    assert tuck.harder and tuck.harder.id == "neck_iso"
