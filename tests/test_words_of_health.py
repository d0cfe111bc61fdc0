"""What certain health answers add to a plan: whom to ring, what stands above the exercises, medicines. Clinical safety 3.1, 4.1 and 5."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.text import to_text
from tests.people import well
from tests.persons import ACHING, SORE_BACK
from tests.plan_text import ON, plan_for, text_for

ABOVE_THE_EXERCISES = {
    ("health", "diabetes"): "check it before and after exercise",
    ("health", "glaucoma"): "do not hold your breath",
    ("health", "heart_stable"): "so that you can still talk",
    ("health", "bp_controlled"): "Get up slowly after an exercise",
    ("risk_bone", "osteoporosis"): "hold loads close",
    ("known", "hypermobility"): "Do not lock your elbows or knees",
    ("known", "widespread_pain"): "then build up slowly",
}


@pytest.mark.parametrize(("answer", "words"), ABOVE_THE_EXERCISES.items(), ids=lambda one: one[1] if isinstance(one, tuple) else "")
def test_a_rule_for_exercise_stands_above_the_exercises(library: Library, answer: tuple[str, str], words: str) -> None:
    text = text_for(library, **SORE_BACK, **{answer[0]: (answer[1],)})
    begin, exercises = text.index("Before you begin"), text.index(" Exercises ---")
    assert words in text[begin:exercises]


def test_after_cancer_weakness_is_an_emergency_in_both_lists(library: Library) -> None:
    box = plan_for(library, **SORE_BACK, rf_cancer="past", pain_checked="yes").stop_box
    weakness = re.compile(r"weaker|clumsy|unstead")
    now, later = " ".join(box.now), [one for one in box.today if weakness.search(one)]
    assert "weak or numb, even slowly" in now and "unsteady" in now
    assert len(later) == 1 and later[0].endswith("Call {EMERG} now.")
    assert not [one for one in box.others if weakness.search(one)], "no call for an ambulance in a list of who helps the same day"
    assert any("cancer team the same day" in one and "lump" in one for one in box.ring)


def test_after_cancer_pain_that_grows_and_a_lump_are_for_the_cancer_team(library: Library) -> None:
    """Clinical safety 4.1: a constant pain at night, lost weight, a lump or a new shape is for the same day: once, and to whom."""
    sleepless = plan_for(library, **SORE_BACK, rf_cancer="past", pain_checked="yes", sleep="poor").stop_box
    signs = ("worse at night", "weight", "lump", "shape")
    [team] = [one for one in sleepless.ring if "cancer team" in one]
    assert all(sign in team for sign in signs) and "If you cannot reach them, ring {URGENT}" in team
    assert not [one for one in sleepless.others if any(sign in one for sign in signs)]
    never = plan_for(library, **SORE_BACK).stop_box
    assert all(any(sign in one for one in never.others) for sign in signs)


@pytest.mark.parametrize("who", [{"pregnancy": "t3"}, {"pregnancy": "postpartum_12w", "birth_when": "6to12w"}])
def test_a_swollen_leg_or_a_fever_is_for_the_maternity_unit_alone(library: Library, who: dict[str, Any]) -> None:
    box = plan_for(library, **{**SORE_BACK, "duration": "4to12w"}, **who).stop_box
    assert not [one for one in box.others if re.search(r"swollen|fever", one)]
    ring = " ".join(box.ring)
    assert "MATERNITY" in ring and "swollen leg" in ring and "fever" in ring


def test_a_sore_side_in_pregnancy_is_for_the_maternity_unit_alone(library: Library) -> None:
    box = plan_for(library, **{**SORE_BACK, "duration": "4to12w"}, pregnancy="t2").stop_box
    assert "side" in " ".join(box.ring)
    assert not [one for one in box.others if "peeing" in one]


def test_kidneys_and_chemotherapy_together_hide_neither(library: Library) -> None:
    """Clinical safety 5: ask before paracetamol too, and it can hide a fever."""
    answers = {"health": ("kidney_liver",), "rf_cancer": "current", "cancer_more": ("chemo_now",), "pain_checked": "yes"}
    said = " ".join(plan_for(library, **SORE_BACK, **answers).medicines)
    assert "Ask before you take {PARACETAMOL} too" in said
    assert "hide a fever" in said


@pytest.mark.parametrize("health", ["none", "diabetes"])
def test_a_driver_is_told_of_sleepy_painkillers(library: Library, health: str) -> None:
    medicines = " ".join(plan_for(library, **ACHING, day=("driving",), health=(health,)).medicines)
    assert "sleepy" in medicines
    assert ("sugar can run low" in medicines) == (health == "diabetes")
    assert "sleepy" not in " ".join(plan_for(library, **ACHING, day=("desk",)).medicines)


def test_no_tablet_and_no_gel_before_a_sore_bone_is_checked(library: Library) -> None:
    """Where the reference is silent, the careful choice."""
    plan = plan_for(library, age_band="18_39", areas=("low_back",), duration="lt4w", peg_p=5, activity="athlete", rf_load_bone="yes")
    said = " ".join(plan.medicines)
    assert "no anti-inflammatory tablets" in said and "unless the doctor says so" in said
    assert "gel suits you" not in to_text(plan, library)


def test_somebody_unsteady_is_not_told_to_play_on_the_floor(library: Library) -> None:
    tips = {}
    for balance in ("good", "poor"):
        plan = plan_for(library, **SORE_BACK, day=("carer_parent",), worse_with=("getting_up",), balance=balance)
        tips[balance] = {line.id for line in (*plan.lines, *plan.folded)}
    assert "posture:carer_floor" in tips["good"] - tips["poor"]


def test_past_cancer_without_pain_asks_first(library: Library) -> None:
    plan = build(library, well(library, rf_cancer="past", areas=("none",), duration="none"), on=ON)
    assert plan.triage.level == "see_clinician"
    assert plan.massage and plan.massage.held


@pytest.mark.parametrize("pain", [6, 7])
def test_strong_new_pain_with_sickle_cell_disease_is_an_emergency(library: Library, pain: int) -> None:
    plan = build(library, well(library, risk_blood=("sickle_cell",), duration="lt4w", peg_p=pain), on=ON)
    assert (plan.triage.level == "emergency") == (pain >= 7)


def test_sitting_people_are_offered_massage_sitting(library: Library) -> None:
    massage = plan_for(library, **SORE_BACK, mobility="chair_only").massage
    assert massage and massage.recommended
    assert set(massage.positions) <= {"seated", "semi_reclined"}
