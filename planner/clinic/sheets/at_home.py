"""What a patient made of a clinic's sheet under its code, in words, beside what was printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.answers import Value
from planner.domain.lines import Line, Plan
from planner.domain.model import Library
from planner.domain.rules import said
from planner.kept.plans import Body


@dataclass(frozen=True)
class ChangedAnswer:
    """`before` and `now` are words, empty where there was no answer."""

    question: str
    before: str
    now: str


def changed_answers(library: Library, printed: Body, own: Body) -> tuple[ChangedAnswer, ...]:
    """The answers that differ, in asking order."""
    pairs = ((name, printed.answers.get(name), own.answers.get(name)) for name in library.questions)
    return tuple(
        ChangedAnswer(library.questions[name].short, answer_text(library, name, before), answer_text(library, name, now))
        for name, before, now in pairs
        if before != now
    )


def answer_text(library: Library, question: str, value: Value | None) -> str:
    """An answer in words."""
    if value is None:
        return ""
    values = value if isinstance(value, list | tuple) else (value,)
    return ", ".join(said(library, question, str(one)) for one in values)


@dataclass(frozen=True)
class AtHome:
    """A patient's own version. `day`: when they made it; `lines`: its exercises, where it can be opened under today's content."""

    day: date
    answers: tuple[ChangedAnswer, ...]
    lines: tuple[Line, ...]


def at_home(library: Library, printed: Body, own: Body, plan: Plan | None) -> AtHome:
    return AtHome(own.made, changed_answers(library, printed, own), tuple(plan.section("exercises")) if plan else ())
