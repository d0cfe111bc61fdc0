"""Taps and pages of the shortest, the common and the longest journey, counted on the question schema.

A tick or an option is one tap, Continue (or "None of these") is one, Start and "Make my plan" are one each. A list that
already shows the right country needs none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.compare import report
from planner.domain.answers import chosen
from planner.domain.journey import Journey
from planner.domain.steps import Steps, own_page, page_called
from planner.library.reader import load
from tests.people import well

LIBRARY = load()
PEOPLE: dict[str, dict[str, Any]] = {
    "shortest (no pain)": well(LIBRARY, areas=("none",)),
    "common (desk, low back, 3 weeks)": well(LIBRARY, duration="lt4w", worse_with=("getting_up",), day=("desk",), goal="sitting"),
    "longest (many conditions, all asked)": well(
        LIBRARY,
        age_band="60_74",
        areas=("neck_shoulders", "low_back"),
        duration="4to12w",
        first_ever="no",
        rf_claudication="yes_known",
        rf_infection_risk=("tb_contact",),
        leg_symptoms="below_knee_one",
        worse_with=("standing", "lifting"),
        known=("stenosis", "osteoarthritis"),
        health=("bp_uncontrolled", "diabetes", "epilepsy"),
        mobility="no_floor",
        kneel_ok="no",
        balance="poor",
        stress="high",
        sleep="poor",
        liked_before=("swedish",),
        goal="walking",
    ),
}


def main() -> None:
    rows: dict[str, float] = {}
    for name, answers in PEOPLE.items():
        steps = Steps(Journey(LIBRARY, answers)).ids
        rows[f"{name}: pages"] = len(steps) + 3
        rows[f"{name}: taps"] = 2 + sum(taps(step, answers) for step in steps)
    report("taps", rows)


def taps(step: str, answers: Mapping[str, Any]) -> int:
    """Taps on one step, its last button included."""
    page = page_called(LIBRARY, step)
    if page is None:
        return len(chosen(answers, step)) + 1
    asked = [question for question in Steps(Journey(LIBRARY, answers)).questions_on(step) if question.kind != "select"]
    if page.kind == "form":
        return sum(len(chosen(answers, question.id)) for question in asked) + 1
    listed = [question for question in asked if not question.tick]
    ticks = sum(bool(answers[question.id] != question.default) for question in asked if question.tick or own_page(page, question))
    ticks += sum(word != question.none for question in listed for word in chosen(answers, question.id))
    return int(ticks) + 1


if __name__ == "__main__":
    main()
