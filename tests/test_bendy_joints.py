"""Very bendy joints: kept from their ends, strong shoulders, climbs, a joint that slips, and massage. Plan 8; safety 4.1."""

from __future__ import annotations

from planner.domain.model import Library
from planner.outputs.moving import that_count_most
from tests.persons import BENDY, CLIMBER
from tests.plan_text import plan_for, stop_box_words, text_for, titles, under


def test_very_bendy_joints_are_kept_from_their_ends(library: Library) -> None:
    text = text_for(library, **BENDY)
    assert "rest or hang at the end of a joint" in under(text, "Before you begin")
    assert "ask for a physio who knows them" in text
    assert "If a joint slips out" in text
    massage = under(text, "The massage to ask for")
    assert "Trigger point massage" not in massage
    assert "Trigger point massage" in under(text_for(library, **{**BENDY, "known": ()}), "The massage to ask for")
    assert "Leg-only bird dog" in text


def test_bendy_joints_that_stay_out_and_sport_without_hanging(library: Library) -> None:
    text = text_for(library, **BENDY, country="AU")
    assert "A joint slips out and does not go back." in under(text, "Stop, and get help").partition("Get help today")[0]
    assert "Nothing that hangs on straight arms." in text
    assert "straight arms." not in text_for(library, **{**BENDY, "known": ()})


def test_a_style_that_is_left_out_is_not_asked_of_a_therapist(library: Library) -> None:
    text = text_for(library, **BENDY)
    assert "trained in sports massage" not in text
    assert "Ask for a therapist who knows very bendy joints." in text
    free = text_for(library, **{**BENDY, "known": (), "activity": "athlete", "day": ("athlete",), "liked_before": ("sports",)})
    assert "trained in sports massage" in free and "very bendy" not in free
    assert "trained in sports massage" not in text_for(library, **{**BENDY, "known": (), "risk_blood": ("anticoagulant",)})


def test_very_bendy_joints_climb_slowly_and_with_one_limit_for_the_ball(library: Library) -> None:
    text = text_for(library, **CLIMBER)
    assert "a short, very easy session once a week. A quarter of what you used to do." in text
    assert "Make it 10% longer each week, after a week without a flare." in text and "10 to 20%" not in text
    assert text.count("slips out and goes back, tell your doctor") == 1
    assert "slips out and goes back" in text.partition("Before you begin")[2].partition("Exercises ----")[0]
    assert "lean on fists or forearms" in text
    assert "This was not tested for very bendy joints." in text
    assert "Massage at home" not in text or "5 out of 10 or less" not in text
    assert "slips out and goes back" not in text_for(library, **{**CLIMBER, "known": ()})


def test_who_climbs_with_bendy_joints_begins_with_big_holds(library: Library) -> None:
    climbs = " ".join(plan_for(library, **CLIMBER, goal_words="go back to climbing").goal_way.steps)
    assert "Big holds, feet on, arms not quite straight. Climb down, do not jump off." in climbs
    assert "Big holds" not in " ".join(plan_for(library, **CLIMBER).goal_way.steps)
    assert "Tender at most 3 out of 10." in text_for(library, **CLIMBER)


def test_bendy_joints_have_one_soft_ball_and_control_before_range(library: Library) -> None:
    text = text_for(library, **CLIMBER)
    assert "tennis" not in text
    assert "Put a soft ball" in text
    assert "Head turns" not in that_count_most(plan_for(library, **CLIMBER), library.policy.short_day)


def test_bendy_joints_grow_strong_round_the_shoulders_and_nobody_cracks_them(library: Library) -> None:
    found = titles(plan_for(library, **BENDY))
    assert {"Wall push-up", "Push-up at a counter", "Band row"} & set(found) and "Clam" not in found
    text = text_for(library, **BENDY, country="AU")
    assert "push or crack a joint or your neck" in text
    assert "A joint slips out and does not go back." in stop_box_words(text).partition("Get help today")[0]
    assert "A joint slips out" not in text_for(library, **{**BENDY, "known": ()})


def test_hands_and_knees_have_soft_elbows(library: Library) -> None:
    for item in (library.exercises["bird_dog"], library.exercises["bird_dog_leg"]):
        assert "elbows soft" in " ".join(item.steps)
