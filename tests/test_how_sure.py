"""Lines that readers of printed plans asked for: many places, headaches, arms up, late pregnancy. Clinical plan 2, 4, 7; safety wins."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from tests.test_after_a_birth import GIRDLE
from tests.test_said_to_whom import text_for
from tests.test_sore_bones import WIDE

NECK: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("neck_shoulders", "upper_back"), "duration": "gt12w", "peg_p": 4, "peg_e": 3, "peg_g": 3},
    **{"worse_with": ("look_down", "one_position"), "day": ("desk",), "activity": "some", "stress": "some", "pressure_pref": "firm"},
    **{"budget": "some", "minutes": "10", "country": "CA", "goal": "work", "goal_words": "finish a day without a headache"},
}
ARMS: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("upper_back", "mid_back"), "duration": "gt12w", "peg_p": 5, "peg_e": 4, "peg_g": 4, "minutes": "20"},
    **{"worse_with": ("arching", "arms_up"), "day": ("standing", "arms_up"), "activity": "regular", "goal": "work", "work_now": "as_usual"},
    **{"pressure_pref": "firm", "budget": "some"},
}


def flat(text: str) -> str:
    return " ".join(text.split())


def part(text: str, begin: str, end: str) -> str:
    return text[text.index(begin) : text.index(end)]


@pytest.mark.parametrize("who", [NECK, ARMS])
def test_where_the_low_back_was_tested_a_sore_neck_reads_that_and_no_more(library: Library, who: dict[str, Any]) -> None:
    text = flat(text_for(library, **who))
    walk = part(text, "Walk every week: ", "sitthipornvorakul")
    assert walk.startswith(
        "Walk every week: Very low certainty. For long-lasting low back pain, walking is about as good as other exercise. This"
    )
    assert " This was tested only for low back pain. " in walk
    assert not re.search(r"not tested for (neck|upper back) pain", text)


def test_what_is_left_out_late_in_pregnancy_is_one_entry_an_answer(library: Library) -> None:
    left = part(flat(text_for(library, **GIRDLE, budget="some")), "Left out, and why", "Say how many weeks")
    assert left.count("Left out, because you said") == 2
    assert left.count("pregnant, 28 weeks or more") == 1
    for reason in ("flat on your back", "on your tummy", "arches your back", "heavy", "one leg has to carry you"):
        assert reason in left, reason
    assert "- Every other style of massage (have only pregnancy massage" in left


def test_one_reason_alone_is_one_sentence(library: Library) -> None:
    left = flat(part(text_for(library, **ARMS), "Left out, and why", "Before a massage"))
    assert "sore neck or upper back, and you said upper back. Left out: Deep tissue massage." in left


def test_late_in_pregnancy_the_legs_are_apart_from_the_places_left_alone(library: Library) -> None:
    text = flat(text_for(library, **GIRDLE, budget="some"))
    assert "Keep away from: the front and side of the neck and the tummy. Legs: light strokes only." in text
    assert "on a firm bed, with a pillow" in text and "a mat" not in text
    turn = text[text.index("TURN IN BED WITH EASE") :][:300]
    for words in ("a cushion between them", "shoulders and hips together", "push with your arms"):
        assert words in turn, words


def test_pain_in_many_places_begins_small_and_massage_there_promises_calm_alone(library: Library) -> None:
    text = flat(text_for(library, **WIDE, stress="high", rf_crisis="no"))
    assert text.startswith("First book a check. Small, even steps come next.")
    assert "Do not expect less pain from it." in text and "came out best" not in part(text, "The massage to ask for", "Four weeks")
    assert text.count("talking therapy (CBT)") == 1
    assert "YOUR MATTRESS" not in text and "SET UP YOUR CHAIR" not in text
    assert "talking therapy (CBT) too" not in flat(text_for(library, **{**WIDE, "known": ()}, stress="high", rf_crisis="no"))


def test_weekly_massage_for_pain_in_many_places_keeps_its_proof(library: Library) -> None:
    text = flat(text_for(library, **{**WIDE, "budget": "flexible"}))
    assert "came out best" in text and "Do not expect less pain" not in text


def test_headaches_have_their_notes_and_eye_test_at_the_top(library: Library) -> None:
    text = flat(text_for(library, **NECK))
    top = text[: text.index("Do this today")]
    assert "Note the days with headaches" in top and "eye test" in top and text.count("eye test") == 1
    assert "Near the neck ask for step 2, and stop if a headache starts." in text
    assert "most backs" not in part(text, "Four weeks", "If it flares up")


def test_arms_that_hurt_high_up_stay_below_the_height_that_hurts(library: Library) -> None:
    text = flat(text_for(library, **ARMS))
    assert "Stop below the height that hurts." in text and "Go higher week by week." in text
    assert "Far arches" not in text and "Work as now, with 5 minutes between clients or jobs" in text
