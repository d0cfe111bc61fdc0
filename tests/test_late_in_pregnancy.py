"""Late in pregnancy, with a sore pelvis: exercises, a flare, massage, medicines, and what is left out. Clinical plan 2, 6.4 and 8."""

from __future__ import annotations

import pytest

from planner.domain.items import Exercise
from planner.domain.model import Library
from planner.outputs.arrange import left_out_reasons
from tests.persons import DESK_WORKER, PREGNANT_PARENT, SORE_BACK, SORE_PELVIS
from tests.plan_text import between, flat, plan_for, text_for


@pytest.mark.parametrize("duration", ["4to12w", "gt12w"])
def test_a_flare_in_pregnancy_has_lines_that_fit(library: Library, duration: str) -> None:
    flare = " ".join(plan_for(library, **{**SORE_PELVIS, "duration": duration}).flare)
    for said in ("stop box", "position that eases it", "no warmth on your tummy", "in short steps", "tell your {MIDWIFE}"):
        assert said in flare, said
    for wrong in ("on your front", "on your back", "{GP}"):
        assert wrong not in flare, wrong
    assert not plan_for(library, **{**SORE_PELVIS, "duration": "lt4w"}).flare


def test_a_flare_in_pregnancy_after_cancer_begins_with_the_team(library: Library) -> None:
    flare = plan_for(library, **SORE_PELVIS, rf_cancer="past", pain_checked="yes").flare
    assert "ring your cancer team" in flare[0]
    assert [one for one in flare if "treated place or side" in one]
    assert "{MIDWIFE}" not in " ".join(flare)


def test_pregnant_people_read_what_was_not_tested_in_pregnancy_and_of_mood(library: Library) -> None:
    text = text_for(library, **SORE_PELVIS)
    assert text.count("This was not tested in pregnancy.") >= 2
    assert "bad nights or low mood" in text
    assert "not tested in pregnancy" not in text_for(library, **{**SORE_PELVIS, "pregnancy": "no"})


def test_pregnant_people_read_of_their_midwife_around_a_massage(library: Library) -> None:
    text = flat(text_for(library, **SORE_PELVIS, budget="some"))
    day = text[text.index("Before a massage") : text.index("Questions to ask")]
    assert "Ask your midwife if massage is fine for you now, and whom they would see" in day
    assert "your doctor" not in day
    assert "Ring your maternity unit now" in day
    assert "trained in pregnancy massage" in day
    assert "have cancer or do sport" not in day


def test_strong_pelvic_girdle_pain_asks_for_a_physio_today(library: Library) -> None:
    plan, text = plan_for(library, **SORE_PELVIS), flat(text_for(library, **SORE_PELVIS))
    assert "pelvic-health" in plan.today[0].text
    assert text.count("this week for a pelvic-health") == 1
    assert "pelvic-health" not in plan_for(library, **{**SORE_PELVIS, "peg_p": 3}).today[0].text
    for words in ("the sorer one goes down first", "roll to your side and push up with your arms"):
        assert words in text, words
    assert "Stiff back belts" not in text
    assert "Stiff back belts" in text_for(library, **{**SORE_PELVIS, "pregnancy": "no", "pgp": "no", "duration": "gt12w"})


def test_what_is_left_out_in_pregnancy_is_no_list_of_styles(library: Library) -> None:
    reasons = left_out_reasons(plan_for(library, **SORE_PELVIS, budget="some"), library)
    assert [one for one in reasons if "every other style of massage" in one.titles]
    assert max(len(one.titles) for one in reasons) <= 8


def test_a_sore_pelvis_in_pregnancy_neither_kneels_nor_reads_of_pulses(library: Library) -> None:
    parent = {**SORE_PELVIS, "day": ("carer_parent",)}
    text = flat(text_for(library, **parent))
    for words in ("weeks to months after the birth. About 7 in 100 have pain for longer", "crutches if walking is hard"):
        assert words in text, words
    assert "For pain in the pelvis this is less clear" in text
    assert "TENS" not in text
    assert "You can kneel for it too" not in text
    spared = flat(text_for(library, **{**parent, "pgp": "no"}))
    assert "this is less clear" not in spared
    assert "crutches" not in spared
    assert "TENS" in flat(text_for(library, **{**SORE_PELVIS, "pregnancy": "no", "pgp": "no", "duration": "gt12w"}))


