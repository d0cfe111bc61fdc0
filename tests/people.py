"""People for tests: whole answer sets, drawn at random from the question schema or built on a well person."""

from __future__ import annotations

import random
from typing import Any

from planner.domain.journey import as_today, ask_order
from planner.domain.model import Library, Question

WELL: dict[str, Any] = {"minutes": "10", "duration": "gt12w", "areas": ("low_back",), "pressure_pref": "firm", "budget": "flexible"}


def well(library: Library, **changes: Any) -> dict[str, Any]:
    """A whole answer set: every question's default, a chronic low back, firm pressure, and `changes` in today's ids."""
    answers: dict[str, Any] = {question.id: question.default for question in ask_order(library)}
    return dict(as_today(library, {}, answers | WELL | changes))


def anybody(library: Library, rng: random.Random) -> dict[str, Any]:
    """A random answer set. Safety questions are mostly answered "no", so that most people get a plan."""
    return {question.id: random_answer(question, rng) for question in ask_order(library)}


def random_answer(question: Question, rng: random.Random) -> Any:
    if question.kind == "scale":
        return rng.randint(0, 10)
    if question.id.startswith("rf_") and rng.random() < 0.97:
        return question.default
    ids = [option.id for option in question.options]
    if question.kind in ("many", "areas"):
        return random_many(question, ids, rng)
    return rng.choice(ids)


def random_many(question: Question, ids: list[str], rng: random.Random) -> tuple[str, ...]:
    if question.none and rng.random() < 0.35:
        return (question.none,)
    some = [one for one in ids if one != question.none]
    picked = set(rng.sample(some, min(len(some), rng.choice((1, 1, 1, 2, 2, 3, 5)))))
    return tuple(one for one in ids if one in picked)
