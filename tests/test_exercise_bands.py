"""Who is told of an exercise band, and what pulls without one. Clinical plan 2.5."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.model import Library
from tests.persons import CLIMBER, SCREEN_WORKER
from tests.plan_text import plan_for, text_for

STYLIST: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("upper_back", "mid_back"), "duration": "gt12w", "peg_p": 5, "peg_e": 4, "peg_g": 4},
    **{"worse_with": ("arching", "arms_up"), "day": ("standing", "arms_up"), "activity": "regular", "minutes": "20", "goal": "work"},
}
BAND = "With an exercise band you could row, too. If you get one, add it to your answers."


@pytest.mark.parametrize("who", [SCREEN_WORKER, STYLIST, {**CLIMBER, "activity": "some"}])
def test_who_pulls_lying_down_is_told_of_a_band_and_it_adds_its_pull(library: Library, who: dict[str, Any]) -> None:
    assert BAND in text_for(library, **who)
    assert {"prone_arm_lift", "back_press"} & {line.item_id for line in plan_for(library, **who).section("exercises")}
    with_band = plan_for(library, **who, equipment=("band",)).section("exercises")
    assert {"band_apart", "band_row"} & ({line.item_id for line in with_band} | {line.harder.id for line in with_band if line.harder})


def test_who_has_no_band_and_no_other_pull_is_told_what_a_band_would_add(library: Library) -> None:
    upright = {**SCREEN_WORKER, "health": ("implant_device",)}
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
    upright = {**SCREEN_WORKER, "health": ("implant_device",)}
    assert BAND in text_for(library, **upright), "else this says nothing"
    assert BAND not in text_for(library, **{**upright, **other})
