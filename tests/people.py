"""People for tests: whole answer sets, drawn at random from the question schema or built on a well person."""

from __future__ import annotations

import random
from typing import Any

from planner.domain.journey import Journey, as_today, ask_order
from planner.domain.model import Library, Question

WELL: dict[str, Any] = {"minutes": "10", "duration": "gt12w", "areas": ("low_back",), "pressure_pref": "firm", "budget": "flexible"}


def well(library: Library, **changes: Any) -> dict[str, Any]:
    """A whole answer set: every question's default, a chronic low back, firm pressure, and `changes` in today's ids."""
    answers: dict[str, Any] = {question.id: question.default for question in ask_order(library)}
    return dict(as_today(library, {}, answers | WELL | changes))


def person(library: Library, *picks: str, **more: Any) -> dict[str, Any] | None:
    """A well person with these answers; None if nobody can give them all. Options of one `many` question are put together."""
    changes: dict[str, Any] = {}
    for question, option in (pair.split(":") for pick in picks for pair in pick.split()):
        if library.questions[question].kind in ("many", "areas"):
            order = [one.id for one in library.questions[question].options]
            changes[question] = tuple(sorted({*changes.get(question, ()), option}, key=order.index))
        elif changes.setdefault(question, option) != option:
            return None
    if "pregnancy" in changes and changes.get("age_band") in ("60_74", "75plus"):
        return None
    if "none" in (changes.get("pressure_pref"), changes.get("budget")) and {"scent_ok", "clothed"} & set(changes):
        return None  # nobody without a massage is asked about it
    return well(library, **more, **changes)


def anybody(library: Library, rng: random.Random) -> dict[str, Any]:
    """A random answer set. Safety questions are mostly answered "no", so that most people get a plan."""
    return {question.id: random_answer(question, rng) for question in ask_order(library)}


def as_offered(library: Library, answers: dict[str, Any]) -> dict[str, Any]:
    """The same person, who can choose only what their pages show them: options that are for others are left out."""
    found = dict(answers)
    for name, question in Journey(library, answers).asked.items():
        if question.kind == "many":
            shown = {option.id for option in question.options}
            found[name] = tuple(one for one in answers[name] if one in shown) or question.default
    return found


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


def nearly_well(library: Library, rng: random.Random) -> dict[str, Any]:
    """A well person with another life: another age, goal, day and what makes it worse."""
    drawn = anybody(library, rng)
    names = [name for name in drawn if not name.startswith(("rf_", "risk_", "health", "known", "pregnancy"))]
    return well(library) | {name: drawn[name] for name in rng.sample(names, rng.randint(3, 14))}


def flags(library: Library) -> list[str]:
    """Every answer to a safety question that is not its "no"."""
    found = []
    for question in library.questions.values():
        if question.id.startswith("rf_"):
            none = question.default if isinstance(question.default, tuple) else (question.default,)
            found += [f"{question.id}:{option.id}" for option in question.options if option.id not in none]
    return found


EVERYONE_ASKED: dict[str, Any] = {"pregnancy": "t2", "stress": "high", "areas": ("neck_shoulders", "low_back"), "age_band": "18_39"}
ASKED_OF: dict[str, dict[str, Any]] = {
    "rf_eye": {"rf_inflam": ("psoriasis",)},
    "rf_pmr": {"areas": ("neck_shoulders", "buttock_hip"), "age_band": "40_59", "duration": "lt4w"},
    "rf_early_preg": {"pregnancy": "maybe"},
    "rf_postnatal": {"pregnancy": "postpartum_12w"},
    "rf_load_bone": {"activity": "athlete"},
}


def others(*picks: str) -> dict[str, Any] | None:
    """Answers with which every flag's question among the picks is asked, less those picked; None where no one person is asked both."""
    base: dict[str, Any] = {}
    names = [pick.partition(":")[0] for pick in picks]
    for name, value in (pair for one in names for pair in ASKED_OF.get(one, {}).items()):
        if base.setdefault(name, value) != value:
            return None
    if "rf_preg_warning" in names and base.get("pregnancy", "t2") != "t2":
        return None
    return {name: value for name, value in (EVERYONE_ASKED | base).items() if name not in names}
