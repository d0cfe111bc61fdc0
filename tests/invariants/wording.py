"""Invariants 24 and 37: orders that contradict each other, links between rungs, numbers of the country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.invariants.bodies import cleared
from tests.invariants.conditions import conditions, said
from tests.invariants.limits_rows import ROWS
from tests.invariants.numbers import EMERG
from tests.invariants.rungs import RUNGS
from tests.invariants.shown import Texts, box, moves, saying

Answers = dict[str, Any]
Plan = dict[str, Any]
OPPOSITES = {
    "lift the arm": (r"\blift (your|the|one|left|right)[a-z ]*\barms?\b", r"(hands?|arms?) (stays?|down)|do not lift (your|the)[a-z ]*arm"),
    "hands": (r"hold (behind|on)[a-z ]*with both hands", r"without (your )?hands|no hands"),
    "lift": (r"^lift your (leg|foot|hips)", r"do not lift|stays? on the floor|slide (it )?only"),
    "slide": (r"^slide ", r"do not slide"),
}


def invariant_24(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    for line in moves(plan):
        steps = [one.lower() for one in line.get("steps", ())]
        notes = " ".join([*line.get("advice", ()), line["dose_text"] if isinstance(line.get("dose_text"), str) else ""]).lower()
        for name, (order, against) in OPPOSITES.items():
            if any(re.search(order, one) for one in steps) and re.search(against, notes):
                yield f"{line['id']}: {name}: {notes}"
        yield from linked(answers, plan, line)


def linked(answers: Answers, plan: Plan, line: dict[str, Any]) -> Iterator[str]:
    """`easier` and `harder` are ids of rungs that this person may do."""
    out = {one["id"] for one in plan["left_out"]}
    for way in ("easier", "harder"):
        to = str(line.get(way, "")).removeprefix("exercise:")
        if not to:
            continue
        if to not in RUNGS:
            yield f"{line['id']}: {way} is {to!r}, which is no rung"
            continue
        if f"exercise:{to}" in out:
            yield f"{line['id']}: {way} is {to}, which is left out"
        for name in sorted(conditions(answers) & ROWS.keys()):
            row = ROWS[name]
            if wrong := RUNGS[to].demands & (row.bars | row.soft | (frozenset() if cleared(answers, line) else row.ask)):
                yield f"{line['id']}: {way} is {to}; {name} speaks against {sorted(wrong)}"
    if line.get("harder") and plan.get("limits", {}).get("dose_cap") == "start":
        yield f"{line['id']}: doses are capped, but harder is {line['harder']}"


def invariant_37(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    country = str(answers.get("country", plan["country"]))
    number = EMERG.get(country)
    boxed = box(plan, "now")
    if number and plan["lines"] and not re.search(rf"\b{number}\b", boxed + " ".join(texts.sentences)):
        yield f"{country}: {number} is nowhere"
    yield from (f"a placeholder is printed: {one}" for one in texts.sentences if re.search(r"\{[A-Z_a-z]*\}", one))
    yield from (f"a placeholder stands in the box: {one}" for one in (boxed, box(plan, "today")) if "{" in one)
    if "999" not in (number or "") and not said(answers, "country", "GB", "HK"):
        yield from (f"{country}: {one}" for one in saying(texts, r"(call|ring|phone|dial) 999\b"))
