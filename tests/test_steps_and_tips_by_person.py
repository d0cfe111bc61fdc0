"""Steps that are something to do, what is first today for a runner, and tips that fit who reads them."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.text import to_text
from tests.people import anybody
from tests.test_how_sure import ARMS, NECK
from tests.test_numb_feet import UNSTEADY
from tests.test_runners import RACER
from tests.test_said_to_whom import ON, plan_for, text_for
from tests.test_strong_leg_pain import NURSE


def steps(library: Library, **who: Any) -> str:
    return " ".join(text_for(library, **who).partition("Do this today")[0].split())


@pytest.mark.parametrize(
    "who",
    [
        {**NECK, "goal": "work", "work_now": "as_usual", "day": ("desk",)},
        {**ARMS, "goal": "work", "work_now": "as_usual", "day": ("arms_up",)},
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


def test_a_position_that_eases_has_no_next_step(library: Library) -> None:
    plan = plan_for(library, **NURSE)
    assert plan.section("ease")
    assert all(line.harder is None for line in plan.section("ease"))


def test_a_sore_neck_reads_nothing_of_belts_and_insoles(library: Library) -> None:
    """They were tried for low backs alone (NICE, WHO)."""
    neck, low = (
        {one.id for one in plan_for(library, **{**NECK, "areas": areas}).not_advised} for areas in (("neck_shoulders",), ("low_back",))
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
    text = " ".join(text_for(library, **{**NECK, "day": ("desk",), "worse_with": ("one_position",), "minutes": minutes}).split())
    assert ("As you get up, turn your head slowly a few times" in text) is said


def test_shorter_days_are_for_who_is_kept_from_the_usual_work(library: Library) -> None:
    said = "Shorter days help for a time."
    for now, there in (("as_usual", False), ("changed", True), ("off", True)):
        assert (said in text_for(library, **{**NECK, "goal": "work", "day": ("desk",), "work_now": now})) is there, now


def test_a_bad_day_has_a_word_where_there_is_no_plan_for_a_flare(library: Library) -> None:
    """Clinical plan 6.4 has a plan for a flare for lasting pain alone."""
    said = "A bad day? Do half for 2 days, then build up again."
    for duration, there in (("4to12w", True), ("gt12w", False)):
        plan = plan_for(library, **{**NECK, "areas": ("low_back",), "duration": duration})
        assert (said in plan.review) is there
        assert bool(plan.flare) is not there


def test_the_six_week_check_is_asked_about_where_it_may_be_due(library: Library) -> None:
    """Clinical plan 2.8: today, if it is due. With a caesarean the same line asks for the yes."""
    born: dict[str, Any] = {
        "pregnancy": "postpartum_12w",
        "birth_when": "6to12w",
        "age_band": "18_39",
        "duration": "4to12w",
        "areas": ("low_back",),
    }
    plan = plan_for(library, **born)
    assert plan.today[0].title == "Your six-week check"
    assert "check_6wk" not in {line.item_id for line in plan.section("selfcare")}, "said once"
    cut = plan_for(library, **born, birth_more=("caesarean",), exercise_cleared="no")
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
