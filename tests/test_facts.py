"""Facts at their boundaries, from the clinical reference: which answers make each fact true, and that no other answer does."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from planner.domain.every_fact import FACTS, all_facts
from planner.domain.fact_registry import BY_OPTION, BY_QUESTION
from planner.domain.model import Library
from planner.domain.saying import Saying
from tests.people import anybody
from tests.safety_facts import ARMS, SAFETY_YES

YES: dict[str, set[str]] = SAFETY_YES | {  # fact -> every "question=answer" that makes it true, alone
    "sciatica_flare": {"leg_symptoms=below_knee_one"},
    "stenosis": {"known=stenosis", "rf_claudication=yes_known"},
    "spondylolisthesis": {"known=spondylolisthesis"},
    "hypermobility": {"known=hypermobility"},
    "fusion": {"known=spinal_surgery_past"},
    "axspa": {"risk_bone=axspa"},
    "widespread": {"known=widespread_pain"},
    "osteoporosis": {"risk_bone=osteoporosis", "risk_bone=height_loss", "risk_bone=steroids_long"},
    "fragility_fracture": {"risk_bone=fragility_fracture"},
    "surgery_lt6w": {"health=surgery_lt6w"},
    "bp_uncontrolled": {"health=bp_uncontrolled"},
    "blood_thinner": {"risk_blood=anticoagulant"},
    "numb_skin": {"health=numb_skin_neuropathy"},
    "heat_unsafe": {
        "health=numb_skin_neuropathy",
        "health=skin_infection",
        "health=open_wound",
        "health=fever_or_contagious",
        "rf_fever=cold_only",
    },
    "neck_rf": {"rf_neck_vascular=yes", "rf_neck_vascular=unsure", *ARMS},
    "poor_balance": {"balance=poor"},
    "no_floor": {"mobility=no_floor", "mobility=chair_only"},
    "no_kneel": {"kneel_ok=no"},
    "chair_only": {"mobility=chair_only"},
    "preg16": {"pregnancy=t2", "pregnancy=t3"},
    "pregnant": {"pregnancy=maybe", "pregnancy=t1", "pregnancy=t2", "pregnancy=t3"},
    "postpartum": {"pregnancy=postpartum_12w"},
    "child": {"age_band=under16"},
    "teen": {"age_band=16_17"},
    "older": {"age_band=60_74", "age_band=75plus"},
    "oldest": {"age_band=75plus"},
    "clothed_only": {"clothed=yes"},
    "no_heat": {"heat_ok=no"},
    "no_scent": {"scent_ok=no"},
    "touch_declined": {"pressure_pref=none"},
    "distress": {"stress=high", "worry_move=yes", "sleep=poor"},
    "pain_free": {"areas=none", "duration=none"},
    "leg_signs": {"leg_symptoms=below_knee_one", "leg_symptoms=below_knee_both"},
    "lasting": {"duration=gt12w", "duration=recurrent"},
    "neck_area": {"areas=neck_shoulders", "areas=upper_back"},
    "in_pain": {f"areas={one}" for one in ("neck_shoulders", "upper_back", "mid_back", "low_back", "buttock_hip", "tailbone")},
    "thin_bones": {f"risk_bone={one}" for one in ("osteoporosis", "fragility_fracture", "steroids_long", "height_loss")},
}
FACT_QUESTIONS = sorted({*BY_QUESTION, *BY_OPTION})
WORKED_OUT = {
    "phase",
    "severity",
    "peg_high",
    "pain_high",
    "area_focus",
    "frail",
    "young_inflam",
    "inflam_ticks",
    "pain_from_seven",
    "pain_from_eight",
    "pmr_asked",
    *(
        "regions",
        "tailbone_hurts",
        "low_hurts",
        "place_group",
        "flexion_sensitive",
        "extension_sensitive",
        "level",
        "strong_pain",
    ),  # test_plan_facts.py
    *("work_matters", "drives_for_work"),  # test_plan_facts.py
}


def word(fact: str, **answers: Any) -> str:
    """The one word that a fact says; empty if it says nothing."""
    return "".join(FACTS[fact](answers))


def rests_on(fact: str, **answers: Any) -> list[str]:
    """The answers behind a fact's one word, as "question=answer"."""
    (pairs,) = FACTS[fact](answers).values()
    return [f"{question}={answer}" for question, answer in pairs]


def every_answer(library: Library) -> list[tuple[str, Any, str]]:
    """Each option of each question alone: question, answer in the form it has, and "question=answer"."""
    return [
        (question.id, (option.id,) if question.kind in ("many", "areas") else option.id, f"{question.id}={option.id}")
        for question in library.questions.values()
        for option in question.options
    ]


@pytest.mark.parametrize("fact", YES)
def test_a_yes_fact_is_true_for_these_answers_and_for_no_other(library: Library, fact: str) -> None:
    found = {said for question, answer, said in every_answer(library) if word(fact, **{question: answer}) == "yes"}
    assert found == YES[fact]
    for question, answer, said in every_answer(library):
        if said in YES[fact]:
            assert rests_on(fact, **{question: answer}) == [said]


def test_every_fact_is_here() -> None:
    assert set(FACTS) == set(YES) | WORKED_OUT
    assert all(FACTS[name]({}) == {} for name in YES)


def test_a_yes_fact_names_all_the_answers_it_rests_on() -> None:
    assert rests_on("stenosis", known=("stenosis", "scoliosis"), rf_claudication="yes_known") == [
        "known=stenosis",
        "rf_claudication=yes_known",
    ]
    assert rests_on("osteoporosis", risk_bone=("osteoporosis", "axspa", "steroids_long")) == [
        "risk_bone=osteoporosis",
        "risk_bone=steroids_long",
    ]
    assert rests_on("pain_free", areas=("none",), duration="none") == ["areas=none", "duration=none"]


