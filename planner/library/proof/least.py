"""The least that is shut, whatever the limits of the content say: a second net, typed from clinical safety 2 and not from the content.

A clinician who takes a limit out, or a bar out of a limit, is told here, with a person who shows it."""

from __future__ import annotations

from itertools import chain

from planner.domain.model import Item, Library

Row = tuple[str, str, frozenset[str]]


def row(question: str, answer: str, demands: str) -> Row:
    return question, answer, frozenset(demands.split())


SHUT: tuple[Row, ...] = (
    row("risk_bone", "osteoporosis", "bend_far bend_loaded twist_far pressure_firm thrust"),
    row("risk_bone", "height_loss", "bend_far bend_loaded twist_far pressure_firm thrust"),
    row("risk_bone", "steroids_long", "bend_far bend_loaded twist_far thrust nsaid_tablet"),
    row("risk_bone", "fragility_fracture", "bend_far arch_far twist_far bend_loaded impact pressure_firm thrust lying_front"),
    row("risk_bone", "axspa", "thrust stretch_by_hand neck_far bend_loaded"),
    row("risk_blood", "anticoagulant", "pressure_firm thrust stretch_by_hand nsaid_tablet nsaid_gel"),
    row("risk_blood", "bleeding_disorder", "pressure_firm thrust needles impact nsaid_tablet nsaid_gel"),
    row("health", "clot_now", "touch needles heat load_heavy strain exertion nsaid_tablet"),
    row("health", "heart_or_stroke_recent", "head_down load_heavy strain exertion heat_whole pressure_firm nsaid_tablet"),
    row("health", "bp_uncontrolled", "head_down load_heavy strain exertion heat_whole nsaid_tablet"),
    row("health", "fever_or_contagious", "touch water heat load_heavy exertion"),
    row("health", "skin_infection", "touch water"),
    row("health", "kidney_liver", "nsaid_tablet nsaid_gel"),
    row("health", "ulcer_bowel", "nsaid_tablet"),
    row("health", "epilepsy", "water scent heat_whole"),
    row("health", "glaucoma", "head_down strain"),
    row("health", "hernia_stoma", "belly_load strain load_heavy lying_front"),
    row("rf_cancer", "current", "pressure_firm thrust heat impact nsaid_tablet"),
    row("pregnancy", "t2", "lying_back lying_front belly_load arch_far strain heat_whole pressure_firm needles nsaid_tablet nsaid_gel"),
    row("pregnancy", "t3", "lying_back lying_front belly_load arch_far strain impact load_heavy heat_whole nsaid_tablet nsaid_gel"),
    row("pgp", "yes", "one_leg legs_apart one_side_push impact"),
    row("known", "spondylolisthesis", "arch_far thrust"),
    row("balance", "poor", "standing_free"),
    row("mobility", "chair_only", "standing standing_free one_leg walking floor kneeling lying_front"),
    row("age_band", "16_17", "thrust arch_far"),
    row("age_band", "75plus", "thrust impact"),
    row("pressure_pref", "none", "touch"),
)


def asking(library: Library, demands: frozenset[str]) -> list[Item]:
    """Every item with one of these demands."""
    kinds = (library.exercises, library.massages, library.habits, library.selfcare, library.therapies)
    return [item for item in chain.from_iterable(kind.values() for kind in kinds) if demands & set(item.demands)]
