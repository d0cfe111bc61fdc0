"""Sentences with a condition: each is read by somebody for whom it is meant, and not by the nearest other person."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.model import Library
from tests.persons import AFTER_A_BIRTH, CAESAREAN, DRIVER, GYM_LIFTER, NECK_AT_WORK, PREGNANT_PARENT, TEEN_ATHLETE, TENSE_NECK, UNSTEADY
from tests.plan_text import flat, plan_for, text_for

TIRED_NECK: dict[str, Any] = {**TENSE_NECK, "goal": "sleep", "areas": ("neck_shoulders", "low_back"), "peg_p": 6}
MOTHER: dict[str, Any] = {**AFTER_A_BIRTH, "day": ("carer_parent",), "budget": "some", "worse_with": ("lifting",)}
ARCHING: dict[str, Any] = {**TEEN_ATHLETE, "worse_with": ("arching",)}
UPPER: dict[str, Any] = {"areas": ("upper_back",), "duration": "gt12w", "age_band": "40_59"}
FAINT = "strong tummy pain with faintness"
BAND = "or pain goes round you like a band."

READ: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("In the split squat, hold a weight once the bigger amount is easy.", GYM_LIFTER, {**GYM_LIFTER, "goal": "sport"}),
    ("Each exercise stays the same until your check, on purpose.", CAESAREAN, AFTER_A_BIRTH),
    (BAND, UPPER, {**UPPER, "areas": ("low_back",)}),
    (BAND, {**UPPER, "age_band": "60_74"}, {**UPPER, "age_band": "60_74", "areas": ("low_back",)}),
    (FAINT, {**PREGNANT_PARENT, "pregnancy": "t3"}, {**PREGNANT_PARENT, "pregnancy": "t2"}),
    ("on one side of your tummy with faintness", {**PREGNANT_PARENT, "pregnancy": "t2"}, {**PREGNANT_PARENT, "pregnancy": "t3"}),
    ("As you get up, turn your head", NECK_AT_WORK, {**NECK_AT_WORK, "health": ("surgery_lt6w",)}),
    ("Do not fall asleep with your baby on a sofa", MOTHER, {**MOTHER, "pregnancy": "no"}),
    ("Have the cot mattress at its highest safe level.", MOTHER, {**MOTHER, "pregnancy": "no"}),
    ("only if you like it, and after your six-week check.", MOTHER, {**MOTHER, "pregnancy": "no"}),
    ("as much pillow as fills the gap from shoulder to ear. On your back", TIRED_NECK, {**TIRED_NECK, "areas": ("low_back",)}),
    ("At home too: no bridges, handstands or far stretches.", ARCHING, {**ARCHING, "worse_with": ("bending",)}),
    (
        "Ask for a course that fits shifts.",
        {**TENSE_NECK, "goal": "sleep", "day": ("night_shift", "desk")},
        {**TENSE_NECK, "goal": "sleep", "day": ("desk",)},
    ),
    (
        "With diabetes, general health matters",
        {**DRIVER, "health": ("diabetes",), "activity": "low", "stress": "some", "sleep": "poor"},
        {**DRIVER, "health": ("none",), "activity": "low", "stress": "some", "sleep": "poor"},
    ),
    (
        "Leave out what you do standing, and getting up as an exercise.",
        {**UNSTEADY, "falls": "none"},
        {**UNSTEADY, "falls": "none", "balance": "good"},
    ),
]


@pytest.mark.parametrize(("sentence", "reader", "other"), READ)
def test_a_sentence_is_read_by_whom_it_is_for(library: Library, sentence: str, reader: dict[str, Any], other: dict[str, Any]) -> None:
    assert sentence in flat(text_for(library, **reader))
    assert sentence not in flat(text_for(library, **other))


@pytest.mark.parametrize("age_band", ["40_59", "60_74"])
def test_clumsy_hands_and_a_band_of_pain_stand_in_one_line(library: Library, age_band: str) -> None:
    today = " ".join(plan_for(library, **{**UPPER, "age_band": age_band}).stop_box.today)
    assert today.count("Your hands get clumsy") == 1


def test_a_bone_that_rests_is_not_told_that_walking_gets_easier(library: Library) -> None:
    sore = {**TEEN_ATHLETE, "worse_with": ("arching", "walking")}
    assert "make walking easier" not in text_for(library, **sore)
    walker = {"age_band": "60_74", "areas": ("low_back", "buttock_hip"), "duration": "gt12w", "worse_with": ("walking",), "minutes": "20"}
    assert "make walking easier" in text_for(library, **walker)


def test_a_position_that_eases_leads_to_no_exercise(library: Library) -> None:
    plan = plan_for(library, duration="4to12w", areas=("neck_shoulders",), peg_p=7, worse_with=("one_position",))
    assert plan.section("ease") and all(line.harder is None for line in plan.section("ease"))


@pytest.mark.parametrize(("country", "ten"), [("US", "22 lb (10 kg)"), ("GB", "10 kg")])
def test_training_is_weighed_in_the_measures_of_the_country(library: Library, country: str, ten: str) -> None:
    text = flat(text_for(library, **{**GYM_LIFTER, "country": country}))
    assert f"Squats with a weight too, from {ten}, with the same steps and stops." in text
