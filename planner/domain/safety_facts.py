"""Facts that the rules of triage rest on: what counts as a small fall, a new nerve sign, bones that break easily, and so on."""

from __future__ import annotations

from planner.domain.answers import Answers, has
from planner.domain.fact_registry import Fact, fact, yes

NEW_NERVE = (
    ("rf_saddle", ("yes", "unsure")),
    ("rf_bladder_bowel", ("yes", "unsure")),
    ("rf_both_legs", ("new_or_worse", "recent_same")),
    ("rf_leg_weakness", ("both_legs", "worse_or_foot_drop", "unsure", "one_leg_stable", "heavy_tired")),
    ("rf_myelopathy", ("yes", "arm_worse", "both_arms", "arm_weak_stable", "unsure")),
)
BELOW_KNEE = ("leg_symptoms", ("below_knee_one", "below_knee_both"))
BOTH_LEGS = ("rf_both_legs", ("slow", "long_standing_same", "aching"))

yes("small_fall", ("rf_trauma", ("minor_fall", "minor_fall_head")))
yes("no_fall", ("rf_trauma", ("no", "old")))
yes("infection_risk", ("rf_infection_risk", ("iv_drugs", "immune_suppressed", "spinal_procedure", "serious_infection", "tb_contact")))
yes("weak_bones", ("risk_bone", ("osteoporosis", "fragility_fracture", "steroids_long", "height_loss", "axspa")))
yes("bleeds", ("risk_blood", ("anticoagulant", "bleeding_disorder")))
yes("new_nerve", *NEW_NERVE)
yes("cauda_with_sexual", BELOW_KNEE, BOTH_LEGS, *NEW_NERVE)
yes("below_knee", BELOW_KNEE)
yes(
    "neuro_known",
    ("rf_saddle", ("long_standing",)),
    ("rf_bladder_bowel", ("long_standing",)),
    ("rf_leg_weakness", ("long_standing",)),
    ("rf_myelopathy", ("long_standing",)),
)
yes("lung_breathless", ("rf_chest", ("usual",)))
yes("athlete", ("day", ("athlete",)), ("activity", ("athlete",)))
yes("falls_asked", ("age_band", ("60_74", "75plus")), ("balance", ("poor",)))
yes(
    "eye_asked",
    ("risk_bone", ("axspa",)),
    ("rf_inflam", ("before35", "second_half_night", "buttock_pain", "better_moving")),
    ("rf_inflam", ("nsaid_48h", "family_spa", "arthritis_ever", "enthesitis", "psoriasis")),
)


def skin_only(answers: Answers) -> bool:
    """A small skin cancer that is treated and gone, and nothing else: it counts as never. Cancer now never does."""
    small, more = has(answers, "cancer_more", "skin_only"), has(answers, "cancer_more", "chemo_now", "bone", "lymph", "line_port")
    return bool(has(answers, "rf_cancer", "past") and small and not more)


@fact("rf_cancer", "cancer_more")
def cancer_ever(answers: Answers) -> Fact:
    pairs = has(answers, "rf_cancer", "current", "past")
    return {"yes": pairs} if pairs and not skin_only(answers) else {}


@fact("rf_cancer", "cancer_more")
def cancer_past(answers: Answers) -> Fact:
    pairs = has(answers, "rf_cancer", "past")
    return {"yes": pairs} if pairs and not skin_only(answers) else {}


@fact("areas", "duration", "age_band")
def pmr_asked(answers: Answers) -> Fact:
    """Shoulders and hips hurt, for less than 12 weeks, from the age of 40."""
    high, low = has(answers, "areas", "neck_shoulders"), has(answers, "areas", "buttock_hip")
    short = has(answers, "duration", "lt4w", "4to12w")
    age = has(answers, "age_band", "40_59", "60_74", "75plus")
    return {"yes": high + low + short + age} if high and low and short and age else {}
