"""What a physiotherapist would mend: a band to have, a fall, thin bones after cancer, a bad day, steps. Plan 2.5, 6.4."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.model import Library
from tests.test_falls import CLIMBER, FELL, SWIMMER
from tests.test_said_to_whom import plan_for, text_for
from tests.test_sore_bones import BIRTH, NARROW

BAND = "Stronger pulls need an exercise band. If you get one, add it to your answers."
DESK: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("neck_shoulders", "upper_back"), "duration": "gt12w", "peg_p": 4, "peg_e": 3, "peg_g": 3},
    **{"worse_with": ("look_down", "one_position"), "day": ("desk",), "activity": "some", "minutes": "10", "goal": "work", "country": "GB"},
    **{"budget": "some"},
}
STYLIST: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("upper_back", "mid_back"), "duration": "gt12w", "peg_p": 5, "peg_e": 4, "peg_g": 4},
    **{"worse_with": ("arching", "arms_up"), "day": ("standing", "arms_up"), "activity": "regular", "minutes": "20", "goal": "work"},
}


@pytest.mark.parametrize("who", [DESK, STYLIST, {**CLIMBER, "activity": "some"}])
def test_who_pulls_lying_down_is_told_of_no_band_and_a_band_still_adds_its_pull(library: Library, who: dict[str, Any]) -> None:
    assert "exercise band." not in text_for(library, **who)
    assert {"prone_arm_lift", "back_press"} & {line.item_id for line in plan_for(library, **who).section("exercises")}
    with_band = plan_for(library, **who, equipment=("band",)).section("exercises")
    assert {"band_apart", "band_row"} & ({line.item_id for line in with_band} | {line.harder.id for line in with_band if line.harder})


def test_who_has_no_band_and_no_other_pull_is_told_what_a_band_would_add(library: Library) -> None:
    upright = {**DESK, "health": ("implant_device",)}
    assert BAND in text_for(library, **upright) and BAND not in text_for(library, **upright, equipment=("band",))


@pytest.mark.parametrize(
    "other",
    [
        {"minutes": "5"},
        {"areas": ("low_back",)},
        {"duration": "lt4w"},
        {"health": ("ra_flare",)},
        {"rf_cancer": "past", "pain_checked": "yes"},
        {"equipment": ("gym",)},
        {"known": ("widespread_pain",)},
    ],
)
def test_nobody_is_told_of_a_band_that_would_add_nothing_for_them(library: Library, other: dict[str, Any]) -> None:
    upright = {**DESK, "health": ("implant_device",)}
    assert "exercise band." in text_for(library, **upright), "else this says nothing"
    assert "exercise band." not in text_for(library, **{**upright, **other})


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


def test_thin_bones_after_cancer_read_nothing_of_soreness_and_ask_for_load(library: Library) -> None:
    who = {**SWIMMER, "worry_move": "yes"}
    text = text_for(library, **who)
    assert "when a spot is tender" not in text and "48 hours" not in text
    assert "Strong pain, or any pain from the massage the next day." in text
    assert "its shoulder and upper back too, unless my team said yes" in text
    assert "Bones need load that grows: ask a physio now how to add it." in text
    assert "From week 5, after your cancer team's yes: 10 easy minutes." in text
    firm = text_for(library, **{**who, "risk_bone": ("none",)})
    assert "Breathe slowly when a spot is tender." in firm and "Bones need load" not in firm


def test_a_birth_without_a_yes_has_one_sentence_for_a_bad_day_and_lifts_the_baby_alone(library: Library) -> None:
    who = {**BIRTH, "birth_more": ("caesarean",), "goal": "caring", "duration": "4to12w", "country": "GB"}
    text = text_for(library, **who)
    assert "A bad day? Do half for 2 days, and rest on your side with pillows." in text
    assert "If it flares up" not in text
    assert "none on the scar, unless a physio shows you how" in text
    steps = plan_for(library, **who).goal_way.steps
    assert steps[0].startswith("Feed with your arms and back supported. Lift only your baby, close to you, and from waist height.")
    assert not any("as often as you like" in step for step in steps)


def test_headaches_are_spoken_of_in_a_massage_and_a_growing_one_stops_a_move(library: Library) -> None:
    text = text_for(library, **DESK, goal_words="finish a day without a headache")
    assert "Speak up if a headache starts or grows" in text
    assert "or a headache starts or grows." in text
    assert "Speak up if a headache" not in text_for(library, **DESK)


def test_who_climbs_with_bendy_joints_begins_with_big_holds(library: Library) -> None:
    climbs = " ".join(plan_for(library, **CLIMBER, goal_words="go back to climbing").goal_way.steps)
    assert "Big holds, feet on, arms not quite straight. Climb down, do not jump off." in climbs
    assert "Big holds" not in " ".join(plan_for(library, **CLIMBER).goal_way.steps)
    assert "Tender at most 3 out of 10." in text_for(library, **CLIMBER)


def test_the_way_to_a_place_has_three_quarters_and_a_seat(library: Library) -> None:
    text = text_for(library, **{**NARROW, "goal": "walking"})
    assert "Half way, later three quarters: sit, and back." in text
    assert "Choose a way with seats, or take a folding seat." in text
