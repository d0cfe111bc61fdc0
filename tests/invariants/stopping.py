"""Invariants 1, 13, 17 to 19, 30 and 40 to 43: what the level brings with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.invariants.conditions import aged, cancer_now, checked, in_pain, number, said, ticks
from tests.invariants.items import asked_of
from tests.invariants.levels import ALONE, at_least
from tests.invariants.numbers import CHILD, CRISIS, EMERG, names_one
from tests.invariants.shown import STOPS, Texts, box, level, limits, lines, massage, moves, reasons, saying

Answers = dict[str, Any]
Plan = dict[str, Any]
UNSURE = [f"{one}:unsure" for one in ("rf_saddle", "rf_bladder_bowel", "rf_chest", "rf_neck_vascular")]


def invariant_01(_answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if plan["triage"]["level"] not in STOPS:
        return
    if plan["lines"]:
        yield f"a stop with lines: {[one['id'] for one in plan['lines']]}"
    if plan.get("massage") is not None:
        yield "a stop with a massage part"
    if plan.get("schedule"):
        yield "a stop with a schedule"
    yield from (f"a stop says: {one}" for one in saying(texts, r"swedish|minutes a day"))


def invariant_13(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    if not cancer_now(answers):
        return
    if level(plan) < 1:
        yield "cancer now, but nobody is to be seen"
    if level(plan) == 1 and not checked(answers) and not plan["triage"]["hold"]:
        yield "cancer now, unchecked, and nothing is held"
    if level(plan) == 1 and not said(answers, "exercise_cleared", "yes") and plan["limited"] not in ("starters", "breathing", "stopped"):
        yield f"cancer now, exercise not cleared, limited is {plan['limited']!r}"


def invariant_17(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    if not said(answers, "rf_trauma", "minor_fall", "minor_fall_head"):
        return
    if said(answers, "risk_blood", "anticoagulant", "bleeding_disorder") and level(plan) < 2:
        yield "a fall with thin blood is below urgent"
    late = said(answers, "pregnancy", "t2", "t3") and plan["triage"]["level"] == "urgent"
    if late and "maternity_unit_now" not in plan["triage"]["actions"]:
        yield f"a fall in pregnancy, but the actions are {plan['triage']['actions']}"


def invariant_18(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    if not said(answers, "risk_bone", "osteoporosis", "height_loss") or not said(answers, "duration", "lt4w"):
        return
    worst = number(answers, "peg_p") >= 7 or said(answers, "areas", "mid_back", "upper_back")
    if not worst or checked(answers) or not aged(answers, "18_39") or not in_pain(answers):
        return
    if not said(answers, "rf_trauma", "no", "old"):
        return
    if level(plan) < 1 or (level(plan) == 1 and not plan["triage"]["hold"]):
        yield f"thin bones and new strong or high pain: {plan['triage']['level']}, hold {plan['triage']['hold']}"


def invariant_19(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if said(answers, "rf_lump_shape", "hot_skin", "blisters") and level(plan) < 2:
        yield "hot skin or blisters below urgent"
    if said(answers, "health", "skin_infection") and level(plan) < 2 and not plan["triage"]["no_plan"]:
        if not massage(plan)["held"] and not massage(plan)["declined"]:
            yield "a skin infection, and massage is not held"
        if not any(saying(texts, "pharmacist")):
            yield "a skin infection, and no pharmacist is named"


def invariant_30(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    if not said(answers, "health", "clot_now"):
        return
    if level(plan) < 1 and not said(answers, "exercise_cleared", "yes"):
        yield "a clot, and nobody is to be seen"
    if level(plan) < 2 and not said(answers, "exercise_cleared", "yes") and plan["limited"] not in ("starters", "breathing", "stopped"):
        yield f"a clot, exercise not cleared, limited is {plan['limited']!r}"
    yield from (f"a clot, and touch: {one['id']}" for one in lines(plan) if "touch" in asked_of(one))


def invariant_40(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if not said(answers, "rf_crisis", "yes", "immediate") or not set(reasons(plan)) & {"rf_crisis"} or len(reasons(plan)) > 1:
        return
    words = texts.plan
    if not names_one(words, plan["country"], CRISIS, EMERG):
        yield f"{plan['country']}: thoughts of self-harm, and no number"
    for word in (r"\bbacks?\b", "warm pack", "massage", "packet", "exercise", r"\bslip\b"):
        yield from (f"the page of help says: {one}" for one in saying(Texts(plan=words), word) if "backplan" not in one.lower())


def invariant_41(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if not said(answers, "age_band", "under16"):
        return
    if plan["lines"] or not plan["triage"]["no_plan"]:
        yield "under 16, and a plan"
    if level(plan) < max(1, at_least(answers)[0]):
        yield f"under 16: {plan['triage']['level']}"
    if not names_one(texts.plan, plan["country"], CHILD, EMERG):
        yield f"{plan['country']}: under 16, and no number for a child or an emergency"


def invariant_42(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    found = ticks(answers)
    yield from (f"{one} is not an emergency" for one in (*ALONE[3].split(), *UNSURE) if one in found and level(plan) < 3)


def invariant_43(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    known = [one for one in ("rf_saddle", "rf_bladder_bowel", "rf_leg_weakness") if said(answers, one, "long_standing")]
    if not known or level(plan) >= 2:
        return
    if level(plan) > at_least(answers)[0] and reasons(plan) <= {*known}:
        yield f"{known} known for long, but {plan['triage']['level']}"
    if "standing_free" not in limits(plan, "bars"):
        yield f"{known} known for long: standing_free is not barred"
    if set(known) & {"rf_saddle", "rf_bladder_bowel"} and "any change" not in box(plan, "now").lower():
        yield "a sign known for long: the stop box does not say any change"
    yield from (f"weak legs not cleared: {one['id']}" for one in moves(plan) if weak_legs(answers) and "leg_power" in asked_of(one))


def weak_legs(answers: Answers) -> bool:
    return said(answers, "rf_leg_weakness", "long_standing") and not said(answers, "exercise_cleared", "yes")
