"""The page rule: whatever is ticked, the card that the pages lead to has the level of the rules. Also of pairs, and of larger sets."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest
from flask import Flask

from planner.cli.input import complete
from planner.domain.journey import Journey, ask_order, put
from planner.domain.model import Library
from planner.domain.steps import Steps, Ticks, ticks_options
from tests.walker import Walker

FOLLOW_UPS = ("cancer_more", "rf_early_preg", "rf_preg_warning", "rf_postnatal")
PARENTS: dict[str, dict[str, Any]] = {
    "cancer_more": {"rf_cancer": "past"},
    "rf_early_preg": {"pregnancy": "maybe"},
    "rf_preg_warning": {"pregnancy": "t2"},
    "rf_postnatal": {"pregnancy": "postpartum_12w"},
}
Said = tuple[str, str]


def safety_answers(library: Library) -> list[Said]:
    """Every answer of the safety pages and of what follows on their ticks, less those that mean no."""
    names = [name for page in library.pages if page.safety and not page.again for name in page.questions] + list(FOLLOW_UPS)
    none = {name: library.questions[name].none or library.questions[name].default for name in names}
    return [(name, option.id) for name in names for option in library.questions[name].options if option.id != none[name]]


def person(library: Library, *said: Said, **more: Any) -> dict[str, Any]:
    """A person of 40 to 59 with these answers: several to one "select all" stand together."""
    answers: dict[str, Any] = {question.id: question.default for question in ask_order(library)}
    answers |= {"age_band": "40_59"} | more
    for name, _ in said:
        answers |= PARENTS.get(name, {})
    for name, option in said:
        question = library.questions[name]
        held = set(answers[name]) - {question.none} if question.kind == "many" else set()
        answers[name] = tuple(one.id for one in question.options if one.id in held | {option}) if question.kind == "many" else option
    return answers | {"pain_now": answers["peg_p"]}


def walked(library: Library, answers: dict[str, Any]) -> Journey:
    """Where the pages lead, step by step, until a card or until nothing is open."""
    here = Journey(library, {})
    while step := Steps(here).next():
        at = Steps(here).at(step)
        assert at is not None and at.may_visit, (step, here.answers)
        if at.is_ticks:
            ticked = [one.id for one in at.questions if one.tick and answers[one.id] != one.default]
            listed = {one.id: [name for name in answers[one.id] if name != one.none] for one in at.questions if ticks_options(one)}
            known = [name for name in ticked if answers[name] == library.questions[name].tick_known]
            ticks = Ticks(at.questions, ticked, listed, not ticked and not any(listed.values()), known)
            assert ticks.problem is None
            new = ticks.answers(library, here.answers)
        else:
            new = {one.id: answers[one.id] for one in at.questions}
        here = Journey(library, put(library, here.answers, new))
    return here


def same_level(library: Library, answers: dict[str, Any]) -> tuple[str, str]:
    return walked(library, answers).triage.level, Journey(library, answers).triage.level


def test_the_card_has_the_level_of_the_rules_for_every_safety_answer(library: Library) -> None:
    answers = safety_answers(library)
    assert len(answers) > 80
    for one in answers:
        pages, rules = same_level(library, person(library, one))
        assert pages == rules, one


@pytest.mark.slow
@pytest.mark.parametrize("age", ["18_39", "60_74"])
def test_the_card_has_the_level_of_the_rules_for_every_pair(library: Library, age: str) -> None:
    for one, other in itertools.combinations(safety_answers(library), 2):
        if one[0] == other[0] and library.questions[one[0]].kind != "many":
            continue
        pages, rules = same_level(library, person(library, one, other, age_band=age))
        assert pages == rules, (one, other)


def larger(library: Library, rng: random.Random) -> dict[str, Any]:
    """Several safety answers at once, on a person with other places, durations and pains."""
    said = rng.sample(safety_answers(library), rng.choice((2, 3, 3, 4, 6)))
    more = {
        "age_band": rng.choice(("under16", "16_17", "18_39", "40_59", "60_74", "75plus")),
        "areas": rng.choice((("low_back",), ("mid_back",), ("neck_shoulders",), ("none",), ("upper_back", "buttock_hip"))),
        "leg_symptoms": rng.choice(("none", "none", "below_knee_one", "below_knee_both")),
        "duration": rng.choice(("lt4w", "4to12w", "gt12w", "recurrent")),
        "peg_p": rng.choice((2, 4, 7, 8, 10)),
        "pain_checked": rng.choice(("yes", "no")),
    }
    early = {"areas", "leg_symptoms", "duration", "pain_checked"} if more["age_band"] == "under16" else set()
    return person(library, *said, **{name: value for name, value in more.items() if name not in early})


@pytest.mark.parametrize("seed", [pytest.param(1, id="some"), *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 12))])
def test_the_card_has_the_level_of_the_rules_for_larger_sets(library: Library, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(60 if seed == 1 else 1000):
        answers = larger(library, rng)
        pages, rules = same_level(library, answers)
        assert pages == rules, answers


def test_one_more_safety_answer_never_lowers_the_level(library: Library) -> None:
    rng = random.Random(4)
    order = ("self_care", "see_clinician", "urgent", "emergency")
    known = {"long_standing", "skin_only", "usual", "cold_only", "known_curve", "known_migraine", "both_ankles"}
    for _ in range(150):
        first, second = rng.sample([one for one in safety_answers(library) if one[1] not in known], 2)
        if first[0] != second[0] and not {first[0], second[0]} & {"pregnancy", *FOLLOW_UPS}:
            alone, both = (Journey(library, person(library, *said)).triage.level for said in ((first,), (first, second)))
            assert order.index(both) >= order.index(alone), (first, second)


@pytest.mark.parametrize("seed", range(3))
def test_browser_and_command_line_give_the_same_level(app: Flask, library: Library, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(4):
        answers = larger(library, rng)
        wanted = Journey(library, answers).triage.level
        given = {name: value for name, value in answers.items() if value != library.questions[name].default or name == "age_band"}
        if "pregnancy" not in given or answers["age_band"] not in ("60_74", "75plus"):
            raw = json.loads(json.dumps(given))
            assert Journey(library, complete(library, raw, fill=True)).triage.level == wanted, given
        walker = Walker(app.test_client(), library, answers)
        end = walker.walk()
        assert (end == "/stop") == (wanted in ("urgent", "emergency") or answers["age_band"] == "under16"), (answers, end)
        if end == "/stop":
            assert f'class="care {wanted}"' in walker.page.text
