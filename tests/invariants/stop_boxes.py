"""Invariant 39: the personal stop box, line by line as section 4.1 lists it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.invariants.conditions import after_birth, aged, cancer_ever, conditions, pregnant, said
from tests.invariants.shown import Texts, box

Answers = dict[str, Any]
Plan = dict[str, Any]
NOW = {
    "between the legs": r"between (the|your) legs|genitals|bottom",
    "pee": r"\bpee\b",
    "both legs": r"both legs",
    "chest": r"chest",
    "breathing": r"breath",
    "tearing": r"tearing|ripping",
    "speech": r"speak|speech|see",
    "crash": r"crash|bad fall|accident",
    "stiff neck": r"stiff neck|rash|confus",
    "cold leg": r"cold",
}
TODAY = {
    "weaker": r"weak",
    "fever": r"fever|shiver|38",
    "swollen leg": r"swollen|swell",
    "pulse": r"puls|beat",
    "clumsy": r"clumsy|unsteady",
    "side pain": r"\bside\b|pee",
    "night": r"night",
    "weight": r"weight",
    "lump": r"lump|shape",
    "hot skin": r"hot|red",
    "blisters": r"blister",
}
MATERNITY = {"bleeding": r"bleed", "waters": r"water", "moves": r"mov", "headache": r"headache", "ribs": r"ribs", "fall": r"\bfall"}


def invariant_39(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    if not plan["lines"]:
        return
    now, today = box(plan, "now"), box(plan, "today")
    yield from missing(now, NOW, "now")
    yield from missing(today, {} if pregnant(answers) else TODAY, "today")
    for which, name, pattern, holds in personal(answers):
        text = now if which == "now" else today
        if holds and not re.search(pattern, text, re.I):
            yield f"the stop box {which} lacks {name}"
    if not pregnant(answers) and not after_birth(answers) and re.search(r"pregnan|maternity|midwife", now + today, re.I):
        yield "not pregnant, but the stop box speaks of it"


def missing(text: str, words: dict[str, str], which: str) -> Iterator[str]:
    yield from (f"the stop box {which} lacks {name}" for name, pattern in words.items() if not re.search(pattern, text, re.I))


def personal(answers: Answers) -> Iterator[tuple[str, str, str, bool]]:
    """Box, its line's name, what must be found in it, and whether this person has it."""
    found = conditions(answers)
    weak = found & {"immune_suppressed", "sickle_cell"}
    distress = said(answers, "stress", "some", "high")
    surgery = bool(found & {"surgery_lt6w", "surgery_6to12w"})
    falls = (
        aged(answers, "60_74")
        or cancer_ever(answers)
        or bool(
            found & {"osteoporosis", "fragility_fracture", "steroids_long", "height_loss", "axspa", "anticoagulant", "bleeding_disorder"}
        )
    )
    eyes = bool(found & {"axspa"}) or bool(set(answers.get("rf_inflam", ())) - {"none"})
    yield "now", "the nerve line after cancer", r"arm or (a )?leg|unsteady|bladder", cancer_ever(answers)
    yield "now", "38 degrees", r"38", bool(weak)
    yield "now", "a knock on the head", r"head", bool(found & {"anticoagulant", "bleeding_disorder"})
    yield "now", "bleeding that does not stop", r"bleed", bool(found & {"anticoagulant", "bleeding_disorder"})
    yield "now", "keep still", r"still", "axspa" in found
    yield "now", "heavy bleeding", r"heavy bleeding|bleed(ing)? (heavily|a lot)|\bfit\b", pregnant(answers) or after_birth(answers)
    yield "now", "thoughts of harm", r"harm", distress
    yield "today", "CRISIS", r"harm", distress
    yield "today", "the ward or surgeon", r"wound", surgery
    yield "today", "a fall", r"\bfall", falls and not pregnant(answers)
    yield "today", "the red eye", r"\beye", eyes
    yield "today", "sore scalp", r"scalp|jaw", aged(answers, "40_59")
    for name, pattern in MATERNITY.items() if pregnant(answers) else ():
        yield "today", f"maternity: {name}", pattern, True
    yield "today", "the maternity unit", r"maternity|labor and delivery", pregnant(answers) or after_birth(answers)
