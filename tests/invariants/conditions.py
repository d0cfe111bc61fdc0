"""What the answers of a person say about them: ticks, and the conditions of section 2 that they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

AGES = ("under16", "16_17", "18_39", "40_59", "60_74", "75plus")
LOW = ("low_back", "buttock_hip", "tailbone")
OLD_IDS = {
    "health:cancer_now": "rf_cancer:current",
    "health:anticoagulant": "risk_blood:anticoagulant",
    "health:bleeding_disorder": "risk_blood:bleeding_disorder",
    "health:osteoporosis": "risk_bone:osteoporosis",
    "health:fragility_fracture": "risk_bone:fragility_fracture",
    "health:steroids_long": "risk_bone:steroids_long",
    "known:axspa": "risk_bone:axspa",
    "rf_infection_risk:recent_infection_or_spinal_procedure": "rf_infection_risk:spinal_procedure",
}
PLACES = "spine chest_heart tummy hip knee arm_shoulder other_small".split()


def ticks(answers: Mapping[str, Any]) -> frozenset[str]:
    """`question:option` of every answer in words; the old ids are there under their new names."""
    return answers.ticks if isinstance(answers, Looked) else _ticks(_frozen(answers))


def _frozen(answers: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in answers.items())


class Looked(dict[str, Any]):
    """Answers that stay as they are while every invariant looks at them: what they say is worked out once."""

    @cached_property
    def ticks(self) -> frozenset[str]:
        return _ticks(_frozen(self))

    @cached_property
    def conditions(self) -> frozenset[str]:
        return _conditions(_frozen(self))


@lru_cache(maxsize=8)
def _ticks(answers: tuple[tuple[str, Any], ...]) -> frozenset[str]:
    found = {f"{name}:{one}" for name, value in answers for one in (value if isinstance(value, tuple) else (value,))}
    found |= {new for old, new in OLD_IDS.items() if old in found}
    if "health:cancer_past" in found and "rf_cancer:current" not in found:
        found.add("rf_cancer:past")
    return frozenset(found)


def said(answers: Mapping[str, Any], question: str, *options: str) -> bool:
    """Whether one of the options was chosen."""
    found = ticks(answers)
    return any(f"{question}:{one}" in found for one in options)


def number(answers: Mapping[str, Any], question: str) -> int:
    """A scale's answer, 0 to 10; -1 if it was not asked."""
    value = answers.get(question, -1)
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else -1


def peg(answers: Mapping[str, Any]) -> float:
    """Mean of the pain scales that were asked; -1 if none was."""
    asked = [one for one in (number(answers, f"peg_{part}") for part in "peg") if one >= 0]
    return sum(asked) / len(asked) if asked else -1


def strong(answers: Mapping[str, Any]) -> bool:
    return peg(answers) >= 7 or number(answers, "peg_p") >= 8


def aged(answers: Mapping[str, Any], at_least: str) -> bool:
    return AGES.index(str(answers.get("age_band", "18_39"))) >= AGES.index(at_least)


def pregnant(answers: Mapping[str, Any]) -> bool:
    return said(answers, "pregnancy", "t1", "t2", "t3", "maybe")


def after_birth(answers: Mapping[str, Any]) -> bool:
    return said(answers, "pregnancy", "postpartum_12w")


def skin_only(answers: Mapping[str, Any]) -> bool:
    """That, and nothing that contradicts it."""
    return said(answers, "cancer_more", "skin_only") and not said(answers, "cancer_more", "chemo_now", "bone", "lymph", "line_port")


def cancer_ever(answers: Mapping[str, Any]) -> bool:
    return said(answers, "rf_cancer", "current", "past") and not skin_only(answers)


def cancer_now(answers: Mapping[str, Any]) -> bool:
    return said(answers, "rf_cancer", "current") and not skin_only(answers)


def checked(answers: Mapping[str, Any]) -> bool:
    return said(answers, "pain_checked", "yes")


def in_pain(answers: Mapping[str, Any]) -> bool:
    return not said(answers, "areas", "none") and not said(answers, "duration", "none")


def below_knee(answers: Mapping[str, Any]) -> bool:
    return said(answers, "leg_symptoms", "below_knee_one", "below_knee_both") and not said(answers, "leg_signs_only", "mistake")


def no_firm_reason(answers: Mapping[str, Any]) -> bool:
    """Nobody has told a doctor's yes: the gate of massage is shut for conditions that ask."""
    return not said(answers, "massage_cleared", "yes")


def numb_widely(answers: Mapping[str, Any]) -> bool:
    """Numb on the back or the seat, or nobody knows where."""
    if not said(answers, "health", "numb_skin_neuropathy"):
        return said(answers, "rf_saddle", "long_standing")
    return not said(answers, "numb_where", "feet", "hands") or said(answers, "numb_where", "back", "saddle", "unsure")


