"""Quick checks of what is printed: the plain text says what is to be checked and why, and paper lists exercises as one gets up."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.text import to_text
from planner.outputs.words import level_text, numbers, quoted
from tests.made import exercise, with_items
from tests.people import well

CHECKED: dict[str, dict[str, Any]] = {
    "one": {"rf_not_improving": "yes"},
    "three": {"rf_not_improving": "yes", "rf_both_legs": "long_standing_same", "health": ("bp_uncontrolled",)},
    "strong": {"peg_p": 9, "peg_e": 9, "peg_g": 9},
    "inflammation": {"age_band": "18_39", "rf_inflam": ("before35", "buttock_pain", "psoriasis")},
}


def plan_of(library: Library, **answers: Any) -> Plan:
    return build(library, well(library, **answers), on=date(2026, 11, 21))


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("name", CHECKED)
def test_the_text_says_what_to_get_checked_with_every_reason(library: Library, name: str) -> None:
    plan = plan_of(library, **CHECKED[name])
    assert plan.triage.level == "see_clinician" and len(plan.triage.reasons) >= (3 if name == "three" else 1)
    raw = to_text(plan, library)
    lines, text = [line.casefold() for line in raw.splitlines()], flat(raw)
    assert lines.count(level_text("see_clinician").casefold()) == 1
    for reason in plan.triage.reasons:
        assert flat(reason.flag.because) in text, reason.flag.id
        assert all(flat(quoted(one)) in text for one in reason.because), reason.flag.id
        assert "{" in reason.flag.say or flat(reason.flag.say) in text, reason.flag.id
    assert plan.triage.actions and all(say in text for say in advised_in(plan, library))


def advised_in(plan: Plan, library: Library) -> list[str]:
    """What triage asks for, in the words of the plan's country."""
    return [flat(numbers(library.countries[plan.country], library.actions[one].say)) for one in plan.triage.actions]


def test_the_text_of_somebody_who_needs_no_check_says_nothing_of_one(library: Library) -> None:
    lines = [line.casefold() for line in to_text(plan_of(library), library).splitlines()]
    assert level_text("see_clinician").casefold() not in lines


def test_paper_lists_exercises_as_one_gets_up_from_the_floor(library: Library) -> None:
    starts = ["standing", "chair", "kneeling", "side", "prone", "supine"]
    items = [exercise(one, ("movement", "strength")[place % 2], one) for place, one in enumerate(starts)]
    plan = plan_of(with_items(library, exercises=items), minutes="20")
    assert [line.item.id for line in plan.section("exercises")] == ["supine", "prone", "side", "kneeling", "chair", "standing"]
