"""What a plan says to whom: the way to the goal, pain that is fine, one date for a check, and whom to ring. Clinical plan 2.5, 2.6, 10."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs import documents
from planner.outputs.turns import due
from tests.people import well
from tests.persons import ACHING, PAINLESS_RUNNER, SORE_BACK, TEEN_ATHLETE
from tests.plan_text import ON, plan_for, text_for


def test_no_training_before_a_sore_bone_is_checked(library: Library) -> None:
    plan, text = plan_for(library, **TEEN_ATHLETE), text_for(library, **TEEN_ATHLETE)
    assert "check" in plan.goal_way.steps[0]
    assert not re.search(r"%|Half of your usual training", " ".join(plan.goal_way.steps))
    assert plan.walk and not plan.walk.minutes
    assert "No running or jumping" in plan.walk.say
    assert "Stop if the sore spot hurts" in text
    for wrong in ("eases within weeks", "eases a lot", "Pain up to 4", "take the next step", "usual easy training", "5 out of 10 while"):
        assert wrong not in text, wrong


def test_no_pain_scores_without_pain(library: Library) -> None:
    text = text_for(library, **PAINLESS_RUNNER, budget="flexible", minutes="20", pressure_pref="firm")
    for wrong in ("2 points", "No better", "Pain up to 4", "5 out of 10 while", "without a flare", "mark your pain", "Walk every week"):
        assert wrong.lower() not in text.lower(), wrong


@pytest.mark.parametrize("pain", range(1, 11))
def test_pain_that_is_fine_goes_by_the_usual_pain(library: Library, pain: int) -> None:
    text = text_for(library, **{**SORE_BACK, "peg_p": pain})
    usual = pain >= 5  # an absolute bound below the usual pain would forbid everything
    assert ("Pain up to 4 out of 10" in text, "5 out of 10 or more while" in text) == (not usual, not usual)
    assert ("up to 1 point above your usual" in text, "if your pain rises by 2 points" in text) == (usual, usual)


def test_the_goal_ends_in_the_persons_own_words(library: Library) -> None:
    own = "dance {EMERG} <b>again</b>"
    plan = plan_for(library, **SORE_BACK, goal="walking", goal_words=own)
    assert plan.goal_way.steps[-1] == '"dance (EMERG) <b>again</b>"'
    assert "The place you" not in " ".join(plan.goal_way.steps)


@pytest.mark.parametrize("goal", ["lifting", "walking", "work", "sport", "caring", "home_jobs", "sitting", "sleep"])
@pytest.mark.parametrize(
    "who",
    [SORE_BACK, PAINLESS_RUNNER, TEEN_ATHLETE, {**SORE_BACK, "risk_bone": ("osteoporosis",)}, {**SORE_BACK, "mobility": "chair_only"}],
)
def test_a_way_has_one_start_and_steps_for_this_person_alone(library: Library, goal: str, who: dict[str, Any]) -> None:
    plan = plan_for(library, **{**who, "goal": goal})
    steps = " ".join(plan.goal_way.steps)
    assert steps.count("You start here.") == bool(plan.goal_way.steps)
    if plan.limits.against(("load_heavy",)):
        assert not re.search(r"10 kg|loads of your own day|Lift and carry", steps)
    if plan.limits.against(("load_light",)):
        assert "3 kg" not in steps


@pytest.mark.parametrize(("health", "rung", "step"), [("none", "deadlift", "the floor"), ("glaucoma", "deadlift_light", "a stool")])
def test_where_the_lifter_starts(library: Library, health: str, rung: str, step: str) -> None:
    """The highest rung of the hinge line; who may not push hard starts at the stool."""
    lifter: dict[str, Any] = {"activity": "athlete", "goal": "lifting", "equipment": ("gym",), "health": (health,)}
    plan = plan_for(library, **{**SORE_BACK, "duration": "recurrent", "peg_p": 3}, **lifter)
    assert f"exercise:{rung}" in {line.id for line in plan.lines}
    assert next(one for one in plan.goal_way.steps if "You start here" in one).startswith(f"Lift 10 kg from {step}")


@pytest.mark.parametrize("balance", ["good", "poor"])
def test_a_bike_is_an_exercise_bike_and_not_for_poor_balance(library: Library, balance: str) -> None:
    plan = plan_for(library, **SORE_BACK, age_band="75plus", worse_with=("walking",), balance=balance)
    assert plan.walk and plan.walk.minutes == (10, 12, 15, 20)
    assert ("exercise bike" in plan.walk.say) == (balance == "good")
    assert "your legs ask" not in plan.walk.say  # no leg signs


def test_one_date_for_a_check(library: Library) -> None:
    text = text_for(library, **{**SORE_BACK, "age_band": "75plus"})
    assert "Get this checked" in text
    assert "this week" in text
    assert not re.search(r"within 2 weeks|by week 6", text)


def test_whom_to_ring_stands_apart(library: Library) -> None:
    plan = plan_for(library, **{**SORE_BACK, "duration": "4to12w"}, pregnancy="t3")
    assert plan.stop_box.ring
    assert "MATERNITY" in plan.stop_box.ring[0]
    assert not [one for one in plan.stop_box.others if re.search(r"ring|MATERNITY|CRISIS", one, re.I)]
    assert plan.stop_box.today == (*plan.stop_box.ring, *plan.stop_box.others)
    assert len(plan.stop_box.others) >= 7  # the general lines stay, but for what the maternity unit is rung for


@pytest.mark.parametrize("answers", [{"leg_symptoms": "below_knee_both", "rf_both_legs": "long_standing_same"}, {"numb_where": ("feet",)}])
def test_known_leg_signs_are_an_emergency_only_when_new_or_worse(library: Library, answers: dict[str, Any]) -> None:
    health = {"health": ("numb_skin_neuropathy",)} if "numb_where" in answers else {}
    now = " ".join(plan_for(library, **SORE_BACK, **health, **answers).stop_box.now)
    assert "worse than your usual" in now
    assert "new pain or numbness down both legs" not in now


def test_a_plan_names_only_the_next_steps_that_it_holds(library: Library) -> None:
    for who in (SORE_BACK, ACHING, PAINLESS_RUNNER, TEEN_ATHLETE):
        plan = plan_for(library, **who)
        number = sum(1 for line in plan.section("exercises") if line.harder)
        said = " ".join((*plan.move_on, *plan.review))
        assert ("of 2 exercises" in said, "next steps" in said) == (
            (number > 1,) * 2 if who is not PAINLESS_RUNNER else (number > 1, False)
        )
        assert number or not re.search("next step|Move up", said)


def test_positions_that_ease_have_no_day_count(library: Library) -> None:
    text = text_for(library, **{**ACHING, "duration": "lt4w"})
    part = text[text.index("Positions that ease it") : text.index("Before you begin")]
    assert "as often as it helps" in part
    assert not re.search(r"times a day|days a week|Weeks 3 and 4", part)


def test_after_cancer_every_part_says_the_same_of_pain_that_grows(library: Library) -> None:
    """Clinical safety 4.1: the team, the same day. No part gives two weeks to a pain that has been checked for cancer."""
    checked = well(library, rf_cancer="past", pain_checked="yes", duration="gt12w", areas=("upper_back",), peg_p=7)
    plan = build(library, checked, on=ON)
    of_pain = [one for one in (*plan.review, *plan.flare, *plan.notes) if "grows or changes" in one]
    assert len(of_pain) == 3 and all("cancer team the same day" in one for one in of_pain)
    assert not [one for one in (*plan.review, *plan.flare) if "2 points" in one or "Pain of 7" in one]


def test_on_the_day_it_is_made_the_session_has_what_the_plan_says_to_do_today(library: Library) -> None:
    plan = build(library, well(library, goal="lifting", duration="gt12w"), on=date(2026, 11, 28))  # a Saturday
    named = {one.line for one in plan.today if one.line.startswith("exercise:")}
    assert named and named <= {line.id for line in due(plan, plan.made_on)}
    assert named <= set(plan.weeks[0][plan.made_on.weekday()].exercises)
    days = dict(re.findall(r'data-tick="(exercise:\w+)" data-days="([^"]*)"', documents.page_html(plan, library)))
    assert named <= {one for one in days if "5" in days[one].split()}, "in a file too"


def test_the_step_that_the_plan_starts_on_is_the_exercise_of_the_plan(library: Library) -> None:
    plan = build(library, well(library, goal="lifting", duration="gt12w"), on=ON)
    assert "exercise:hip_hinge" in {line.id for line in plan.lines}
    first = "Hinge with empty hands. " + library.policy.start_here
    assert [one for one in plan.goal_way.steps if library.policy.start_here in one] == [first] and plan.goal_way.ahead[0] == first
    sheet, paper = documents.sheet_html(plan, library), documents.plan_html(plan, library)
    assert f"<b>First:</b> {first}" in sheet and "Hinge to a wall." not in sheet
    assert re.findall(r'<li class="st-\d+ you"><div>(.*?)</div>', paper) == [first]


@pytest.mark.parametrize("worse", ["arching", "arms_up", "bending"])
def test_nobody_is_sent_up_to_what_makes_it_worse(library: Library, worse: str) -> None:
    """Far arches, arms high and far bends, as the person said: neither the exercise nor its next step asks for them."""
    asks = {"arching": "arch_far", "arms_up": "shoulder_overhead", "bending": "bend_far"}[worse]
    areas = ("upper_back", "mid_back") if worse != "bending" else ("low_back",)
    for activity in ("low", "some", "regular", "athlete"):
        for minutes in ("10", "20", "30"):
            who = {**SORE_BACK, "areas": areas, "worse_with": (worse,), "activity": activity, "minutes": minutes}
            lines = plan_for(library, **who).section("exercises")
            named = {one.id for line in lines for one in (line.item, line.harder) if one} - {"wall_slide"}
            assert not [name for name in named if asks in library.exercises[name].demands], (activity, minutes)


STRONG: dict[str, Any] = {"areas": ("low_back",), "duration": "lt4w", "peg_p": 7, "worse_with": ("sitting", "bending"), "country": "GB"}


def test_strong_new_pain_has_when_to_be_seen_among_the_things_of_today(library: Library) -> None:
    plan, text = plan_for(library, **STRONG), text_for(library, **STRONG)
    assert plan.triage.level == "self_care"
    eases, seen, _ = plan.today
    assert eases.line in {line.id for line in plan.section("ease")}, "clinical plan 2.8"
    assert re.search(r"2 weeks ago or more and is not easing, see your \{?GP\}? now", seen.text)
    assert text.count("2 weeks ago or more") == 1
    assert "2 weeks ago or more" not in text_for(library, **{**STRONG, "peg_p": 5})
    assert "2 weeks ago or more" not in text_for(library, **STRONG, rf_weight_loss="yes"), "a check this week says more"


@pytest.mark.parametrize("leg", ["buttock_thigh", "below_knee_one", "below_knee_both"])
@pytest.mark.parametrize("duration", ["lt4w", "gt12w"])
def test_a_leg_has_pain_or_tingling_and_no_signs(library: Library, leg: str, duration: str) -> None:
    both = {"rf_both_legs": "long_standing_same", "pain_checked": "yes"} if leg == "below_knee_both" else {}
    text = text_for(library, **{**SORE_BACK, "duration": duration}, leg_symptoms=leg, sleep="poor", worse_with=("walking",), **both)
    assert not re.search(r"\bsigns? (below|into|in (the|a|both|one) legs?)", text)
    assert ("pain or tingling below the knee" in text) == leg.startswith("below")


WEAK = [  # what was said, what is for the ambulance, what is for today: clinical safety 3.2 and 4.1
    ({"rf_leg_weakness": "long_standing"}, "any change in the strength of a leg", "An arm slowly gets weaker."),
    ({"rf_leg_weakness": "one_leg_stable"}, "Weakness in a leg is new or suddenly worse.", "slowly gets weaker than your usual"),
    ({"rf_leg_weakness": "heavy_tired"}, "Weakness in a leg is new or suddenly worse.", "slowly gets weaker than your usual"),
    (
        {"rf_both_legs": "long_standing_same", "pain_checked": "yes"},
        "sudden or new weakness in a leg",
        "A leg or an arm slowly gets weaker.",
    ),
]


@pytest.mark.parametrize(("said", "now", "today"), WEAK)
def test_one_weak_leg_has_one_number(library: Library, said: dict[str, Any], now: str, today: str) -> None:
    box = plan_for(library, **SORE_BACK, **said).stop_box
    at_once, of_today = " ".join(box.now), " ".join(box.others)
    assert now in at_once and today in of_today
    assert [sum(bool(re.search("weak|strength", one, re.I)) for one in part) for part in (box.now, box.others)] == [1, 1]
    cancer = plan_for(library, **SORE_BACK, **said, rf_cancer="past").stop_box
    assert not any("slowly gets weaker" in one for one in cancer.others), "after cancer a weaker leg cannot wait"
    assert cancer.ring


@pytest.mark.parametrize(("known", "said"), [("stenosis", True), ("osteoarthritis", False)])
def test_walking_says_in_whom_it_was_not_tested(library: Library, known: str, said: bool) -> None:
    text = text_for(library, **SORE_BACK, known=(known,))
    assert ("This was not tested for a narrow spinal canal." in text) == said
    asked = " ".join(text.split())
    level = "Very low" if said else "Low"
    assert f"{level} certainty. For long-lasting low back pain, walking is about as good as other exercise." in asked


BIRTH: dict[str, Any] = {"age_band": "18_39", "pregnancy": "postpartum_12w", "birth_when": "6to12w", "birth_more": ("caesarean",)}


@pytest.mark.parametrize("yes", ["yes", "no"])
def test_after_a_caesarean_without_a_yes_the_check_comes_first(library: Library, yes: str) -> None:
    plan = plan_for(library, **{**SORE_BACK, "duration": "4to12w"}, **BIRTH, exercise_cleared=yes)
    waits = "Had it already?" in plan.today[0].text
    assert waits == (yes == "no")
    assert "Roll, then push up" in {line.title for line in plan.section("habits")}
