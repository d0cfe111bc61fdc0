"""The promises of the product, as assertions on one plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.domain.items import Dose
from planner.domain.lines import Plan
from planner.domain.model import Library

RANGES = {"light": 2, "medium": 3, "firm": 4}
EXERCISES = {"5": 3, "10": 5, "20": 7}  # the most for the minutes a person has


def tokens(plan: Plan, family: str) -> set[str]:
    return {token.removeprefix(f"{family}:") for token in plan.tokens if token.startswith(f"{family}:")}


def keeps_promises(plan: Plan, library: Library, answers: Mapping[str, Any]) -> None:
    """Promises 1-4 and 7 of the design, on one plan."""
    safe_stop(plan)
    nothing_excluded(plan, library, answers)
    explains_itself(plan, library)
    if not plan.triage.no_plan:
        fits(plan, library, answers)


def safe_stop(plan: Plan) -> None:
    if plan.triage.level in ("emergency", "urgent"):
        assert tokens(plan, "massage") == {"hold"}
        assert not tokens(plan, "exercise")
        assert tokens(plan, "freq") <= {"none"}
        assert not plan.lines and not plan.weeks and plan.massage is None
        assert plan.triage.actions


def nothing_excluded(plan: Plan, library: Library, answers: Mapping[str, Any]) -> None:
    part = plan.massage
    if part is None:
        return
    assert (tokens(plan, "massage") == {"hold"}) == part.held
    assert part.held or "hold" not in tokens(plan, "massage")
    cap = min([4, RANGES.get(answers.get("pressure_pref", ""), 4), *(note.caution.cap for note in part.notes)])
    if part.held:
        assert not tokens(plan, "session") and not tokens(plan, "pressure") and part.freq == "none"
    else:
        assert tokens(plan, "pressure") == {f"max:{cap}"}
        assert 1 <= part.pressure_ask <= part.pressure_max == cap
    for note in part.notes:
        caution = note.caution
        assert not (tokens(plan, "massage") & set(caution.exclude))
        assert "all" not in caution.exclude or part.held
        assert part.held or not caution.only or tokens(plan, "massage") <= set(caution.only)
        assert not (set(part.positions) & set(caution.positions_off))
        assert not (tokens(plan, "selfcare") & set(caution.exclude_selfcare))
        assert not (tokens(plan, "therapy") & set(caution.exclude_therapies))
        assert part.minutes <= caution.minutes_max or part.held
    for style in part.styles:
        assert library.massages[style.item.id].pressure[0] <= cap


def explains_itself(plan: Plan, library: Library) -> None:
    for line in plan.lines:
        assert line.because and all(one.say for one in line.because), line.id
        assert line.sources and all(library.sources[one].checked for one in line.sources), line.id
        assert line.certainty in ("high", "moderate", "low", "very_low")
    for left in plan.left_out:
        assert left.because and all(one.say for one in left.because), left.id
    shown = {line.id for line in plan.lines}
    assert not shown & {left.id for left in plan.left_out}
    assert shown <= set(plan.tokens)


def stopwatch(dose: Dose) -> int:
    """Seconds of a day, counted as they pass; a ruler of our own. Getting ready takes 15 seconds, one repeat 3 and its hold."""
    passed = 0
    for _time in range(dose.times_a_day):
        passed += 15
        for each_set in range(dose.sets):
            passed += dose.rest_seconds if each_set else 0
            for _turn in range(dose.sides * dose.ways):
                passed += dose.seconds or sum(3 + dose.hold_seconds for _repeat in range(dose.repeats))
    return passed


def fits(plan: Plan, library: Library, answers: Mapping[str, Any]) -> None:
    exercises = plan.section("exercises")
    minutes = [-(-stopwatch(line.dose) // 60) for line in exercises if line.dose]
    assert [line.minutes for line in exercises] == minutes
    assert plan.minutes_used == sum(minutes) <= plan.minutes_offered == int(answers["minutes"])
    assert 1 <= len(exercises) <= EXERCISES[answers["minutes"]]
    assert "walk" in tokens(plan, "selfcare")
    kinds = {library.exercises[line.item.id].kind for line in exercises}
    starts = {library.exercises[line.item.id].starter for line in exercises}
    if plan.limited == "starters":
        assert starts == {True}
    elif plan.limited == "breathing":
        assert tokens(plan, "exercise") == {"diaphragm_breathing"}
    else:
        assert {"movement", "strength"} <= kinds, plan.tokens
    assert len(tokens(plan, "therapy")) <= 2
