"""Invariants 14 and 15: tablets and gels, by the rows of section 5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.invariants.conditions import after_birth, aged, below_knee, cancer_now, conditions, in_pain, number, pregnant, said
from tests.invariants.shown import Texts, ids, level, saying

Answers = dict[str, Any]
Plan = dict[str, Any]
NO_TABLETS = frozenset(
    "anticoagulant bleeding_disorder clot_now kidney_liver ulcer_bowel nsaid_asthma heart_or_stroke_recent heart_stable bp_uncontrolled "
    "steroids_long sickle_cell surgery_lt6w surgery_lt6w_small".split()
)
NO_GEL = frozenset("bleeding_disorder anticoagulant clot_now heart_or_stroke_recent kidney_liver nsaid_asthma skin_infection".split())
NO_GEL |= frozenset("open_wound eczema_psoriasis pregnancy_t1 pregnancy_t2 pregnancy_t3 preg_complications".split())
ASK_FIRST = frozenset("bp_controlled diabetes age_16_17 fracture_spine fracture_leg fracture_arm asthma_scent".split())
NOT_NOW = r"do not (take|use)|don't (take|use)|take no|unless your"


TOLD = {
    1: "do not take anti-inflammatory",
    2: "do not take anti-inflammatory",
    3: "rheumatology|team",
    4: "many places",
    5: "nerve",
    6: "breastfe",
    7: "ask a pharmacist before",
    8: "suits some|suit some",
    9: "low back",
}
"""What each row of section 5 cannot do without."""


def medicine_row(answers: Answers) -> int:
    """The first row of section 5 that matches."""
    found = conditions(answers)
    if pregnant(answers):
        return 1
    if found & NO_TABLETS or cancer_now(answers) or said(answers, "rf_kidney", "black_poo"):
        return 2
    rows = {
        3: said(answers, "risk_bone", "axspa"),
        4: said(answers, "known", "widespread_pain"),
        5: said(answers, "known", "disc_sciatica") or below_knee(answers),
        6: said(answers, "birth_more", "breastfeeding"),
        7: aged(answers, "60_74") or bool(found & ASK_FIRST) or mild_after_birth(answers),
        8: said(answers, "areas", "low_back", "buttock_hip", "tailbone"),
    }
    return next((number for number, holds in rows.items() if holds), 9)


def mild_after_birth(answers: Answers) -> bool:
    """Safety 5 has no row for it; the cautious one is to ask first, and to name no tablet."""
    return after_birth(answers) and not said(answers, "duration", "lt4w") and number(answers, "peg_p") < 6


def invariant_14(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    shut = conditions(answers) & NO_GEL or ({"cancer_now"} if cancer_now(answers) else set())
    if shut and "topical_nsaid" in ids(plan):
        yield f"{sorted(shut)}: anti-inflammatory gel"
    if medicine_row(answers) <= 5:
        if "topical_nsaid" in ids(plan):
            yield f"row {medicine_row(answers)}: anti-inflammatory gel"
        for one in saying(texts, r"anti-inflammatory gel|ibuprofen gel"):
            if not re.search(NOT_NOW, one, re.I):
                yield f"row {medicine_row(answers)}: {one}"


def invariant_15(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    row = medicine_row(answers)
    if level(plan) >= 2:
        return
    if row <= 7:
        free = r"tablets?\b[^.]*suits? some people|suits? some people[^.]*tablets?|(paracetamol|acetaminophen) alone|alone, (para|acet)"
        yield from (f"row {row}: {one}" for one in saying(texts, free))
    told = " ".join(saying(texts, r"anti-inflammatory|ibuprofen|painkiller|paracetamol"))
    if row <= 2 and re.search(r"anti-inflammatory tablet", told) and not re.search(NOT_NOW, told, re.I):
        yield f"row {row}: tablets are named, and not said no to: {told}"


def invariant_15_rows(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    """The note stands whenever it is due, says the words of its row, and how to stop."""
    row, words = medicine_row(answers), " ".join(plan.get("medicines", ()))
    if not plan["lines"] or level(plan) >= 2:
        return
    due = in_pain(answers) and (said(answers, "duration", "lt4w") or number(answers, "peg_p") >= 6 or row <= 7)
    if due and not words:
        yield f"row {row}: nothing is said about medicines"
    if not words:
        return
    if not re.search(TOLD[row], words, re.I) and not plan["triage"]["hold"]:
        yield f"row {row}: its words are missing: {words}"
    if not re.search(r"do not stop .*(medicine|tablet)", words, re.I):
        yield f"row {row}: not told to go on with prescribed ones"
    if said(answers, "cancer_more", "chemo_now") and not re.search("temperature|fever", words, re.I) and not pregnant(answers):
        yield f"chemotherapy: the fever that tablets can hide is not named: {words}"
