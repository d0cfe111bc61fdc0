"""The rules that fired, in words: for a clinician who wants to see why a plan says what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.domain.lines import Because, MassagePart, Plan
from planner.domain.model import Library


def explanation(plan: Plan, library: Library) -> str:
    """Triage, conditions, choices and exclusions, each with the answers and sources behind it."""
    return "\n".join(_paragraphs(plan, library))


def _paragraphs(plan: Plan, library: Library) -> Iterator[str]:
    yield f"Triage: {plan.triage.level}; actions: {', '.join(plan.triage.actions) or 'none'}"
    for reason in plan.triage.reasons:
        level = f"{reason.level}, hold" if reason.hold else reason.level
        yield f"  flag {reason.flag.id} ({level}): {_why(reason.because)} {_from(reason.flag.sources)}"
    if plan.massage:
        yield from _massage(plan.massage)
    for line in plan.lines:
        dose = f", {line.dose_step} dose, {line.minutes} min" if line.dose else ""
        yield f"Chosen {line.id} ({line.certainty} certainty{dose}): {_why(line.because)} {_from(line.sources)}"
        yield from (f"  adapted: {one}" for one in line.advice)
    for left in plan.left_out:
        yield f"Left out {left.id}: {_why(left.because)}"
    if not plan.triage.no_plan:
        yield f"Minutes: {plan.minutes_used} of {plan.minutes_offered}. Content version {library.version}."


def _massage(part: MassagePart) -> Iterator[str]:
    came_to = "held" if part.held else f"pressure at most {part.pressure_max}, {part.minutes} minutes, {part.freq}"
    yield f"Massage: {came_to}"
    for note in part.notes:
        level = "holds" if note.held else note.condition.level
        yield f"  condition {note.condition.id} ({level}, cap {note.condition.cap}): {_why(note.because)} {_from(note.condition.sources)}"
    if part.row:
        yield f"  frequency row {part.row.id}: {_why(part.row_because)} {_from(part.row.sources)}"


def _from(sources: Iterable[str]) -> str:
    return f"[{', '.join(sources)}]"


def _why(because: Iterable[Because]) -> str:
    reasons = [f'{one.question}: "{one.answer}" - {one.say}' if one.question else one.say for one in because]
    return "; ".join(reasons)
