"""When somebody is to be seen: early signs, night pain beside one's usual, unsteady walking, growing pain, no gain. Plan 6; safety 4.1."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.model import Library
from tests.persons import (
    BENDING_LIFTER,
    CAESAREAN,
    GYM_LIFTER,
    MANY_PLACES,
    NARROW_CANAL,
    NUMB_FEET,
    OLD_WALKER,
    SORE_BACK,
    STRONG_LEG,
    TEEN_ATHLETE,
)
from tests.plan_text import plan_for, signs_for_today, text_for

OWN_NIGHT = "new pain, unlike your usual, that never eases and is worse at night"
LASTING_AND_SEEN: dict[str, Any] = {**SORE_BACK, "duration": "gt12w", "pain_checked": "yes"}


@pytest.mark.parametrize("who", [OLD_WALKER, NARROW_CANAL, CAESAREAN, STRONG_LEG, TEEN_ATHLETE])
def test_the_stop_box_names_early_signs_of_trapped_nerves(library: Library, who: dict[str, Any]) -> None:
    now = " ".join(plan_for(library, **who).stop_box.now)
    for sign in ("numb, odd or tingling between your legs", "hard to start or feel", "cannot pee", "cannot hold pee or poo"):
        assert sign in now, sign
    assert "any change in the feeling between your legs" in " ".join(plan_for(library, **who, rf_saddle="long_standing").stop_box.now)


def test_no_gain_says_what_to_do_with_the_exercise_that_helps_least(library: Library) -> None:
    text = text_for(library, **GYM_LIFTER)
    assert "Leave out the exercise that helps least, or do its easier one. See your family doctor or physical therapist by week 6." in text
    assert "Swap the exercise" not in text


@pytest.mark.parametrize(("pain", "said"), [(5, "2 points for 2 weeks"), (6, "Pain of 8 or more for 3 days"), (7, "2 points for 3 days")])
def test_strong_pain_that_grows_is_seen_sooner_and_said_in_one_way(library: Library, pain: int, said: str) -> None:
    plan = plan_for(library, **{**NUMB_FEET, "peg_p": pain, "peg_e": 4, "peg_g": 4, "duration": "gt12w"})
    assert any(said in one for one in plan.review)
    assert any(said.replace("2 points for 2 weeks", "2 points up for 2 weeks") in one for one in plan.flare)


@pytest.mark.parametrize(
    "who", [LASTING_AND_SEEN, STRONG_LEG, BENDING_LIFTER, MANY_PLACES], ids=["lasting", "strong leg", "comes and goes", "many places"]
)
def test_night_pain_is_set_beside_ones_usual_pain(library: Library, who: dict[str, Any]) -> None:
    signs = signs_for_today(library, **who)
    assert OWN_NIGHT in signs
    assert "night pain clearly grows, or you lose weight without trying" in signs
    assert signs.count("worse at night") == 1


def test_new_mild_pain_that_never_eases_needs_no_usual(library: Library) -> None:
    signs = signs_for_today(library, **{**SORE_BACK, "duration": "lt4w", "peg_p": 3})
    assert "never eases and is worse at night" in signs
    assert OWN_NIGHT not in signs


@pytest.mark.parametrize(
    "who",
    [{"balance": "poor"}, {"age_band": "60_74"}, {"health": ("diabetes", "numb_skin_neuropathy"), "numb_where": ("feet",)}],
    ids=["poor balance", "60", "numb feet"],
)
def test_unsteady_walking_is_more_than_usual_for_who_is_unsteady(library: Library, who: dict[str, Any]) -> None:
    assert "you walk more unsteadily than usual" in signs_for_today(library, **{**LASTING_AND_SEEN, **who})
    assert "or you walk unsteadily." in signs_for_today(library, **{**LASTING_AND_SEEN, "age_band": "18_39"})
