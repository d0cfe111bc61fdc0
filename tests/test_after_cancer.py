"""Lines and choices that physiotherapists asked for, as printed. Clinical safety 2, 4.1 and 5; clinical plan 8 and 9; NICE on falls."""

from __future__ import annotations

from typing import Any

from planner.domain.model import Library
from tests.test_late_in_pregnancy import titles
from tests.test_numb_feet import BENDY, NUMB, certainty, part
from tests.test_said_to_whom import plan_for, text_for

OLD: dict[str, Any] = {
    **{"age_band": "75plus", "areas": ("low_back",), "duration": "gt12w", "peg_p": 5, "peg_e": 5, "peg_g": 6, "minutes": "10"},
    **{"worse_with": ("standing", "walking"), "balance": "poor", "falls": "once", "activity": "low"},
}
AFTER_CANCER: dict[str, Any] = {
    **{"age_band": "40_59", "rf_cancer": "past", "areas": ("upper_back", "neck_shoulders"), "duration": "gt12w", "pain_checked": "yes"},
    **{"country": "GB", "peg_p": 4, "peg_e": 4, "peg_g": 3, "budget": "some", "goal": "sport", "minutes": "10", "activity": "some"},
}
NARROW_CANAL: dict[str, Any] = {
    **{"age_band": "60_74", "areas": ("low_back",), "leg_symptoms": "below_knee_both", "duration": "gt12w", "pain_checked": "yes"},
    **{"rf_both_legs": "long_standing_same", "known": ("stenosis",), "worse_with": ("standing", "walking"), "goal": "walking"},
    **{"country": "GB", "peg_p": 5, "peg_e": 6, "peg_g": 6, "minutes": "10", "mobility": "no_floor"},
}


def stop(text: str) -> str:
    return part(text, "Stop, and get help")


def test_after_cancer_pain_like_a_band_and_sharp_pain_in_thin_bones_are_for_the_team(library: Library) -> None:
    band, sharp = "Ring too for pain like a band round your body", "sharp back pain after a lift, bump or cough"
    plain, thin = (stop(text_for(library, **AFTER_CANCER, risk_bone=bones)) for bones in (("none",), ("osteoporosis",)))
    assert band in plain and sharp not in plain
    assert band in thin and sharp in thin
    assert band not in stop(text_for(library, **{**AFTER_CANCER, "rf_cancer": "never"}))


def test_after_cancer_growing_pain_and_no_gain_have_one_address(library: Library) -> None:
    text = text_for(library, **AFTER_CANCER)
    assert "Pain that grows day by day is not: ring your cancer team the same day." in text
    assert "helps least, and tell your cancer team." in text and "GP or physio by week 6" not in text
    assert "GP or physio by week 6" in text_for(library, **{**AFTER_CANCER, "rf_cancer": "never"})


def test_a_bath_after_cancer_is_never_hot(library: Library) -> None:
    said = "A bath may be warm, never hot. Keep a treated arm or leg out."
    assert said in text_for(library, **AFTER_CANCER)
    assert said not in text_for(library, **{**AFTER_CANCER, "rf_cancer": "never"})


def test_who_falls_has_bones_and_blood_pressure_checked(library: Library) -> None:
    pressure, bones = "blood pressure lying and standing", "a check of your bones"
    text = text_for(library, **OLD)
    assert pressure in text and bones in text
    assert bones not in text_for(library, **OLD, risk_bone=("osteoporosis",))
    assert pressure not in text_for(library, **OLD, mobility="chair_only")


def test_arms_that_hold_the_body_are_no_surer_than_strength(library: Library) -> None:
    assert certainty(library, "Elbows to knees", **OLD, pain_checked="yes") == "low"
    assert certainty(library, "Seated rock", **OLD) == "low", "and so is a very small move"


def test_stairs_fit_whose_legs_are_alike(library: Library) -> None:
    text = text_for(library, **OLD)
    assert "A sorer leg goes up last and down first." in text and "stronger leg" not in text


def test_thin_blood_asks_first_about_gels_and_aspirin(library: Library) -> None:
    said = "Ask first about such gels, and about aspirin that nobody prescribed."
    assert said in text_for(library, **OLD, risk_blood=("anticoagulant",))
    assert said not in text_for(library, **OLD)


def test_numb_feet_keep_shoes_on_train_balance_and_ask_today(library: Library) -> None:
    text, driver = text_for(library, **NUMB), {**NUMB, "goal": "work", "worse_with": ("sitting", "bending")}
    assert "Keep shoes on for moves on your feet." in part(text, "Before you begin")
    assert {"Shift side to side", "Heel-to-toe stand"} & set(titles(plan_for(library, **NUMB)))
    assert "Ask about your numb feet." in part(text, "Do this today")
    assert "Ask about your numb feet." not in text_for(library, **{**NUMB, "numb_where": ("hands",)})
    assert "hold a wall or a rail that does not move" in text
    assert plan_for(library, **driver).headline.startswith("Stop often on the road")


def test_bendy_joints_grow_strong_round_the_shoulders_and_nobody_cracks_them(library: Library) -> None:
    found = titles(plan_for(library, **BENDY))
    assert {"Wall push-up", "Push-up at a counter", "Band row"} & set(found) and "Clam" not in found
    text = text_for(library, **BENDY, country="AU")
    assert "push or crack a joint or your neck" in text
    assert "A joint slips out and does not go back." in stop(text).partition("Get help today")[0]
    assert "A joint slips out" not in text_for(library, **{**BENDY, "known": ()})


def test_hands_and_knees_have_soft_elbows(library: Library) -> None:
    for item in (library.exercises["bird_dog"], library.exercises["bird_dog_leg"]):
        assert "elbows soft" in " ".join(item.steps)


def test_a_narrow_canal_has_one_way_up_a_counter_to_lean_on_and_its_blood_flow_asked(library: Library) -> None:
    text = text_for(library, **NARROW_CANAL)
    assert plan_for(library, **NARROW_CANAL).goal_way.go_on == "These steps go with your weeks of walks: stay in one until it is easy."
    assert "lean on a counter if your legs ache" in part(text, "Before you begin")
    assert "If not, ask your GP to check their blood flow." in text
