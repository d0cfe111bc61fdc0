"""Invariants 26 and 27: lifting and walking after an operation, a break or heart trouble; staying active while held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.invariants.bodies import none_of
from tests.invariants.conditions import cancer_ever, conditions, said
from tests.invariants.shown import Texts, level, lines, reasons, said_of, saying

Answers = dict[str, Any]
Plan = dict[str, Any]
CAREFUL = "surgery_6to12w fragility_fracture fracture_spine fracture_leg fracture_arm"
LIFTING = ("posture:lift_", "posture:carer_hip", "posture:carer_cot", "posture:carer_transfer", "posture:feed_lift")
HOLDING = frozenset("R1b R1c R1_t1 R1b_unknown R2b rf_cancer".split())


def invariant_26(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    found = conditions(answers)
    if careful := found & set(CAREFUL.split()):
        for line in lines(plan, "habits"):
            if line["id"].startswith(LIFTING) and "team allows" not in said_of(line).lower():
                yield f"{sorted(careful)}: {line['id']} without its team"
    if "heart_or_stroke_recent" not in found or level(plan) >= 2:
        return
    yield from none_of(plan, "exertion", "recent heart trouble or stroke")
    walk = [one for one in lines(plan) if one["id"] == "selfcare:walk"]
    if walk and not any(re.search(r"rehab", one, re.I) for one in (said_of(walk[0]), *saying(texts, "walk"))):
        yield "recent heart trouble or stroke: the walk does not name the rehab team"


def invariant_27(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if level(plan) != 1 or not plan["triage"]["hold"]:
        return
    held = {one["id"] for one in plan["triage"]["reasons"] if one.get("hold")}
    infection = said(answers, "rf_infection_risk", "iv_drugs", "immune_suppressed", "spinal_procedure", "serious_infection", "tb_contact")
    if not (held & HOLDING or (cancer_ever(answers) and "rf_cancer" in reasons(plan)) or (infection and "R2b" in reasons(plan))):
        return
    active = [one for one in lines(plan) if one["id"] == "selfcare:stay_active"]
    if active and not re.search(r"no lifting|do not lift|until you (have been|are) seen", said_of(active[0]), re.I):
        yield f"held for {sorted(held)}, and told to stay active"
    yield from (f"held for {sorted(held)}, but: {one}" for one in saying(texts, r"keep (on )?doing (your )?normal"))
