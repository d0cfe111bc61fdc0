"""Invariants 2, 16, 26, 37 and 43 again, in words: nothing printed speaks of what this person may not do, or has no use for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.invariants.conditions import conditions, said
from tests.invariants.shown import Texts, box, ids, limits, lines, saying

Answers = dict[str, Any]
Plan = dict[str, Any]
NOT_TOLD_TO = r"\b(do not|never|no|keep out of|waits?|left out|instead of)\b|on one side"
SLEEP_IN_PREGNANCY = r"go(ing)? to sleep on|settle on your side|turn to your side|(sleep|side sleeping) is safer"
"""Going to sleep on a side is safer for the baby whatever else is so, and who cannot is sent to the midwife."""
LIFTS = "lift_bend lift_close lift_pace lift_plan lift_turn carer_cot carer_hip carer_transfer handle_people bag_even".split()
NECK_RUNGS = frozenset("neck_rotation upper_trap_stretch levator_stretch neck_nod_lying chin_tuck neck_iso".split())
TABLE = r"massage table|\b(get|getting|on and off|help me)\b.*\b(a|the) table\b"
OF_BRITAIN = r"\bphysios?\b|\bGPs?\b|\bA&E\b|\b999\b|\b111\b|\bparacetamol\b(?! \()|\bmidwife\b(?! or OB)"


def shut(answers: Answers, plan: Plan) -> frozenset[str]:
    """What this person is not to do: barred, left out by default, or waiting for a yes that was not given."""
    waiting = frozenset() if said(answers, "exercise_cleared", "yes") else limits(plan, "ask")
    return limits(plan, "bars") | limits(plan, "soft") | waiting


def told(plan: Plan, texts: Texts, pattern: str) -> Iterator[str]:
    """Sentences that say so to do something: not those that forbid it, nor the list of what is left out."""
    out = [left["title"].lower() for left in plan["left_out"]]
    for one in saying(texts, pattern):
        if not re.search(NOT_TOLD_TO, one, re.I) and "and you said" not in one and not any(title in one.lower() for title in out):
            yield one


def invariant_02_side(_answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if plan["lines"] and "lying_side" in limits(plan, "bars") | limits(plan, "soft"):
        for one in told(plan, texts, r"\b(on|to|onto) (your|my) side\b"):
            if not re.search(SLEEP_IN_PREGNANCY, one, re.I) and not re.search(r"push up with your arms|to finish", one, re.I):
                yield f"lying on a side is shut: {one}"


def invariant_02_water(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if plan["lines"] and "water" in shut(answers, plan):
        yield from (f"water is shut: {one}" for one in told(plan, texts, r"\b(pools?|swim(ming)?|take a warm bath|warm bath is)\b"))


def invariant_02_neck(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    """Neck strength never with a hot joint (2.1 of the plan reference), and no request to work on a place that is off."""
    if not said(answers, "health", "ra_flare"):
        return
    yield from (f"a hot joint, but {one}" for one in sorted(ids(plan, "exercises", "ease") & NECK_RUNGS))
    asked = re.findall(r"work here: [^.]*", re.sub(r"\s+", " ", texts.everything))
    yield from (f"a hot joint, but {one}" for one in asked if "neck" in one)


def invariant_16_table(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    """No words about a massage table for somebody who stays seated: 4.5 of the plan reference."""
    if said(answers, "mobility", "chair_only"):
        yield from (f"a chair user reads: {one}" for one in saying(texts, TABLE))


def invariant_26_waiting(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    """Sooner than 6 to 12 weeks after an operation, with breathing alone, or while a bone waits: no tip about lifting."""
    waits = {"surgery_lt6w", "surgery_lt6w_small"} & conditions(answers) or plan["limited"] == "breathing"
    if waits or "light_things" in ids(plan, "selfcare"):
        yield from (f"lifting waits, but {one}" for one in sorted(ids(plan, "habits") & set(LIFTS)))
        for line in lines(plan, "habits"):
            words = " ".join(why["say"] for why in line["because"])
            if line["id"] != "posture:feed_lift" and "lift and carry again" in words:
                yield f"lifting waits, but {line['id']}: {words}"


def invariant_37_words(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    """Whom to see, in the words of the country."""
    if answers.get("country") == "US" and plan["lines"]:
        yield from (f"in the US: {one}" for one in saying(texts, OF_BRITAIN))


def invariant_43_change(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    known = ("rf_saddle", "rf_bladder_bowel", "rf_leg_weakness")
    if plan["lines"] and any(said(answers, one, "long_standing") for one in known) and "any change" not in box(plan, "now"):
        yield "a nerve sign from long ago, and the box does not say any change"
