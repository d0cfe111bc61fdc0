"""After a birth, with a caesarean or without: the check and what waits for it, the scar, signs, feeding, lifts. Clinical plan 2 and 8."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.model import Library
from tests.persons import CAESAREAN, LIFTER, PREGNANT_PARENT
from tests.plan_text import exercise_ids, plan_for, signs_for_today, text_for


def test_not_cleared_after_a_birth(library: Library) -> None:
    text = text_for(library, **CAESAREAN)
    assert text.count("does not always mean harm") == 1
    assert "gentle enough to begin with" in text
    assert "pelvic-health physio" in text
    assert "off your scar, and off numb skin" in text
    assert "Worse by 2 points for 3 days: ring your GP" in text
    assert "for 2 weeks" not in text.replace("of 2 weeks", "")
    cleared = text_for(library, **CAESAREAN, exercise_cleared="yes")
    assert "Normal moves, in easy steps" in cleared
    assert "Worse by 2 points for 2 weeks" in cleared
    assert "off your scar" not in text_for(library, **{**CAESAREAN, "birth_more": ()})
    lasting = text_for(library, **{**CAESAREAN, "duration": "gt12w"})
    assert "Then build up over 3 to 5 days. Worse by 2 points for 3 days: ring your GP." in lasting


def test_no_yes_after_a_birth_is_said_by_name_and_once(library: Library) -> None:
    text = text_for(library, **CAESAREAN, exercise_cleared="no")
    assert "Nobody has said yes to exercise yet: book your six-week check." in text
    assert "Some of your answers need a check" not in text
    assert "no yes for exercise" not in text_for(library, **CAESAREAN, exercise_cleared="yes")
    assert "Do not lift the car seat with the baby in it." in text
    left = text[text.index("Left out, and why") :]
    assert "a birth 6 to 12 weeks ago" in left
    assert "a birth in the last 12 weeks" not in left


def test_a_mother_who_may_bend_from_the_hips_reads_the_lift_between_the_pram_and_her_goal(library: Library) -> None:
    """Clinical plan 2.5 and 8: the printed way has no gap. Who had a caesarean and waits for her check lifts no higher than before."""
    birth: dict[str, Any] = {"pregnancy": "postpartum_12w", "birth_when": "6to12w", "goal": "caring", "areas": ("low_back",), "peg_p": 4}
    steps = plan_for(library, **birth).goal_way.steps
    waist, pram, lifts, cot = (
        next(n for n, one in enumerate(steps) if said in one) for said in ("waist height", "pram", "The same lifts", "the cot")
    )
    assert waist < pram < lifts < cot, "she lifts her baby from the first day on"
    waiting = plan_for(library, **birth, birth_more=("caesarean",)).goal_way.steps
    assert sum("waist height" in one for one in waiting) == 1 and not any("Then from the cot" in one for one in waiting)


def test_the_check_after_a_caesarean_is_spoken_of_once_and_says_for_whom_the_pelvic_physio_is(library: Library) -> None:
    plan = plan_for(library, **CAESAREAN)
    assert "a pelvic-health" in plan.today[0].text and "if you leak or feel heavy below" in plan.today[0].text
    assert "check_6wk" not in {line.item_id for line in plan.section("selfcare")}


def test_a_birth_without_a_yes_has_one_sentence_for_a_bad_day_and_lifts_the_baby_alone(library: Library) -> None:
    who = {**CAESAREAN, "birth_more": ("caesarean",), "goal": "caring", "duration": "4to12w", "country": "GB"}
    text = text_for(library, **who)
    assert "A bad day? Do half for 2 days, and rest on your side with pillows." in text
    assert "If it flares up" not in text
    assert "none on the scar, unless a physio shows you how" in text
    steps = plan_for(library, **who).goal_way.steps
    assert steps[0].startswith("Feed with your arms and back supported. Lift only your baby, close to you, and from waist height.")
    assert not any("as often as you like" in step for step in steps)


def test_after_a_birth_confusion_is_for_now_and_a_walk_has_an_end(library: Library) -> None:
    plan, text = plan_for(library, **CAESAREAN), text_for(library, **CAESAREAN)
    assert any("confused, or hear or see things" in line for line in plan.stop_box.now)
    assert "Stop if you bleed more, leak or feel heavy below, or the scar hurts." in text
    assert text.count("must not pull or hurt at the scar") == 1
    assert text.index("must not pull or hurt at the scar") < text.index("Four weeks")
    assert "No better at week 4: ring your GP" in text
    assert "confused, or hear" not in text_for(library, **LIFTER)
    assert "the scar hurts" not in text_for(library, **{**CAESAREAN, "birth_more": ()})


def test_who_breastfeeds_takes_no_codeine(library: Library) -> None:
    text = text_for(library, **{**CAESAREAN, "birth_more": ("caesarean", "breastfeeding")})
    assert "Take no codeine: some tablets sold in pharmacies hold it." in text
    assert "codeine" not in text_for(library, **LIFTER)


def test_after_a_birth_some_weight_goes_anyway(library: Library) -> None:
    signs = signs_for_today(library, **CAESAREAN)
    assert "you lose more weight than you would expect after a birth" in signs
    assert "lose weight without trying" not in signs
    assert "never eases and is worse at night" in signs


def test_who_waits_for_a_yes_after_a_birth_has_no_room_for_a_five(library: Library) -> None:
    text = text_for(library, **{**CAESAREAN, "birth_more": ("caesarean", "breastfeeding")})
    assert "5 out of 10" not in text
    assert "Move down if your pain rises by 2 points, or if you are worse the next morning." in text
    assert "gentle massage is fine. On your legs, have only light strokes. Have none on the scar" in text
    assert "of 5." not in text.partition("Massage waits")[2][:200]  # no step where nothing explains it
    assert "Take no codeine" in text


def test_who_waits_for_a_yes_after_a_birth_is_told_what_comes_then(library: Library) -> None:
    assert text_for(library, **CAESAREAN).count("answer the questions again") == 1
    assert "When your check says yes" in plan_for(library, **CAESAREAN).today[0].text
    early = {**CAESAREAN, "birth_when": "lt6w", "birth_more": ()}
    assert text_for(library, **early).count("answer the questions again") == 1
    assert "answer the questions again" not in text_for(library, **CAESAREAN, exercise_cleared="yes")


@pytest.mark.parametrize("minutes", ["5", "10"])
def test_the_deep_tummy_muscles_work_in_the_first_weeks_after_a_birth(library: Library, minutes: str) -> None:
    """Clinical plan 8: draw in gently before and after 6 weeks; of three places two are for the upper back that hurts."""
    assert {"tummy_draw", "scap_squeeze"} <= exercise_ids(
        plan_for(library, **{**CAESAREAN, "areas": ("low_back", "upper_back")}, minutes=minutes)
    )
    assert "tummy_draw" in exercise_ids(plan_for(library, **{**CAESAREAN, "birth_when": "lt6w", "birth_more": ()}, minutes=minutes))


def test_discharge_that_smells_is_for_those_who_gave_birth(library: Library) -> None:
    assert "discharge that smells bad or gets heavier" in " ".join(plan_for(library, **CAESAREAN).stop_box.ring)
    assert "discharge" not in text_for(library, **PREGNANT_PARENT)
