"""Facts: named pure functions from answers to a few words, each with the answers it rests on."""

from __future__ import annotations

from planner.domain.answers import Answers, has
from planner.domain.fact_registry import Fact, fact, yes
from planner.domain.terms import Pairs

PAIN_AREAS = ("neck_shoulders", "upper_back", "mid_back", "low_back", "buttock_hip", "tailbone")
LONGER = {"none": "none", "lt4w": "acute", "4to12w": "subacute", "gt12w": "chronic", "recurrent": "recurrent"}
PEG = ("peg_p", "peg_e", "peg_g")
FROM_EIGHT = ("8", "9", "10")
"""Pain, 0 to 10: the average of the week, or pain now where that was asked instead."""
INFLAMMATION = (
    *("before35", "second_half_night", "buttock_pain", "better_moving", "nsaid_48h"),
    *("family_spa", "arthritis_ever", "enthesitis", "psoriasis"),
)

yes("sciatica_flare", ("leg_symptoms", ("below_knee_one",)))
yes("stenosis", ("known", ("stenosis",)), ("rf_claudication", ("yes_known",)))
yes("spondylolisthesis", ("known", ("spondylolisthesis",)))
yes("hypermobility", ("known", ("hypermobility",)))
yes("fusion", ("known", ("spinal_surgery_past",)))
yes("axspa", ("risk_bone", ("axspa",)))
yes("widespread", ("known", ("widespread_pain",)))
yes("osteoporosis", ("risk_bone", ("osteoporosis", "height_loss", "steroids_long")))
yes("fragility_fracture", ("risk_bone", ("fragility_fracture",)))
yes("surgery_lt6w", ("health", ("surgery_lt6w",)))
yes("bp_uncontrolled", ("health", ("bp_uncontrolled",)))
yes("blood_thinner", ("risk_blood", ("anticoagulant",)))
yes("numb_skin", ("health", ("numb_skin_neuropathy",)))
yes(
    "heat_unsafe", ("health", ("numb_skin_neuropathy", "skin_infection", "open_wound", "fever_or_contagious")), ("rf_fever", ("cold_only",))
)
yes("cancer_now", ("rf_cancer", ("current",)))
yes("neck_rf", ("rf_neck_vascular", ("yes", "unsure")), ("rf_myelopathy", ("yes", "arm_worse", "both_arms", "arm_weak_stable", "unsure")))
yes("poor_balance", ("balance", ("poor",)))
yes("no_floor", ("mobility", ("no_floor", "chair_only")))
yes("no_kneel", ("kneel_ok", ("no",)))
yes("chair_only", ("mobility", ("chair_only",)))
yes("preg16", ("pregnancy", ("t2", "t3")))
yes("pregnant", ("pregnancy", ("maybe", "t1", "t2", "t3")))
yes("postpartum", ("pregnancy", ("postpartum_12w",)))
yes("child", ("age_band", ("under16",)))
yes("teen", ("age_band", ("16_17",)))
yes("older", ("age_band", ("60_74", "75plus")))
yes("oldest", ("age_band", ("75plus",)))
yes("clothed_only", ("clothed", ("yes",)))
yes("no_heat", ("heat_ok", ("no",)))
yes("no_scent", ("scent_ok", ("no",)))
yes("touch_declined", ("pressure_pref", ("none",)))
yes("pain_free", ("areas", ("none",)), ("duration", ("none",)))
yes("pain_from_seven", ("peg_p", ("7", *FROM_EIGHT)), ("pain_now", ("7", *FROM_EIGHT)))
yes("pain_from_eight", ("peg_p", FROM_EIGHT), ("pain_now", FROM_EIGHT))
yes("distress", ("stress", ("high",)), ("worry_move", ("yes",)), ("sleep", ("poor",)))


@fact("areas", "duration")
def phase(answers: Answers) -> Fact:
    """How long it has hurt, in the ACP's bands: acute under 4 weeks, subacute 4 to 12, chronic beyond."""
    if none := has(answers, "areas", "none"):
        return {"none": none}
    return {name: pairs for word, name in LONGER.items() if (pairs := has(answers, "duration", word))}


def peg(answers: Answers) -> tuple[float, Pairs] | None:
    """The PEG mean (0-10, Krebs 2009) and the answers behind it. New pain is asked for its strength alone. None where one is missing."""
    asked = PEG if "peg_e" in answers or "peg_g" in answers else PEG[:1]
    if not all(name in answers for name in asked):
        return None
    pairs = tuple((name, str(answers[name])) for name in asked)
    return sum(int(word) for _, word in pairs) / len(asked), pairs


@fact(*PEG)
def severity(answers: Answers) -> Fact:
    """PEG bands: under 4 mild, under 7 moderate, else severe."""
    if (known := peg(answers)) is None:
        return {}
    mean, pairs = known
    return {"mild" if mean < 4 else "moderate" if mean < 7 else "severe": pairs}


@fact(*PEG)
def peg_high(answers: Answers) -> Fact:
    severe = severity(answers).get("severe")
    return {"yes": severe} if severe else {}


@fact("pain_now", *PEG)
def pain_high(answers: Answers) -> Fact:
    """PEG mean at least 7, or pain itself at least 8 (rule R11)."""
    strong = has(answers, "peg_p", *FROM_EIGHT) + has(answers, "pain_now", *FROM_EIGHT)
    return {"yes": strong} if strong else peg_high(answers)


@fact("areas")
def area_focus(answers: Answers) -> Fact:
    """`neck` when only the neck, shoulders or upper back hurt; `low` when only places below; else `mixed`."""
    if none := has(answers, "areas", "none"):
        return {"none": none}
    pairs = has(answers, "areas", *PAIN_AREAS)
    upper = has(answers, "areas", "neck_shoulders", "upper_back")
    if not pairs:
        return {}
    return {"neck" if upper == pairs else "mixed" if upper else "low": pairs}


@fact("age_band", "balance", "risk_bone", "mobility")
def frail(answers: Answers) -> Fact:
    """75 or over with poor balance, a past low-force fracture, or unable to stand (our own cautious reading)."""
    old = has(answers, "age_band", "75plus")
    weak = has(answers, "balance", "poor") + has(answers, "risk_bone", "fragility_fracture") + has(answers, "mobility", "chair_only")
    return {"yes": old + weak} if old and weak else {}


@fact("duration", "age_band")
def young_inflam(answers: Answers) -> Fact:
    """Longer than 12 weeks, or coming back, in someone who may have been under 45 when it began (NICE NG65): up to 59 are asked."""
    long = has(answers, "duration", "gt12w", "recurrent")
    young = has(answers, "age_band", "16_17", "18_39", "40_59")
    return {"yes": long + young} if long and young else {}


@fact("rf_inflam")
def inflam_ticks(answers: Answers) -> Fact:
    """Three or more signs of inflammatory back pain (NICE NG65), or fewer."""
    pairs = has(answers, "rf_inflam", *INFLAMMATION)
    return {"three_or_more" if len(pairs) >= 3 else "fewer": pairs} if pairs else {}
