"""Lines that a physiotherapist asked for: a sore bone, a leg, a birth, a runner, a lifter. Clinical plan 2, 6, 8; safety 3, 4."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.model import Library
from tests.test_late_in_pregnancy import LIFTER
from tests.test_lifters import RUNNER
from tests.test_said_to_whom import TEEN, plan_for, text_for
from tests.test_sore_bones import BIRTH, LEG

BONE: dict[str, Any] = {**TEEN, "rf_load_bone": "yes"}
NURSE: dict[str, Any] = {**LEG, "country": "GB", "work_now": "off", "goal": "work", "leg_symptoms": "below_knee_one"}


def test_who_rests_a_sore_bone_is_asked_for_no_walks(library: Library) -> None:
    for person in (TEEN, BONE, {**BONE, "age_band": "18_39"}):
        text = text_for(library, **person)
        assert "Walk every week" not in text
        assert "701 adults" not in text
        assert "Walk only as daily life asks" in text


def test_a_sore_bone_has_one_doctor_who_says_yes_and_a_limp_is_seen_today(library: Library) -> None:
    text = text_for(library, **BONE)
    assert "When the doctor says yes" in text
    assert "they say yes:" not in text
    assert "If you start to limp, be seen today." in text
    assert "You may have to miss a contest" in text
    assert "Easy cycling is fine if it does not hurt: 15 minutes at most" in text
    assert "periods that stopped" not in text


@pytest.mark.parametrize(("pain", "words"), [(7, "Pain of 8 or more for a day"), (9, "Worse than now for a day")])
def test_strong_new_leg_pain_is_never_told_to_wait_for_a_number_off_the_line(library: Library, pain: int, words: str) -> None:
    text = text_for(library, **{**NURSE, "peg_p": pain, "pain_now": pain})
    assert text.count(words) == 2  # the review and the flare
    assert "Worse by 2 points" not in text
    assert "Not easing 2 weeks after your visit: go back." in text
    assert "2 weeks after it began" not in text


def test_a_leg_nerve_has_its_own_line_for_pain_while_exercising_and_its_own_sign(library: Library) -> None:
    plan, text = plan_for(library, **NURSE), text_for(library, **NURSE)
    assert "The leg pain must not go further down." in text
    assert "between your legs, during sex too" in " ".join(plan.stop_box.now)
    assert "strength, feeling, reflexes" in text
    assert "in sex" not in text_for(library, **{**NURSE, "leg_symptoms": "none"})


def test_who_is_off_work_asks_for_help_now(library: Library) -> None:
    text = text_for(library, **NURSE)
    assert "If your work has occupational health, ask for a talk now." in text
    assert "Off for more than 7 days? Ask your GP about a fit note." in text
    assert "7 days" not in text_for(library, **{**NURSE, "country": "US"})


def test_after_a_birth_confusion_is_for_now_and_a_walk_has_an_end(library: Library) -> None:
    plan, text = plan_for(library, **BIRTH), text_for(library, **BIRTH)
    assert any("confused, or hear or see things" in line for line in plan.stop_box.now)
    assert "Stop if you bleed more, leak or feel heavy below, or the scar hurts." in text
    assert text.count("must not pull or hurt at the scar") == 1
    assert text.index("must not pull or hurt at the scar") < text.index("Four weeks")
    assert "No better at week 4: ring your GP" in text
    assert "confused, or hear" not in text_for(library, **LIFTER)
    assert "the scar hurts" not in text_for(library, **{**BIRTH, "birth_more": ()})


def test_who_breastfeeds_takes_no_codeine(library: Library) -> None:
    text = text_for(library, **{**BIRTH, "birth_more": ("caesarean", "breastfeeding")})
    assert "Take no codeine: some tablets sold in pharmacies hold it." in text
    assert "codeine" not in text_for(library, **LIFTER)


def test_a_runner_stops_for_the_heart_and_grows_with_a_weight(library: Library) -> None:
    text = text_for(library, **{**RUNNER, "minutes": "20"})
    assert "Faint, or a fluttering heart: be seen today." in text
    assert "hold a weight in the split squat" in text
    assert "At most 10% more training in all each week" in text
    assert "After it: easy days" in text


def test_a_lifter_reads_how_long_it_takes_and_what_else_waits(library: Library) -> None:
    text = text_for(library, **LIFTER)
    assert text.count("5 to 10%") == 1
    assert "It takes months." in text
    assert (
        "In small steps, as your steps to the goal say: deadlifts. Squats with a weight too, from 10 kg and at most 5 kg more each time."
        in text
    )
    assert "After week 4, one at a time, light and short: burpees, box jumps and overhead lifts." in text
    assert "Lift nothing heavy in your first hour out of bed." in text
    assert "you have no flare" in text
