"""How urgent each answer is, and each meeting of answers, read from section 3 of the reference: at least this level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.invariants.conditions import (
    after_birth,
    aged,
    below_knee,
    cancer_ever,
    cancer_now,
    checked,
    in_pain,
    number,
    pregnant,
    said,
    strong,
    ticks,
)
from tests.invariants.shown import RANK

E, U, C = 3, 2, 1
ALONE = {
    E: "rf_chest:yes rf_chest:effort rf_chest:unsure rf_aaa:sudden_severe rf_trauma:major rf_neck_vascular:yes rf_neck_vascular:unsure "
    "rf_saddle:yes rf_saddle:unsure rf_bladder_bowel:yes rf_bladder_bowel:unsure rf_both_legs:new_or_worse rf_leg_weakness:both_legs "
    "rf_fever:very_unwell rf_dvt:cold_pale rf_kidney:vomit_blood rf_early_preg:severe rf_preg_warning:severe rf_postnatal:severe "
    "rf_crisis:immediate",
    U: "rf_aaa:pulsing rf_neck_vascular:scalp_jaw rf_both_legs:recent_same rf_leg_weakness:worse_or_foot_drop rf_leg_weakness:unsure "
    "rf_fever:fever rf_dvt:yes rf_dvt:unsure rf_kidney:burning_pee rf_kidney:side_pain rf_kidney:tummy_sick rf_kidney:black_poo "
    "rf_kidney:unsure rf_myelopathy:yes rf_myelopathy:arm_worse rf_myelopathy:both_arms rf_lump_shape:yes rf_lump_shape:hot_skin "
    "rf_lump_shape:blisters rf_lump_shape:unsure rf_early_preg:yes rf_preg_warning:yes rf_postnatal:yes rf_postnatal:unsure "
    "rf_sexual:yes rf_sexual:unsure rf_crisis:yes rf_night_constant:yes",
    C: "rf_both_legs:slow rf_leg_weakness:heavy_tired rf_fever:night_sweats rf_kidney:after_meals rf_kidney:with_periods "
    "rf_myelopathy:unsure rf_pmr:yes falls:two_or_more falls:hurt rf_load_bone:yes rf_load_bone:unsure age_band:under16",
}
LOWERED = "rf_both_legs:long_standing_same rf_leg_weakness:one_leg_stable rf_myelopathy:arm_weak_stable".split()
"""C until somebody has checked the pain."""
HELD = "surgery_lt6w surgery_6to12w heart_or_stroke_recent bp_uncontrolled clot_now".split()
"""A health answer that closes exercise or massage until its clinician has said yes."""
SURE = ("yes", "unsure")


def at_least(a: dict[str, Any]) -> tuple[int, tuple[str, ...]]:
    """The least level for these answers, and the rules that say so."""
    fired = [*alone(a), *falls(a), *fevers(a), *cancers(a), *nerves(a), *bleeding(a), *check_first(a)]
    highest = max((one for one, _ in fired), default=0)
    return highest, tuple(name for one, name in fired if one == highest)


def alone(a: dict[str, Any]) -> Iterator[tuple[int, str]]:
    found = ticks(a)
    yield from ((one, tick) for one, several in ALONE.items() for tick in several.split() if tick in found)
    yield from ((C, tick) for tick in LOWERED if tick in found and not checked(a))
    late = said(a, "duration", "4to12w", "gt12w", "recurrent") and not checked(a)
    yield from ((C, tick) for tick in ("rf_both_legs:aching", "rf_myelopathy:arm_tingle") if tick in found and late)
    if said(a, "rf_kidney", "side_move") and aged(a, "60_74") and said(a, "duration", "lt4w"):
        yield C, "side_move at 60"
    if said(a, "rf_bladder_bowel", "long_standing") and after_birth(a):
        yield C, "leaks after a birth"


def falls(a: dict[str, Any]) -> Iterator[tuple[int, str]]:
    if not said(a, "rf_trauma", "minor_fall", "minor_fall_head"):
        return
    bones = said(a, "risk_bone", "osteoporosis", "fragility_fracture", "steroids_long", "height_loss", "axspa")
    thin = said(a, "risk_blood", "anticoagulant", "bleeding_disorder")
    if aged(a, "60_74") or bones or thin or cancer_ever(a) or said(a, "pregnancy", "t2", "t3"):
        yield U, "R1"
    if said(a, "risk_bone", "axspa") and (said(a, "areas", "neck_shoulders") or new_nerve_sign(a)):
        yield E, "R1_axspa"
    if said(a, "rf_trauma", "minor_fall_head"):
        yield (E, "R1_head") if thin or aged(a, "60_74") else (U, "R1_head_other")
    if said(a, "pregnancy", "t1", "maybe"):
        yield C, "R1_t1"
    if aged(a, "18_39") and (strong(a) or said(a, "areas", "mid_back")) and not checked(a):
        yield C, "R1c"


def fevers(a: dict[str, Any]) -> Iterator[tuple[int, str]]:
    risk = said(a, "rf_infection_risk", "iv_drugs", "immune_suppressed", "spinal_procedure", "serious_infection", "tb_contact")
    chemo = said(a, "cancer_more", "chemo_now") and said(a, "rf_cancer", "current", "past")
    weak = chemo or said(a, "rf_infection_risk", "immune_suppressed") or said(a, "risk_blood", "sickle_cell")
    if said(a, "rf_fever", "fever") and weak:
        yield E, "R2_chemo"
    lasting = said(a, "duration", "gt12w", "recurrent") and not said(a, "rf_not_improving", *SURE)
    if risk and in_pain(a) and not (checked(a) and lasting):
        yield C, "R2b"
    signs = said(a, "rf_fever", "night_sweats") or any(
        said(a, one, "yes") for one in ("rf_weight_loss", "rf_night_constant", "rf_not_improving")
    )
    if risk and in_pain(a) and signs:
        yield U, "R2b_worse"
    if said(a, "health", "ra_flare") and (said(a, "joint_known", "no") or said(a, "rf_fever", "fever")):
        yield U, "R17"


def cancers(a: dict[str, Any]) -> Iterator[tuple[int, str]]:
    if not cancer_ever(a):
        return
    if cancer_now(a) or not checked(a):
        yield C, "rf_cancer"
    warned = any(said(a, one, *SURE) for one in ("rf_night_constant", "rf_weight_loss", "rf_not_improving"))
    unseen = said(a, "areas", "mid_back") or said(a, "rf_both_legs", "slow", "long_standing_same") or below_knee(a)
    if warned or said(a, "rf_fever", "night_sweats") or (unseen and not checked(a)):
        yield U, "R3"
    high = said(a, "areas", "upper_back", "neck_shoulders") or number(a, "peg_p") >= 8
    if cancer_now(a) and not checked(a) and high:
        yield U, "R3_now"
    if new_nerve_sign(a):
        yield E, "R4"
    if cancer_now(a) and not checked(a) and below_knee(a):
        yield E, "R4_now"


def new_nerve_sign(a: dict[str, Any]) -> bool:
    legs = said(a, "rf_both_legs", "new_or_worse", "recent_same")
    weak = said(a, "rf_leg_weakness", "both_legs", "worse_or_foot_drop", "one_leg_stable", "unsure")
    pelvis = said(a, "rf_saddle", *SURE) or said(a, "rf_bladder_bowel", *SURE)
    return legs or weak or pelvis or said(a, "rf_myelopathy", "yes", "arm_worse", "both_arms", "arm_weak_stable")


def nerves(a: dict[str, Any]) -> Iterator[tuple[int, str]]:
    both = said(a, "rf_both_legs", "new_or_worse", "recent_same", "slow", "long_standing_same")
    if said(a, "rf_sexual", *SURE) and (below_knee(a) or both or new_nerve_sign(a)):
        yield E, "R7"
    if said(a, "rf_aaa", "pulsing") and number(a, "peg_p") >= 8:
        yield E, "R6"
    if aged(a, "60_74") and said(a, "rf_kidney", "side_pain", "tummy_sick") and number(a, "peg_p") >= 8:
        yield E, "R6_side"


def bleeding(a: dict[str, Any]) -> Iterator[tuple[int, str]]:
    if not said(a, "duration", "lt4w") or not in_pain(a):
        return
    sickle, bleeds = said(a, "risk_blood", "sickle_cell"), said(a, "risk_blood", "bleeding_disorder")
    if sickle and strong(a):
        yield E, "R16"
    if (sickle or bleeds) and said(a, "rf_trauma", "no", "old"):
        yield U, "R16b"
    if said(a, "risk_blood", "anticoagulant") and number(a, "peg_p") >= 8:
        yield U, "R16c"


def check_first(a: dict[str, Any]) -> Iterator[tuple[int, str]]:
    new, pain = said(a, "duration", "lt4w") and in_pain(a), number(a, "peg_p")
    no_fall = said(a, "rf_trauma", "no", "old")
    high = pain >= 7 or said(a, "areas", "mid_back", "upper_back") or aged(a, "75plus")
    thin = said(a, "risk_bone", "osteoporosis", "height_loss") and aged(a, "18_39") and high
    if new and no_fall and not checked(a) and (said(a, "risk_bone", "fragility_fracture", "steroids_long") or thin):
        yield C, "R1b"
    site = said(a, "areas", "mid_back") or aged(a, "75plus") or said(a, "rf_aaa", "strain")
    if new and no_fall and not checked(a) and aged(a, "60_74") and pain >= 7 and site:
        yield C, "R1b_unknown"
    if said(a, "age_band", "16_17") and said(a, "duration", "4to12w", "gt12w", "recurrent") and not checked(a):
        yield C, "R9"
    if aged(a, "60_74") and in_pain(a) and not checked(a) and (said(a, "first_ever", "yes") or said(a, "duration", "gt12w")):
        yield C, "R10"
    recent = after_birth(a) and not said(a, "birth_when", "6to12w")
    worse = said(a, "birth_more", "epidural") and (pain >= 7 or said(a, "rf_not_improving", "yes"))
    if recent and (pain >= 8 or worse):
        yield U, "R15"
    if recent and said(a, "birth_more", "caesarean") and not said(a, "exercise_cleared", "yes"):
        yield C, "caesarean"
    for one in HELD:
        if said(a, "health", one) and not said(a, "exercise_cleared", "yes") and not said(a, "massage_cleared", "yes"):
            yield C, one
    if pregnant(a) and said(a, "preg_complications", "yes"):
        yield C, "preg_complications"


def invariant_00(answers: dict[str, Any], plan: dict[str, Any], _texts: object) -> Iterator[str]:
    """Section 3 as a whole: the level is never below what the answers call for."""
    least, rules = at_least(answers)
    if RANK.index(plan["triage"]["level"]) < least:
        yield f"level {plan['triage']['level']}, but {', '.join(rules)} call for {RANK[least]}"
