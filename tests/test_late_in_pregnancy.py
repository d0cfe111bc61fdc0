"""Lines that physiotherapists would mend with a pen, read from the printed plan. Clinical plan 2, 6.4, 8 and 9."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from planner.domain.model import Library
from planner.domain.plan import build
from planner.library.plausible import people
from tests.people import as_offered, nearly_well
from tests.test_said_to_whom import ON, plan_for, text_for

UPPER: dict[str, Any] = {"areas": ("upper_back", "mid_back"), "duration": "gt12w", "peg_p": 5, "minutes": "20", "activity": "regular"}
AFTER_CANCER: dict[str, Any] = {
    **{"age_band": "40_59", "rf_cancer": "past", "pain_checked": "yes", "areas": ("upper_back", "neck_shoulders"), "peg_p": 4},
    **{"risk_bone": ("osteoporosis",), "activity": "some", "worry_move": "yes", "worse_with": ("none_clear",), "minutes": "10"},
}
PREGNANT: dict[str, Any] = {
    **{"age_band": "18_39", "pregnancy": "t3", "pgp": "yes", "areas": ("low_back", "buttock_hip"), "duration": "4to12w", "peg_p": 6},
    **{"peg_e": 5, "peg_g": 5, "sleep": "poor", "worse_with": ("walking",)},
}
LIFTER: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back",), "duration": "recurrent", "peg_p": 3, "activity": "athlete", "minutes": "20"},
    **{"day": ("desk", "athlete"), "goal": "lifting", "worse_with": ("lifting",), "equipment": ("bag_weights",)},
}


def titles(plan: Any, section: str = "exercises") -> list[str]:
    return [line.title for line in plan.section(section)]


def test_who_leans_back_or_lifts_the_arms_with_pain_has_moves_that_differ(library: Library) -> None:
    plan = plan_for(library, **UPPER, worse_with=("arching", "arms_up"))
    pulls = {"Shoulder-blade squeeze", "Arm lifts, lying on front", "Band row", "Band pull-apart", "Press back, lying"}
    assert len(pulls & set(titles(plan))) == 1
    assert {"Wall slide", "Push-up at a counter"} <= set(titles(plan))
    assert "without arching it far" in text_for(library, **UPPER, worse_with=("arching", "arms_up"))


def test_after_cancer_the_arms_go_up_and_thin_bones_keep_their_leg_exercise(library: Library) -> None:
    found = titles(plan_for(library, **AFTER_CANCER))
    assert "Wall slide" in found
    assert "Heel raise" in found
    assert "Sit to stand with hands" in titles(plan_for(library, **{**AFTER_CANCER, "balance": "poor"}))
    assert "Wall slide" not in titles(plan_for(library, **AFTER_CANCER, sore_joints=("shoulder",)))


@pytest.mark.parametrize("seed", [43, 65, 179, 269, 331, 419, 1097, 1159])
def test_every_exercise_names_an_answer_as_its_reason(library: Library, seed: int) -> None:
    plan = build(library, as_offered(library, nearly_well(library, random.Random(seed))), on=ON)
    assert [line.title for line in plan.section("exercises") if not any(one.answer for one in line.because)] == []


def test_a_thin_bone_is_the_reason_of_the_leg_exercise(library: Library) -> None:
    assert re.search(r'Because you said "thin bones"[^.]*\. It makes your calves stronger', text_for(library, **AFTER_CANCER))


@pytest.mark.parametrize("duration", ["4to12w", "gt12w"])
def test_a_flare_in_pregnancy_has_lines_that_fit(library: Library, duration: str) -> None:
    flare = " ".join(plan_for(library, **{**PREGNANT, "duration": duration}).flare)
    for said in ("stop box", "position that eases it", "no warmth on your tummy", "in short steps", "tell your {MIDWIFE}"):
        assert said in flare, said
    for wrong in ("on your front", "on your back", "{GP}"):
        assert wrong not in flare, wrong
    assert not plan_for(library, **{**PREGNANT, "duration": "lt4w"}).flare


def test_a_flare_in_pregnancy_after_cancer_begins_with_the_team(library: Library) -> None:
    flare = plan_for(library, **PREGNANT, rf_cancer="past", pain_checked="yes").flare
    assert "ring your cancer team" in flare[0]
    assert [one for one in flare if "treated place or side" in one]
    assert "{MIDWIFE}" not in " ".join(flare)


def test_pregnant_people_read_what_was_not_tested_in_pregnancy_and_of_mood(library: Library) -> None:
    text = text_for(library, **PREGNANT)
    assert text.count("This was not tested in pregnancy.") >= 2
    assert "bad nights or low mood" in text
    assert "not tested in pregnancy" not in text_for(library, **{**PREGNANT, "pregnancy": "no"})


def test_walking_for_pain_that_lasts_is_of_low_certainty(library: Library) -> None:
    [walk] = [line for line in plan_for(library, areas=("low_back",), duration="gt12w", peg_p=4).lines if line.item_id == "walk"]
    assert walk.certainty == "low"
    assert "701" not in walk.evidence


def test_a_lifter_knows_how_much_and_what_waits(library: Library) -> None:
    plan, text = plan_for(library, **LIFTER), text_for(library, **LIFTER)
    assert "In small steps, as your steps to the goal say" in text
    assert "up to 5 kg more each time, if the next" in text
    assert "a little more, if" not in text
    assert "Keep the load close" not in titles(plan, "habits")
    assert "Keep the load close" in titles(plan_for(library, **{**LIFTER, "day": ("lifting",)}), "habits")


def test_stronger_hips_for_walking_quote_the_walk_and_not_the_floor(library: Library) -> None:
    old = {"age_band": "75plus", "areas": ("low_back", "buttock_hip"), "mobility": "no_floor", "worse_with": ("walking",), "peg_p": 5}
    lines = plan_for(library, **old, duration="gt12w").section("exercises")
    reasons = [one for line in lines for one in line.because if "make walking easier" in one.say]
    assert reasons
    assert not [one for one in reasons if "floor" in one.answer]


def test_one_fall_with_poor_balance_has_the_headline_of_falls(library: Library) -> None:
    old = {"age_band": "75plus", "areas": ("low_back",), "balance": "poor", "duration": "gt12w", "peg_p": 5, "pain_checked": "yes"}
    assert "falls check" in plan_for(library, **old, falls="once").headline
    assert "falls check" not in plan_for(library, **old, falls="none").headline


def test_to_want_nothing_special_is_no_reason(library: Library) -> None:
    """A reason quotes what speaks for the line; who named no goal reads where it hurts instead."""
    plans = [build(library, answers | {"goal": "none"}, on=ON) for answers in people(library, 60, 5)]
    quoted = [one.answer for plan in plans for line in plan.section("exercises") for one in line.because]
    assert len(quoted) > 100 and "no special goal" not in quoted
