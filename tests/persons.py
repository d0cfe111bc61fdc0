"""The persons whose plans many tests read, each by a name that tells them apart: their answers, as changes to a well person's."""

from __future__ import annotations

from typing import Any

# A sore low back
SORE_BACK: dict[str, Any] = {"areas": ("low_back",), "duration": "gt12w", "peg_p": 4, "peg_e": 4, "peg_g": 4}
ACHING: dict[str, Any] = {**SORE_BACK, "peg_p": 7, "peg_e": 6, "peg_g": 6}
PAYS_FOR_MASSAGE: dict[str, Any] = {**SORE_BACK, "peg_p": 5, "peg_e": 5, "peg_g": 5, "budget": "some", "pressure_pref": "firm"}

# Sport
TEEN_ATHLETE: dict[str, Any] = {
    **{"age_band": "16_17", "areas": ("low_back",), "duration": "lt4w", "peg_p": 5, "peg_e": 4, "peg_g": 5, "worse_with": ("arching",)},
    **{"day": ("athlete",), "activity": "athlete", "goal": "sport", "rf_load_bone": "yes", "minutes": "20"},
}
PAINLESS_RUNNER: dict[str, Any] = {"areas": ("none",), "duration": "none", "activity": "athlete", "day": ("athlete",), "goal": "sport"}
RACER: dict[str, Any] = {**PAINLESS_RUNNER, "goal": "sport", "minutes": "20", "country": "GB"}
OFFICE_RUNNER: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("none",), "day": ("athlete", "desk"), "activity": "athlete", "stress": "some", "minutes": "20"},
    **{"goal": "sport", "budget": "flexible"},
}
LIFTER: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back",), "duration": "recurrent", "peg_p": 3, "activity": "athlete", "minutes": "20"},
    **{"day": ("desk", "athlete"), "goal": "lifting", "worse_with": ("lifting",), "equipment": ("bag_weights",)},
}
BENDING_LIFTER: dict[str, Any] = {**LIFTER, "worse_with": ("bending", "lifting")}
GYM_LIFTER: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back",), "duration": "recurrent", "peg_p": 3, "peg_e": 3, "peg_g": 4, "goal": "lifting"},
    **{"worse_with": ("bending", "sitting", "lifting"), "day": ("desk", "athlete"), "activity": "athlete"},
    **{"equipment": ("gym", "bag_weights"), "minutes": "20", "country": "US", "budget": "flexible", "pressure_pref": "firm"},
}

# Necks and upper backs
TENSE_NECK: dict[str, Any] = {
    "areas": ("neck_shoulders",),
    "duration": "gt12w",
    "peg_p": 4,
    "stress": "some",
    "sleep": "poor",
    "minutes": "10",
}
NECK_AT_WORK: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("neck_shoulders", "upper_back"), "duration": "gt12w", "peg_p": 4, "peg_e": 3, "peg_g": 3},
    **{"worse_with": ("look_down", "one_position"), "day": ("desk",), "activity": "some", "stress": "some", "pressure_pref": "firm"},
    **{"budget": "some", "minutes": "10", "country": "CA", "goal": "work"},
}
HEADACHES: dict[str, Any] = {**NECK_AT_WORK, "goal_words": "finish a day without a headache"}
SCREEN_WORKER: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("neck_shoulders", "upper_back"), "duration": "gt12w", "peg_p": 4, "peg_e": 3, "peg_g": 3},
    **{"worse_with": ("look_down", "one_position"), "day": ("desk",), "activity": "some", "minutes": "10", "goal": "work", "country": "GB"},
    **{"budget": "some"},
}
DESK_WORKER: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("upper_back", "neck_shoulders"), "duration": "gt12w", "peg_p": 4, "peg_e": 4, "peg_g": 4},
    **{"pain_now": 4, "pain_checked": "yes", "day": ("desk",), "minutes": "10", "budget": "some", "country": "GB"},
}
UPPER_BACK: dict[str, Any] = {"areas": ("upper_back", "mid_back"), "duration": "gt12w", "peg_p": 5, "minutes": "20", "activity": "regular"}
HAIRDRESSER: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("upper_back", "mid_back"), "duration": "gt12w", "peg_p": 5, "peg_e": 4, "peg_g": 4},
    **{"worse_with": ("arching", "arms_up"), "day": ("standing", "arms_up"), "activity": "regular", "pressure_pref": "firm"},
    **{"liked_before": ("trigger_point",), "budget": "some", "minutes": "20", "country": "GB", "goal": "work"},
}
ARMS_UP: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("upper_back", "mid_back"), "duration": "gt12w", "peg_p": 5, "peg_e": 4, "peg_g": 4, "minutes": "20"},
    **{"worse_with": ("arching", "arms_up"), "day": ("standing", "arms_up"), "activity": "regular", "goal": "work", "work_now": "as_usual"},
    **{"pressure_pref": "firm", "budget": "some"},
}

