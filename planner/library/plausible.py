"""Plausible people, for asking what a change of content would do: mostly well, each with some things of their own."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from planner.domain.answers import Answers, Value
from planner.domain.journey import Journey
from planner.domain.model import Library, Question
from planner.domain.plan import build

SEED = 20261127
OFTEN = 0.5  # of the answers to questions about everyday things differ from the default
SELDOM = 0.012  # of the answers about signs and illnesses
EVERYDAY = frozenset(
    {"age_band", "areas", "leg_symptoms", "duration", "peg_p", "peg_e", "peg_g", "worse_with", "goal", "day", "activity", "stress", "sleep"}
    | {"worry_move", "pressure_pref", "budget", "minutes", "mobility", "kneel_ok"}
)


@dataclass(frozen=True)
class Change:
    """What one person would get instead. `kind`: level, exercises or massage."""

    kind: str
    answers: Answers
    now: tuple[str, ...]
    then: tuple[str, ...]


def people(library: Library, number: int, seed: int = SEED) -> Iterator[dict[str, Value]]:
    """So many complete sets of answers; the same for the same seed and content."""
    dice = random.Random(seed)  # noqa: S311  people to try, not secrets
    for _ in range(number):
        yield somebody(library, dice)


def somebody(library: Library, dice: random.Random) -> dict[str, Value]:
    """One person, asked what their own answers make the journey ask, and offered what it offers them."""
    answers: dict[str, Value] = {}
    while missing := (here := Journey(library, answers)).missing:
        answers |= {name: answer(here.asked[name], dice) for name in missing}
    return here.reachable


def answer(question: Question, dice: random.Random) -> Value:
    """The default, or sometimes another option (two, of "select all")."""
    if dice.random() > (OFTEN if question.id in EVERYDAY else SELDOM):
        return question.default
    if question.kind in ("scale", "number"):
        return dice.randint(1, 9)
    ids = [option.id for option in question.options if option.id != question.none]
    if question.kind in ("many", "areas"):
        chosen = set(dice.sample(ids, min(len(ids), dice.choice((1, 1, 2)))))
        return tuple(name for name in ids if name in chosen)
    return dice.choice(ids)


def changes(here: Library, there: Library, asked: Iterable[Answers], on: date) -> Iterator[Change]:
    """Everything that differs between the plans of two contents. Somebody whom the other asks more takes its defaults."""
    for answers in asked:
        now, then = outcome(here, answers, on), outcome(there, completed(there, answers), on)
        for kind, before in now.items():
            if before != then[kind]:
                yield Change(kind, answers, before, then[kind])


def completed(library: Library, answers: Answers) -> dict[str, Value]:
    filled = {name: value for name, value in answers.items() if name in library.questions}
    while missing := Journey(library, filled).missing:
        filled |= {name: library.questions[name].default for name in missing}
    return filled


def outcome(library: Library, answers: Answers, on: date) -> dict[str, tuple[str, ...]]:
    """The level, the exercises and the massage of a plan, in words."""
    plan = build(library, answers, on=on)
    massage = plan.massage
    return {
        "level": (plan.triage.level.replace("_", " "),),
        "exercises": tuple(line.title for line in plan.section("exercises")),
        "massage": (massage.styles[0].title, massage.freq.replace("_", " ")) if massage and massage.recommended else (),
    }
