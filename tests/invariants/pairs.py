"""Invariants 4, 5, 13 and 47: two people who differ in one answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.invariants.items import DEMANDED
from tests.invariants.limits_rows import DOSES
from tests.invariants.rungs import RUNGS
from tests.invariants.shown import ids, level, limits, lines, massage, styles

TIERS = ("stopped", "breathing", "starters", "")
OFTEN = {"none": 0, "one": 1, "monthly": 2, "as_wanted": 3, "fortnightly": 3, "weekly": 4, "twice_weekly": 5}
ITEMS = DEMANDED | {f"exercise:{name}": rung.demands for name, rung in RUNGS.items()}


@dataclass(frozen=True)
class Seen:
    """One person: answers and plan."""

    answers: dict[str, Any]
    plan: dict[str, Any]


def pair_04_massage(before: Seen, after: Seen) -> Iterator[str]:
    """They differ in massage_cleared alone."""
    for section in ("exercises", "ease", "habits", "therapies"):
        if ids(before.plan, section) != ids(after.plan, section):
            differing = ids(before.plan, section) ^ ids(after.plan, section)
            yield f"massage_cleared changes {section}: {sorted(differing)}"
    doses = [[line.get("dose") for line in lines(one.plan, "exercises")] for one in (before, after)]
    if doses[0] != doses[1]:
        yield "massage_cleared changes doses"


def pair_04_exercise(before: Seen, after: Seen) -> Iterator[str]:
    """They differ in exercise_cleared alone. A lower tier prints nothing of massage (4.1), so only what both print is compared."""
    first, second = before.plan.get("massage"), after.plan.get("massage")
    if first and second and first["styles"] and second["styles"]:
        wrong = [one for one in first if one not in ("because", "cautions") and first[one] != second[one]]
        if wrong:
            yield f"exercise_cleared changes massage: {wrong}"
    one_tier = before.plan["limited"] == after.plan["limited"]
    if one_tier and (first or {}).get("held") != (second or {}).get("held"):
        yield "exercise_cleared changes whether massage is held"


def pair_05(before: Seen, after: Seen) -> Iterator[str]:
    """`after` has one condition, flag or wish more."""
    if level(after.plan) < level(before.plan):
        yield f"the level falls from {before.plan['triage']['level']} to {after.plan['triage']['level']}"
    if level(after.plan) >= 2 or level(before.plan) >= 2:
        return
    if TIERS.index(after.plan["limited"]) > TIERS.index(before.plan["limited"]):
        yield f"the tier rises from {before.plan['limited']!r} to {after.plan['limited']!r}"
    caps = [one.plan.get("limits", {}).get("dose_cap") or "" for one in (before, after)]
    if DOSES.index(caps[1]) > DOSES.index(caps[0]):
        yield f"the dose rises from {caps[0]!r} to {caps[1]!r}"
    yield from opened(before.plan, after.plan)
    yield from more_massage(before.plan, after.plan)


def opened(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    if lost := limits(before, "bars") - limits(after, "bars"):
        yield f"no longer barred: {sorted(lost)}"
    if lost := limits(before, "ask") - limits(after, "ask") - limits(after, "bars"):
        yield f"no longer asked about: {sorted(lost)}"


def more_massage(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    first, second = massage(before), massage(after)
    if styles(after) and not styles(before):
        yield f"massage appears: {sorted(styles(after))}"
    if not styles(before) or not styles(after):
        return
    if second["pressure_max"] > first["pressure_max"] or second["minutes"] > first["minutes"]:
        rises = [(name, first[name], second[name]) for name in ("pressure_max", "minutes") if second[name] > first[name]]
        yield f"rises: {rises}"
    if OFTEN.get(second["freq"], 0) > OFTEN.get(first["freq"], 0):
        yield f"the frequency rises from {first['freq']} to {second['freq']}"


def pair_13(before: Seen, after: Seen) -> Iterator[str]:
    """The same condition under its old and its new id."""
    for name in ("triage", "massage", "lines", "left_out", "limits", "stop_box", "headline", "schedule"):
        if before.plan.get(name) != after.plan.get(name):
            yield f"old and new id differ in {name}"


def pair_47(before: Seen, after: Seen) -> Iterator[str]:
    """never < ask < free: no item is more open with one condition more."""
    if level(before.plan) >= 2 or level(after.plan) >= 2:
        return
    for item, demanded in ITEMS.items():
        first, second = (state(one.plan, demanded) for one in (before, after))
        if second > first:
            yield f"{item} opens from {first} to {second}"


def state(plan: dict[str, Any], demanded: frozenset[str]) -> int:
    if demanded & limits(plan, "bars"):
        return 0
    return 1 if demanded & (limits(plan, "soft") | limits(plan, "ask")) else 2
