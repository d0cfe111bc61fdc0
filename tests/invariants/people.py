"""People of a seed: plausible ones, ill ones and wild ones, all of whose answers the journey asks for; and people by one condition."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

from planner.domain.journey import Journey, ask_order, with_defaults
from planner.domain.model import Library, Question
from tests.invariants.levels import ALONE

GRAVE = frozenset(tick for level in (2, 3) for tick in ALONE[level].split())
GRAVE |= {"rf_eye:yes", "rf_eye:unsure", "rf_preg_warning:unsure", "joint_known:no", "leg_symptoms:below_knee_both"}
WELL: dict[str, Any] = {"areas": ("low_back",), "duration": "gt12w", "budget": "flexible", "age_band": "18_39", "minutes": "10"}
PREGNANT, BORN, OLD = {"pregnancy": "t2"}, {"pregnancy": "postpartum_12w"}, {"age_band": "60_74"}
GATES: dict[str, dict[str, Any]] = {
    "cancer_more": {"rf_cancer": "past"},
    "rf_early_preg": {"pregnancy": "maybe"},
    "rf_preg_warning": PREGNANT,
    "preg_complications": PREGNANT,
    "rf_postnatal": BORN,
    "birth_when": BORN,
    "birth_more": BORN,
    "pelvic_signs": BORN,
    "pgp": PREGNANT,
    "leg_signs_only": {"areas": ("none",), "leg_symptoms": "buttock_thigh"},
    "first_ever": OLD | {"duration": "4to12w"},
    "falls": OLD,
    "rf_inflam": {"duration": "gt12w"},
    "rf_eye": {"risk_bone": ("axspa",)},
    "rf_pmr": {"age_band": "40_59", "areas": ("neck_shoulders", "buttock_hip"), "duration": "4to12w"},
    "spine_metal": {"known": ("spinal_surgery_past",)},
    "surgery_place": {"health": ("surgery_6to12w",)},
    "fracture_site": {"health": ("fracture_healing",)},
    "numb_where": {"health": ("numb_skin_neuropathy",)},
    "joint_known": {"health": ("ra_flare",)},
    "massage_cleared": {"health": ("clot_past",)},
    "exercise_cleared": {"health": ("surgery_6to12w",), "surgery_place": "hip"},
    "rf_load_bone": {"activity": "athlete"},
    "rf_crisis": {"stress": "high"},
    "pain_checked": OLD,
    "work_now": {"goal": "work"},
}
"""What makes the journey ask a question that few are asked."""
KINDS = ("wild", *4 * ("ill",), *4 * ("rare",), *4 * ("birth",), *2 * ("well",), *5 * ("aimed",))
"""Of twenty people: one answers anything, four have signs, four have what few have, four are pregnant or after a birth."""
RARE = (
    *5 * ("rf_eye:yes", "rf_eye:unsure"),
    *4 * ("rf_postnatal:yes", "rf_postnatal:severe"),
    *3 * ("rf_postnatal:unsure", "cancer_more:none", "rf_early_preg:yes", "rf_early_preg:severe"),
    *2 * ("rf_preg_warning:unsure", "age_band:under16", "pelvic_signs:none", "first_ever:yes", "rf_preg_warning:severe"),
    *("rf_leg_weakness:both_legs", "rf_leg_weakness:unsure", "rf_myelopathy:yes", "rf_myelopathy:unsure"),
    *(
        *2 * ("preg_complications:yes", "leg_signs_only:signs"),
        "leg_signs_only:signs",
        "leg_signs_only:mistake",
        "rf_pmr:yes",
        "rf_pmr:no",
        "joint_known:no",
        "rf_inflam:family_spa",
        "first_ever:yes",
        "surgery_place:unsure",
    ),
)
"""What so few say that five of twenty people say it in turn, as plausible people otherwise."""
STEERED: dict[str, dict[str, str]] = {
    "rare": {
        "rf_cancer": "current past past never",
        "health": "surgery_lt6w surgery_6to12w surgery_6to12w fracture_healing numb_skin_neuropathy ra_flare",
        "leg_symptoms": "none buttock_thigh",
        "areas": "neck_shoulders buttock_hip",
        "activity": "athlete regular",
        "stress": "some high",
        "known": "spinal_surgery_past stenosis",
        "goal": "work",
        "pregnancy": "no",
    },
    "birth": {
        "pregnancy": "t1 t2 t3 maybe maybe postpartum_12w postpartum_12w",
        "age_band": "18_39 18_39 40_59",
        "rf_cancer": "never",
    },
}
"""What people of these kinds mostly answer."""
SELDOM = {
    **{"pregnancy": 0.6, "rf_crisis": 0.6, "risk_bone": 0.75, "risk_blood": 0.8, "rf_cancer": 0.85, "rf_eye": 0.7, "falls": 0.6},
    **{"rf_load_bone": 0.75, "joint_known": 0.5, "rf_inflam": 0.3, "preg_complications": 0.6, "first_ever": 0.5},
}
NOTHING = {"areas": 0.1, "health": 0.35, "known": 0.35, "cancer_more": 0.15, "birth_more": 0.45, "pelvic_signs": 0.35}
"""How often a list is answered with none of these."""
LONG = ("cancer_more", "rf_inflam", "birth_more")
HIGH_ONLY = frozenset("look_down turning_head arms_up one_position lying_neck".split())
MID_ONLY = frozenset("twisting breath_cough".split())


def options(question: Question) -> list[str]:
    return [one.id for one in question.options]


def somebody(library: Library, seed: int) -> dict[str, Any]:
    """One person of a seed, of the kind that KINDS gives it."""
    rng = random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    answers: dict[str, Any] = {}
    if kind == "aimed":
        name, _, option = RARE[(seed // len(KINDS) * 5 + seed % len(KINDS) - 15) % len(RARE)].partition(":")
        kind, answers = "well", aimed(library, name, option)
    while missing := Journey(library, answers).missing:
        answers |= {name: drawn(library.questions[name], rng, kind) for name in missing}
    return reached(library, answers)


def reached(library: Library, answers: dict[str, Any]) -> dict[str, Any]:
    """Only the answers that this journey asks for."""
    return dict(Journey(library, answers).reachable)


def aimed(library: Library, name: str, option: str) -> dict[str, Any]:
    """The answers that bring up a question, and this option of it."""
    question = library.questions[name]
    value: Any = (option,) if question.kind in ("many", "areas") else option
    return {**GATES.get(name, {}), **place_of(option if name == "worse_with" else ""), name: value}


def place_of(worse: str) -> dict[str, Any]:
    if worse in HIGH_ONLY:
        return {"areas": ("neck_shoulders",)}
    return {"areas": ("mid_back",)} if worse in MID_ONLY else {}


def drawn(question: Question, rng: random.Random, kind: str) -> Any:
    """One answer. Red flags come often to the ill, and seldom to others; ordinary questions are drawn evenly."""
    if question.kind == "scale":
        return rng.randint(0, 10) if kind == "wild" else min(10, max(0, round(rng.gauss(5, 2.5))))
    if kind in STEERED and question.id in STEERED[kind] and rng.random() < 0.85:
        return steered(question, STEERED[kind][question.id].split(), rng)
    if rng.random() < usual(question, kind):
        return question.default
    grave = kind == "well" or (kind in STEERED and question.id not in GATES)
    choices = [one for one in options(question) if not (grave and f"{question.id}:{one}" in GRAVE)]
    if question.id == "age_band" and rng.random() < 0.9:
        choices.remove("under16")
    if question.kind in ("many", "areas"):
        return several(question, choices, rng, NOTHING.get(question.id, 0.2))
    return rng.choice(choices)


def usual(question: Question, kind: str) -> float:
    """How often an answer is the default of its question, whatever else could be chosen."""
    if kind == "wild":
        return 0.0
    if question.id in SELDOM:
        return SELDOM[question.id]
    flag = question.id.startswith(("rf_", "risk_")) and question.id not in GATES
    return {"ill": 0.55, "well": 0.96}.get(kind, 0.99) if flag else 0.0


def steered(question: Question, choices: list[str], rng: random.Random) -> Any:
    """An answer that brings up a question of GATES."""
    known = [one for one in choices if one in options(question)]
    if question.kind not in ("many", "areas"):
        return rng.choice(known)
    picked = set(rng.sample(known, min(len(known), 3)))
    return tuple(one for one in options(question) if one in picked)


def several(question: Question, choices: list[str], rng: random.Random, nothing: float) -> tuple[str, ...]:
    some = [one for one in choices if one != question.none]
    if question.none and rng.random() < nothing:
        return (question.none,)
    picked = set(rng.sample(some, min(len(some), rng.choice((3, 4) if question.id in LONG else (1, 1, 2, 2, 3, 4)))))
    return tuple(one for one in choices if one in picked)


def with_one(library: Library, *picks: tuple[str, str]) -> dict[str, Any]:
    """A well person with these options, and whatever brings up their questions."""
    answers: dict[str, Any] = dict(WELL)
    for name, option in picks:
        for key, value in aimed(library, name, option).items():
            before = answers.get(key)
            joined = key in ("health", "known", "risk_bone", "risk_blood", "cancer_more") and isinstance(before, tuple)
            answers[key] = tuple(dict.fromkeys((*before, *value))) if joined and before is not None else value
    return reached(library, dict(with_defaults(library, answers)))


def conditions_alone(library: Library) -> Iterator[tuple[tuple[str, str], ...]]:
    """Every option of every question, by itself."""
    yield from (((one.id, option),) for one in ask_order(library) for option in options(one) if option != one.none)


HEALTH = "health known risk_blood risk_bone rf_cancer pregnancy mobility balance kneel_ok sore_joints surgery_place numb_where"


def conditions_paired(library: Library) -> Iterator[tuple[tuple[str, str], ...]]:
    """Every two options of health, body and pregnancy that one person may have."""
    singles = [
        one for (one,) in conditions_alone(library) if one[0] in HEALTH.split() and one[1] not in ("no", "never", "good", "yes", "floor_ok")
    ]
    for one, other in itertools.combinations(singles, 2):
        if one[0] != other[0] or library.questions[one[0]].kind == "many":
            yield one, other
