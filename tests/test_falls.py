"""Who fell or is unsteady: the falls check, company, exercises alone, stairs, thin blood. Clinical plan 8; safety 4.1; NICE on falls."""

from __future__ import annotations

from planner.domain.model import Library
from tests.persons import DESK_WORKER, FELL, NUMB_FEET, OLD_AND_INACTIVE, OLD_WALKER, UNSTEADY
from tests.plan_text import flat, plan_for, text_for, under


def test_one_fall_with_poor_balance_has_the_headline_of_falls(library: Library) -> None:
    old = {"age_band": "75plus", "areas": ("low_back",), "balance": "poor", "duration": "gt12w", "peg_p": 5, "pain_checked": "yes"}
    assert "falls check" in plan_for(library, **old, falls="once").headline
    assert "falls check" not in plan_for(library, **old, falls="none").headline


def test_one_fall_with_poor_balance_is_checked_and_gets_up_slowly(library: Library) -> None:
    plan, text = plan_for(library, **OLD_WALKER), text_for(library, **OLD_WALKER)
    assert [one for one in plan.today if "falls check" in one.title]
    assert "Sit on the edge for a minute before you stand." in text
    assert "warm bath" not in text_for(library, **OLD_WALKER, stress="some", risk_blood=("anticoagulant",)).lower()
    assert "warm bath" not in text_for(library, **OLD_WALKER, stress="some").lower()
    steady = {**OLD_WALKER, "balance": "good"}
    assert "warm bath" in text_for(library, **steady, stress="some").lower()
    assert not [one for one in plan_for(library, **steady).today if "falls check" in one.title]
    assert "Sit on the edge" not in text_for(library, **steady)


def test_poor_balance_walks_today_with_company_and_tries_exercises_with_somebody_near(library: Library) -> None:
    text, near = text_for(library, **UNSTEADY), "have someone near and a firm chair behind you"
    assert "minutes each time. Take company, a rail or a fitted stick." in under(text, "Do this today")
    assert near in under(text, "Before you begin")
    steady = text_for(library, **{**UNSTEADY, "balance": "good"})
    assert near not in steady and "Take company" not in steady
    seated = text_for(library, **UNSTEADY, mobility="chair_only")
    assert near not in seated and "Take company" not in seated


def test_who_fell_reads_that_short_days_have_the_same_rule_and_how_to_take_a_stair(library: Library) -> None:
    text = text_for(library, **{**FELL, "worse_with": ("getting_up", "walking"), "country": "GB"})
    assert "on short days too. In place of Sit to stand, do Seated march, 5 each side." in text
    assert text.count("Go one step at a time. Put both feet on each.") == 1


def test_who_fell_has_one_rule_for_walks_and_one_for_being_alone(library: Library) -> None:
    text = text_for(library, **{**FELL, "worse_with": ("getting_up", "walking")})
    assert "Outdoors, take company. Alone: indoors, along a rail or a wall." in text
    assert "fitted stick" not in text
    assert (
        "do only the exercises that you do sitting or lying, on short days too. In place of Sit to stand, do Seated march, 5 each side."
        in text
    )
    assert "At your falls check, ask for the next balance move." in text
    steady = text_for(library, **{**FELL, "falls": "none"})
    assert "Until your falls check" not in steady and "company, a rail or a fitted stick" in steady


def test_who_fell_clears_no_rug_alone_and_who_cannot_kneel_asks_for_an_easy_table(library: Library) -> None:
    fell = {**DESK_WORKER, "areas": ("low_back",), "age_band": "75plus", "falls": "once", "balance": "poor", "mobility": "no_floor"}
    assert "Ask someone to move what lies low or is heavy." in flat(text_for(library, **fell))
    assert "Ask for a massage table that is easy to get on and off." in flat(text_for(library, **{**NUMB_FEET, "kneel_ok": "no"}))


def test_a_fall_or_a_knock_with_blood_thinners_counts_however_small(library: Library) -> None:
    box = plan_for(library, **FELL).stop_box
    assert any("knock your head, however lightly" in one for one in box.now)
    assert "You have a fall, even if you feel well." in box.today
    assert "You have a fall." not in box.today
    assert "You have a fall." in plan_for(library, **{**FELL, "risk_blood": ()}).stop_box.today


def test_who_fell_and_is_unsteady_stands_for_exercises_only_with_somebody_near(library: Library) -> None:
    text = text_for(library, **FELL)
    assert "Until your falls check, stand for exercises with someone near and a firm chair behind you." in text
    assert "The first few times, have someone near" not in text
    assert "Alone? Until your falls check, do only the exercises that you do sitting or lying, on short days too." in text
    assert "In place of Sit to stand, do Seated march, 5 each side." in text
    lying_or_sitting = {"clamshell", "glute_squeeze", "elbows_to_knees", "chair_child_pose"}
    assert lying_or_sitting & {line.item_id for line in plan_for(library, **FELL).section("exercises")}
    hurried = text_for(library, **{**FELL, "minutes": "5"})
    assert "When alone" not in hurried and "Alone? Until" not in hurried, "all of them may be done standing then"
    assert "Until your falls check" not in text_for(library, **{**FELL, "falls": "none"})


def test_an_unsteady_walk_has_company_first_and_a_stick_only_if_it_fits(library: Library) -> None:
    text = text_for(library, **FELL)
    assert "a stick, a rail or company" not in text
    assert "company, a rail or a fitted stick" in text_for(library, **{**FELL, "falls": "none"})
    assert "walk outdoors only with company. Alone: indoors, along a rail or a wall." in text
    assert "Go one step at a time." in text
    assert "A rucksack leaves a hand free." in text


def test_who_fell_and_is_alone_marches_in_a_chair(library: Library) -> None:
    text = text_for(library, **{**FELL, "worse_with": ("getting_up", "walking"), "country": "GB"})
    assert "Sit to stand with hands" in text
    assert "Alone? Until your falls check, do only the exercises that you do sitting or lying, on short days too." in text
    assert "In place of Sit to stand, do Seated march, 5 each side." in text


def test_who_fell_goes_far_after_the_falls_check_alone(library: Library) -> None:
    walks = {**FELL, "goal": "walking", "worse_with": ("getting_up", "walking"), "country": "GB"}
    assert any(step.startswith("After your falls check:") for step in plan_for(library, **walks).goal_way.steps)
    steady = plan_for(library, **{**walks, "falls": "none"}).goal_way.steps
    assert not any("falls check" in step for step in steady) and any("company at first" in step for step in steady)


def test_who_falls_has_bones_and_blood_pressure_checked(library: Library) -> None:
    pressure, bones = "blood pressure lying and standing", "a check of your bones"
    text = text_for(library, **OLD_AND_INACTIVE)
    assert pressure in text and bones in text
    assert bones not in text_for(library, **OLD_AND_INACTIVE, risk_bone=("osteoporosis",))
    assert pressure not in text_for(library, **OLD_AND_INACTIVE, mobility="chair_only")


def test_stairs_fit_whose_legs_are_alike(library: Library) -> None:
    text = text_for(library, **OLD_AND_INACTIVE)
    assert "A sorer leg goes up last and down first." in text and "stronger leg" not in text


def test_thin_blood_asks_first_about_gels_and_aspirin(library: Library) -> None:
    said = "Ask first about such gels, and about aspirin that nobody prescribed."
    assert said in text_for(library, **OLD_AND_INACTIVE, risk_blood=("anticoagulant",))
    assert said not in text_for(library, **OLD_AND_INACTIVE)
