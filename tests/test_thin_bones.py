"""Thin bones, after cancer or not: exercises that load them, one limit of pain, and massage without kneading. Clinical plan 8; safety 4."""

from __future__ import annotations

import re

from planner.domain.model import Library
from tests.persons import DESK_AFTER_CANCER, DESK_WORKER, NUMB_FEET, PAYS_FOR_MASSAGE, SORE_BACK, SWIMMER, UNSTEADY, WORRIED_AFTER_CANCER
from tests.plan_text import flat, plan_for, text_for, titles, under


def test_a_thin_bone_is_the_reason_of_the_leg_exercise(library: Library) -> None:
    assert re.search(r'Because you said "thin bones"[^.]*\. It makes your calves stronger', text_for(library, **WORRIED_AFTER_CANCER))


def test_new_sharp_pain_after_a_bump_is_seen_today_where_bones_may_be_thin(library: Library) -> None:
    said = "You have a new, sharp back pain after a lift, a bump or a cough."
    for who in (UNSTEADY, {"age_band": "40_59", "areas": ("low_back",), "risk_bone": ("osteoporosis",)}):
        assert said in under(text_for(library, **who), "Stop, and get help")
    assert said not in text_for(library, **NUMB_FEET)


def test_a_steady_person_with_thin_bones_trains_thighs_and_calves(library: Library) -> None:
    legs = {"Sit to stand with hands", "Heel raise"}
    assert legs | {"Wall slide", "Press back, lying"} <= set(titles(plan_for(library, **WORRIED_AFTER_CANCER)))
    unworried = {**WORRIED_AFTER_CANCER, "worry_move": "no"}
    assert "Sit to stand" in titles(plan_for(library, **unworried))
    assert not legs & set(titles(plan_for(library, **unworried)))
    assert legs <= set(titles(plan_for(library, **{**WORRIED_AFTER_CANCER, "rf_cancer": "never", "areas": ("low_back",)})))
    assert "Chin tuck" in titles(plan_for(library, **{**WORRIED_AFTER_CANCER, "minutes": "20"}))


def test_thin_bones_have_one_limit_of_pain_and_it_is_the_lower(library: Library) -> None:
    for more in ({}, {"rf_cancer": "never"}, {"peg_p": 6}):
        text = text_for(library, **{**DESK_AFTER_CANCER, **more})
        assert "it should hurt no more than usual. Stop at a new, sharp pain." in text
        assert "Move down if it hurts more than usual" in text
        for wrong in ("Pain up to 4", "5 out of 10 or more", "1 point above your usual", "rises by 2 points, or does not"):
            assert wrong not in text, wrong
    assert "Stop at a new, sharp pain." not in text_for(library, **SORE_BACK)


def test_thin_bones_after_cancer_read_nothing_of_soreness_and_ask_for_load(library: Library) -> None:
    who = {**SWIMMER, "worry_move": "yes"}
    text = text_for(library, **who)
    assert "when a spot is tender" not in text and "48 hours" not in text
    assert "Strong pain, or any pain from the massage the next day." in text
    assert "its shoulder and upper back too, unless my team said yes" in text
    assert "Bones need load that grows: ask a physio now how to add it." in text
    assert "From week 5, after your cancer team's yes: 10 easy minutes." in text
    firm = text_for(library, **{**who, "risk_bone": ("none",)})
    assert "Breathe slowly when a spot is tender." in firm and "Bones need load" not in firm


def test_a_physio_for_neck_and_thin_bones_is_as_sure_as_the_exercises_are(library: Library) -> None:
    text = flat(text_for(library, **{**DESK_WORKER, "risk_bone": ("osteoporosis",)}))
    assert text.count("helped long-lasting neck pain. This was not tested with thin bones.") == 2


def test_thin_bones_after_cancer_have_no_kneading_and_no_head_held_up_in_water(library: Library) -> None:
    text = text_for(library, **SWIMMER)
    assert "Please use light pressure and no kneading." in text
    assert "Breaststroke: do not hold your head up" in " ".join(plan_for(library, **SWIMMER).goal_way.steps)
    assert "reaststroke" not in text_for(library, **{**SWIMMER, "equipment": ("none",)})


def test_thin_bones_read_of_no_kneading_and_no_soreness(library: Library) -> None:
    text = text_for(library, **DESK_AFTER_CANCER)
    assert text.count("kneading") == text.count("no kneading") == 1
    assert "Mild soreness" not in text
    assert "You should not be sore. Sharp or new bone pain: ring your cancer team the same day." in text
    assert "Sharp or new bone pain: ring your GP the same day." in text_for(
        library, **{**DESK_AFTER_CANCER, "rf_cancer": "never", "country": "GB"}
    )
    assert "Mild soreness for up to 48 hours is normal." in text_for(library, **PAYS_FOR_MASSAGE)
