"""Invariant 35: minutes, days of the weeks, and the calendar say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.invariants.bodies import steady
from tests.invariants.conditions import said
from tests.invariants.shown import Texts, ids, massage, moves

Answers = dict[str, Any]
Plan = dict[str, Any]
EVERY = {"weekly": 4, "fortnightly": 2, "monthly": 1}
OUTSIDE = frozenset({"pelvic_floor"})
"""Outside places and minutes (2.1)."""


def invariant_35(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if not plan["lines"]:
        return
    if plan["minutes_used"] > plan["minutes_offered"]:
        yield f"{plan['minutes_used']} minutes of {plan['minutes_offered']}"
    weeks = plan.get("schedule") or []
    days = [day for week in weeks for day in week]
    planned = {one.removeprefix("exercise:") for day in days for one in day["exercises"]}
    wanted = ids(plan, "exercises")
    if planned - ids(plan) or wanted - planned - OUTSIDE:
        yield f"lines and schedule differ in {sorted((planned - ids(plan)) | (wanted - planned - OUTSIDE))}"
    yield from hands_in(answers, plan, days, texts)
    walked = bool(re.search(r"SUMMARY[^\r\n]*(walk|push)", texts.calendar, re.I))
    if texts.calendar and days and any(day.get("walk") for day in days) != walked:
        yield "the walk is in the schedule or in the calendar, not in both"


def hands_in(answers: Answers, plan: Plan, days: list[dict[str, Any]], texts: Texts) -> Iterator[str]:
    part, planned = massage(plan), sum(bool(day["massage"]) for day in days)
    none = part["held"] or part["declined"] or not part["styles"] or said(answers, "budget", "none") or part["freq"] == "none"
    booked = re.search(r"SUMMARY[^\r\n]*massage", texts.calendar, re.I)
    if none and (planned or booked):
        yield f"no massage, but {planned} days in the schedule{' and some in the calendar' if booked else ''}"
    most = EVERY.get(part["freq"])
    if most is not None and planned > most:
        yield f"massage {part['freq']}, but {planned} days in 4 weeks"
    if part.get("sessions") and planned > part["sessions"]:
        yield f"{part['sessions']} sessions, but {planned} days"
    if not none and planned and texts.calendar and not booked:
        yield "massage days in the schedule, none in the calendar"


def invariant_35_dose(_answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    """A dose for each of 4 weeks; a plan capped at start never rises."""
    for line in moves(plan):
        dose = line.get("dose")
        if line["section"] != "exercises" or not isinstance(dose, list):
            continue
        if len(dose) != 4:
            yield f"{line['id']}: {len(dose)} doses"
        elif plan.get("limits", {}).get("dose_cap") == "start" and not steady(line):
            yield f"{line['id']}: capped at start, but rises from {dose[0]} to {dose[3]}"
