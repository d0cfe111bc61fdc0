"""Faults put into real plans, each of which its invariant must find."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from planner.domain.model import Library
from tests.invariants.people import with_one
from tests.invariants.printing import printed
from tests.invariants.shown import Texts


def doctored(library: Library, picks: tuple[tuple[str, str], ...], **changes: Any) -> tuple[dict[str, Any], dict[str, Any], Texts]:
    """A real plan into which a fault is put."""
    answers = with_one(library, *picks)
    plan, texts = printed(library, answers, sheet=False)
    plan = deepcopy(plan)
    words = changes.pop("words", "")
    for name, value in changes.items():
        plan[name] = value(plan[name]) if callable(value) else value
    return answers, plan, Texts(plan=f"{texts.plan}\n{words}", calendar=texts.calendar)


def shows(*wanted: str, **more: Any) -> Any:
    """Adds a line of each id to a plan."""
    usual = {"title": "", "because": [{"say": "x"}], "advice": [], "steps": [], "minutes": 1, "demands": [], "easier": "", "harder": ""}
    sections = {"exercise": "exercises", "selfcare": "selfcare", "therapy": "therapies", "posture": "habits"}
    return lambda lines: [*lines, *({**usual, "id": one, "section": sections[one.partition(":")[0]], **more} for one in wanted)]


def with_massage(**changes: Any) -> Any:
    usual = {"styles": [], "held": False, "declined": False, "positions": [], "tell": [], "freq": "weekly", "minutes": 30, "sessions": 4}
    pressed = {"pressure_max": 3, "pressure_ask": 2}
    return lambda part: {**usual, **pressed, **(part or {}), **changes}


FAULTS: dict[str, tuple[tuple[tuple[str, str], ...], dict[str, Any]]] = {
    "invariant_01": ((("rf_fever", "fever"),), {"lines": shows("exercise:bridge")}),
    "invariant_02_rows": ((("balance", "poor"),), {"lines": shows("exercise:squat")}),
    "invariant_02_side": ((("mobility", "chair_only"),), {"words": "Lie on your side for it."}),
    "invariant_02_water": ((("health", "skin_infection"),), {"words": "Do less, or walk in a pool."}),
    "invariant_02_neck": ((("health", "ra_flare"),), {"lines": shows("exercise:neck_nod_lying")}),
    "invariant_03": ((("health", "heart_or_stroke_recent"),), {"limited": "starters", "lines": shows("exercise:bridge_single")}),
    "invariant_06": ((("health", "open_wound"),), {"lines": shows("selfcare:heat")}),
    "invariant_07": ((("health", "diabetes"),), {"lines": shows("selfcare:heat")}),
    "invariant_09": ((("pregnancy", "t2"),), {"words": "Lie on your back."}),
    "invariant_10": ((("health", "implant_device"),), {"massage": with_massage(positions=["prone"])}),
    "invariant_11": ((("health", "bp_uncontrolled"),), {"lines": shows("exercise:plank")}),
    "invariant_14": ((("health", "kidney_liver"),), {"lines": shows("selfcare:topical_nsaid")}),
    "invariant_15": ((("pregnancy", "t2"),), {"words": "A short course of tablets suits some people."}),
    "invariant_16": ((("mobility", "chair_only"),), {"headline": "Walk every day."}),
    "invariant_16_table": ((("mobility", "chair_only"),), {"words": "Please help me on and off the table."}),
    "invariant_21": ((("health", "heart_or_stroke_recent"),), {"lines": shows("therapy:aquatic")}),
    "invariant_22": ((("pressure_pref", "none"),), {"words": "Massage can help you sleep."}),
    "invariant_24": ((("balance", "poor"),), {"lines": shows("exercise:heel_raise", harder="squat")}),
    "invariant_25": ((("balance", "poor"),), {"lines": shows("posture:carer_hip")}),
    "invariant_26_waiting": ((("health", "surgery_lt6w"),), {"lines": shows("posture:lift_plan")}),
    "invariant_31": ((("risk_bone", "osteoporosis"),), {"massage": with_massage(styles=["massage:thai"])}),
    "invariant_33": ((("health", "clot_now"),), {"massage": with_massage(styles=["massage:swedish"])}),
    "invariant_34": ((("age_band", "16_17"),), {"massage": with_massage(styles=["massage:swedish"], tell=[])}),
    "invariant_35": ((("minutes", "5"),), {"minutes_used": 50}),
    "invariant_37": ((("country", "US"),), {"words": "Call 999 now."}),
    "invariant_37_words": ((("country", "US"),), {"words": "Book a check with a doctor or physio."}),
    "invariant_39": ((("risk_blood", "anticoagulant"),), {"stop_box": {"now": [], "today": []}}),
    "invariant_43_change": ((("rf_leg_weakness", "long_standing"),), {"stop_box": {"now": [], "today": []}}),
    "invariant_49": ((("pressure_pref", "firm"),), {"massage": with_massage(styles=["massage:swedish"], tell=[], areas_off=[])}),
}