def conditions(answers: Mapping[str, Any]) -> frozenset[str]:
    """Ids of the rows of section 2 that are this person's."""
    return answers.conditions if isinstance(answers, Looked) else _conditions(_frozen(answers))


@lru_cache(maxsize=8)
def _conditions(answers: tuple[tuple[str, Any], ...]) -> frozenset[str]:
    a = Looked(answers)
    found = {one.partition(":")[2] for one in ticks(a) if one.startswith(("risk_blood:", "risk_bone:", "known:", "health:"))}
    found -= {"none", "unsure", "osteoarthritis", "scoliosis", "cancer_now", "cancer_past", "numb_skin_neuropathy", "fracture_healing"}
    found |= {"disc_below_knee"} if below_knee(a) else set()
    found |= _surgery(a, found) | _birth(a) | _body(a) | _nerves(a) | _more(a)
    return frozenset(found)


def _surgery(a: dict[str, Any], found: set[str]) -> set[str]:
    places = [one for one in PLACES if said(a, "surgery_place", one)] or ["spine"]
    later = {f"surgery_6to12w_{one}" for one in places} if "surgery_6to12w" in found else set()
    if "surgery_lt6w" in found and said(a, "surgery_place", "other_small"):
        found.discard("surgery_lt6w")
        later.add("surgery_lt6w_small")
    if said(a, "health", "fracture_healing"):
        later.add("fracture_" + next((one for one in ("leg", "arm") if said(a, "fracture_site", one)), "spine"))
    return later


def _birth(a: dict[str, Any]) -> set[str]:
    found = {f"pregnancy_{one}" for one in ("t1", "t2", "t3") if said(a, "pregnancy", one)}
    found |= {"pregnancy_t1"} if said(a, "pregnancy", "maybe") else set()
    found |= {"preg_complications"} if pregnant(a) and said(a, "preg_complications", "yes") else set()
    if after_birth(a):
        weeks = "6to12w" if said(a, "birth_when", "6to12w") else "lt6w"
        found |= {f"birth_{weeks}"} | ({f"caesarean_{weeks}"} if said(a, "birth_more", "caesarean") else set())
    return found | ({"pgp"} if said(a, "pgp", "yes") and (pregnant(a) or after_birth(a)) else set())


def _body(a: dict[str, Any]) -> set[str]:
    pairs = {
        "chair_only": "mobility:chair_only",
        "no_floor": "mobility:no_floor",
        "no_kneel": "kneel_ok:no",
        "poor_balance": "balance:poor",
        "no_heat": "heat_ok:no",
        "no_scent": "scent_ok:no",
        "touch_declined": "pressure_pref:none",
        "age_16_17": "age_band:16_17",
        "age_75plus": "age_band:75plus",
        "acute_pain": "duration:lt4w",
        **{f"sore_{one}": f"sore_joints:{one}" for one in ("wrist", "shoulder", "knee", "hip")},
    }
    found = {name for name, tick in pairs.items() if tick in ticks(a)}
    found |= {"neck_area"} if said(a, "areas", "neck_shoulders", "upper_back") else set()
    if said(a, "areas", *LOW) or (said(a, "leg_symptoms", "buttock_thigh") or below_knee(a)):
        found |= {"flexion_sensitive"} if said(a, "worse_with", "sitting", "bending", "bending_sitting") else set()
        both = said(a, "worse_with", "standing") and said(a, "worse_with", "walking")
        found |= {"extension_sensitive"} if both or said(a, "worse_with", "arching", "standing_walking_arching") else set()
    return found


def _nerves(a: dict[str, Any]) -> set[str]:
    found = {"numb_widely"} if numb_widely(a) else set()
    if said(a, "health", "numb_skin_neuropathy") and not found:
        found |= {"numb_ends"} | ({"numb_feet"} if said(a, "numb_where", "feet") else set())
    if any(said(a, one, "long_standing") for one in ("rf_saddle", "rf_bladder_bowel", "rf_leg_weakness", "rf_myelopathy")):
        found.add("neuro_known")
    return found | ({"neuro_weak_legs"} if said(a, "rf_leg_weakness", "long_standing") else set())


def _more(a: dict[str, Any]) -> set[str]:
    found = {"cancer_now"} if cancer_now(a) else {"cancer_past"} if cancer_ever(a) else set()
    found |= {"immune_suppressed"} if said(a, "rf_infection_risk", "immune_suppressed") else set()
    if said(a, "rf_cancer", "current", "past"):
        found |= {"lymphoedema"} if said(a, "cancer_more", "lymph") else set()
        found |= {"immune_suppressed"} if said(a, "cancer_more", "chemo_now") else set()
    found |= {"lung_breathless"} if said(a, "rf_chest", "usual") else set()
    found |= {"fever_or_contagious"} if said(a, "rf_fever", "cold_only") else set()
    return found | ({"spine_metal"} if said(a, "known", "spinal_surgery_past") and said(a, "spine_metal", "yes", "unsure") else set())