def test_late_in_pregnancy_a_squeeze_has_its_stop_and_a_missed_week_no_step(library: Library) -> None:
    text = text_for(library, **{**PREGNANT_PARENT, "worse_with": ("turning_bed", "walking")})
    assert "Do not squeeze if that hurts at the front." in text
    assert "Missed a week? Start again with half." in text and "one step lower" not in text
    assert "hurts at the front" not in text_for(library, **SORE_BACK, worse_with=("turning_bed",))


def test_low_dose_aspirin_goes_on_in_pregnancy(library: Library) -> None:
    assert "Go on with low-dose aspirin that they advised." in flat(text_for(library, **PREGNANT_PARENT))


def test_who_walks_in_pain_takes_a_few_steps_after_a_massage(library: Library) -> None:
    said = flat(text_for(library, **{**PREGNANT_PARENT, "worse_with": ("walking", "turning_bed")}))
    assert "Take a few easy steps the same day." in said
    assert "Take a gentle walk" not in said
    assert "Take a gentle walk the same day." in flat(text_for(library, **DESK_WORKER))


def test_late_in_pregnancy_massage_begins_light_and_the_birth_asks_for_new_answers(library: Library) -> None:
    text = text_for(library, **PREGNANT_PARENT, budget="some")
    assert "ask for step 2 of 5, no more" in text
    assert "Legs: light strokes only." in text
    assert "After the birth, answer the questions again." in text
    assert "new pain, unlike your usual, that never eases" in text
    assert "Share the load between both legs." in text_for(library, **PREGNANT_PARENT, worry_move="yes")


def test_what_is_left_out_late_in_pregnancy_is_one_entry_an_answer(library: Library) -> None:
    left = between(flat(text_for(library, **PREGNANT_PARENT, budget="some")), "Left out, and why", "Say how many weeks")
    assert left.count("Left out, because you said") == 2
    assert left.count("pregnant, 28 weeks or more") == 1
    for reason in ("flat on your back", "on your tummy", "arches your back", "heavy", "one leg has to carry you"):
        assert reason in left, reason
    assert "- Every other style of massage (have only pregnancy massage" in left


def test_late_in_pregnancy_the_legs_are_apart_from_the_places_left_alone(library: Library) -> None:
    text = flat(text_for(library, **PREGNANT_PARENT, budget="some"))
    assert "Keep away from: the front and side of the neck and the tummy. Legs: light strokes only." in text
    assert "on a firm bed, with a pillow" in text and "a mat" not in text
    turn = text[text.index("TURN IN BED WITH EASE") :][:300]
    for words in ("a cushion between them", "shoulders and hips together", "push with your arms"):
        assert words in turn, words


def test_pelvic_pain_late_in_pregnancy(library: Library) -> None:
    plan, text = plan_for(library, **PREGNANT_PARENT), text_for(library, **PREGNANT_PARENT)
    (squeeze,) = (line.item for line in plan.section("exercises") if line.item_id == "adductor_squeeze")
    assert isinstance(squeeze, Exercise)
    assert "press both knees gently" in squeeze.steps[1]
    assert "front of your pelvis" in squeeze.steps[2]  # said where it may hurt
    assert "Say which positions hurt, so that the birth is planned for it." in plan.today[0].text
    assert "for the birth" not in text_for(library, **{**PREGNANT_PARENT, "pregnancy": "t2"})
    assert "Your pelvis hurts on one leg" not in text
    assert "Stop anti-inflammatory tablets that you bought yourself" in text
    assert "Ask the physio whether a pelvic belt helps you" in text
