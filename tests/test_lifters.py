"""Lines that physiotherapists would mend with a pen: lifting, running, work, cancer, pregnancy. Clinical plan 2 and 4 to 8."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from planner.domain.model import Library
from planner.outputs.arrange import left_out_reasons, left_out_text
from tests.test_late_in_pregnancy import AFTER_CANCER, LIFTER, PREGNANT, UPPER, titles
from tests.test_said_to_whom import plan_for, text_for

RUNNER: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("none",), "day": ("athlete", "desk"), "activity": "athlete", "stress": "some", "minutes": "20"},
    **{"goal": "sport", "budget": "flexible"},
}
BENT: dict[str, Any] = {**LIFTER, "worse_with": ("bending", "lifting")}


def flat(text: str) -> str:
    return " ".join(text.split())


def test_who_bends_and_lifts_with_pain_begins_on_a_stool_and_goes_on_to_the_floor(library: Library) -> None:
    plan = plan_for(library, **BENT)
    assert "Lift from a stool" in titles(plan)
    assert "Lift from the floor" not in titles(plan)
    steps = [one.partition(" You start here")[0] for one in plan.goal_way.steps]
    stool, floor = (next(n for n, one in enumerate(steps) if said in one) for said in ("from a stool", "from the floor"))
    assert stool < floor
    assert "weeks 3 and 4" in steps[floor]
    assert "Lift from the floor" in titles(plan_for(library, **{**LIFTER, "worse_with": ("getting_up",)}))


@pytest.mark.parametrize("worse", [("bending", "lifting"), ("getting_up",)])
def test_a_lifter_goes_up_without_a_jump_and_with_one_rule(library: Library, worse: tuple[str, ...]) -> None:
    text = flat(text_for(library, **{**LIFTER, "worse_with": worse}))
    steps = (
        "Lift 10 kg from",
        "up to 5 kg more each time, if the next day was no worse. Stop at a quarter of your best lift before this pain",
        "After week 4: up to 5 kg more each good week, if no worse",
        "half of your old lift",
        "From there on: 5 to 10% more a week",
    )
    assert sorted(steps, key=text.index) == list(steps)
    assert "raised place" not in text
    assert "this one felt easy on 2 days" not in text
    assert (
        "In small steps, as your steps to the goal say: deadlifts. Squats with a weight too, from 10 kg and at most 5 kg more each time."
        in text
    )
    assert "After week 4: go on to Lift from the floor" not in text


def test_who_trains_hard_without_pain_has_full_rounds_and_easy_days(library: Library) -> None:
    plan, text = plan_for(library, **RUNNER), flat(text_for(library, **RUNNER))
    strength = [line for line in plan.section("exercises") if line.exercise.purpose == "strength"]
    assert strength
    for line in strength:
        assert line.doses[0].seconds >= 10 or line.doses[0].repeats >= 8, line.title
    assert "not the day before long or fast training" in text
    assert "In hard weeks, 2 days are enough" in text
    assert "Eat and sleep enough" in titles(plan, "selfcare")
    assert "A warm bath" not in titles(plan, "selfcare")
    assert "not the day before" not in flat(text_for(library, **{**RUNNER, "activity": "some", "day": ("desk",)}))


def test_a_calf_exercise_quotes_no_trial_of_backs(library: Library) -> None:
    [line] = [line for line in plan_for(library, **RUNNER).section("exercises") if line.title == "One-leg heel raise"]
    assert "new spells" not in line.evidence
    assert line.certainty == "very_low"


def test_who_works_with_arms_up_reads_what_fits_the_self_employed_too(library: Library) -> None:
    said = {**UPPER, "worse_with": ("arching", "arms_up"), "day": ("standing", "arms_up"), "goal": "work", "work_now": "as_usual"}
    text = flat(text_for(library, **said))
    for words in (
        "Leave 5 minutes between clients or jobs",
        "elbows stay below your shoulders",
        "high work first, while your arms are fresh.",
    ):
        assert words in text, words
    assert "Half a day" not in text
    assert "Make, or ask for, small changes" in text
    assert "please do not let my back arch" in text


@pytest.mark.parametrize("budget", ["some", "flexible"])
def test_a_sore_neck_after_cancer_has_massage_only_for_those_who_like_it(library: Library, budget: str) -> None:
    said = {**AFTER_CANCER, "duration": "gt12w", "budget": budget, "goal": "sport"}
    text = flat(text_for(library, **said))
    assert "only if you like it, and after your cancer team says yes" in text
    assert "2 sessions at first" not in text
    plan = plan_for(library, **{**AFTER_CANCER, "rf_cancer": "never", "budget": budget, "duration": "gt12w"})
    assert plan.massage and plan.massage.freq == "as_wanted"


def test_after_cancer_an_arm_that_swells_stops_the_exercise_and_a_trained_therapist_is_named(library: Library) -> None:
    text = flat(text_for(library, **AFTER_CANCER, duration="gt12w", budget="some"))
    assert "Stop if an arm feels heavy, tight or swollen, and tell your cancer team the same day." in text
    assert "trained in massage during and after cancer" in text
    assert "arm feels heavy" not in text_for(library, **{**AFTER_CANCER, "rf_cancer": "never"}, duration="gt12w")


def test_pregnant_people_read_of_their_midwife_around_a_massage(library: Library) -> None:
    text = flat(text_for(library, **PREGNANT, budget="some"))
    day = text[text.index("Before a massage") : text.index("Questions to ask")]
    assert "Ask your midwife if massage is fine for you now, and whom they would see" in day
    assert "your doctor" not in day
    assert "Ring your maternity unit now" in day
    assert "trained in pregnancy massage" in day
    assert "have cancer or do sport" not in day


def test_strong_pelvic_girdle_pain_asks_for_a_physio_today(library: Library) -> None:
    plan, text = plan_for(library, **PREGNANT), flat(text_for(library, **PREGNANT))
    assert "pelvic-health" in plan.today[0].text
    assert text.count("this week for a pelvic-health") == 1
    assert "pelvic-health" not in plan_for(library, **{**PREGNANT, "peg_p": 3}).today[0].text
    for words in ("the sorer one goes down first", "roll to your side and push up with your arms"):
        assert words in text, words
    assert "Stiff back belts" not in text
    assert "Stiff back belts" in text_for(library, **{**PREGNANT, "pregnancy": "no", "pgp": "no", "duration": "gt12w"})


def test_what_is_left_out_in_pregnancy_is_no_list_of_styles(library: Library) -> None:
    reasons = left_out_reasons(plan_for(library, **PREGNANT, budget="some"), library)
    assert [one for one in reasons if "every other style of massage" in one.titles]
    assert max(len(one.titles) for one in reasons) <= 8


def test_every_other_style_is_said_of_a_reason_for_all_of_them_alone(library: Library) -> None:
    """It stood at reasons that left out some styles, beside styles that nothing left out. Whoever has one thing more than a well person."""
    said = 0
    for question in library.questions.values():
        for option in question.options if question.kind in ("one", "many") else ():
            with suppress(ValueError):  # an answer that opens another question
                plan = plan_for(library, **{question.id: (option.id,) if question.kind == "many" else option.id})
                shown = {line.title for line in plan.massage.styles} if plan.massage else set()
                for reason in left_out_reasons(plan, library):
                    if "every other style of massage" in reason.titles:
                        said += 1
                        barred = {one.title for one in plan.left_out if left_out_text(one.because) == reason.say}
                        assert barred == {style.title for style in library.massages.values()} - shown, reason.say
    assert said, "a pregnant person has one style"


def test_a_lifter_reads_one_voice_about_weeks_3_and_4_and_no_jump_after_them(library: Library) -> None:
    plan, text = plan_for(library, **BENT), flat(text_for(library, **BENT))
    steps = [one.partition(" You start here")[0] for one in plan.goal_way.steps]
    [later] = [one for one in steps if "weeks 3 and 4" in one]
    assert later.index("the stool is easy") < later.index("from the floor") < later.index("10 kg")
    training = (
        "Now: easy runs, the bike, push-ups and strict pull-ups",
        "Once bending and sitting are easy again: sit-ups and hard rowing.",
        "After week 4, one at a time, light and short: burpees, box jumps and overhead lifts.",
        "From half of your old lift without a flare: cleans, snatches and fast kettlebell swings.",
    )
    assert sorted(training, key=text.index) == list(training)
    assert "choose your easier days" in text
    assert "For these moves alone it is less sure" in text
    assert "Stiff back belts" not in text
    assert "Stiff back belts" in flat(text_for(library, **{**BENT, "goal": "sport"}))


def test_a_runner_chooses_the_days_of_strength(library: Library) -> None:
    assert "You may move the days of strength, with a day between. Not on the day of your longest training" in flat(
        text_for(library, **RUNNER)
    )


def test_a_steady_person_with_thin_bones_trains_thighs_and_calves(library: Library) -> None:
    legs = {"Sit to stand with hands", "Heel raise"}
    assert legs | {"Wall slide", "Press back, lying"} <= set(titles(plan_for(library, **AFTER_CANCER)))
    unworried = {**AFTER_CANCER, "worry_move": "no"}
    assert "Sit to stand" in titles(plan_for(library, **unworried))
    assert not legs & set(titles(plan_for(library, **unworried)))
    assert legs <= set(titles(plan_for(library, **{**AFTER_CANCER, "rf_cancer": "never", "areas": ("low_back",)})))
    assert "Chin tuck" in titles(plan_for(library, **{**AFTER_CANCER, "minutes": "20"}))


def test_after_cancer_a_headache_has_one_number_and_sport_begins_with_the_team(library: Library) -> None:
    said = {**AFTER_CANCER, "duration": "gt12w", "goal": "sport"}
    box = flat(text_for(library, **said)).partition("Stop, and get help")[2].partition("Before you begin")[0]
    assert "Ring them the same day too for a headache that is new, grows, wakes you or makes you vomit." in box
    assert "A headache is new or clearly changed, grows day by day" not in box
    assert "gets newly weak or numb, even slowly" in box
    assert "Ask your cancer team first. Then a short, easy session: stop if the arm feels heavy." in flat(text_for(library, **said))
    without = flat(text_for(library, **{**said, "rf_cancer": "never"}))
    assert "A headache is new or clearly changed, grows day by day" in without
    assert "cancer" not in without.partition("Do this today")[0]
    assert "heavy" not in " ".join(plan_for(library, **{**said, "areas": ("low_back",)}).goal_way.steps)


def test_a_sore_pelvis_in_pregnancy_neither_kneels_nor_reads_of_pulses(library: Library) -> None:
    parent = {**PREGNANT, "day": ("carer_parent",)}
    text = flat(text_for(library, **parent))
    for words in ("weeks to months after the birth. About 7 in 100 have pain for longer", "crutches if walking is hard"):
        assert words in text, words
    assert "For pain in the pelvis this is less clear" in text
    assert "TENS" not in text
    assert "You can kneel for it too" not in text
    spared = flat(text_for(library, **{**parent, "pgp": "no"}))
    assert "this is less clear" not in spared
    assert "crutches" not in spared
    assert "TENS" in flat(text_for(library, **{**PREGNANT, "pregnancy": "no", "pgp": "no", "duration": "gt12w"}))


def test_a_mother_who_may_bend_from_the_hips_reads_the_lift_between_the_pram_and_her_goal(library: Library) -> None:
    """Clinical plan 2.5 and 8: the printed way has no gap. Who had a caesarean and waits for her check lifts no higher than before."""
    birth: dict[str, Any] = {"pregnancy": "postpartum_12w", "birth_when": "6to12w", "goal": "caring", "areas": ("low_back",), "peg_p": 4}
    steps = plan_for(library, **birth).goal_way.steps
    waist, cot = (next(n for n, one in enumerate(steps) if said in one) for said in ("waist height", "the cot"))
    assert next(n for n, one in enumerate(steps) if "pram" in one) < waist < cot
    waiting = plan_for(library, **birth, birth_more=("caesarean",)).goal_way.steps
    assert sum("waist height" in one for one in waiting) == 1 and not any("Then from the cot" in one for one in waiting)
