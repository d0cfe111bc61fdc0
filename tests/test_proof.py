"""The proof: the model says what the engine says, the promises hold, and a rule that is taken away is missed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
import z3

from planner.domain.answers import Answers, words_of_answer
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.domain.plan import build
from planner.domain.ranking import of_this_person
from planner.library.plausible import somebody
from planner.library.proof.solver_model import SolverModel
from planner.library.proof.theorems import Prover, least_is_shut, no_barred_demand, prove, something_remains, stop_gives_nothing

ON = date(2026, 11, 27)
PEOPLE = 300
MANY = 5000


def test_every_promise_holds(library: Library) -> None:
    found = list(prove(library))
    assert [one.name for one in found if not one.holds] == []
    assert len(found) == 10 and all(one.searches for one in found)


def formulas(library: Library, model: SolverModel) -> dict[str, Any]:
    """What is compared: conditions, flags, the level, whether there is a plan, tiers, and the exercises that may be shown."""
    found: dict[str, Any] = {f"condition {name}": formula for name, formula in model.applies.items()}
    found |= {f"flag {flag.id}": model.counts(flag) for flag in library.flags.values()}
    found |= {f"level {level}": model.level_at_least(level) for level in ("see_clinician", "urgent", "emergency")}
    found |= {f"tier {tier}": model.tier_at_most(tier) for tier in ("breathing", "starters")}
    found["no plan"] = model.no_plan
    found |= {f"exercise {item.id}": model.may_be_shown(item) for item in library.exercises.values()}
    return found


class Twin:
    """The model with one person's answers put in: what it says of them, without a search.

    Each formula has a name that the solver knows from the start, so that answers are all that a person brings: half the time."""

    def __init__(self, library: Library) -> None:
        model = SolverModel(library)
        asked = formulas(library, model)
        self.names = {name: z3.Bool(f"says {name}") for name in asked}
        self.answers = [(question, word, given, z3.Not(given)) for (question, word), given in model.answer.items()]
        self.solver = z3.Solver()
        self.solver.add(*model.definitions, *(self.names[name] == formula for name, formula in asked.items()))

    def says(self, answers: Answers) -> set[str]:
        """Which of the formulas are true for these answers."""
        said = {question: words_of_answer(answers.get(question)) for question, *_ in self.answers}
        given = [yes if word in said[question] else no for question, word, yes, no in self.answers]
        assert self.solver.check(*given) == z3.sat
        found = self.solver.model()
        return {name for name, formula in self.names.items() if z3.is_true(found[formula])}


@pytest.fixture(scope="module")
def twin(library: Library) -> Twin:
    return Twin(library)


def of_the_engine(library: Library, answers: Answers) -> set[str]:
    journey = Journey(library, answers)
    reading, triage = journey.reading, journey.triage
    levels = ("self_care", "see_clinician", "urgent", "emergency")
    found = {f"condition {one.condition.id}" for one in reading.conditions} | {f"flag {one.flag.id}" for one in reading.flags}
    found |= {f"level {level}" for level in levels[1 : levels.index(triage.level) + 1]}
    tiers = ("none", "breathing", "starters", "all")
    found |= {f"tier {tier}" for tier in ("breathing", "starters") if tiers.index(reading.limits.tier) <= tiers.index(tier)}
    if triage.no_plan:
        return found | {"no plan"}
    return found | {f"exercise {item.id}" for item in of_this_person(reading)[0]}


def differences(library: Library, twin: Twin, number: int, seed: int) -> list[tuple[Answers, set[str]]]:
    dice = random.Random(seed)
    found: list[tuple[Answers, set[str]]] = []
    for _ in range(number):
        answers = somebody(library, dice)
        counted = Journey(library, answers).reachable
        if wrong := twin.says(counted) ^ of_the_engine(library, answers):
            found.append((counted, wrong))
    return found


def test_the_model_says_what_the_engine_says(library: Library, twin: Twin) -> None:
    assert differences(library, twin, PEOPLE, 1) == []


@pytest.mark.slow
def test_the_model_says_what_the_engine_says_of_thousands(library: Library, twin: Twin) -> None:
    assert differences(library, twin, MANY, 2) == []


def without(library: Library, part: str, name: str, **changed: Any) -> Library:
    """The library with one row changed, or taken out where nothing is given."""
    rows = dict(getattr(library, part))
    if changed:
        rows[name] = replace(rows[name], **changed)
    else:
        del rows[name]
    changes: dict[str, Any] = {part: MappingProxyType(rows)}
    return replace(library, **changes)


def test_an_item_that_ignores_a_limit_is_found(library: Library) -> None:
    """Control: an engine that no longer reads `bars` would show a far bend to somebody with thin bones."""

    class Careless(SolverModel):
        def shut(self, demand: str, *, massage: bool = False) -> Any:
            return z3.BoolVal(False)

    prover = Prover(library)
    careless = Careless(library)
    prover.solver.add(*careless.definitions, *careless.journey)
    prover.one = careless
    person, about = no_barred_demand(prover)
    assert person is not None and about
    assert build(library, complete(library, person), on=ON).lines


def complete(library: Library, person: dict[str, Any]) -> dict[str, Any]:
    answers = {name: tuple(value) if isinstance(value, list) else value for name, value in person.items()}
    while missing := Journey(library, answers).missing:
        answers |= {name: library.questions[name].default for name in missing}
    return answers


def test_a_movement_that_is_taken_away_is_missed(library: Library) -> None:
    """Control: without the movements that need nothing, somebody is left with none."""
    poorer = library
    for item in library.exercises.values():
        if item.purpose == "movement" and not item.demands:
            poorer = without(poorer, "exercises", item.id, purpose="ease")
    person, about = something_remains("movement")(Prover(poorer))
    assert person is not None and about.startswith("movement")


def test_a_flag_that_no_longer_stops_is_missed(library: Library) -> None:
    """Control: where an urgent flag counts for the level but not for the plan, something is shown."""

    class Lenient(SolverModel):
        no_plan = z3.BoolVal(False)

    prover = Prover(library)
    lenient = Lenient(library)
    prover.solver.add(*lenient.definitions, *lenient.journey)
    prover.one = lenient
    assert stop_gives_nothing(prover)[0] is not None


@pytest.mark.parametrize(
    ("limit", "because"),
    [("osteoporosis", "osteoporosis"), ("anticoagulant", "anticoagulant"), ("pregnancy_t3", "t3"), ("chair_only", "chair_only")],
)
def test_a_limit_that_is_taken_out_of_the_content_is_missed(library: Library, limit: str, because: str) -> None:
    """Control: the bars of one limit are taken out, and somebody gets what they must not."""
    person, about = least_is_shut(Prover(without(library, "conditions", limit, bars=())))
    assert person is not None and about.endswith(because)
    question, answer = about.split(": ")
    assert answer in person[question] if isinstance(person[question], list) else person[question] == answer
