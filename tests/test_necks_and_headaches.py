"""What stands once, for whom it is: a lifter, a driver with numb feet, a birth, a leg. Clinical plan 2.5, 2.9, 6.1, 8, 9.1."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.model import Library
from planner.outputs.documents import sheet_html
from tests.test_falls import DRIVER
from tests.test_said_to_whom import plan_for, text_for
from tests.test_sore_bones import BIRTH, LEG

LIFTER: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back",), "duration": "recurrent", "peg_p": 3, "peg_e": 3, "peg_g": 4, "goal": "lifting"},
    **{"worse_with": ("bending", "sitting", "lifting"), "day": ("desk", "athlete"), "activity": "athlete"},
    **{"equipment": ("gym", "bag_weights"), "minutes": "20", "country": "US", "budget": "flexible", "pressure_pref": "firm"},
}
NURSE: dict[str, Any] = {**LEG, "country": "GB", "work_now": "off", "goal": "work", "leg_symptoms": "below_knee_one"}


def test_a_plan_to_lift_again_is_headed_by_lifting(library: Library) -> None:
    assert plan_for(library, **LIFTER).headline == "Grow stronger for lifting, step by step."
    assert plan_for(library, **{**LIFTER, "goal": "sitting"}).headline.startswith("Sit less")


def test_a_lifter_reads_what_is_fine_now_what_waits_and_what_comes_after_half(library: Library) -> None:
    text = text_for(library, **LIFTER)
    assert "strict pull-ups, if the pain does not rise." in text and "In small steps, as your steps to the goal say:" in text
    assert "Then half of your old lift. It takes months. From there on: 5 to 10% more a week." in text
    assert "For leg pain there was no difference" not in text  # no leg of theirs hurts


def test_no_gain_says_what_to_do_with_the_exercise_that_helps_least(library: Library) -> None:
    text = text_for(library, **LIFTER)
    assert "Leave out the exercise that helps least, or do its easier one. See your family doctor or physical therapist by week 6." in text
    assert "Swap the exercise" not in text


def test_a_trial_of_people_without_pain_is_not_told_to_new_pain(library: Library) -> None:
    """Clinical plan 9.1: walking prevents in the recovered; for pain now it was tested where pain lasts."""
    for duration in ("lt4w", "4to12w"):
        text = text_for(library, areas=("low_back",), duration=duration, peg_p=4)
        assert "701 adults" not in text
        assert "For long-lasting low back pain, walking is about as good as other exercise. This was not tested for" in text
    assert "701 adults" in text_for(library, **LIFTER)


def test_hot_baths_are_ruled_out_once_and_only_the_feet_are_spared_cold_and_firm_hands(library: Library) -> None:
    text = text_for(library, **{**DRIVER, "health": ("diabetes", "numb_skin_neuropathy", "bp_controlled")})
    assert text.count("Hot baths and hot stones are left out") == 1
    assert "no cold or firm pressure on your feet" in text
    assert "I cannot kneel" not in text.partition("Say this to the therapist:")[2].partition("Keep away from:")[0]
    only_pressure = text_for(library, **{**DRIVER, "health": ("bp_controlled",), "numb_where": ()})
    assert "Hot baths and hot stones are left out because of your blood pressure." in only_pressure


def test_the_neck_is_named_beside_a_massage_of_the_neck(library: Library) -> None:
    """Clinical plan 4.4; safety H26: the therapist keeps away from its front and side for everybody."""
    said, away = "Nobody should press on the front or side of your neck.", "Keep away from: the front and side of the neck"
    who: dict[str, Any] = {"duration": "gt12w", "peg_p": 4, "budget": "some", "liked_before": ("swedish",)}
    low, neck = (text_for(library, areas=(one,), **who) for one in ("low_back", "neck_shoulders"))
    for text in (low, neck):
        assert away in text
    massage = low.partition("The massage to ask for")[2].partition("Four weeks")[0]
    assert said not in massage
    assert said in neck.partition("The massage to ask for")[2].partition("Four weeks")[0]


def test_the_check_after_a_caesarean_is_spoken_of_once_and_says_for_whom_the_pelvic_physio_is(library: Library) -> None:
    plan = plan_for(library, **BIRTH)
    assert "a pelvic-health" in plan.today[0].text and "if you leak or feel heavy below" in plan.today[0].text
    assert "check_6wk" not in {line.item_id for line in plan.section("selfcare")}


def test_work_waits_for_the_check_of_a_strong_new_leg(library: Library) -> None:
    assert "Have the leg checked" in plan_for(library, **NURSE).goal_way.steps[0]
    assert "When you can sit or walk for 20 minutes: a few hours a day" in plan_for(library, **NURSE).goal_way.steps[1]
    assert "Have the leg checked, and" not in text_for(library, **{**NURSE, "duration": "gt12w"})


@pytest.mark.parametrize(("country", "said"), [("US", "22 lb (10 kg)"), ("GB", "10 kg")])
def test_the_first_step_on_the_sheet_is_in_the_words_of_the_country(library: Library, country: str, said: str) -> None:
    sheet = sheet_html(plan_for(library, **{**LIFTER, "country": country}), library)
    assert f"<b>First:</b> Lift {said} from a stool." in sheet
