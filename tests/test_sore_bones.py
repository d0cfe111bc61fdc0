"""More lines that physiotherapists would mend with a pen: the stop box, no massage, leg pain, births, falls. Clinical plan 2.5, 4, 10."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from tests.test_said_to_whom import TEEN, plan_for, text_for

OLD: dict[str, Any] = {
    **{"age_band": "75plus", "areas": ("low_back", "buttock_hip"), "duration": "gt12w", "peg_p": 5, "peg_e": 5, "peg_g": 6},
    **{"balance": "poor", "falls": "once", "worse_with": ("getting_up", "walking"), "pain_checked": "yes", "goal": "walking"},
}
NARROW: dict[str, Any] = {
    **{"age_band": "60_74", "known": ("stenosis",), "areas": ("low_back", "buttock_hip"), "leg_symptoms": "below_knee_both"},
    **{"rf_both_legs": "long_standing_same", "duration": "gt12w", "pain_checked": "yes", "peg_p": 5, "goal": "walking", "budget": "low"},
    **{"worse_with": ("walking", "standing"), "rf_claudication": "yes_known"},
}
BIRTH: dict[str, Any] = {
    **{"age_band": "18_39", "pregnancy": "postpartum_12w", "birth_when": "6to12w", "birth_more": ("caesarean",), "areas": ("low_back",)},
    **{"duration": "4to12w", "peg_p": 4, "worry_move": "yes", "worse_with": ("lifting",), "country": "GB"},
}
LEG: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("low_back", "buttock_hip"), "leg_symptoms": "below_knee_one", "duration": "lt4w", "peg_p": 7},
    **{"worse_with": ("sitting", "bending"), "budget": "some", "minutes": "10"},
}


def massage_of(text: str) -> str:
    """What follows the heading "Massage" of a plan without one, up to the next heading."""
    found = re.search(r" Massage -+ (.*?) (?:Four weeks) -+", text)
    return found[1] if found else ""


@pytest.mark.parametrize("who", [OLD, NARROW, BIRTH, LEG, TEEN])
def test_the_stop_box_names_early_signs_of_trapped_nerves(library: Library, who: dict[str, Any]) -> None:
    now = " ".join(plan_for(library, **who).stop_box.now)
    for sign in ("numb, odd or tingling between your legs", "hard to start or feel", "cannot pee", "cannot hold pee or poo"):
        assert sign in now, sign
    assert "any change in the feeling between your legs" in " ".join(plan_for(library, **who, rf_saddle="long_standing").stop_box.now)


def test_a_plan_without_massage_says_why(library: Library) -> None:
    thin = massage_of(text_for(library, **OLD, risk_blood=("anticoagulant",), budget="none"))
    assert "needs no paid massage" in thin
    assert "nobody should press hard" in thin
    plain = massage_of(text_for(library, **{**OLD, "budget": "none"}))
    assert "little is lost" in plain
    assert "press" not in plain
    assert "hardly been tested for a narrow spinal canal" in massage_of(text_for(library, **NARROW))
    born = massage_of(text_for(library, **BIRTH))
    assert "your scar has healed and your check says yes" in born
    early = massage_of(text_for(library, **{**BIRTH, "birth_when": "lt6w", "birth_more": ()}))
    assert "until your check after the birth says yes" in early
    assert "scar" not in early


def test_who_has_no_massage_reads_of_no_style_that_is_left_out(library: Library) -> None:
    for who in ({**NARROW, "health": ("bp_controlled",)}, {**OLD, "risk_blood": ("anticoagulant",), "budget": "none"}):
        assert not [one.id for one in plan_for(library, **who).left_out if one.id.startswith("massage:")]
    with_massage = plan_for(library, **{**OLD, "risk_blood": ("anticoagulant",), "budget": "some"})
    assert [one.id for one in with_massage.left_out if one.id.startswith("massage:")]


def test_not_cleared_after_a_birth(library: Library) -> None:
    text = text_for(library, **BIRTH)
    assert text.count("does not always mean harm") == 1
    assert "gentle enough to begin with" in text
    assert "pelvic-health physio" in text
    assert "off your scar, and off numb skin" in text
    assert "Worse by 2 points for 3 days: ring your GP" in text
    assert "for 2 weeks" not in text.replace("of 2 weeks", "")
    cleared = text_for(library, **BIRTH, exercise_cleared="yes")
    assert "Normal moves, in easy steps" in cleared
    assert "Worse by 2 points for 2 weeks" in cleared
    assert "off your scar" not in text_for(library, **{**BIRTH, "birth_more": ()})
    lasting = text_for(library, **{**BIRTH, "duration": "gt12w"})
    assert "Then build up over 3 to 5 days. Worse by 2 points for 3 days: ring your GP." in lasting


def test_strong_new_leg_pain(library: Library) -> None:
    plan, text = plan_for(library, **LEG), text_for(library, **LEG)
    assert text.count("Keep the position that eases the leg, and go back to it every few hours.") == 1
    assert text.count("Leave one that sends pain further down.") == 1
    elbows = {line.title for line in plan.section("exercises")} & {"Lie on elbows"}
    assert ("The same for Lie on elbows, if it eases the leg." in text) is bool(elbows)
    assert len(plan.flare) == 3
    assert "stop box" in plan.flare[0]
    assert "for 3 days" in plan.flare[2]
    assert re.search(r"Massage: better to wait -+ [^.]*Wait until the leg eases\. Then a light one is fine\.", text)
    assert "Your pain is new." not in text
    assert "under 4 weeks old" in text
    for milder in ({"peg_p": 4, "peg_e": 4, "peg_g": 4}, {"leg_symptoms": "none"}):
        other = text_for(library, **{**LEG, **milder})
        assert "better to wait" not in other
        assert "The massage to ask for" in other
        assert not plan_for(library, **{**LEG, **milder}).flare


def test_a_sore_bone_at_16(library: Library) -> None:
    plan, text = plan_for(library, **TEEN, stress="some", budget="some"), text_for(library, **TEEN, stress="some", budget="some")
    assert "belts" not in text
    assert "belts" in text_for(library, **OLD)
    assert "All training waits until the doctor says yes, and so do far arches and jolts" in text
    assert "hard training" not in massage_of(text)
    assert "half as long" not in " ".join(plan.goal_way.steps)
    assert "no landings until they say so" in " ".join(plan.goal_way.steps)
    assert "parent or carer" not in text
    assert re.search(r"A WARM PACK .* Low certainty\. [^\[]* not tested at 16 or 17", text)
    assert "not tested at 16" not in text_for(library, **LEG)


@pytest.mark.parametrize(("country", "line"), [("GB", "Childline"), ("IE", "Childline"), ("AU", "Kids Helpline"), ("US", "")])
def test_the_line_for_children_stands_beside_the_crisis_line(library: Library, country: str, line: str) -> None:
    text = text_for(library, **TEEN, stress="some", country=country)
    assert ("At your age you can ring" in text) is bool(line)
    assert not line or f"At your age you can ring {line}" in text
    assert "At your age you can ring" not in text_for(library, **TEEN, stress="low", country=country)
    assert "At your age you can ring" not in text_for(library, **LEG, stress="some", country=country)


def test_one_fall_with_poor_balance_is_checked_and_gets_up_slowly(library: Library) -> None:
    plan, text = plan_for(library, **OLD), text_for(library, **OLD)
    assert [one for one in plan.today if "falls check" in one.title]
    assert "Sit on the edge for a minute before you stand." in text
    assert "warm bath" not in text_for(library, **OLD, stress="some", risk_blood=("anticoagulant",)).lower()
    assert "warm bath" not in text_for(library, **OLD, stress="some").lower()
    steady = {**OLD, "balance": "good"}
    assert "warm bath" in text_for(library, **steady, stress="some").lower()
    assert not [one for one in plan_for(library, **steady).today if "falls check" in one.title]
    assert "Sit on the edge" not in text_for(library, **steady)


@pytest.mark.parametrize("who", [OLD, NARROW])
def test_no_single_move_is_of_high_certainty(library: Library, who: dict[str, Any]) -> None:
    assert not [line.title for line in plan_for(library, **who).section("exercises") if line.certainty == "high"]
    assert "This move alone was not tested" in text_for(library, **who)


def test_a_walk_to_a_place_goes_half_way_first_and_stairs_fit_both_legs(library: Library) -> None:
    steps = plan_for(library, **NARROW).goal_way.steps
    assert "Half way" in steps[-2]
    assert "If both are the same, choose either, one step at a time." in text_for(library, **NARROW)
    assert "If both are the same" not in text_for(library, **OLD)


WIDE: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("neck_shoulders", "upper_back", "low_back", "buttock_hip"), "duration": "gt12w", "peg_p": 7},
    **{"peg_e": 8, "peg_g": 7, "known": ("widespread_pain",), "sleep": "poor", "pressure_pref": "light", "budget": "low", "minutes": "5"},
    **{"day": ("desk",), "goal": "sleep"},
}


def test_little_time_asks_for_the_walk_or_the_exercises(library: Library) -> None:
    text = text_for(library, **WIDE)
    today = text[text.index("Do this today") : text.index("Stop, and get help")]
    assert text.count("or do the exercises of the day. One of the two is enough.") == 1
    assert "or do the exercises of the day. One of the two is enough." in today
    assert "Only 5 minutes?" not in text
    assert "One of the two is enough" not in text_for(library, **{**WIDE, "minutes": "10"})
    assert "One of the two is enough" not in text_for(library, **WIDE, mobility="chair_only")


def test_pain_in_many_places_has_one_style_and_its_own_signs_at_night(library: Library) -> None:
    plan, text = plan_for(library, **WIDE), text_for(library, **WIDE)
    assert plan.massage and len(plan.massage.styles) == 1
    turns = text[text.index("HEAD TURNS") :].split("Because you said ")[1]
    assert turns.startswith('"neck or shoulders"')
    today = " ".join(plan.stop_box.today)
    assert "new pain, unlike your usual, that never eases and is worse at night" in today
    assert "night pain clearly grows" in today and "lose weight without trying" in today
    assert "unlike your usual, that" not in " ".join(plan_for(library, **{**WIDE, "known": (), "duration": "4to12w"}).stop_box.today)
    cancer = plan_for(library, **WIDE, rf_cancer="past", pain_checked="yes")
    assert "unlike your usual, that" not in " ".join(cancer.stop_box.today)


def test_walks_with_new_strong_leg_pain_stay_where_they_are_if_the_leg_is_worse(library: Library) -> None:
    text = text_for(library, **LEG)
    assert "Leg worse? Stay at last week's minutes." in text
    assert "Leg worse?" not in text_for(library, **{**LEG, "leg_symptoms": "none"})
    assert re.search(r"A WARM PACK .* Low certainty\. [^\[]* not tested for leg pain", text)
    assert "not tested for leg pain" not in text_for(library, **{**LEG, "leg_symptoms": "none"})


def test_no_yes_after_a_birth_is_said_by_name_and_once(library: Library) -> None:
    text = text_for(library, **BIRTH, exercise_cleared="no")
    assert "Nobody has said yes to exercise yet: book your six-week check." in text
    assert "Some of your answers need a check" not in text
    assert "no yes for exercise" not in text_for(library, **BIRTH, exercise_cleared="yes")
    assert "Do not lift the car seat with the baby in it." in text
    left = text[text.index("Left out, and why") :]
    assert "a birth 6 to 12 weeks ago" in left
    assert "a birth in the last 12 weeks" not in left


def test_a_sore_bone_rests_from_all_training_and_eats(library: Library) -> None:
    text = text_for(library, **{**TEEN, "rf_load_bone": "yes", "stress": "some", "budget": "some", "country": "GB"})
    assert "No training of your sport at all until the doctor says yes." in text
    assert "No PE until then: tell your teacher too." in text
    assert "a bone needs both to mend" in text
    assert "as pressing can hurt a sore bone" in massage_of(text)
    grown = text_for(library, **{**TEEN, "age_band": "18_39", "rf_load_bone": "yes"})
    assert "PE teacher" not in grown
    assert "a bone needs both to mend" in grown
    assert "a bone needs both to mend" not in text_for(library, **LEG)
    assert "Book a visit to your GP this week, and ask for a physio too." in text
    assert "Book a physio this week" not in text
    later = text_for(library, **{**TEEN, "rf_load_bone": "no", "country": "GB"})
    assert "Book a visit to your GP this week, and ask for a physio." in later


def test_walks_with_rests_stay_in_a_week_until_it_is_easy(library: Library) -> None:
    text = text_for(library, **NARROW)
    assert "Stay in a week until it is easy." in text
    assert "Aching legs on a walk may go higher, if sitting settles them." in text
    assert "Aching legs on a walk" not in text_for(library, **OLD)