# Past cancer, most of them with thin bones
WORRIED_AFTER_CANCER: dict[str, Any] = {
    **{"age_band": "40_59", "rf_cancer": "past", "pain_checked": "yes", "areas": ("upper_back", "neck_shoulders"), "peg_p": 4},
    **{"risk_bone": ("osteoporosis",), "activity": "some", "worry_move": "yes", "worse_with": ("none_clear",), "minutes": "10"},
}
SPORT_AFTER_CANCER: dict[str, Any] = {
    **{"age_band": "40_59", "rf_cancer": "past", "areas": ("upper_back", "neck_shoulders"), "duration": "gt12w", "pain_checked": "yes"},
    **{"country": "GB", "peg_p": 4, "peg_e": 4, "peg_g": 3, "budget": "some", "goal": "sport", "minutes": "10", "activity": "some"},
}
DESK_AFTER_CANCER: dict[str, Any] = {
    **{"age_band": "40_59", "rf_cancer": "past", "areas": ("upper_back", "neck_shoulders"), "duration": "gt12w", "pain_checked": "yes"},
    **{"peg_p": 4, "risk_bone": ("osteoporosis",), "day": ("desk",), "budget": "some", "minutes": "10", "country": "GB"},
}
SWIMMER: dict[str, Any] = {
    **{"age_band": "40_59", "rf_cancer": "past", "areas": ("upper_back", "neck_shoulders"), "duration": "gt12w", "pain_checked": "yes"},
    **{"peg_p": 4, "peg_e": 4, "peg_g": 3, "risk_bone": ("osteoporosis",), "goal": "sport", "equipment": ("pool",), "budget": "some"},
    **{"country": "GB", "minutes": "10", "day": ("desk",)},
}

# Pregnancy and births
SORE_PELVIS: dict[str, Any] = {
    **{"age_band": "18_39", "pregnancy": "t3", "pgp": "yes", "areas": ("low_back", "buttock_hip"), "duration": "4to12w", "peg_p": 6},
    **{"peg_e": 5, "peg_g": 5, "sleep": "poor", "worse_with": ("walking",)},
}
PREGNANT_PARENT: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back", "buttock_hip"), "duration": "4to12w", "peg_p": 6, "peg_e": 6, "peg_g": 7, "pgp": "yes"},
    **{"pregnancy": "t3", "day": ("carer_parent",), "worse_with": ("walking", "getting_up"), "country": "GB", "minutes": "10"},
}
AFTER_A_BIRTH: dict[str, Any] = {
    **SORE_BACK,
    "age_band": "18_39",
    "duration": "4to12w",
    "pregnancy": "postpartum_12w",
    "birth_when": "6to12w",
}
CAESAREAN: dict[str, Any] = {
    **{"age_band": "18_39", "pregnancy": "postpartum_12w", "birth_when": "6to12w", "birth_more": ("caesarean",), "areas": ("low_back",)},
    **{"duration": "4to12w", "peg_p": 4, "worry_move": "yes", "worse_with": ("lifting",), "country": "GB"},
}

