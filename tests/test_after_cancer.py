"""After cancer: signs for the cancer team, arms that swell, massage, a bath, needles, and sport. Clinical plan 2 and 8; safety 4.1."""

from __future__ import annotations

import pytest

from planner.domain.model import Library
from tests.persons import DESK_AFTER_CANCER, DESK_WORKER, SPORT_AFTER_CANCER, SWIMMER, WORRIED_AFTER_CANCER
from tests.plan_text import flat, plan_for, stop_box_words, text_for, titles


def test_after_cancer_the_arms_go_up_and_thin_bones_keep_their_leg_exercise(library: Library) -> None:
    found = titles(plan_for(library, **WORRIED_AFTER_CANCER))
    assert "Wall slide" in found
    assert "Heel raise" in found
    assert "Sit to stand with hands" in titles(plan_for(library, **{**WORRIED_AFTER_CANCER, "balance": "poor"}))
    assert "Wall slide" not in titles(plan_for(library, **WORRIED_AFTER_CANCER, sore_joints=("shoulder",)))


@pytest.mark.parametrize("budget", ["some", "flexible"])
def test_a_sore_neck_after_cancer_has_massage_only_for_those_who_like_it(library: Library, budget: str) -> None:
    said = {**WORRIED_AFTER_CANCER, "duration": "gt12w", "budget": budget, "goal": "sport"}
    text = flat(text_for(library, **said))
    assert "only if you like it, and after your cancer team says yes" in text
    assert "2 sessions at first" not in text
    plan = plan_for(library, **{**WORRIED_AFTER_CANCER, "rf_cancer": "never", "budget": budget, "duration": "gt12w"})
    assert plan.massage and plan.massage.freq == "as_wanted"


def test_after_cancer_an_arm_that_swells_stops_the_exercise_and_a_trained_therapist_is_named(library: Library) -> None:
    text = flat(text_for(library, **WORRIED_AFTER_CANCER, duration="gt12w", budget="some"))
    assert "Stop if an arm feels heavy, tight or swollen, and get help the same day, as the stop box says." in text
    assert "trained in massage during and after cancer" in text
    assert "arm feels heavy" not in text_for(library, **{**WORRIED_AFTER_CANCER, "rf_cancer": "never"}, duration="gt12w")


def test_after_cancer_a_headache_has_one_number_and_sport_begins_with_the_team(library: Library) -> None:
    said = {**WORRIED_AFTER_CANCER, "duration": "gt12w", "goal": "sport"}
    box = flat(text_for(library, **said)).partition("Stop, and get help")[2].partition("Before you begin")[0]
    assert "Ring them the same day too for a headache that is new, grows, wakes you or makes you vomit." in box
    assert "A headache is new, changed or growing" not in box
    assert "gets newly weak or numb, even slowly" in box
    assert "Ask your cancer team first. Then a short, easy session: stop if the arm feels heavy." in flat(text_for(library, **said))
    without = flat(text_for(library, **{**said, "rf_cancer": "never"}))
    assert "A headache is new, changed or growing" in without
    assert "cancer" not in without.partition("Do this today")[0]
    assert "heavy" not in " ".join(plan_for(library, **{**said, "areas": ("low_back",)}).goal_way.steps)


def test_after_cancer_soreness_has_one_length_and_painkillers_one_address(library: Library) -> None:
    text = text_for(library, **DESK_AFTER_CANCER)
    assert "Sore muscles for a day or two are usual." in text
    assert "Ask your team before a new painkiller." in text
    assert "new painkiller" not in text_for(library, **{**DESK_AFTER_CANCER, "rf_cancer": "never"})


def test_needles_after_cancer_are_spoken_of_to_those_who_had_it(library: Library) -> None:
    low = {**DESK_WORKER, "areas": ("low_back", "upper_back")}
    once_ill = flat(text_for(library, **{**low, "rf_cancer": "past"}))
    assert "ask your cancer team first, and have no needle on the treated side" in once_ill
    assert "Do not lie on a treated side." in once_ill
    well = flat(text_for(library, **low))
    assert "Thin needles are put into the skin" in well, "else this says nothing"
    assert "cancer team" not in well


def test_after_cancer_weakness_is_one_line_of_what_is_for_now(library: Library) -> None:
    box = plan_for(library, **SWIMMER).stop_box
    said = " ".join(box.now)
    for sign in ("newly weak or numb, even slowly", "unsteady", "bladder", "both legs"):
        assert sign in said, sign
    assert said.count("weak") == 1
    assert sum("weak" in one for one in box.today) == 1
    assert "clumsy hands or unsteady walking cannot wait for your team. Call 999 now." in text_for(library, **SWIMMER)
    assert "sudden or new weakness in a leg" not in said


def test_sore_muscles_after_cancer_need_no_call_and_a_changed_pain_does(library: Library) -> None:
    (first,) = (line for line in plan_for(library, **DESK_AFTER_CANCER).flare if "cancer team the same day" in line)
    assert "grows or changes, at night too" in first
    assert "Only sore muscles" in first
    assert "Your cancer team or GP can tell you." in text_for(library, **DESK_AFTER_CANCER)


def test_after_cancer_pain_like_a_band_and_sharp_pain_in_thin_bones_are_for_the_team(library: Library) -> None:
    band, sharp = "Ring too for pain like a band round your body", "sharp back pain after a lift, bump or cough"
    plain, thin = (stop_box_words(text_for(library, **SPORT_AFTER_CANCER, risk_bone=bones)) for bones in (("none",), ("osteoporosis",)))
    assert band in plain and sharp not in plain
    assert band in thin and sharp in thin
    assert band not in stop_box_words(text_for(library, **{**SPORT_AFTER_CANCER, "rf_cancer": "never"}))


def test_after_cancer_growing_pain_and_no_gain_have_one_address(library: Library) -> None:
    text = text_for(library, **SPORT_AFTER_CANCER)
    assert "Pain that grows day by day is not: ring your cancer team the same day." in text
    assert "helps least, and tell your cancer team." in text and "GP or physio by week 6" not in text
    assert "GP or physio by week 6" in text_for(library, **{**SPORT_AFTER_CANCER, "rf_cancer": "never"})


def test_a_bath_after_cancer_is_never_hot(library: Library) -> None:
    said = "A bath may be warm, never hot. Keep a treated arm or leg out."
    assert said in text_for(library, **SPORT_AFTER_CANCER)
    assert said not in text_for(library, **{**SPORT_AFTER_CANCER, "rf_cancer": "never"})
