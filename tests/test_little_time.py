"""Lines that physiotherapists asked for on reading whole plans: sources that a line cites, three exercises for a full day, and the rest."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from planner.outputs.text import to_text
from tests.test_after_a_birth import GIRDLE
from tests.test_said_to_whom import SORE, TEEN, plan_for, text_for
from tests.test_sore_bones import BIRTH, LEG, WIDE

UPPER: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("upper_back", "mid_back"), "duration": "gt12w", "peg_p": 5, "peg_e": 4, "peg_g": 4},
    **{"worse_with": ("arching", "arms_up"), "day": ("standing", "arms_up"), "activity": "regular", "pressure_pref": "firm"},
    **{"liked_before": ("trigger_point",), "budget": "some", "minutes": "20", "country": "GB", "goal": "work"},
}
NECK: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("neck_shoulders", "upper_back"), "duration": "gt12w", "peg_p": 4, "peg_e": 3, "peg_g": 3},
    **{"worse_with": ("look_down", "one_position"), "day": ("desk",), "activity": "some", "stress": "some", "pressure_pref": "firm"},
    **{"budget": "some", "minutes": "10", "country": "CA", "goal": "work"},
}
PEOPLE = {"birth": BIRTH, "leg": LEG, "wide": WIDE, "sore": SORE, "teen": TEEN, "girdle": GIRDLE, "upper": UPPER, "neck": NECK}


@pytest.mark.parametrize("who", PEOPLE)
def test_every_source_in_the_list_is_cited_by_a_line(library: Library, who: str) -> None:
    body, listed = to_text(plan_for(library, **PEOPLE[who]), library).split("\nSources\n")
    cited = {name for found in re.findall(r"\[([a-z0-9_,\s]+)\]", body) for name in re.split(r",\s+", found)}
    assert set(re.findall(r"^- \[(\w+)\]", listed, re.MULTILINE)) == cited


@pytest.mark.parametrize("who", ["upper", "girdle"])
def test_many_exercises_say_which_three_a_full_day_has_time_for(library: Library, who: str) -> None:
    found = re.search(r"Short of time\? Do these three: ([^.]+)\.", text_for(library, **PEOPLE[who]))
    assert found
    assert len(set(found[1].split("; "))) == 3


def test_few_exercises_need_no_choice(library: Library) -> None:
    assert "Short of time?" not in text_for(library, **{**WIDE, "minutes": "5"})


def test_late_in_pregnancy_massage_begins_light_and_the_birth_asks_for_new_answers(library: Library) -> None:
    text = text_for(library, **GIRDLE, budget="some")
    assert "ask for step 2 of 5, no more" in text
    assert "Legs: light strokes only." in text
    assert "After the birth, answer the questions again." in text
    assert "new pain, unlike your usual, that never eases" in text
    assert "Share the load between both legs." in text_for(library, **GIRDLE, worry_move="yes")


def test_pain_in_many_places_reads_that_a_short_walk_is_enough_before_the_minutes(library: Library) -> None:
    text = text_for(library, **{**WIDE, "minutes": "5", "sleep": "poor"})
    assert text.index("With 5 minutes a day: the exercises on 3 days,") < text.index("Week 1: walk")
    assert "Only with more time: walk as the weeks say. Walk little and often" in text
    walk = text[text.index("Walk every week: ") :]
    assert "This was not tested for pain in many places." in walk[: walk.index("[")]


def test_who_lies_awake_with_lasting_pain_begins_with_when_to_get_up(library: Library) -> None:
    person = {**WIDE, "goal": "sleep", "sleep": "poor"}
    assert any("Get up at the same time each day" in step for step in plan_for(library, **person).goal_way.steps)
    assert "snore loudly, or have restless legs or hot flushes" in text_for(library, **{**person, "age_band": "40_59"})
    assert "hot flushes" not in text_for(library, **{**person, "age_band": "18_39"})


def test_headaches_in_the_goal_have_steps_of_their_own(library: Library) -> None:
    person = {**NECK, "goal_words": "finish a day without a headache"}
    assert "One day fewer with a headache in a week." in plan_for(library, **person).goal_way.steps
    text = text_for(library, **person)
    assert "Painkillers on 10 or more days a month can cause headaches." in text
    assert text.count("eye test") == 1


def test_a_back_that_arching_hurts_is_told_that_far_arches_wait(library: Library) -> None:
    assert "Leaning far back waits as long as it hurts." in text_for(library, **UPPER)
    assert "Leaning far back waits" not in text_for(library, **{**UPPER, "worse_with": ("arms_up",)})
    text = " ".join(text_for(library, **UPPER).split())
    assert text.index("Has nobody looked at this pain yet? Book a visit to your GP or physio soon.") < text.index("Do this today")
