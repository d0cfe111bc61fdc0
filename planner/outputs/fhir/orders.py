"""The exercises of a plan, each as a FHIR ServiceRequest with its dose. Shaped as in the US Physical Activity guide 1.0."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from planner.domain.lines import Line, Plan
from planner.domain.model import Exercise
from planner.languages.translate import gettext as _
from planner.outputs.fhir.answered import ANSWERS
from planner.outputs.fhir.naming import LINE_CODES, Naming, Resource, coded
from planner.outputs.moving import dose_words
from planner.outputs.said_doses import in_a_row
from planner.outputs.words import because_text, certainty_text

PHYSICAL_ACTIVITY = coded("http://hl7.org/fhir/us/physical-activity/CodeSystem/pa-temporary-codes", "PhysicalActivity", "Physical Activity")
EXERCISE_THERAPY = coded("http://snomed.info/sct", "229065009", "Exercise therapy")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def orders(plan: Plan, names: Naming) -> list[Resource]:
    return [order(line, plan, names) for line in plan.lines if isinstance(line.item, Exercise)]


def order(line: Line, plan: Plan, names: Naming) -> Resource:
    """One exercise: `orderDetail` has its dose by weeks, in words; `occurrenceTiming` the days on which it is due."""
    reason = because_text(line.because)
    return {
        "resourceType": "ServiceRequest",
        "id": names.id(line.id),
        "language": plan.lang,
        "basedOn": [names.to("plan", "CarePlan")],
        "status": "active",
        "intent": "plan",
        "category": [{"coding": [PHYSICAL_ACTIVITY]}],
        "code": {"coding": [EXERCISE_THERAPY, coded(LINE_CODES, line.id, line.title)], "text": line.title},
        "orderDetail": [{"text": text} for text in dose_by_weeks(line)],
        "subject": names.to("person", "Patient"),
        **when(line, plan),
        "authoredOn": plan.made_on.isoformat(),
        "performer": [names.to("person", "Patient")],
        "supportingInfo": [names.to(ANSWERS, "QuestionnaireResponse")],
        "reasonCode": [{"text": reason}] if reason else [],
        "note": [{"text": text} for text in (certainty_text(line.certainty), line.told) if text],
        "patientInstruction": " ".join(filter(None, (*line.steps, line.exercise.stop_if, *line.advice))),
    }


def dose_by_weeks(line: Line) -> Iterator[str]:
    """ "Weeks 1 to 2: 5 times, hold 2 seconds, twice a day", and so on. A position that eases has no weeks."""
    if line.section == "ease":
        yield dose_words(line)
        return
    for said, run in groupby(enumerate(line.doses, 1), key=lambda numbered: in_a_row(numbered[1])):
        weeks = [number for number, _dose in run]
        yield week_text(weeks[0], weeks[-1], said)
    if line.after:
        yield _("After week 4: %(dose)s.") % {"dose": in_a_row(line.after)}


def week_text(first: int, last: int, said: str) -> str:
    if first == last:
        return _("Week %(n)d: %(dose)s.") % {"n": first, "dose": said}
    return _("Weeks %(first)d to %(last)d: %(dose)s.") % {"first": first, "last": last, "dose": said}


def when(line: Line, plan: Plan) -> dict[str, Any]:
    """The weekdays and times a day where they are the same in all four weeks, else each day; as needed for what eases."""
    if line.section == "ease":
        return {"asNeededBoolean": True}
    due = [tuple(number for number, day in enumerate(week) if line.id in day.exercises) for week in plan.weeks]
    if not any(due):
        return {}
    times = {dose.times_a_day for dose in line.doses}
    if len(set(due)) > 1 or len(times) > 1:
        return {"occurrenceTiming": {"event": [on.isoformat() for on in dates(plan, due)]}}
    last = plan.made_on + timedelta(weeks=len(due), days=-1)
    repeat = {"boundsPeriod": {"start": plan.made_on.isoformat(), "end": last.isoformat()}, "frequency": times.pop(), "period": 1}
    weekdays = {"dayOfWeek": [DAYS[number] for number in due[0]]} if len(due[0]) < len(DAYS) else {}
    return {"occurrenceTiming": {"repeat": {**repeat, "periodUnit": "d", **weekdays}}}


def dates(plan: Plan, due: list[tuple[int, ...]]) -> list[date]:
    """Weekdays (Monday 0) of each week as days. A week of a plan begins on the day of the week on which it was made."""
    starts = [plan.made_on + timedelta(weeks=week) for week in range(len(due))]
    return sorted(start + timedelta(days=(day - start.weekday()) % 7) for start, days in zip(starts, due, strict=True) for day in days)
