"""What a line asks of a body: exercises by their rungs, and everything else as section 1 lists it."""

from __future__ import annotations

from typing import Any

from tests.invariants.limits_rows import expanded
from tests.invariants.rungs import RUNGS

# family | demands | ids
TABLE = """
massage| touch back_worked | swedish myofascial_release shiatsu chair prenatal
massage| touch back_worked pressure_firm | deep_tissue trigger_point
massage| touch stretch_by_hand pressure_firm back_worked | sports
massage| touch floor stretch_by_hand pressure_firm back_worked | thai
massage| touch heat heat_whole back_worked | hot_stone
massage| touch scent back_worked | aromatherapy
massage| touch feet_worked | reflexology
selfcare| heat | heat
selfcare| cold | cold
selfcare| heat cold | heat_or_cold
selfcare| heat_whole water | epsom_bath
selfcare| touch pressure_firm back_worked | self_massage
selfcare| nsaid_gel | topical_nsaid
selfcare| strain | pmr
therapy| floor kneeling bend_far twist_far head_down stretch_hold | yoga
therapy| floor belly_load strain | pilates
therapy| standing | tai_chi
therapy| water | aquatic
therapy| walking exertion | walking
therapy| needles | acupuncture
therapy| thrust | smt
posture| standing | desk_change stand_height stand_lean
posture| one_leg | stand_foot
posture| standing_free walking | stand_shift desk_calls drive_after drive_stop
posture| one_side_push load_heavy | carer_hip
posture| load_heavy bend_loaded | carer_cot
posture| floor kneeling | carer_floor
posture| load_heavy | lift_bend lift_close lift_pace
posture| impact | athlete_load
posture| lying_back | sleep_back
posture| lying_front | sleep_front
posture| load_light | bag_even
"""
DEMANDED = {
    f"{family}:{name}": expanded(words)
    for family, words, names in (one.split("|") for one in TABLE.strip().splitlines())
    for name in names.split()
}
WORDS_ALONE = frozenset({"selfcare:walk"})
"""Printed as words without minutes, or as pushes, where walking is barred (2.7 of the plan reference)."""


def asked_of(line: dict[str, Any]) -> frozenset[str]:
    """All that a line demands: what it says itself, and what the reference says of its id."""
    family, _, name = line["id"].partition(":")
    by_reference = RUNGS[name].demands if family == "exercise" and name in RUNGS else DEMANDED.get(line["id"], frozenset())
    return by_reference | frozenset(line.get("demands", ()))


def is_touch(line: dict[str, Any]) -> bool:
    """Massage by others or by oneself: opened by massage_cleared, and by nothing else."""
    return str(line["id"]).startswith("massage:") or line["id"] == "selfcare:self_massage"
