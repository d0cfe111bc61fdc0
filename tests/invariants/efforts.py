"""What may be asked in training: section 2 of the safety reference, and 2.1, 2.3, 2.7 and 8 of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.invariants.conditions import below_knee, said
from tests.invariants.printing import ON
from tests.invariants.shown import Texts, ids, limits, saying

Answers = dict[str, Any]
Plan = dict[str, Any]
TRAIN_ON = r"usual easy|on with easy training|suits your training|keep up what you do|add hills|brisk spells|go by your training"
WALKING_ON = r"walking often gets longer|make walking easier|legs that ache on walking|short walk every hour"
BEYOND_THE_WALL = frozenset({"hip_hinge", "hinge_dowel", "hinge_backpack", "deadlift_light", "deadlift"})


def shut(answers: Answers, plan: Plan) -> frozenset[str]:
    """Demands of exercise that are shut: barred, or on a yes that was not given."""
    return limits(plan, "bars") | (frozenset() if said(answers, "exercise_cleared", "yes") else limits(plan, "ask"))


def invariant_03_effort(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    """Nobody is told to train as usual, or harder, while puffing, jolts or all but starters are shut."""
    if plan["lines"] and (plan["limits"]["tier"] != "T3" or shut(answers, plan) & {"exertion", "impact", "strain"}):
        yield from (f"training is shut, and it says: {one}" for one in saying(texts, TRAIN_ON))


def invariant_16_walking(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if plan["lines"] and (said(answers, "mobility", "chair_only") or "walking" in shut(answers, plan)):
        yield from (f"no walking, and it says: {one}" for one in saying(texts, WALKING_ON))


def invariant_02_tailbone(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    """Plan reference 8: with a sore tailbone the pelvic floor lets go."""
    if said(answers, "areas", "tailbone") and "pelvic_floor" in ids(plan, "exercises"):
        yield "a pelvic-floor squeeze with a sore tailbone"


def invariant_36_hinge(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    """Plan reference 2.3: with signs below the knee no hinge beyond the one at a wall in the four weeks."""
    if below_knee(answers) and (found := ids(plan, "exercises") & BEYOND_THE_WALL):
        yield f"signs below the knee, and {sorted(found)}"


def invariant_46_cold(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    """Section 6: a cold is asked about again after a week, as what it puts on hold."""
    if plan["lines"] and said(answers, "rf_fever", "cold_only") and plan["not_after"] > (ON + timedelta(days=7)).isoformat():
        yield f"a cold, and the plan holds until {plan['not_after']}"
