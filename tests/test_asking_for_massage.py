"""Lines that several physiotherapists asked for: one number, one rule, one ball, one reason. Clinical plan 4, 5, 6."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from planner.outputs.moving import that_count_most
from tests.test_falls import CLIMBER, DRIVER, FELL
from tests.test_said_to_whom import RUNNER, SORE, plan_for, text_for

PAID: dict[str, Any] = {**SORE, "peg_p": 5, "peg_e": 5, "peg_g": 5, "budget": "some", "pressure_pref": "firm"}
CANCER: dict[str, Any] = {
    **{"age_band": "40_59", "rf_cancer": "past", "areas": ("upper_back", "neck_shoulders"), "duration": "gt12w", "pain_checked": "yes"},
    **{"peg_p": 4, "risk_bone": ("osteoporosis",), "day": ("desk",), "budget": "some", "minutes": "10", "country": "GB"},
}
CANAL: dict[str, Any] = {
    **{"age_band": "60_74", "rf_claudication": "yes_known", "rf_both_legs": "long_standing_same", "areas": ("low_back", "buttock_hip")},
    **{"leg_symptoms": "below_knee_both", "duration": "gt12w", "pain_checked": "yes", "known": ("stenosis",)},
    **{"worse_with": ("standing", "walking"), "day": ("home",), "activity": "low", "goal": "walking", "minutes": "10", "country": "GB"},
}
LATE: dict[str, Any] = {"areas": ("low_back",), "duration": "4to12w", "pregnancy": "t3", "budget": "some", "country": "GB"}


@pytest.mark.parametrize("who", [PAID, CANCER, CLIMBER, DRIVER, {**RUNNER, "budget": "flexible"}, LATE])
def test_a_massage_has_one_number_as_its_top(library: Library, who: dict[str, Any]) -> None:
    text = text_for(library, **who)
    assert re.search(r"ask for step \d of 5, no more", text)
    assert "never more than" not in text


@pytest.mark.parametrize("who", [PAID, CLIMBER, {**RUNNER, "budget": "flexible"}])
def test_two_sessions_are_no_proof(library: Library, who: dict[str, Any]) -> None:
    text = text_for(library, **who)
    for wrong in ("tell you if it helps", "enough to find out"):
        assert wrong not in text, wrong


def test_thin_bones_read_of_no_kneading_and_no_soreness(library: Library) -> None:
    text = text_for(library, **CANCER)
    assert text.count("kneading") == text.count("no kneading") == 1
    assert "Mild soreness" not in text
    assert "You should not be sore. Sharp or new bone pain: ring your cancer team the same day." in text
    assert "Sharp or new bone pain: ring your GP the same day." in text_for(library, **{**CANCER, "rf_cancer": "never", "country": "GB"})
    assert "Mild soreness for up to 48 hours is normal." in text_for(library, **PAID)


def test_sore_muscles_after_cancer_need_no_call_and_a_changed_pain_does(library: Library) -> None:
    (first,) = (line for line in plan_for(library, **CANCER).flare if "cancer team the same day" in line)
    assert "grows or changes, at night too" in first
    assert "Only sore muscles" in first
    assert "Your cancer team or GP can tell you." in text_for(library, **CANCER)


def test_bendy_joints_have_one_soft_ball_and_control_before_range(library: Library) -> None:
    text = text_for(library, **CLIMBER)
    assert "tennis" not in text
    assert "Put a soft ball" in text
    assert "Head turns" not in that_count_most(plan_for(library, **CLIMBER), library.policy.short_day)


def test_a_driver_has_one_rule_for_stops_and_nothing_that_concerns_others(library: Library) -> None:
    text = text_for(library, **DRIVER)
    assert "Stop every 45 minutes or so where you can, never over 2 hours." in text
    assert "1 to 2 hours, get out" not in text
    assert "if you are pregnant, have cancer" not in text
    assert "people like you" not in text


def test_a_narrow_canal_has_weeks_and_steps_without_rival_numbers(library: Library) -> None:
    plan, text = plan_for(library, **CANAL), text_for(library, **CANAL)
    assert not any(re.search(r"\d+ minutes", step) for step in plan.goal_way.steps)
    assert "it bends your back a long way: this waits for a physio" in text


def test_who_fell_and_is_alone_marches_in_a_chair(library: Library) -> None:
    text = text_for(library, **{**FELL, "worse_with": ("getting_up", "walking"), "country": "GB"})
    assert "Sit to stand with hands" in text
    assert "Alone? Until your falls check, do only the exercises that you do sitting or lying, on short days too." in text
    assert "In place of Sit to stand, do Seated march, 5 each side." in text


def test_who_fell_goes_far_after_the_falls_check_alone(library: Library) -> None:
    walks = {**FELL, "goal": "walking", "worse_with": ("getting_up", "walking"), "country": "GB"}
    assert any(step.startswith("After your falls check:") for step in plan_for(library, **walks).goal_way.steps)
    steady = plan_for(library, **{**walks, "falls": "none"}).goal_way.steps
    assert not any("falls check" in step for step in steady) and any("company at first" in step for step in steady)


def test_who_drives_for_work_is_awake_before_driving_on(library: Library) -> None:
    assert "Drive only when you feel wide awake." in text_for(library, **DRIVER)
    assert "wide awake" not in text_for(library, **{**DRIVER, "day": ("home",)})
