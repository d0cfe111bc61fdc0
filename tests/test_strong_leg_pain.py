"""Strong new pain in a leg: positions that ease it, its check, work, and massage that waits. Clinical plan 2, 6 and 8; safety 4."""

from __future__ import annotations

import re

import pytest

from planner.domain.model import Library
from tests.persons import NURSE, STRONG_LEG
from tests.plan_text import exercise_ids, plan_for, text_for


def test_strong_new_leg_pain(library: Library) -> None:
    plan, text = plan_for(library, **STRONG_LEG), text_for(library, **STRONG_LEG)
    assert text.count("Use the position that eases the leg, and go back to it every few hours.") == 1
    assert text.count("Leave one that sends pain further down.") == 1
    elbows = {line.title for line in plan.section("exercises")} & {"Lie on elbows"}
    assert ("Does Lie on elbows ease the leg? Then do it every few hours." in text) is bool(elbows)
    assert len(plan.flare) == 3
    assert "stop box" in plan.flare[0]
    assert "for 3 days" in plan.flare[2]
    assert re.search(r"Massage: better to wait -+ [^.]*Wait until the leg eases\. Then a light one is fine\.", text)
    assert "Your pain is new." not in text
    assert "under 4 weeks old" in text
    for milder in ({"peg_p": 4, "peg_e": 4, "peg_g": 4}, {"leg_symptoms": "none"}):
        other = text_for(library, **{**STRONG_LEG, **milder})
        assert "better to wait" not in other
        assert "The massage to ask for" in other
        assert not plan_for(library, **{**STRONG_LEG, **milder}).flare


def test_walks_with_new_strong_leg_pain_stay_where_they_are_if_the_leg_is_worse(library: Library) -> None:
    text = text_for(library, **STRONG_LEG)
    assert "Leg worse? Stay at last week's minutes." in text
    assert "Leg worse?" not in text_for(library, **{**STRONG_LEG, "leg_symptoms": "none"})
    assert re.search(r"A WARM PACK .* Low certainty\. [^\[]* not tested for leg pain", text)
    assert "not tested for leg pain" not in text_for(library, **{**STRONG_LEG, "leg_symptoms": "none"})


def test_work_waits_for_the_check_of_a_strong_new_leg(library: Library) -> None:
    assert "Have the leg checked" in plan_for(library, **NURSE).goal_way.steps[0]
    assert "When you can sit or walk for 20 minutes: a few hours a day" in plan_for(library, **NURSE).goal_way.steps[1]
    assert "Have the leg checked, and" not in text_for(library, **{**NURSE, "duration": "gt12w"})


def test_a_strong_new_leg_is_checked_before_work_and_has_no_massage_until_it_eases(library: Library) -> None:
    assert plan_for(library, **NURSE).goal_way.steps[0].startswith("Have the leg checked, and talk to work.")
    assert "Wait until the leg eases. Then a light one is fine." in text_for(library, **NURSE)


@pytest.mark.parametrize(("pain", "words"), [(7, "Pain of 8 or more for a day"), (9, "Worse than now for a day")])
def test_strong_new_leg_pain_is_never_told_to_wait_for_a_number_off_the_line(library: Library, pain: int, words: str) -> None:
    text = text_for(library, **{**NURSE, "peg_p": pain, "pain_now": pain})
    assert text.count(words) == 2  # the review and the flare
    assert "Worse by 2 points" not in text
    assert "Not easing 2 weeks after your visit: go back." in text
    assert "2 weeks after it began" not in text


def test_a_leg_nerve_has_its_own_line_for_pain_while_exercising_and_its_own_sign(library: Library) -> None:
    plan, text = plan_for(library, **NURSE), text_for(library, **NURSE)
    assert "The leg pain must not go further down." in text
    assert "between your legs, during sex too" in " ".join(plan.stop_box.now)
    assert "strength, feeling, reflexes" in text
    assert "in sex" not in text_for(library, **{**NURSE, "leg_symptoms": "none"})


def test_who_is_off_work_asks_for_help_now(library: Library) -> None:
    text = text_for(library, **NURSE)
    assert "If your work has occupational health, ask for a talk now." in text
    assert "Off for more than 7 days? Ask your GP about a fit note." in text
    assert "7 days" not in text_for(library, **{**NURSE, "country": "US"})


def test_near_the_top_of_the_line_a_leg_has_no_room_for_more(library: Library) -> None:
    text = text_for(library, **STRONG_LEG)
    assert "the leg must hurt no more than usual" in text
    assert "Up to 1 point more" not in text
    assert "rises by 2 points" not in text
    assert "Up to 1 point more" in text_for(library, **{**STRONG_LEG, "peg_p": 6})
    assert "701 adults" not in text
    assert "Walking has hardly been tested for new leg pain." in text


@pytest.mark.parametrize("job", [("lifting",), ("standing",)])
def test_the_way_back_to_work_says_when_to_go_on_and_heavy_lifts_come_last(library: Library, job: tuple[str, ...]) -> None:
    text = text_for(library, **{**STRONG_LEG, "goal": "work", "work_now": "off", "day": job})
    assert "Take the next step after a week that made you no worse." in text
    assert ("Heavy lifts, and moving people, come last." in text) == (job == ("lifting",))


def test_strong_new_leg_pain_has_no_massage_to_come(library: Library) -> None:
    plan, text = plan_for(library, **STRONG_LEG), text_for(library, **STRONG_LEG)
    assert plan.massage is not None
    assert not plan.massage.recommended
    for words in ("Say this to the therapist", "Before a massage", "Finding a therapist", "Stop a massage", "needs no paid massage"):
        assert words not in text, words
    assert text_for(library, **STRONG_LEG, country="GB").count("See your GP this week") == 1


def test_strong_new_leg_pain_that_sitting_makes_worse_has_no_seated_slider(library: Library) -> None:
    sliders = {"nerve_slider_low", "sciatic_slider"}
    assert not sliders & exercise_ids(plan_for(library, **STRONG_LEG))
    milder = {**STRONG_LEG, "peg_p": 4, "peg_e": 4, "peg_g": 4}
    assert sliders & exercise_ids(plan_for(library, **milder))


@pytest.mark.parametrize(("country", "note"), [("GB", "a fit note"), ("US", "a note for work"), ("IE", "a note for work")])
def test_a_note_for_who_is_off_work(library: Library, country: str, note: str) -> None:
    text = text_for(library, **STRONG_LEG, goal="work", work_now="off", country=country)
    assert f"about {note}" in text or f"for {note}" in text
    assert "If you cannot work" not in text_for(library, **STRONG_LEG, goal="work", work_now="as_usual", country=country)
