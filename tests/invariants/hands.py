"""Invariants 20 to 23, 31, 33, 34 and 49: massage by others and by oneself, and other treatments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.invariants.conditions import conditions, pregnant, said
from tests.invariants.items import DEMANDED, asked_of
from tests.invariants.limits_rows import ROWS, Row, expanded
from tests.invariants.shown import FIRM_STYLES, Texts, ids, level, limits, lines, massage, said_of, saying, styles

Answers = dict[str, Any]
Plan = dict[str, Any]
PLACES = {
    "varicose_veins": r"vein",
    "ra_flare": r"joint",
    "implant_device": r"device|port|pacemaker|implant",
    "spinal_surgery_past": r"scar|operation|metal",
}
NECK_FRONT = r"neck_front|front (and|or) (the )?sides? of (the|your|my) neck"
PROMISES = r"massages? can (help|ease)|stop buying massage|step massage down|4 massages"


def rows_of(answers: Answers) -> dict[str, Row]:
    return {name: ROWS[name] for name in sorted(conditions(answers) & ROWS.keys())}


def invariant_20(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    own = [one for one in lines(plan) if one["id"] == "selfcare:self_massage"]
    if not own:
        return
    if "open_wound" in conditions(answers) or massage(plan)["held"] or massage(plan)["declined"]:
        yield "self-massage with a wound, or where massage is held or declined"
    for name, place in PLACES.items():
        if name in conditions(answers) and not re.search(place, said_of(own[0]), re.I):
            yield f"{name}: self-massage does not name the place to avoid"


def invariant_21(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    barred = limits(plan, "bars").union(*(row.bars for row in rows_of(answers).values()))
    for line in lines(plan, "therapies"):
        if wrong := (asked_of(line) | DEMANDED.get(line["id"], frozenset())) & barred:
            yield f"{line['id']} demands {sorted(wrong)}"
        if "thrust" in asked_of(line):
            yield f"{line['id']} is never proposed"


def invariant_22(_answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if styles(plan) and massage(plan)["freq"] != "none":
        return
    yield from (f"no massage, but: {one}" for one in saying(texts, PROMISES))
    named = r"(swedish|deep tissue|trigger point|sports|thai|hot stone|shiatsu|chair) massage"
    for one in saying(texts, named):
        if not styles(plan) and plan["lines"] and not any(left["title"] in one for left in plan["left_out"]):
            yield f"no massage, but a style is named: {one}"


def invariant_23(_answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    minutes = massage(plan).get("minutes", 0)
    if minutes != 60:
        yield from (f"{minutes} minutes, but: {one}" for one in saying(texts, r"hour-long|an hour long"))
    if minutes < 60:
        yield from (f"{minutes} minutes, but: {one}" for one in saying(texts, r"go up to 60"))


def invariant_31(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    found, shown = rows_of(answers), styles(plan)
    if "aromatherapy" in shown and (pregnant(answers) or any("scent" in row.bars for row in found.values())):
        yield "aromatherapy with a bar on scent, or in pregnancy"
    for name, row in found.items():
        if shown and massage(plan)["pressure_max"] > row.cap:
            yield f"{name}: pressure {massage(plan)['pressure_max']} above {row.cap}"
        if row.bars & expanded("pressure_firm stretch_by_hand") and (wrong := styles_barred(shown, row)):
            yield f"{name}: {sorted(wrong)}"
        if shown and massage(plan)["minutes"] > row.minutes:
            yield f"{name}: {massage(plan)['minutes']} minutes above {row.minutes}"
        if shown and row.fortnightly and massage(plan)["freq"] in ("weekly", "twice_weekly"):
            yield f"{name}: {massage(plan)['freq']}"
        if row.only and shown - row.only:
            yield f"{name}: only {sorted(row.only)}, but {sorted(shown)}"
        if off := row.off & set(massage(plan)["positions"]):
            yield f"{name}: positions {sorted(off)}"


def styles_barred(shown: frozenset[str], row: Row) -> set[str]:
    return {one for one in shown if DEMANDED.get(f"massage:{one}", frozenset()) & row.bars}


def invariant_33(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    shown = styles(plan)
    for name, row in rows_of(answers).items():
        if shown and row.level == "A":
            yield f"{name}: never a style, but {sorted(shown)}"
        if shown and row.level == "C" and not said(answers, "massage_cleared", "yes"):
            yield f"{name}: not cleared, but {sorted(shown)}"
    after_fall = said(answers, "rf_trauma", "minor_fall", "minor_fall_head") and said(answers, "risk_blood", "anticoagulant")
    if shown and (after_fall or massage(plan)["held"] or massage(plan)["declined"] or said(answers, "pressure_pref", "none")):
        yield f"held or declined, but {sorted(shown)}"
    if shown and (said(answers, "budget", "none") or plan["limited"] in ("starters", "breathing", "stopped")):
        yield f"no money or no tier for it, but {sorted(shown)}"


def invariant_34(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    if said(answers, "age_band", "16_17") and styles(plan) and not re.search("guardian|parent", " ".join(massage(plan)["tell"]), re.I):
        yield "16 or 17 with a style: no guardian is named"


def invariant_49(_answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if not styles(plan):
        return
    off = massage(plan).get("areas_off", ())
    if not any(re.search(NECK_FRONT, str(one), re.I) for one in off):
        yield f"the front of the neck is not in areas_off: {off}"
    if not any(re.search(NECK_FRONT, one, re.I) for one in (*massage(plan)["tell"], *texts.sentences)):
        yield "the therapist is not told of the front of the neck"


def invariant_31_firm(_answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    """Pressure 5 does not exist, and no firm style stands under a light cap."""
    if level(plan) < 2 and styles(plan):
        if massage(plan)["pressure_max"] > 4 or massage(plan)["pressure_ask"] > massage(plan)["pressure_max"]:
            yield f"pressure {massage(plan)['pressure_ask']} of {massage(plan)['pressure_max']}"
        if massage(plan)["pressure_max"] < 3 and styles(plan) & FIRM_STYLES:
            yield f"pressure {massage(plan)['pressure_max']}, but {sorted(styles(plan) & FIRM_STYLES)}"
    if "smt" in ids(plan):
        yield "a quick push on a joint is never proposed"
