"""Invariants 6 to 8: warmth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.invariants.conditions import conditions, said
from tests.invariants.limits_rows import ROWS
from tests.invariants.shown import Texts, ids, lines, said_of, styles

Answers = dict[str, Any]
Plan = dict[str, Any]
WARM = frozenset({"heat", "heat_or_cold", "epsom_bath"})
CAREFUL = ("feel", "5 minutes")
"""What D1 comes to: only where you feel warmth, and look at the skin after 5 minutes."""


def invariant_06(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    found = conditions(answers)
    if cold := found & {"numb_widely", "skin_infection", "open_wound", "fever_or_contagious"}:
        yield from (f"{sorted(cold)}: selfcare:{one}" for one in ids(plan, "selfcare") & WARM)
        if "hot_stone" in styles(plan):
            yield f"{sorted(cold)}: hot stones"
    if "hot_stone" in styles(plan):
        yield from (f"{one}: hot stones" for one in sorted(found & ROWS.keys()) if "heat_whole" in ROWS[one].bars)


def invariant_07(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    ends = said(answers, "health", "diabetes") or "numb_ends" in conditions(answers)
    for line in lines(plan, "selfcare"):
        words = f"{said_of(line)} {line.get('text', '')}".lower()
        if ends and line["id"] in ("selfcare:heat", "selfcare:heat_or_cold") and not all(one in words for one in CAREFUL):
            yield f"{line['id']} without the line of D1: {words}"
    told = {line["id"]: line["advice"] for line in lines(plan, "selfcare")}
    missing = set(told.get("selfcare:heat", ())) - set(told.get("selfcare:heat_or_cold", told.get("selfcare:heat", ())))
    yield from (f"heat_or_cold lacks: {one}" for one in sorted(missing))


def invariant_08(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if not said(answers, "health", "surgery_lt6w"):
        return
    yield from (f"just after surgery: selfcare:{one}" for one in ids(plan, "selfcare") & WARM)
    yield from (f"just after surgery: {one}" for one in texts.sentences if re.search(r"^(use|put|try)\b.*\bwarm pack", one, re.I))