@pytest.mark.parametrize(
    ("duration", "phase"),  # ACP: under 4 weeks, 4 to 12, over 12
    [("none", "none"), ("lt4w", "acute"), ("4to12w", "subacute"), ("gt12w", "chronic"), ("recurrent", "recurrent")],
)
def test_phase_is_how_long_it_has_hurt(duration: str, phase: str) -> None:
    assert word("phase", areas=("low_back",), duration=duration) == phase
    assert rests_on("phase", duration=duration) == [f"duration={duration}"]


def test_without_pain_there_is_no_phase_to_speak_of() -> None:
    assert word("phase", areas=("none",), duration="gt12w") == "none"
    assert rests_on("phase", areas=("none",)) == ["areas=none"]
    assert FACTS["phase"]({}) == {}


SCORES = list(itertools.product((0, 1, 3, 4, 6, 7, 8, 9, 10), repeat=3))


def band(total: int) -> str:
    """PEG, the mean of three: 0 to 3.9 mild, 4 to 6.9 moderate, 7 to 10 severe. Three answers of 4 add up to 12, of 7 to 21."""
    return (["mild"] * 12 + ["moderate"] * 9 + ["severe"] * 10)[total]


def test_severity_is_the_band_of_the_mean() -> None:
    for pain, joy, life in SCORES:
        answers = {"peg_p": pain, "peg_e": joy, "peg_g": life}
        assert word("severity", **answers) == band(pain + joy + life), answers
        assert word("peg_high", **answers) == ("yes" if band(pain + joy + life) == "severe" else ""), answers
        assert word("pain_high", **answers) == ("yes" if band(pain + joy + life) == "severe" or pain >= 8 else ""), answers


@pytest.mark.parametrize(
    ("answers", "severity"), [((4, 4, 3), "mild"), ((4, 4, 4), "moderate"), ((7, 7, 6), "moderate"), ((7, 7, 7), "severe")]
)
def test_severity_on_both_sides_of_each_bound(answers: tuple[int, int, int], severity: str) -> None:
    found = dict(zip(("peg_p", "peg_e", "peg_g"), answers, strict=True))
    assert word("severity", **found) == severity
    assert rests_on("severity", **found) == [f"{name}={value}" for name, value in found.items()]


@pytest.mark.parametrize("missing", ["peg_p", "peg_e", "peg_g"])
def test_a_mean_needs_all_three(missing: str) -> None:
    answers = {name: 10 for name in ("peg_p", "peg_e", "peg_g") if name != missing}
    assert word("severity", **answers) == word("peg_high", **answers) == ""
    assert word("pain_high", **answers) == ("" if missing == "peg_p" else "yes")


def test_strong_pain_rests_on_the_pain_or_else_on_all_three() -> None:
    assert rests_on("pain_high", peg_p=8, peg_e=0, peg_g=0) == ["peg_p=8"]
    assert rests_on("pain_high", peg_p=7, peg_e=7, peg_g=7) == ["peg_p=7", "peg_e=7", "peg_g=7"]
    assert rests_on("peg_high", peg_p=9, peg_e=6, peg_g=6) == ["peg_p=9", "peg_e=6", "peg_g=6"]


UPPER, LOWER = ("neck_shoulders", "upper_back"), ("mid_back", "low_back", "buttock_hip", "tailbone")


@pytest.mark.parametrize(
    ("areas", "focus"),
    [((one,), "neck") for one in UPPER]
    + [((one,), "low") for one in LOWER]
    + [(UPPER, "neck"), (LOWER, "low"), (("none",), "none")]
    + [((high, low), "mixed") for high in UPPER for low in LOWER],
)
def test_where_it_hurts(areas: tuple[str, ...], focus: str) -> None:
    assert word("area_focus", areas=areas) == focus
    assert rests_on("area_focus", areas=areas) == [f"areas={one}" for one in areas]
    assert FACTS["area_focus"]({}) == {}


WEAK: list[dict[str, Any]] = [{"balance": "poor"}, {"risk_bone": ("fragility_fracture",)}, {"mobility": "chair_only"}]


@pytest.mark.parametrize("weak", WEAK)
def test_frail_needs_age_and_weakness(weak: dict[str, Any]) -> None:
    ((question, answer),) = weak.items()
    said = f"{question}={answer[0] if isinstance(answer, tuple) else answer}"
    assert rests_on("frail", age_band="75plus", **weak) == ["age_band=75plus", said]
    assert word("frail", age_band="60_74", **weak) == word("frail", **weak) == ""


def test_not_frail_by_age_alone() -> None:
    assert word("frail", age_band="75plus", balance="good", risk_bone=("osteoporosis",), mobility="no_floor") == ""


def test_facts_that_say_nothing_are_left_out() -> None:
    assert set(all_facts({"balance": "poor"})) == {"poor_balance", "level", "falls_asked"}
    assert all_facts({"balance": "poor"})["poor_balance"] == {"yes": (("balance", "poor"),)}


def test_an_answer_that_changes_changes_every_fact_that_rests_on_it(library: Library) -> None:
    """Only those are worked out again: a question that a fact does not name would be missed."""
    dice = random.Random(20261128)
    for _ in range(150):
        other = anybody(library, dice)
        drawn = anybody(library, dice) | {"rf_cancer": dice.choice(("current", "past", "never"))}
        before = Saying({name: value for name, value in drawn.items() if dice.random() < 0.9})
        assert before.words
        for name in FACT_QUESTIONS:
            after = before.but({name: other[name] if dice.random() < 0.8 else None})
            assert {name: said for name, said in after.words.items() if name in FACTS} == all_facts(after.answers), name
