"""Words of place, of a therapist's training and of a race that two physiotherapists would mend with a pen. Clinical plan 1.2."""

from __future__ import annotations

import re

import pytest

from planner.domain.model import Library
from tests.test_said_to_whom import RUNNER, SORE, plan_for, text_for


def mats(library: Library, mobility: str, area: str) -> list[str]:
    plan = plan_for(library, **{**SORE, "areas": (area,), "mobility": mobility, "minutes": "20"})
    return [step for line in plan.lines for step in line.steps if re.search(r"\b(mat|firm bed)\b", step)]


@pytest.mark.parametrize("area", ["low_back", "mid_back", "buttock_hip"])
def test_who_cannot_get_to_the_floor_reads_of_a_bed_and_no_mat(library: Library, area: str) -> None:
    steps = mats(library, "no_floor", area)
    assert any("on a firm bed" in step for step in steps)
    assert not [step for step in steps if re.search(r"\bmat\b", step)]
    assert any("on a firm bed or a mat" in step for step in mats(library, "floor_ok", area))


def test_a_question_for_a_therapist_names_no_problem_of_others(library: Library) -> None:
    text = text_for(library, **RUNNER, budget="flexible", pressure_pref="firm")
    assert "What training do you have in this kind of massage?" in text and "a problem like mine" not in text
    assert "What training do you have for a problem like mine?" in text_for(library, budget="flexible", pressure_pref="firm")
    assert "trigger points, pregnancy" not in text


def test_a_race_has_lighter_strength_and_ten_per_cent_of_the_whole(library: Library) -> None:
    text = text_for(library, **RUNNER)
    assert "10% more training in all" in text
    assert "easier training for the last 2 weeks, with lighter strength work" in text
    assert "with a day between" in text
