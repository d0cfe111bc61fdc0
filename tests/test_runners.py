"""Lines that readers asked for: strength first for a runner, both feet on a stair, one limit for thin bones, a squeeze with its stop."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.model import Library
from planner.outputs.moving import that_count_most
from planner.outputs.text import to_text
from tests.test_after_a_birth import GIRDLE
from tests.test_asking_for_massage import CANCER
from tests.test_falls import FELL
from tests.test_little_time import UPPER
from tests.test_said_to_whom import RUNNER, SORE, TEEN, plan_for, text_for

RACER: dict[str, Any] = {**RUNNER, "goal": "sport", "minutes": "20", "country": "GB"}


def test_a_runner_with_little_time_keeps_the_strongest_leg_exercise(library: Library) -> None:
    plan = plan_for(library, **RACER)
    assert "Split squat" in {line.title for line in plan.section("exercises")}, "else this says nothing"
    assert "Do these three: Split squat;" in that_count_most(plan, library.policy.short_day)


def test_a_runner_grows_stronger_before_moving_further(library: Library) -> None:
    (after,) = (one for one in plan_for(library, **RACER).move_on if one.startswith("Easy on 2 days?"))
    assert after.startswith("Easy on 2 days? Take the bigger dose, even before its week. Easy again? Hold a weight.")
    (far,) = (one for one in plan_for(library, **{**RACER, "day": ("athlete", "desk")}).move_on if one.startswith("Easy on 2 days?"))
    assert far.index("a weight") < far.index("Thread the needle")


def test_who_fell_reads_that_short_days_have_the_same_rule_and_how_to_take_a_stair(library: Library) -> None:
    text = text_for(library, **{**FELL, "worse_with": ("getting_up", "walking"), "country": "GB"})
    assert "on short days too. In place of Sit to stand, do Seated march, 5 each side." in text
    assert text.count("Go one step at a time. Put both feet on each.") == 1


def test_thin_bones_have_one_limit_of_pain_and_it_is_the_lower(library: Library) -> None:
    for more in ({}, {"rf_cancer": "never"}, {"peg_p": 6}):
        text = text_for(library, **{**CANCER, **more})
        assert "it should hurt no more than usual. Stop at a new, sharp pain." in text
        assert "Move down if it hurts more than usual" in text
        for wrong in ("Pain up to 4", "5 out of 10 or more", "1 point above your usual", "rises by 2 points, or does not"):
            assert wrong not in text, wrong
    assert "Stop at a new, sharp pain." not in text_for(library, **SORE)


def test_after_cancer_soreness_has_one_length_and_painkillers_one_address(library: Library) -> None:
    text = text_for(library, **CANCER)
    assert "Sore muscles for a day or two are usual." in text
    assert "Ask your team before a new painkiller." in text
    assert "new painkiller" not in text_for(library, **{**CANCER, "rf_cancer": "never"})


def test_late_in_pregnancy_a_squeeze_has_its_stop_and_a_missed_week_no_step(library: Library) -> None:
    text = text_for(library, **{**GIRDLE, "worse_with": ("turning_bed", "walking")})
    assert "Do not squeeze if that hurts at the front." in text
    assert "Missed a week? Start again with half." in text and "one step lower" not in text
    assert "hurts at the front" not in text_for(library, **SORE, worse_with=("turning_bed",))


def test_hair_is_washed_and_dried_with_low_elbows(library: Library) -> None:
    text = text_for(library, **{**UPPER, "goal_words": "cut hair all day in comfort"})
    assert "At the basin, step close and use both hands. When you dry hair, keep your elbow low." in text
    assert "basin" not in text_for(library, **{**UPPER, "goal_words": "paint ceilings"})


def test_a_sore_bone_at_16_reads_check_then_rest_and_only_then_a_move(library: Library) -> None:
    today = [one.title for one in plan_for(library, **TEEN).today]
    assert today[:2] == ["Book a check", "Rest from all training"]


@pytest.mark.parametrize("who", [GIRDLE, {**FELL, "country": "GB"}, CANCER])
def test_what_was_left_out_is_named_shortly_where_the_reasons_are_many(library: Library, who: dict[str, Any]) -> None:
    left = to_text(plan_for(library, **who), library).partition("Left out, and why")[2]
    assert "more like these" not in left[:1500]
