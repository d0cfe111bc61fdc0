"""Facts that choosing rests on: which regions hurt, how strong, how trained, and how carefully to begin."""

from __future__ import annotations

from planner.domain.answers import Answers, has
from planner.domain.fact_registry import Fact, fact, yes
from planner.domain.facts import PAIN_AREAS, PEG, peg_high, phase
from planner.domain.terms import Pairs

REGIONS = {
    "neck_shoulders": "neck",
    "upper_back": "upper",
    "mid_back": "mid",
    "low_back": "low",
    "buttock_hip": "hip",
    "tailbone": "tailbone",
}
LOW_AREAS = ("low_back", "buttock_hip", "tailbone")
BELOW_THE_KNEE = ("below_knee_one", "below_knee_both")
MUCH = ("5", "6", "7", "8", "9", "10")
ACTIVITY = {"low": 1, "some": 2, "regular": 3, "athlete": 4}

yes("thin_bones", ("risk_bone", ("osteoporosis", "steroids_long", "height_loss", "fragility_fracture")))
yes("neck_area", ("areas", ("neck_shoulders", "upper_back")))


@fact("areas")
def tailbone_hurts(answers: Answers) -> Fact:
    """Whether the tailbone is among the places: there the pelvic floor is to let go, not to squeeze. Source: clinical plan 8."""
    pairs = has(answers, "areas", "tailbone")
    return {"yes": pairs} if pairs else {"no": ()} if answers.get("areas") else {}


@fact("areas", "leg_symptoms")
def low_hurts(answers: Answers) -> Fact:
    """Whether it hurts below the middle of the back, or in a leg: who hurts higher up alone works there. Source: clinical plan 2.1."""
    pairs = has(answers, "areas", *LOW_AREAS) + has(answers, "leg_symptoms", *BELOW_THE_KNEE)
    return {"yes": pairs} if pairs else {"no": ()} if has(answers, "areas", *PAIN_AREAS) else {}


@fact("areas", "leg_symptoms")
def regions(answers: Answers) -> Fact:
    """The regions that hurt; every one where there is no pain. Source: clinical plan 2.1."""
    if none := has(answers, "areas", "none"):
        return dict.fromkeys((*REGIONS.values(), "leg_nerve"), none)
    found = {region: pairs for area, region in REGIONS.items() if (pairs := has(answers, "areas", area))}
    if legs := has(answers, "leg_symptoms", *BELOW_THE_KNEE):
        found["leg_nerve"] = legs
    return found


@fact("leg_symptoms", "leg_signs_only")
def leg_signs(answers: Answers) -> Fact:
    """Pain, tingling or numbness below a knee, and not ticked by mistake."""
    pairs = _in_a_leg(answers)
    return {"yes": pairs} if pairs else {}


def _in_a_leg(answers: Answers) -> Pairs:
    return () if has(answers, "leg_signs_only", "mistake") else has(answers, "leg_symptoms", *BELOW_THE_KNEE)


def _low_or_leg(answers: Answers) -> bool:
    """A place low down, or a sign in a leg, also above the knee."""
    thigh = has(answers, "leg_symptoms", "buttock_thigh") if not has(answers, "leg_signs_only", "mistake") else ()
    return bool(has(answers, "areas", *LOW_AREAS) or _in_a_leg(answers) or thigh)


@fact("worse_with", "areas", "leg_symptoms", "leg_signs_only")
def flexion_sensitive(answers: Answers) -> Fact:
    """Sitting or bending makes it worse; only where the low back, hip, tailbone or a leg hurts. Source: clinical plan 2.1, 3.1."""
    pairs = has(answers, "worse_with", "sitting", "bending")
    return {"yes": pairs} if pairs and _low_or_leg(answers) else {}


@fact("worse_with", "areas", "leg_symptoms", "leg_signs_only")
def extension_sensitive(answers: Answers) -> Fact:
    """Arching, or both standing and walking, makes it worse; the places as for flexion_sensitive."""
    arching = has(answers, "worse_with", "arching")
    upright = has(answers, "worse_with", "standing", "walking")
    pairs = arching or (upright if len(upright) == 2 else ())
    return {"yes": pairs} if pairs and _low_or_leg(answers) else {}


@fact("activity", "duration", "pregnancy", "worry_move", "age_band", "known", *PEG)
def level(answers: Answers) -> Fact:
    """The activity level (1 to 4) at which exercises start. Source: clinical plan 2.4; never below 1."""
    base = next((number for word, number in ACTIVITY.items() if has(answers, "activity", word)), 1)
    less: list[Pairs] = [
        has(answers, "duration", "lt4w"),
        peg_high(answers).get("yes", ()),
        has(answers, "pregnancy", "t1", "t2", "t3", "maybe", "postpartum_12w"),
        has(answers, "worry_move", "yes"),
    ]
    number = base - sum(1 for pairs in less if pairs)
    if has(answers, "age_band", "75plus"):
        number = min(number, 2)
    if has(answers, "known", "widespread_pain"):
        number = 1
    pairs = has(answers, "activity", *ACTIVITY) + tuple(pair for found in less for pair in found)
    return {str(max(1, number)): pairs}


@fact(*PEG)
def strong_pain(answers: Answers) -> Fact:
    """PEG mean of at least 7, or pain itself at least 8. Source: clinical safety 3.3."""
    pairs = has(answers, "peg_p", "8", "9", "10") or peg_high(answers).get("yes", ())
    return {"yes": pairs} if pairs else {}


@fact("areas", "duration")
def lasting(answers: Answers) -> Fact:
    found = phase(answers)
    pairs = found.get("chronic", ()) + found.get("recurrent", ())
    return {"yes": pairs} if pairs else {}


@fact("areas", "duration")
def in_pain(answers: Answers) -> Fact:
    """Somebody who has a pain at the moment, however long it has lasted."""
    pairs = has(answers, "areas", *REGIONS)
    return {"yes": pairs} if pairs and "none" not in phase(answers) else {}


@fact("areas", "leg_symptoms")
def place_group(answers: Answers) -> Fact:
    """Which complaints are worth asking about: high (neck, upper back), mid, low (below it, or a leg)."""
    groups = {
        "high": has(answers, "areas", "neck_shoulders", "upper_back"),
        "mid": has(answers, "areas", "mid_back"),
        "low": has(answers, "areas", *LOW_AREAS) + has(answers, "leg_symptoms", *BELOW_THE_KNEE),
    }
    return {name: pairs for name, pairs in groups.items() if pairs}


@fact("day", "work_now")
def drives_for_work(answers: Answers) -> Fact:
    """Driving fills most of the day, and not as one who says that they do not work. A cautious choice: who was not asked counts."""
    driving, not_working = has(answers, "day", "driving"), has(answers, "work_now", "not")
    return {"yes": driving} if driving and not not_working else {"no": ()} if answers.get("day") else {}


@fact("goal", "day", "peg_p", "peg_g")
def work_matters(answers: Answers) -> Fact:
    """Work is the goal, or the day holds a job and pain gets much in its way. Source: clinical plan 3.1."""
    goal = has(answers, "goal", "work")
    job = has(answers, "day", "desk", "standing", "driving", "lifting", "arms_up", "carer_adult", "night_shift")
    bad = has(answers, "peg_g", *MUCH) or (has(answers, "peg_p", *MUCH) if "peg_g" not in answers else ())
    pairs = goal or (job + bad if job and bad else ())
    return {"yes": pairs} if pairs else {}
