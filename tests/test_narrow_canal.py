"""A narrow spinal canal: walks with rests, a counter to lean on, and what was not tested in it. Clinical plan 2, 8 and 9.1."""

from __future__ import annotations

import re
from typing import Any

from planner.domain.model import Library
from tests.persons import CANAL_WITHOUT_LEG_PAIN, NARROW_CANAL, OLD_WALKER
from tests.plan_text import flat, plan_for, text_for, under

CANAL_AT_HOME: dict[str, Any] = {
    **{"age_band": "60_74", "rf_claudication": "yes_known", "rf_both_legs": "long_standing_same", "areas": ("low_back", "buttock_hip")},
    **{"leg_symptoms": "below_knee_both", "duration": "gt12w", "pain_checked": "yes", "known": ("stenosis",)},
    **{"worse_with": ("standing", "walking"), "day": ("home",), "activity": "low", "goal": "walking", "minutes": "10", "country": "GB"},
}
CANAL_OFF_THE_FLOOR: dict[str, Any] = {
    **{"age_band": "60_74", "areas": ("low_back",), "leg_symptoms": "below_knee_both", "duration": "gt12w", "pain_checked": "yes"},
    **{"rf_both_legs": "long_standing_same", "known": ("stenosis",), "worse_with": ("standing", "walking"), "goal": "walking"},
    **{"country": "GB", "peg_p": 5, "peg_e": 6, "peg_g": 6, "minutes": "10", "mobility": "no_floor"},
}


def test_a_walk_to_a_place_goes_half_way_first_and_stairs_fit_both_legs(library: Library) -> None:
    steps = plan_for(library, **NARROW_CANAL).goal_way.steps
    assert "Half way" in steps[-2]
    assert "If both are the same, choose either, one step at a time." in text_for(library, **NARROW_CANAL)
    assert "If both are the same" not in text_for(library, **OLD_WALKER)


def test_walks_with_rests_stay_in_a_week_until_it_is_easy(library: Library) -> None:
    text = text_for(library, **NARROW_CANAL)
    assert "Stay in a week until it is easy." in text
    assert "Aching legs on a walk may go higher, if sitting settles them." in text
    assert "Aching legs on a walk" not in text_for(library, **OLD_WALKER)


def test_a_narrow_canal_reads_once_how_to_walk_and_rest(library: Library) -> None:
    text = flat(text_for(library, **CANAL_WITHOUT_LEG_PAIN))
    assert text.count("Walk until your legs ask you to stop.") == 1


def test_the_way_to_a_place_has_three_quarters_and_a_seat(library: Library) -> None:
    text = text_for(library, **{**NARROW_CANAL, "goal": "walking"})
    assert "Half way, later three quarters: sit, and back." in text
    assert "Choose a way with seats, or take a folding seat." in text


def test_a_narrow_canal_reads_what_was_not_tested_in_it_and_presses_the_counter(library: Library) -> None:
    text = text_for(library, **NARROW_CANAL)
    assert text.count("was not tested for a narrow spinal canal.") >= 2
    assert "8,270 people" not in text
    assert "press down, do not pull, and stand up" in text
    expect = plan_for(library, **NARROW_CANAL).expect
    assert "blood flow" in expect[0]


def test_a_narrow_canal_has_weeks_and_steps_without_rival_numbers(library: Library) -> None:
    plan, text = plan_for(library, **CANAL_AT_HOME), text_for(library, **CANAL_AT_HOME)
    assert not any(re.search(r"\d+ minutes", step) for step in plan.goal_way.steps)
    assert "it bends your back a long way: this waits for a physio" in text


def test_a_narrow_canal_has_one_way_up_a_counter_to_lean_on_and_its_blood_flow_asked(library: Library) -> None:
    text = text_for(library, **CANAL_OFF_THE_FLOOR)
    assert (
        plan_for(library, **CANAL_OFF_THE_FLOOR).goal_way.go_on == "These steps go with your weeks of walks: stay in one until it is easy."
    )
    assert "lean on a counter if your legs ache" in under(text, "Before you begin")
    assert "If not, ask your GP to check their blood flow." in text
