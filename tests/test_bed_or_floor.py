"""Where somebody lies for an exercise or a flare: a bed or a mat, and a pillow. Clinical plan 1.2."""

from __future__ import annotations

import re

import pytest

from planner.domain.model import Library
from tests.persons import BENDY, SORE_BACK
from tests.plan_text import plan_for, text_for, under


def mats(library: Library, mobility: str, area: str) -> list[str]:
    plan = plan_for(library, **{**SORE_BACK, "areas": (area,), "mobility": mobility, "minutes": "20"})
    return [step for line in plan.lines for step in line.steps if re.search(r"\b(mat|firm bed)\b", step)]


def test_flat_on_the_front_always_has_a_pillow_under_the_belly(library: Library) -> None:
    for areas in (("low_back",), ("low_back", "neck_shoulders")):
        flare = under(text_for(library, **{**BENDY, "areas": areas}), "If it flares up")
        assert "flat on your front" in flare and "thin pillow under your belly" in flare


@pytest.mark.parametrize("area", ["low_back", "mid_back", "buttock_hip"])
def test_who_cannot_get_to_the_floor_reads_of_a_bed_and_no_mat(library: Library, area: str) -> None:
    steps = mats(library, "no_floor", area)
    assert any("on a firm bed" in step for step in steps)
    assert not [step for step in steps if re.search(r"\bmat\b", step)]
    assert any("on a firm bed or a mat" in step for step in mats(library, "floor_ok", area))
