"""A sore upper back that raised arms or leaning back make worse: its moves, its work, and how high an arm goes. Clinical plan 2."""

from __future__ import annotations

from planner.domain.model import Library
from tests.persons import ARMS_UP, HAIRDRESSER, UPPER_BACK
from tests.plan_text import flat, plan_for, text_for, titles


def test_who_leans_back_or_lifts_the_arms_with_pain_has_moves_that_differ(library: Library) -> None:
    plan = plan_for(library, **UPPER_BACK, worse_with=("arching", "arms_up"))
    pulls = {"Shoulder-blade squeeze", "Arm lifts, lying on front", "Band row", "Band pull-apart", "Press back, lying"}
    assert len(pulls & set(titles(plan))) == 1
    assert {"Wall slide", "Push-up at a counter"} <= set(titles(plan))
    assert "without arching it far" in text_for(library, **UPPER_BACK, worse_with=("arching", "arms_up"))


def test_who_works_with_arms_up_reads_what_fits_the_self_employed_too(library: Library) -> None:
    said = {**UPPER_BACK, "worse_with": ("arching", "arms_up"), "day": ("standing", "arms_up"), "goal": "work", "work_now": "as_usual"}
    text = flat(text_for(library, **said))
    for words in (
        "Leave 5 minutes between clients or jobs",
        "elbows stay below your shoulders",
        "high work first, while your arms are fresh.",
    ):
        assert words in text, words
    assert "Half a day" not in text
    assert "Make, or ask for, small changes" in text
    assert "please do not let my back arch" in text


def test_hair_is_washed_and_dried_with_low_elbows(library: Library) -> None:
    text = text_for(library, **{**HAIRDRESSER, "goal_words": "cut hair all day in comfort"})
    assert "At the basin, step close and use both hands. When you dry hair, keep your elbow low." in text
    assert "basin" not in text_for(library, **{**HAIRDRESSER, "goal_words": "paint ceilings"})


def test_a_back_that_arching_hurts_is_told_that_far_arches_wait(library: Library) -> None:
    assert "Leaning far back waits as long as it hurts." in text_for(library, **HAIRDRESSER)
    assert "Leaning far back waits" not in text_for(library, **{**HAIRDRESSER, "worse_with": ("arms_up",)})
    text = " ".join(text_for(library, **HAIRDRESSER).split())
    assert text.index("Has nobody looked at this pain yet? Book a visit to your GP or physio soon.") < text.index("Do this today")


def test_arms_that_hurt_high_up_stay_below_the_height_that_hurts(library: Library) -> None:
    text = flat(text_for(library, **ARMS_UP))
    assert "Stop below the height that hurts." in text and "Go higher week by week." in text
    assert "Far arches" not in text and "Work as now, with 5 minutes between clients or jobs" in text
