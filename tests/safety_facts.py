"""The facts of triage, from the clinical reference: every "question=answer" that makes each one true, alone."""

from __future__ import annotations

ARMS = {f"rf_myelopathy={one}" for one in ("yes", "arm_worse", "both_arms", "arm_weak_stable", "unsure")}
WEAK_LEGS = {f"rf_leg_weakness={one}" for one in ("both_legs", "worse_or_foot_drop", "unsure", "one_leg_stable", "heavy_tired")}
CAUDA = {"rf_saddle=yes", "rf_saddle=unsure", "rf_bladder_bowel=yes", "rf_bladder_bowel=unsure"}
NERVE = ARMS | WEAK_LEGS | CAUDA | {"rf_both_legs=new_or_worse", "rf_both_legs=recent_same"}
LEGS = {"leg_symptoms=below_knee_one", "leg_symptoms=below_knee_both"}
INFLAM = (
    "before35",
    "second_half_night",
    "buttock_pain",
    "better_moving",
    "nsaid_48h",
    "family_spa",
    "arthritis_ever",
    "enthesitis",
    "psoriasis",
)

SAFETY_YES: dict[str, set[str]] = {
    "cancer_ever": {"rf_cancer=current", "rf_cancer=past"},
    "cancer_now": {"rf_cancer=current"},
    "cancer_past": {"rf_cancer=past"},
    "small_fall": {"rf_trauma=minor_fall", "rf_trauma=minor_fall_head"},
    "no_fall": {"rf_trauma=no", "rf_trauma=old"},
    "infection_risk": {
        f"rf_infection_risk={one}" for one in ("iv_drugs", "immune_suppressed", "spinal_procedure", "serious_infection", "tb_contact")
    },
    "weak_bones": {f"risk_bone={one}" for one in ("osteoporosis", "fragility_fracture", "steroids_long", "height_loss", "axspa")},
    "bleeds": {"risk_blood=anticoagulant", "risk_blood=bleeding_disorder"},
    "new_nerve": NERVE,
    "cauda_with_sexual": NERVE | LEGS | {"rf_both_legs=slow", "rf_both_legs=long_standing_same", "rf_both_legs=aching"},
    "below_knee": LEGS,
    "neuro_known": {f"{one}=long_standing" for one in ("rf_saddle", "rf_bladder_bowel", "rf_leg_weakness", "rf_myelopathy")},
    "lung_breathless": {"rf_chest=usual"},
    "athlete": {"day=athlete", "activity=athlete"},
    "falls_asked": {"age_band=60_74", "age_band=75plus", "balance=poor"},
    "eye_asked": {"risk_bone=axspa"} | {f"rf_inflam={one}" for one in INFLAM},
}
