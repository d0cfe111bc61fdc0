"""What each condition does to a massage, row by row: written from the clinical reference, not from the content."""

from __future__ import annotations

EVERY = frozenset(
    "swedish deep_tissue trigger_point myofascial_release sports thai hot_stone shiatsu reflexology prenatal aromatherapy chair".split()
)
THINNERS = {"deep_tissue", "trigger_point", "sports", "thai", "hot_stone"}
BONES = {"deep_tissue", "trigger_point", "thai", "sports"}
IN_PREGNANCY = set(EVERY) - {"prenatal"}

MATRIX: dict[tuple[str, str], tuple[str, int, set[str]]] = {
    # (question, option): (A hold, C clinician, M or L go on), cap, excluded.
    ("health", "fever_or_contagious"): ("A", 0, set()),
    ("health", "clot_now"): ("A", 0, set()),
    ("health", "clot_past"): ("C", 3, {"deep_tissue", "sports", "thai"}),
    ("risk_blood", "anticoagulant"): ("M", 2, THINNERS),
    ("risk_blood", "bleeding_disorder"): ("C", 2, THINNERS),
    ("risk_bone", "osteoporosis"): ("M", 2, BONES),
    ("risk_bone", "fragility_fracture"): ("C", 2, set(EVERY) - {"swedish", "chair", "aromatherapy", "reflexology"}),
    ("risk_bone", "steroids_long"): ("M", 2, BONES),
    ("health", "fracture_healing"): ("A", 0, set()),
    ("health", "surgery_lt6w"): ("C", 0, set(EVERY)),
    ("health", "surgery_6to12w"): ("C", 2, {"deep_tissue", "thai", "sports"}),
    ("health", "heart_or_stroke_recent"): ("C", 2, {"deep_tissue", "thai", "hot_stone", "sports"}),
    ("health", "bp_uncontrolled"): ("C", 2, {"hot_stone", "deep_tissue", "thai", "sports"}),
    ("health", "bp_controlled"): ("M", 4, set()),
    ("health", "diabetes"): ("M", 4, set()),
    ("health", "numb_skin_neuropathy"): ("M", 3, {"hot_stone", "reflexology", "deep_tissue"}),
    ("health", "skin_infection"): ("A", 0, set()),
    ("health", "open_wound"): ("L", 4, {"hot_stone", "aromatherapy"}),
    ("health", "eczema_psoriasis"): ("M", 3, {"hot_stone", "aromatherapy"}),
    ("health", "oil_allergy"): ("M", 4, {"aromatherapy"}),
    ("health", "asthma_scent"): ("M", 4, {"aromatherapy"}),
    ("health", "epilepsy"): ("M", 4, {"aromatherapy"}),
    ("health", "varicose_veins"): ("L", 4, set()),
    ("health", "ra_flare"): ("L", 4, {"thai"}),
    ("health", "implant_device"): ("M", 4, set()),
    ("known", "spinal_surgery_past"): ("M", 3, {"thai"}),
    ("risk_bone", "axspa"): ("M", 3, {"thai"}),
    ("known", "hypermobility"): ("M", 3, {"thai"}),
    ("known", "widespread_pain"): ("M", 3, {"deep_tissue", "thai", "sports"}),
    ("known", "disc_sciatica"): ("M", 3, {"thai", "deep_tissue"}),
    ("known", "stenosis"): ("M", 3, {"thai"}),
    ("known", "spondylolisthesis"): ("M", 3, {"thai"}),
    ("leg_symptoms", "below_knee_one"): ("M", 3, {"thai", "deep_tissue"}),
    ("pregnancy", "t1"): ("M", 2, IN_PREGNANCY),
    ("pregnancy", "t2"): ("M", 3, IN_PREGNANCY),
    ("pregnancy", "t3"): ("M", 3, IN_PREGNANCY),
    ("pregnancy", "postpartum_12w"): ("M", 3, {"thai"}),
    ("age_band", "16_17"): ("M", 3, {"deep_tissue", "thai"}),
    ("age_band", "75plus"): ("M", 3, {"thai"}),
    ("duration", "lt4w"): ("M", 3, {"deep_tissue", "thai"}),
    ("mobility", "chair_only"): ("M", 4, {"thai"}),
    ("pressure_pref", "none"): ("A", 0, set()),
    ("rf_cancer", "past"): ("A", 0, set()),
    ("rf_cancer", "current"): ("A", 2, THINNERS),
}
