"""The safety suite: every combination inside each caution family, every pair across families, and a random walk."""

from __future__ import annotations

import itertools
import random
from datetime import date
from typing import Any

import pytest

from planner.domain.lines import Plan
from planner.domain.model import LEVELS, Library
from planner.domain.plan import build
from tests.caution_matrix import MATRIX
from tests.people import anybody, well
from tests.promises import keeps_promises, tokens

ON = date(2026, 11, 21)
MANY = {"health", "known", "risk_blood", "risk_bone", "cancer_more"}

FAMILIES: dict[str, list[tuple[str, str]]] = {
    "bleeding": [("risk_blood", one) for one in ("anticoagulant", "bleeding_disorder")]
    + [("health", one) for one in ("clot_past", "clot_now")],
    "bone": [("risk_bone", one) for one in ("osteoporosis", "fragility_fracture", "steroids_long", "height_loss")]
    + [("health", "fracture_healing")],
    "cancer": [("rf_cancer", "current"), ("rf_cancer", "past")] + [("cancer_more", one) for one in ("chemo_now", "lymph", "line_port")],
    "heart": [("health", one) for one in ("heart_or_stroke_recent", "bp_uncontrolled", "bp_controlled", "diabetes", "varicose_veins")],
    "surgery": [("health", "surgery_lt6w"), ("health", "surgery_6to12w"), ("health", "implant_device"), ("known", "spinal_surgery_past")],
    "skin": [
        ("health", one) for one in ("skin_infection", "open_wound", "eczema_psoriasis", "numb_skin_neuropathy", "fever_or_contagious")
    ],
    "scent": [("health", one) for one in ("oil_allergy", "asthma_scent", "epilepsy")],
    "spine": [("known", one) for one in ("disc_sciatica", "stenosis", "spondylolisthesis", "scoliosis")]
    + [("leg_symptoms", "below_knee_one")],
    "joint": [("risk_bone", "axspa")]
    + [("known", one) for one in ("hypermobility", "widespread_pain", "osteoarthritis")]
    + [("health", "ra_flare")],
}
ONE_OF: dict[str, list[tuple[str, str]]] = {
    "pregnancy": [("pregnancy", one) for one in ("t1", "t2", "t3", "postpartum_12w")],
    "age": [("age_band", one) for one in ("16_17", "60_74", "75plus")],
    "body": [("mobility", "no_floor"), ("mobility", "chair_only"), ("kneel_ok", "no"), ("balance", "poor")],
    "touch": [("pressure_pref", "light"), ("pressure_pref", "none"), ("clothed", "yes"), ("heat_ok", "no"), ("scent_ok", "no")],
    "time": [("duration", "lt4w"), ("minutes", "5"), ("minutes", "20"), ("budget", "none"), ("activity", "athlete")],
    "direction": [("worse_with", "bending_sitting"), ("worse_with", "standing_walking_arching")],
}


def person(library: Library, picks: tuple[tuple[str, str], ...], **more: Any) -> dict[str, Any]:
    """A well person with `picks`: options of one `many` question are put together."""
    changes: dict[str, Any] = {}
    for question, option in picks:
        if library.questions[question].kind in ("many", "areas"):
            order = [one.id for one in library.questions[question].options]
            changes[question] = tuple(sorted({*changes.get(question, ()), option}, key=order.index))
        else:
            changes[question] = option
    return well(library, **changes, **more)


def plan_for(library: Library, answers: dict[str, Any]) -> Plan:
    plan = build(library, answers, on=ON)
    keeps_promises(plan, library, answers)
    return plan


def matrix_holds(plan: Plan, picks: tuple[tuple[str, str], ...], *, cleared: bool) -> None:
    """The strictest row of the independent matrix holds for this plan."""
    rows = [MATRIX[one] for one in picks if one in MATRIX]
    shown = tokens(plan, "massage")
    if any(level == "A" or (level == "C" and not cleared) for level, _, _ in rows):
        assert shown == {"hold"}, (picks, shown)
    elif shown != {"hold"} and rows:
        assert int(next(iter(tokens(plan, "pressure"))).removeprefix("max:")) <= min(cap for _, cap, _ in rows), picks
        assert not shown & set().union(*(excluded for _, _, excluded in rows)), (picks, shown)


@pytest.mark.parametrize("cleared", ["yes", "no"])
@pytest.mark.parametrize("pick", MATRIX, ids="=".join)
def test_each_row_of_the_matrix(library: Library, pick: tuple[str, str], cleared: str) -> None:
    checked = "yes" if pick == ("age_band", "16_17") else "no"  # R9 holds lasting pain at this age until it is checked
    plan = plan_for(library, person(library, (pick,), massage_cleared=cleared, pain_checked=checked))
    matrix_holds(plan, (pick,), cleared=cleared == "yes")
    level, cap, _ = MATRIX[pick]
    if level in "ML" and cap:
        assert tokens(plan, "massage") != {"hold"}, pick


