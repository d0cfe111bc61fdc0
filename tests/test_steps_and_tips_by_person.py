"""Steps that are something to do and how they go on, what is first today for a runner, and tips that fit who reads them."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.text import to_text
from tests.people import anybody
from tests.persons import AFTER_A_BIRTH, ARMS_UP, DESK_WORKER, HEADACHES, NURSE, PREGNANT_PARENT, RACER, TENSE_NECK, TIRED, UNSTEADY
from tests.plan_text import ON, flat, plan_for, text_for

SPORTY_CLIMBER: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back", "neck_shoulders"), "duration": "gt12w", "peg_p": 5, "known": ("hypermobility",)},
    **{"day": ("desk",), "goal": "sport", "minutes": "20", "country": "AU", "activity": "some"},
}


def steps(library: Library, **who: Any) -> str:
    return " ".join(text_for(library, **who).partition("Do this today")[0].split())


@pytest.mark.parametrize(
    "who",
    [
        {**HEADACHES, "goal": "work", "work_now": "as_usual", "day": ("desk",)},
        {**ARMS_UP, "goal": "work", "work_now": "as_usual", "day": ("arms_up",)},
        {**NURSE, "goal": "sleep", "worse_with": ("turning_bed",)},
    ],
)
def test_a_step_to_the_goal_is_something_to_do(library: Library, who: dict[str, Any]) -> None:
    """Progress is by ability, never by a pain score (clinical plan 2.6)."""
    said = steps(library, **who)
    assert "Your steps towards it" in said
    assert "points less pain" not in said and "with less pain" not in said


def test_a_runner_without_pain_begins_with_the_legs(library: Library) -> None:
    """The goal puts them first on a short day, and nothing hurts that could speak for another."""
    plan = plan_for(library, **RACER)
    assert [one.line for one in plan.today][:2] == ["exercise:split_squat", "exercise:heel_raise_one"]


def test_a_sore_neck_reads_nothing_of_belts_and_insoles(library: Library) -> None:
    """They were tried for low backs alone (NICE, WHO)."""
    neck, low = (
        {one.id for one in plan_for(library, **{**HEADACHES, "areas": areas}).not_advised} for areas in (("neck_shoulders",), ("low_back",))
    )
    assert neck and neck.isdisjoint({"belts", "insoles"})
    assert {"belts", "insoles"} <= low


def test_who_is_old_and_unsteady_plans_for_a_fall_that_has_not_been(library: Library) -> None:
    """Clinical plan 8, falls: 75 and over with poor balance, too."""
    say = "Plan how you would call for help after a fall."
    assert say in text_for(library, **{**UNSTEADY, "age_band": "75plus", "falls": "none"})
    assert say not in text_for(library, **{**UNSTEADY, "age_band": "75plus", "falls": "once"}), "who fell has a tip of its own"


@pytest.mark.parametrize(("minutes", "said"), [("5", True), ("10", True), ("20", False)])
def test_who_has_few_minutes_turns_the_neck_at_each_break(library: Library, minutes: str, said: bool) -> None:
    text = " ".join(text_for(library, **{**HEADACHES, "day": ("desk",), "worse_with": ("one_position",), "minutes": minutes}).split())
    assert ("As you get up, turn your head slowly a few times" in text) is said


def test_shorter_days_are_for_who_is_kept_from_the_usual_work(library: Library) -> None:
    said = "Shorter days help for a time."
    for now, there in (("as_usual", False), ("changed", True), ("off", True)):
        assert (said in text_for(library, **{**HEADACHES, "goal": "work", "day": ("desk",), "work_now": now})) is there, now


def test_a_bad_day_has_a_word_where_there_is_no_plan_for_a_flare(library: Library) -> None:
    """Clinical plan 6.4 has a plan for a flare for lasting pain alone."""
    said = "A bad day? Do half for 2 days, then build up again."
    for duration, there in (("4to12w", True), ("gt12w", False)):
        plan = plan_for(library, **{**HEADACHES, "areas": ("low_back",), "duration": duration})
        assert (said in plan.review) is there
        assert bool(plan.flare) is not there


def test_the_six_week_check_is_asked_about_where_it_may_be_due(library: Library) -> None:
    """Clinical plan 2.8: today, if it is due. With a caesarean the same line asks for the yes."""
    plan = plan_for(library, **AFTER_A_BIRTH)
    assert plan.today[0].title == "Your six-week check"
    assert "check_6wk" not in {line.item_id for line in plan.section("selfcare")}, "said once"
    cut = plan_for(library, **AFTER_A_BIRTH, birth_more=("caesarean",), exercise_cleared="no")
    assert cut.today[0].title == "Book your six-week check"


def test_who_counts_in_pounds_reads_kilograms_in_brackets_alone(library: Library) -> None:
    """Wherever a weight stands: a list of training had them bare."""
    rng, seen = Random(5), 0
    for _ in range(150):
        who = {**anybody(library, rng), "country": "US", "goal": "lifting", "activity": rng.choice(["some", "athlete"])}
        text = " ".join(to_text(build(library, who, on=ON), library).split())
        seen += "lb (" in text
        assert not re.findall(r".{40}\d+ kg", re.sub(r"lb \([^)]*\)", "", text))
    assert seen > 15


def test_steps_of_who_works_as_usual_do_not_shorten_the_day(library: Library) -> None:
    text = text_for(library, **TENSE_NECK, goal="work", work_now="as_usual", day=("desk",))
    assert "A break by the clock, before it hurts, for half of the day." in text and "The same for the whole day." in text
    assert "points less pain" not in text.partition("Do this today")[0]  # a step is something to do: progress is by ability (2.6)
    assert "Half of your usual day" not in text


def test_steps_that_name_weeks_go_on_by_weeks(library: Library) -> None:
    text = flat(text_for(library, **SPORTY_CLIMBER))
    assert "From week 5: twice a week, if the next day is no worse." in text
    assert "Take the next step after a week that made you no worse." in text
    assert "this one felt easy on 2 days" not in text
    assert "It need not hurt less first. The bigger amount waits until week 3." in text


def test_a_bigger_dose_asks_for_a_good_week_also_where_no_step_follows(library: Library) -> None:
    for person in (NURSE, TIRED):
        assert "Take the bigger amount of week 3 only if you were no worse." in flat(text_for(library, **person))
    climbs = flat(text_for(library, **{**DESK_WORKER, "areas": ("low_back",)}))
    assert "The bigger amount waits until week 3." in climbs
    assert "Take the bigger amount" not in climbs
    assert "bigger amount" not in flat(text_for(library, **PREGNANT_PARENT)), "a dose that stays the same has no bigger one"


def test_strong_new_pain_that_lessens_asks_the_questions_again(library: Library) -> None:
    """Clinical plan 2.3: from 7 on the exercises are others than below."""
    said = "Pain down to 6 or less? Answer the questions again"
    new: dict[str, Any] = {"areas": ("low_back",), "duration": "lt4w", "minutes": "20"}
    strong, less = (text_for(library, **new, peg_p=pain, peg_e=pain, peg_g=pain) for pain in (7, 6))
    assert said in strong and said not in less
    assert said not in text_for(library, **{**new, "duration": "gt12w"}, peg_p=7, peg_e=7, peg_g=7)


def test_after_a_birth_an_exercise_stops_at_the_signs_that_stop_a_walk(library: Library) -> None:
    said = "Stop an exercise if you bleed more, leak or feel heavy below. If you bleed more, ring your {GP} the same day."
    assert (
        said in plan_for(library, **AFTER_A_BIRTH).move_on and said not in plan_for(library, **{**AFTER_A_BIRTH, "pregnancy": "no"}).move_on
    )


def test_the_check_after_a_birth_is_said_once_for_everybody(library: Library) -> None:
    """Clinical plan 6.1: never what another section holds. What the check that is due covers is no line of self-care."""
    rng, due = Random(9), 0
    for _ in range(250):
        who = {**anybody(library, rng), "pregnancy": "postpartum_12w", "birth_when": rng.choice(["lt6w", "6to12w"]), "age_band": "18_39"}
        plan = build(library, who, on=ON)
        said = [one for one in plan.today if "six-week" in one.title or "after the birth" in one.title]
        due += bool(said)
        assert not said or "check_6wk" not in {line.item_id for line in plan.section("selfcare")}
    assert due > 50


def test_who_is_told_to_march_alone_has_getting_up_to_put_it_in_the_place_of(library: Library) -> None:
    rng, told = Random(10), 0
    for _ in range(250):
        who = {**anybody(library, rng), "balance": "poor", "falls": "none", "age_band": rng.choice(["60_74", "75plus"])}
        plan = build(library, who, on=ON)
        if any("takes the place of Sit to stand" in one for one in plan.move_on):
            told += 1
            assert {"sit_to_stand", "sit_to_stand_hands"} & {line.item_id for line in plan.section("exercises")}
    assert told > 10