# Legs and feet
STRONG_LEG: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("low_back", "buttock_hip"), "leg_symptoms": "below_knee_one", "duration": "lt4w", "peg_p": 7},
    **{"worse_with": ("sitting", "bending"), "budget": "some", "minutes": "10"},
}
NURSE: dict[str, Any] = {**STRONG_LEG, "country": "GB", "work_now": "off", "goal": "work", "leg_symptoms": "below_knee_one"}
NARROW_CANAL: dict[str, Any] = {
    **{"age_band": "60_74", "known": ("stenosis",), "areas": ("low_back", "buttock_hip"), "leg_symptoms": "below_knee_both"},
    **{"rf_both_legs": "long_standing_same", "duration": "gt12w", "pain_checked": "yes", "peg_p": 5, "goal": "walking", "budget": "low"},
    **{"worse_with": ("walking", "standing"), "rf_claudication": "yes_known"},
}
CANAL_WITHOUT_LEG_PAIN: dict[str, Any] = {
    **{"age_band": "60_74", "areas": ("low_back", "buttock_hip"), "duration": "gt12w", "pain_checked": "yes", "peg_p": 5},
    **{"known": ("stenosis",), "worse_with": ("standing", "walking"), "goal": "walking", "minutes": "10", "country": "GB"},
}
NUMB_FEET: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("low_back",), "duration": "gt12w", "peg_p": 6, "minutes": "10", "activity": "low"},
    **{"health": ("numb_skin_neuropathy",), "numb_where": ("feet",), "day": ("driving",), "worse_with": ("bending", "getting_up")},
}
DRIVER: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("low_back",), "duration": "gt12w", "peg_p": 6, "worse_with": ("sitting", "getting_up")},
    **{"health": ("diabetes", "numb_skin_neuropathy"), "numb_where": ("feet",), "kneel_ok": "no", "day": ("driving",), "goal": "work"},
    **{"budget": "some", "country": "US", "minutes": "10"},
}

# Falls and poor balance
UNSTEADY: dict[str, Any] = {
    "age_band": "75plus",
    "areas": ("low_back",),
    "duration": "gt12w",
    "peg_p": 5,
    "balance": "poor",
    "minutes": "10",
}
FELL: dict[str, Any] = {
    **{"age_band": "75plus", "areas": ("low_back", "buttock_hip"), "duration": "gt12w", "peg_p": 5, "peg_g": 6, "falls": "once"},
    **{"balance": "poor", "risk_blood": ("anticoagulant",), "mobility": "no_floor", "kneel_ok": "no", "goal": "walking", "minutes": "10"},
    **{"worse_with": ("walking", "standing"), "budget": "none", "country": "GB", "pain_checked": "yes", "day": ("home",)},
}
OLD_WALKER: dict[str, Any] = {
    **{"age_band": "75plus", "areas": ("low_back", "buttock_hip"), "duration": "gt12w", "peg_p": 5, "peg_e": 5, "peg_g": 6},
    **{"balance": "poor", "falls": "once", "worse_with": ("getting_up", "walking"), "pain_checked": "yes", "goal": "walking"},
}
OLD_AND_INACTIVE: dict[str, Any] = {
    **{"age_band": "75plus", "areas": ("low_back",), "duration": "gt12w", "peg_p": 5, "peg_e": 5, "peg_g": 6, "minutes": "10"},
    **{"worse_with": ("standing", "walking"), "balance": "poor", "falls": "once", "activity": "low"},
}

# Very bendy joints
BENDY: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back", "neck_shoulders"), "duration": "gt12w", "peg_p": 5, "peg_e": 5, "peg_g": 5},
    **{"minutes": "20", "known": ("hypermobility",), "worse_with": ("bending",)},
    **{"pressure_pref": "firm", "budget": "flexible", "goal": "sport"},
}
CLIMBER: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back", "neck_shoulders"), "duration": "gt12w", "peg_p": 5, "peg_e": 5, "peg_g": 4},
    **{"known": ("hypermobility",), "goal": "sport", "minutes": "20", "budget": "flexible", "country": "AU", "day": ("desk",)},
}

# Pain in many places
MANY_PLACES: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("neck_shoulders", "upper_back", "low_back", "buttock_hip"), "duration": "gt12w", "peg_p": 7},
    **{"peg_e": 8, "peg_g": 7, "known": ("widespread_pain",), "sleep": "poor", "pressure_pref": "light", "budget": "low", "minutes": "5"},
    **{"day": ("desk",), "goal": "sleep"},
}
TIRED: dict[str, Any] = {**MANY_PLACES, "sleep": "poor", "stress": "high", "activity": "low", "worry_move": "yes"}
SLEEPLESS: dict[str, Any] = {
    **{"areas": ("neck_shoulders", "low_back"), "duration": "gt12w", "peg_p": 7, "peg_e": 7, "peg_g": 7, "known": ("widespread_pain",)},
    **{"minutes": "5", "sleep": "poor"},
}

ALL_KINDS: dict[str, dict[str, Any]] = {
    **{"birth": CAESAREAN, "leg": STRONG_LEG, "wide": MANY_PLACES, "sore": SORE_BACK, "teen": TEEN_ATHLETE, "girdle": PREGNANT_PARENT},
    **{"upper": HAIRDRESSER, "neck": NECK_AT_WORK},
}
