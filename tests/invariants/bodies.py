"""Invariants 2, 3, 11, 12, 25, 29, 31, 32, 36 and 38: no line asks more of a body than its limits allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.invariants.conditions import below_knee, conditions, said
from tests.invariants.items import DEMANDED, WORDS_ALONE, asked_of, is_touch
from tests.invariants.limits_rows import DOSES, ROWS, expanded
from tests.invariants.rungs import RUNGS, STARTER_DEMANDS, STARTERS
from tests.invariants.shown import Texts, demands, ids, level, limits, lines, moves, said_of, saying, styles

Answers = dict[str, Any]
Plan = dict[str, Any]
AFTER_BIRTH = frozenset("pelvic_floor scap_squeeze seated_chest_lift".split())
"""Starters of the first six weeks after a birth (section 8 of the plan reference); weeks 6 to 12 add to them, so they stay."""


def cleared(answers: Answers, line: dict[str, Any]) -> bool:
    return said(answers, "massage_cleared" if is_touch(line) else "exercise_cleared", "yes")


def invariant_02(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    """The plan against its own public limits."""
    for line in lines(plan):
        if line["id"] in WORDS_ALONE:
            continue
        if wrong := demands(line) & limits(plan, "bars"):
            yield f"{line['id']} demands {sorted(wrong)}, which the plan bars"
        if not cleared(answers, line) and (wrong := demands(line) & limits(plan, "ask")):
            yield f"{line['id']} demands {sorted(wrong)}, which the plan asks about first"
        if wrong := demands(line) & limits(plan, "soft"):
            yield f"{line['id']} demands {sorted(wrong)}, which is left out by default"


def invariant_02_rows(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    """The plan against the rows of section 2, demands as the reference lists them."""
    for line in lines(plan):
        if line["id"] in WORDS_ALONE:
            continue
        demanded = asked_of(line)
        for name in sorted(conditions(answers) & ROWS.keys()):
            row = ROWS[name]
            shut = row.bars | row.soft | (frozenset() if cleared(answers, line) else row.ask)
            if wrong := demanded & shut:
                yield f"{name}: {line['id']} demands {sorted(wrong)}"


def invariant_02_told(_answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    """A line tells all that the reference says of its id; the limits tell all that the rows bar."""
    for line in lines(plan):
        family, _, name = line["id"].partition(":")
        listed = RUNGS[name].demands if family == "exercise" and name in RUNGS else DEMANDED.get(line["id"], frozenset())
        if missing := listed - demands(line):
            yield f"{line['id']} does not tell {sorted(missing)}"


def invariant_02_limits(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    if level(plan) >= 2 or not plan["lines"]:
        return
    for name in sorted(conditions(answers) & ROWS.keys()):
        if missing := ROWS[name].bars - limits(plan, "bars") - limits(plan, "soft" if name in ("no_floor", "no_kneel") else "bars"):
            yield f"{name}: limits do not bar {sorted(missing)}"


def invariant_02_left_out(_answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    shown = {one["id"] for one in plan["lines"]}
    for one in plan["left_out"]:
        if one["id"] in shown:
            yield f"{one['id']} is shown and left out"
        if not one["because"] or not all(because.get("say") for because in one["because"]):
            yield f"{one['id']} is left out, and no reason is given"


def invariant_03(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if plan["limited"] == "breathing":
        if (found := ids(plan, "exercises")) != {"diaphragm_breathing"}:
            yield f"breathing only, but {sorted(found)}"
        yield from (f"breathing only, and walk minutes: {one}" for one in saying(texts, r"\bwalk\b[^.]*\d+ min"))
    if plan["limited"] != "starters":
        return
    allowed = STARTERS | (AFTER_BIRTH if {"birth_lt6w", "birth_6to12w"} & conditions(answers) else frozenset())
    allowed |= {"pelvic_floor"} if said(answers, "pregnancy", "postpartum_12w") else frozenset()  # section 8: it takes no place
    for line in moves(plan):
        name = line["id"].partition(":")[2]
        if name not in allowed or asked_of(line) - STARTER_DEMANDS:
            yield f"starters only, but {line['id']} {sorted(asked_of(line) - STARTER_DEMANDS)}"
        if line.get("harder"):
            yield f"starters only, but {line['id']} leads on to {line['harder']}"
        if not steady(line):
            yield f"starters only, but the dose of {line['id']} grows"
    titles = {one["title"] for one in plan["left_out"]}
    for one in saying(texts, r"\bthe gym\b|\badd (a little|one|more|two|weight|load)|^bridge\b"):
        if not any(title in one for title in titles):
            yield f"starters only, but {one}"


def steady(line: dict[str, Any]) -> bool:
    """One dose for four weeks; or half of start first, and start from week 3 (1.3 of the plan reference)."""
    dose = line.get("dose")
    if line["section"] != "exercises" or not isinstance(dose, list) or len(dose) != 4 or dose[0] == dose[3]:
        return True
    first, last = dose[0], dose[3]
    same = all(first.get(one) == last.get(one) for one in ("repeats", "hold_seconds", "seconds"))
    return bool(same and first["sets"] <= 1 and first["sets"] <= last["sets"])


def invariant_05_tier(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    """Tier and dose cap of each row hold."""
    if level(plan) >= 2 or not plan["lines"]:
        return
    after = said(answers, "exercise_cleared", "yes")
    tier = {"stopped": 0, "breathing": 1, "starters": 2}.get(plan["limited"], 3)
    dose_cap = plan.get("limits", {}).get("dose_cap", "")
    for name in sorted(conditions(answers) & ROWS.keys()):
        row = ROWS[name]
        if tier > row.tier[after]:
            yield f"{name}: tier T{tier} instead of T{row.tier[after]}"
        if DOSES.index(row.dose[after]) < DOSES.index(dose_cap or ""):
            yield f"{name}: doses up to {dose_cap or 'any'!r} instead of {row.dose[after]!r}"


def none_of(plan: Plan, words: str, why: str) -> Iterator[str]:
    """No line demands one of these, whatever is cleared."""
    for line in lines(plan):
        if line["id"] not in WORDS_ALONE and (wrong := asked_of(line) & expanded(words)):
            yield f"{why}: {line['id']} demands {sorted(wrong)}"


def invariant_11(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    if said(answers, "health", "bp_uncontrolled"):
        yield from none_of(plan, "head_down strain exertion heat_whole", "blood pressure")


def invariant_12(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    found = conditions(answers)
    ready = said(answers, "exercise_cleared", "yes")
    if "fracture_spine" in found and not ready and plan["lines"] and plan["limited"] != "breathing":
        yield f"a broken spine or rib, not cleared: limited is {plan['limited']!r}"
    if "fracture_arm" in found:
        yield from none_of(plan, "wrist_load", "a broken arm")
    if "fracture_leg" in found:
        yield from none_of(plan, "one_leg standing_free", "a broken leg")
    if found & {"fracture_leg", "fracture_spine"} and not ready:
        yield from (f"a break, not cleared, and walk minutes: {one}" for one in saying(texts, r"\bwalk\b[^.]*\d+ min"))


def invariant_25(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    if not said(answers, "balance", "poor"):
        return
    yield from none_of(plan, "standing_free", "poor balance")
    for line in lines(plan, "habits"):
        if line["id"].partition(":")[2] in ("carer_hip", "carer_floor", "desk_calls", "stand_shift"):
            yield f"poor balance: {line['id']}"


def invariant_29(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    found = conditions(answers)
    if found & {"osteoporosis", "height_loss", "steroids_long"}:
        for line in moves(plan):
            if (
                line["id"] != "exercise:shoulder_rolls"
                and re.search(r"\bturns?\b|\brolls?\b", " ".join(line["steps"]).lower())
                and not re.search(r"small|gentl|little|slow|easy|half way|clos|neck|head", said_of(line).lower())
            ):
                yield f"thin bones: {line['id']} turns without a small or gentle word"
    if "fragility_fracture" in found:
        yield from none_of(plan, "FAR lying_front", "a broken thin bone")


def invariant_32(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    if said(answers, "kneel_ok", "no"):
        yield from none_of(plan, "kneeling", "cannot kneel")
    if said(answers, "mobility", "chair_only"):
        yield from none_of(plan, "STAND kneeling floor lying_front", "chair user")


def invariant_36(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    if below_knee(answers):
        yield from none_of(plan, "nerve_pull pressure_firm", "signs below the knee")
        yield from (f"signs below the knee: {one}" for one in styles(plan) & {"deep_tissue", "trigger_point", "sports", "thai"})


def invariant_38(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if said(answers, "numb_where", "feet") or "numb_widely" in conditions(answers):
        yield from none_of(plan, "feet_worked", "numb feet")
    if any(saying(texts, r"do(es)? not lie on your (front|tummy)")):
        yield from none_of(plan, "lying_front", "told not to lie on the front")
        yield from (f"told not to, but: {one}" for one in saying(texts, r"^(first )?lie (flat )?on your front"))
