"""The invariants of the clinical safety reference, on many people; none of them knows how the engine decides."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

import pytest

from planner.cli.input import BadInput, complete
from planner.domain.journey import ask_order, with_defaults
from planner.domain.model import Library
from tests.invariants.catalogue import ELSEWHERE, INVARIANTS, PAIRS, wrongs
from tests.invariants.faults import FAULTS, doctored
from tests.invariants.pairs import Seen, pair_04_exercise, pair_04_massage, pair_05, pair_13, pair_47
from tests.invariants.people import conditions_alone, conditions_paired, reached, somebody, with_one
from tests.invariants.printing import planned, printed

Found = dict[tuple[str, str], tuple[int, str]]
"""Invariant and the head of its sentence -> how many answers differ from a well person's, and the message."""
QUICK, BLOCK = 300, 1_000
MANY = int(os.environ.get("PEOPLE", "30000"))
"""`PEOPLE=3000` looks at fewer while something is being built."""


def differing(library: Library, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that are not the default of their question."""
    return {name: value for name, value in answers.items() if name in library.questions and value != library.questions[name].default}


def note(library: Library, found: Found, answers: Mapping[str, Any], wrong: Iterable[tuple[str, str]]) -> None:
    """Keeps the smallest person for each kind of fault."""
    for name, sentence in wrong:
        few, key = differing(library, answers), (name, sentence[:40])
        if key not in found or len(few) < found[key][0]:
            found[key] = (len(few), f"{name}: {sentence}\n    {few}")


def report(found: Found) -> str:
    return "\n".join(["", *(message for _, (_, message) in sorted(found.items()))])


def look_at(library: Library, people: Iterable[dict[str, Any]], *, sheet: bool = True) -> Found:
    found: Found = {}
    for answers in people:
        plan, texts = printed(library, answers, sheet=sheet)
        note(library, found, answers, wrongs(answers, plan, texts))
    return found


def test_every_invariant_is_here_or_elsewhere() -> None:
    numbers = {int(name.split("_")[1]) for name in (*INVARIANTS, *PAIRS)}
    assert numbers | ELSEWHERE.keys() == set(range(51))


def test_every_option_is_chosen_often_enough(library: Library) -> None:
    times: Counter[str] = Counter()
    for seed in range(4500):
        for name, value in somebody(library, seed).items():
            times.update(f"{name}:{one}" for one in (value if isinstance(value, tuple) else (value,)))
    rare = {f"{one.id}:{option.id}": times[f"{one.id}:{option.id}"] for one in ask_order(library) for option in one.options}
    assert {name: count for name, count in rare.items() if count < 50} == {}


def test_people(library: Library) -> None:
    found = look_at(library, (somebody(library, seed) for seed in range(QUICK)))
    assert not found, report(found)


def test_each_condition_alone(library: Library) -> None:
    found = look_at(library, (with_one(library, *picks) for picks in conditions_alone(library)), sheet=False)
    assert not found, report(found)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(MANY // BLOCK))
def test_many_people(library: Library, block: int) -> None:
    first = QUICK + block * BLOCK
    found = look_at(library, (somebody(library, seed) for seed in range(first, first + BLOCK)), sheet=block % 10 == 0)
    assert not found, report(found)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_each_pair_of_conditions(library: Library, part: int) -> None:
    pairs = list(conditions_paired(library))[part::8]
    found = look_at(library, (with_one(library, *picks) for picks in pairs), sheet=False)
    assert not found, report(found)


ADDED = [
    *(("health", one) for one in "clot_now clot_past surgery_lt6w heart_or_stroke_recent bp_uncontrolled diabetes open_wound".split()),
    *(("health", one) for one in "skin_infection epilepsy implant_device kidney_liver heart_stable glaucoma hernia_stoma ra_flare".split()),
    *(("health", one) for one in "medicine_patch fever_or_contagious bp_controlled varicose_veins asthma_scent nsaid_asthma".split()),
    *(("known", one) for one in "disc_sciatica stenosis spondylolisthesis widespread_pain hypermobility spinal_surgery_past".split()),
    *(("risk_blood", one) for one in ("anticoagulant", "bleeding_disorder", "sickle_cell")),
    *(("risk_bone", one) for one in ("osteoporosis", "fragility_fracture", "steroids_long", "height_loss", "axspa")),
    *(("sore_joints", one) for one in ("wrist", "shoulder", "knee", "hip")),
    *(("balance", "poor"), ("kneel_ok", "no"), ("mobility", "no_floor"), ("mobility", "chair_only"), ("rf_cancer", "current")),
    *(("pregnancy", "t1"), ("pregnancy", "t2"), ("pregnancy", "t3"), ("pregnancy", "postpartum_12w"), ("pressure_pref", "light")),
    *(("rf_trauma", "minor_fall"), ("rf_fever", "night_sweats"), ("rf_not_improving", "yes"), ("scent_ok", "no"), ("heat_ok", "no")),
]
"""Conditions, signs and wishes that may only close things."""


def add(library: Library, answers: Mapping[str, Any], name: str, option: str) -> dict[str, Any] | None:
    """The same person with one thing more; None if it is there already, or another answer stands in its place."""
    question = library.questions[name]
    before = answers.get(name)
    if before is None or option not in [one.id for one in question.options]:
        return None
    if isinstance(before, tuple):
        if option in before:
            return None
        held = {*before, option} - {question.none}
        more: Any = tuple(one.id for one in question.options if one.id in held)
    elif before == question.default:
        more = option
    else:
        return None
    return finished(library, {**answers, name: more})


def finished(library: Library, answers: dict[str, Any]) -> dict[str, Any]:
    return reached(library, dict(with_defaults(library, answers)))


def pairs_of(library: Library, seeds: Iterable[int]) -> Found:
    """Each person beside the same with one condition more, and with each clearance turned."""
    found: Found = {}
    for seed in seeds:
        answers = somebody(library, seed)
        before = Seen(answers, planned(library, answers))
        if before.plan["triage"]["level"] in ("urgent", "emergency"):
            continue
        for step in range(3):
            name, option = ADDED[(seed * 3 + step) % len(ADDED)]
            if more := add(library, answers, name, option):
                after = Seen(more, planned(library, more))
                wrong = [("pair_05", one) for one in pair_05(before, after)] + [("pair_47", one) for one in pair_47(before, after)]
                note(library, found, answers, ((pair, f"+ {name}:{option}: {one}") for pair, one in wrong))
        for gate, pair in (("massage_cleared", pair_04_massage), ("exercise_cleared", pair_04_exercise)):
            if answers.get(gate) == "no":
                after = Seen(answers | {gate: "yes"}, planned(library, answers | {gate: "yes"}))
                note(library, found, answers, ((pair.__name__, one) for one in pair(before, after)))
    return found


def test_pairs_of_people(library: Library) -> None:
    found = pairs_of(library, range(150))
    assert not found, report(found)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_many_pairs_of_people(library: Library, part: int) -> None:
    found = pairs_of(library, range(1000 + part, 6000, 8))
    assert not found, report(found)


OLD_AND_NEW: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"health": ["cancer_now"]}, {"rf_cancer": "current"}),
    ({"health": ["cancer_past"]}, {"rf_cancer": "past"}),
    ({"health": ["cancer_past"], "rf_cancer": "current"}, {"rf_cancer": "current"}),
    ({"health": ["anticoagulant"]}, {"risk_blood": ["anticoagulant"]}),
    ({"health": ["bleeding_disorder"]}, {"risk_blood": ["bleeding_disorder"]}),
    ({"health": ["osteoporosis"]}, {"risk_bone": ["osteoporosis"]}),
    ({"health": ["fragility_fracture"]}, {"risk_bone": ["fragility_fracture"]}),
    ({"health": ["steroids_long"]}, {"risk_bone": ["steroids_long"]}),
    ({"known": ["axspa"]}, {"risk_bone": ["axspa"]}),
    ({"rf_infection_risk": ["recent_infection_or_spinal_procedure"]}, {"rf_infection_risk": ["spinal_procedure"]}),
    ({"rf_kidney": "yes"}, {"rf_kidney": ["burning_pee"]}),
]


@pytest.mark.parametrize(("old", "new"), OLD_AND_NEW)
def test_an_old_id_and_its_new_one_give_one_plan(library: Library, old: dict[str, Any], new: dict[str, Any]) -> None:
    seen = [Seen(answers, planned(library, answers)) for answers in (dict(complete(library, one, fill=True)) for one in (old, new))]
    wrong = list(pair_13(*seen))
    assert not wrong, wrong


@pytest.mark.parametrize("age", ["60_74", "75plus"])
@pytest.mark.parametrize("pregnancy", ["t1", "t2", "t3", "maybe", "postpartum_12w"])
def test_nobody_is_pregnant_at_60(library: Library, age: str, pregnancy: str) -> None:
    with pytest.raises(BadInput):
        complete(library, {"age_band": age, "pregnancy": pregnancy}, fill=True)


NOT_MEANT_FOR: list[dict[str, Any]] = [
    {"health": ["surgery_lt6w"], "surgery_place": "knee", "goal": "lifting", "day": ["lifting"]},
    {"health": ["surgery_lt6w"], "surgery_place": "knee", "goal": "caring", "day": ["carer_adult", "lifting"], "exercise_cleared": "yes"},
    {"mobility": "chair_only", "pregnancy": "t3", "pgp": "yes"},
    {"pregnancy": "t2", "health": ["fracture_healing"], "fracture_site": "arm"},
    {"pregnancy": "t2", "pgp": "yes", "health": ["fracture_healing"], "fracture_site": "arm"},
    {"known": ["stenosis"], "health": ["fracture_healing"], "fracture_site": "arm"},
    {"mobility": "chair_only", "known": ["stenosis"]},
    {"mobility": "chair_only", "balance": "poor", "kneel_ok": "no", "age_band": "75plus"},
    {"mobility": "chair_only", "rf_leg_weakness": "long_standing", "health": ["numb_skin_neuropathy"], "numb_where": ["feet"]},
    {"pregnancy": "t2", "pgp": "yes", "health": ["skin_infection"]},
    {"rf_infection_risk": ["immune_suppressed"], "pain_checked": "yes", "duration": "gt12w", "massage_cleared": "yes"},
    {"health": ["ra_flare"], "areas": ["neck_shoulders"], "duration": "gt12w", "activity": "regular"},
    {"country": "US", "rf_leg_weakness": "one_leg_stable"},
    {"country": "US", "pregnancy": "t1", "rf_trauma": "minor_fall"},
]
"""People to whom a sentence was once printed that is not for them."""


@pytest.mark.parametrize("answers", NOT_MEANT_FOR, ids=str)
def test_no_sentence_is_for_somebody_else(library: Library, answers: dict[str, Any]) -> None:
    found = look_at(library, [dict(complete(library, answers, fill=True))])
    assert not found, report(found)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_put_in_is_found(library: Library, name: str) -> None:
    picks, changes = FAULTS[name]
    answers, plan, texts = doctored(library, picks, **dict(changes))
    assert list(INVARIANTS[name](answers, plan, texts)), name


def test_a_pair_that_opens_something_is_found(library: Library) -> None:
    answers = with_one(library, ("balance", "poor"))
    plan = planned(library, answers)
    open_wide = deepcopy(plan) | {"limits": {"bars": [], "ask": [], "soft": [], "dose_cap": ""}}
    assert list(pair_05(Seen(answers, plan), Seen(answers, open_wide)))
    assert list(pair_47(Seen(answers, plan), Seen(answers, open_wide)))
