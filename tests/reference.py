"""Short words of the clinical reference that several oracles are written in, typed from it and not from the content."""

from __future__ import annotations

GROUPS = {  # clinical safety 1: one word for several demands
    "FAR": "bend_far arch_far twist_far",
    "HEAVY": "load_heavy strain impact bend_loaded",
    "HANDS": "pressure_firm stretch_by_hand thrust",
    "HOT": "heat heat_whole",
    "NSAID": "nsaid_tablet nsaid_gel",
    "STAND": "standing standing_free one_leg walking",
}
REGIONS = {  # clinical plan 2.1: where it hurts, and the region that exercises name
    "neck_shoulders": "neck",
    "upper_back": "upper",
    "mid_back": "mid",
    "low_back": "low",
    "buttock_hip": "hip",
    "tailbone": "tailbone",
}