def subsets(family: list[tuple[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    """Every subset with at most one answer for each single-choice question."""
    found = itertools.chain.from_iterable(itertools.combinations(family, size) for size in range(1, len(family) + 1))
    return [one for one in found if all(sum(q == other for other, _ in one) == 1 for q, _ in one if q not in MANY)]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_combination_inside_a_family(library: Library, family: str) -> None:
    assert len(subsets(FAMILIES[family])) >= 5
    for picks, cleared in itertools.product(subsets(FAMILIES[family]), ("yes", "no")):
        plan = plan_for(library, person(library, picks, massage_cleared=cleared))
        matrix_holds(plan, picks, cleared=cleared == "yes")


@pytest.mark.slow
def test_every_pair_across_families(library: Library) -> None:
    groups = list((FAMILIES | ONE_OF).values())
    tried = 0
    for one, other in itertools.combinations(groups, 2):
        for picks, cleared in itertools.product(itertools.product(one, other), ("yes", "no")):
            if picks[0][0] == picks[1][0] and picks[0][0] not in MANY:
                continue
            plan = plan_for(library, person(library, picks, massage_cleared=cleared))
            matrix_holds(plan, picks, cleared=cleared == "yes")
            tried += 1
    assert tried > 3000


def flags(library: Library) -> list[tuple[str, str]]:
    """Every answer to a safety question that is not its "no"."""
    found = []
    for question in library.questions.values():
        if question.id.startswith("rf_"):
            none = question.default if isinstance(question.default, tuple) else (question.default,)
            found += [(question.id, option.id) for option in question.options if option.id not in none]
    return found


EVERYONE_ASKED: dict[str, Any] = {"pregnancy": "t2", "stress": "high", "areas": ("neck_shoulders", "low_back"), "age_band": "18_39"}


@pytest.mark.slow
def test_every_pair_of_flags_is_at_least_as_urgent_as_each(library: Library) -> None:
    """Adding a red flag never lowers the level, and a stop never shows massage or exercise."""
    rank = LEVELS.index
    single = {one: rank(plan_for(library, person(library, (one,), **others(one))).triage.level) for one in flags(library)}
    assert len(single) >= 40
    for one, other in itertools.combinations(single, 2):
        if one[0] == other[0] and library.questions[one[0]].kind != "many":
            continue
        plan = plan_for(library, person(library, (one, other), **others(one, other)))
        assert rank(plan.triage.level) >= max(single[one], single[other]), (one, other)


def others(*picks: tuple[str, str]) -> dict[str, Any]:
    """Answers that make every flag's question asked, less those picked."""
    base = EVERYONE_ASKED if not any(q == "rf_eye" for q, _ in picks) else EVERYONE_ASKED | {"rf_inflam": ("psoriasis",)}
    return {name: value for name, value in base.items() if name not in {question for question, _ in picks}}


ADDED = [one for family in FAMILIES.values() for one in family] + [("pregnancy", "t2"), ("mobility", "chair_only"), ("age_band", "75plus")]


@pytest.mark.slow
def test_adding_a_caution_never_raises_pressure_minutes_or_range(library: Library) -> None:
    rng = random.Random(7)
    compared = 0
    while compared < 2500:
        answers = anybody(library, rng) | {"rf_cancer": "never", "age_band": "18_39"}
        question, option = rng.choice(ADDED)
        value: Any = option
        if question in MANY:
            held = set(answers[question]) - {"none", "unsure"}
            order = [one.id for one in library.questions[question].options]
            answers[question] = tuple(sorted(held, key=order.index)) or ("none",)
            value = tuple(sorted({*held, option}, key=order.index))
        elif question != "rf_cancer" and answers[question] not in ("no", "floor_ok", "18_39", "none"):
            continue
        before, after = plan_for(library, answers), plan_for(library, answers | {question: value})
        if before.massage is None or after.massage is None:
            continue
        assert after.massage.pressure_max <= before.massage.pressure_max, (question, option)
        assert after.massage.minutes <= before.massage.minutes or before.massage.held, (question, option, answers)
        assert after.massage.held or not before.massage.held, (question, option, answers)
        compared += 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_random_walk_over_whole_answer_sets(library: Library, seed: int) -> None:
    rng = random.Random(seed)
    levels: dict[str, int] = {}
    for _ in range(2600):
        answers = anybody(library, rng)
        plan = plan_for(library, answers)
        levels[plan.triage.level] = levels.get(plan.triage.level, 0) + 1
    assert sum(levels.values()) == 2600 and len(levels) == 4, levels


def test_same_answers_same_plan(library: Library) -> None:
    rng = random.Random(3)
    for _ in range(100):
        answers = anybody(library, rng)
        assert build(library, answers, on=ON) == build(library, dict(reversed(answers.items())), on=ON)


@pytest.mark.slow
def test_every_item_is_reachable(library: Library) -> None:
    rng = random.Random(11)
    seen: set[str] = set()
    rare = (person(library, (one,), **others(one)) for one in flags(library))
    for answers in itertools.chain(rare, (anybody(library, rng) for _ in range(12000))):
        plan = build(library, answers, on=ON)
        seen |= {line.id for line in plan.lines} | {f"caution:{note.caution.id}" for note in (plan.massage.notes if plan.massage else ())}
        seen |= {f"flag:{reason.flag.id}" for reason in plan.triage.reasons}
        seen |= {left.id for left in plan.left_out if left.id.startswith("therapy:")}
    wanted = {f"massage:{one}" for one in library.massages} | {f"exercise:{one}" for one in library.exercises}
    wanted |= {f"posture:{one}" for one in library.habits} | {f"selfcare:{one}" for one in library.selfcare}
    wanted |= {f"caution:{one}" for one in library.cautions} | {f"flag:{one}" for one in library.flags}
    wanted |= {f"therapy:{one.id}" for one in library.therapies.values() if one.kind in ("movement", "mind_body")}
    assert not wanted - seen, sorted(wanted - seen)
