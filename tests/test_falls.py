"""What a physiotherapist would mend in whole plans: falls, a narrow canal, numb feet, bendy joints, cancer. Safety 4.1; plan 8, 9.1."""

from __future__ import annotations

from typing import Any

from planner.domain.model import Library
from tests.test_said_to_whom import SORE, plan_for, text_for
from tests.test_sore_bones import NARROW

FELL: dict[str, Any] = {
    **{"age_band": "75plus", "areas": ("low_back", "buttock_hip"), "duration": "gt12w", "peg_p": 5, "peg_g": 6, "falls": "once"},
    **{"balance": "poor", "risk_blood": ("anticoagulant",), "mobility": "no_floor", "kneel_ok": "no", "goal": "walking", "minutes": "10"},
    **{"worse_with": ("walking", "standing"), "budget": "none", "country": "GB", "pain_checked": "yes", "day": ("home",)},
}
DRIVER: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("low_back",), "duration": "gt12w", "peg_p": 6, "worse_with": ("sitting", "getting_up")},
    **{"health": ("diabetes", "numb_skin_neuropathy"), "numb_where": ("feet",), "kneel_ok": "no", "day": ("driving",), "goal": "work"},
    **{"budget": "some", "country": "US", "minutes": "10"},
}
CLIMBER: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back", "neck_shoulders"), "duration": "gt12w", "peg_p": 5, "peg_e": 5, "peg_g": 4},
    **{"known": ("hypermobility",), "goal": "sport", "minutes": "20", "budget": "flexible", "country": "AU", "day": ("desk",)},
}
SWIMMER: dict[str, Any] = {
    **{"age_band": "40_59", "rf_cancer": "past", "areas": ("upper_back", "neck_shoulders"), "duration": "gt12w", "pain_checked": "yes"},
    **{"peg_p": 4, "peg_e": 4, "peg_g": 3, "risk_bone": ("osteoporosis",), "goal": "sport", "equipment": ("pool",), "budget": "some"},
    **{"country": "GB", "minutes": "10", "day": ("desk",)},
}


def test_nobody_is_asked_how_firm_they_like_it_where_the_plan_has_a_top(library: Library) -> None:
    for who in (DRIVER, CLIMBER, SWIMMER, SORE):
        text = text_for(library, **{**who, "budget": "some"})
        assert "how much pressure you like" not in text
        assert text.count("the pressure in this plan is your top") == 1


def test_a_fall_or_a_knock_with_blood_thinners_counts_however_small(library: Library) -> None:
    box = plan_for(library, **FELL).stop_box
    assert any("knock your head, however lightly" in one for one in box.now)
    assert "You have a fall, even if you feel well." in box.today
    assert "You have a fall." not in box.today
    assert "You have a fall." in plan_for(library, **{**FELL, "risk_blood": ()}).stop_box.today


def test_who_fell_and_is_unsteady_stands_for_exercises_only_with_somebody_near(library: Library) -> None:
    text = text_for(library, **FELL)
    assert "Until your falls check, stand for exercises with someone near and a firm chair behind you." in text
    assert "The first few times, have someone near" not in text
    assert "Alone? Until your falls check, do only the exercises that you do sitting or lying, on short days too." in text
    assert "In place of Sit to stand, do Seated march, 5 each side." in text
    lying_or_sitting = {"clamshell", "glute_squeeze", "elbows_to_knees", "chair_child_pose"}
    assert lying_or_sitting & {line.item_id for line in plan_for(library, **FELL).section("exercises")}
    hurried = text_for(library, **{**FELL, "minutes": "5"})
    assert "When alone" not in hurried and "Alone? Until" not in hurried, "all of them may be done standing then"
    assert "Until your falls check" not in text_for(library, **{**FELL, "falls": "none"})


def test_an_unsteady_walk_has_company_first_and_a_stick_only_if_it_fits(library: Library) -> None:
    text = text_for(library, **FELL)
    assert "a stick, a rail or company" not in text
    assert "company, a rail or a fitted stick" in text_for(library, **{**FELL, "falls": "none"})
    assert "walk outdoors only with company. Alone: indoors, along a rail or a wall." in text
    assert "Go one step at a time." in text
    assert "A rucksack leaves a hand free." in text


def test_a_narrow_canal_reads_what_was_not_tested_in_it_and_presses_the_counter(library: Library) -> None:
    text = text_for(library, **NARROW)
    assert text.count("was not tested for a narrow spinal canal.") >= 2
    assert "8,270 people" not in text
    assert "press down, do not pull, and stand up" in text
    expect = plan_for(library, **NARROW).expect
    assert "blood flow" in expect[0]


def test_a_driver_with_numb_feet_has_moves_for_the_road(library: Library) -> None:
    text = text_for(library, **DRIVER)
    assert "Stop every 45 minutes or so where you can, never over 2 hours." in text
    assert "for a few minutes. You can do your standing moves there too, holding on." in text
    assert "Wear shoes, and choose even ground." in text
    assert "Stop if pain or tingling spreads into a leg, or further down one." in text
    assert "chilli" not in text
    assert text.count("onto the table") + text.count("onto a massage table") == 0, "the numb feet ask for help on and off already"
    assert "on and off the table" in text
    assert "chilli" in text_for(library, **{**DRIVER, "country": "GB"})


def test_very_bendy_joints_climb_slowly_and_with_one_limit_for_the_ball(library: Library) -> None:
    text = text_for(library, **CLIMBER)
    assert "a short, very easy session once a week. A quarter of what you used to do." in text
    assert "Make it 10% longer each week, after a week without a flare." in text and "10 to 20%" not in text
    assert text.count("slips out and goes back, tell your doctor") == 1
    assert "slips out and goes back" in text.partition("Before you begin")[2].partition("Exercises ----")[0]
    assert "lean on fists or forearms" in text
    assert "This was not tested for very bendy joints." in text
    assert "Massage at home" not in text or "5 out of 10 or less" not in text
    assert "slips out and goes back" not in text_for(library, **{**CLIMBER, "known": ()})


def test_after_cancer_weakness_is_one_line_of_what_is_for_now(library: Library) -> None:
    box = plan_for(library, **SWIMMER).stop_box
    said = " ".join(box.now)
    for sign in ("newly weak or numb, even slowly", "unsteady", "bladder", "both legs"):
        assert sign in said, sign
    assert said.count("weak") == 1
    assert sum("weak" in one for one in box.today) == 1
    assert "clumsy hands or unsteady walking cannot wait for your team. Call 999 now." in text_for(library, **SWIMMER)
    assert "sudden or new weakness in a leg" not in said


def test_thin_bones_after_cancer_have_no_kneading_and_no_head_held_up_in_water(library: Library) -> None:
    text = text_for(library, **SWIMMER)
    assert "Please use light pressure and no kneading." in text
    assert "Breaststroke: do not hold your head up" in " ".join(plan_for(library, **SWIMMER).goal_way.steps)
    assert "reaststroke" not in text_for(library, **{**SWIMMER, "equipment": ("none",)})
