"""The plan itself as a FHIR CarePlan, with the whole plan as its text, and the goal as a Goal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import escape

from planner.domain.lines import Line, MassagePart, Plan
from planner.domain.model import Exercise, Library
from planner.languages.translate import gettext as _
from planner.outputs.arrange import country_of
from planner.outputs.fhir.answered import ANSWERS
from planner.outputs.fhir.naming import LINE_CODES, Naming, Resource, coded
from planner.outputs.local_words import kept
from planner.outputs.massage_sessions import how_often, pressure_asked
from planner.outputs.text import to_text
from planner.outputs.words import level_text, minutes_text

PLAN_OF_TREATMENT = coded("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan", "Assessment and Plan of Treatment")
UNDERLINED = re.compile(r"^(.+)\n(?:=+|-+)$", re.MULTILINE)


def care_plan(plan: Plan, library: Library, names: Naming) -> Resource:
    """What to do, what not, and until when. A plan that says to get help is on hold and asks for nothing."""
    return {
        "resourceType": "CarePlan",
        "id": names.id("plan"),
        "language": plan.lang,
        "text": {"status": "generated", "div": narrative(to_text(plan, library))},
        "status": "on-hold" if plan.triage.no_plan else "active",
        "intent": "plan",
        "category": [{"coding": [PLAN_OF_TREATMENT]}],
        "title": plan.headline or level_text(plan.triage.level),
        "description": plan.lead,
        "subject": names.to("person", "Patient"),
        "period": {"start": plan.made_on.isoformat(), "end": plan.not_after.isoformat()},
        "created": plan.made_on.isoformat(),
        "supportingInfo": [names.to(ANSWERS, "QuestionnaireResponse"), names.to("document", "DocumentReference")],
        "goal": [names.to("goal", "Goal")] if has_goal(plan) else [],
        "activity": [activity(line, plan, names) for line in plan.lines],
        "note": [{"text": text} for text in notes(plan)],
    }


def narrative(text: str) -> str:
    """The plan's text as the XHTML that every reader of FHIR shows. What is underlined in the text is bold here."""
    headed = (UNDERLINED.sub(r"<b>\1</b>", str(escape(part))) for part in text.strip().split("\n\n"))
    parts = (part.replace("\n", "<br/>") for part in headed)
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(f"<p>{part}</p>" for part in parts if part)}</div>'


def activity(line: Line, plan: Plan, names: Naming) -> Resource:
    """An exercise is a request of its own; anything else is told here."""
    if isinstance(line.item, Exercise):
        return {"reference": names.to(line.id, "ServiceRequest")}
    first = plan.massage is not None and line in plan.massage.styles[:1]
    said = (line.short, *(massage_said(plan.massage) if first and plan.massage else ()), *line.advice)
    return {
        "detail": {
            "code": {"coding": [coded(LINE_CODES, line.id, line.title)], "text": line.title},
            "status": "not-started",
            "description": " ".join(said),
        }
    }


def massage_said(part: MassagePart) -> tuple[str, ...]:
    return f"{pressure_asked(part)}.", f"{minutes_text(part.minutes)}, {how_often(part)}.", *part.tell


def notes(plan: Plan) -> Iterator[str]:
    """What must be read with it: when to stop, and what else holds for this person."""
    if plan.stop_box.now:
        yield _("Get help now if:") + " " + " ".join(plan.stop_box.now)
    if plan.stop_box.today:
        yield _("Get help today if:") + " " + " ".join(plan.stop_box.today)
    yield from plan.notes
    yield from (f"{note.condition.title}: {note.condition.say}" for note in (plan.massage.notes if plan.massage else ()))


def has_goal(plan: Plan) -> bool:
    return bool(plan.goal_words or plan.goal_label)


def goal(plan: Plan, library: Library, names: Naming) -> Resource:
    """What the person would like to do again, in their words or in ours."""
    words = kept(country_of(plan, library), plan.goal_words)
    return {
        "resourceType": "Goal",
        "id": names.id("goal"),
        "language": plan.lang,
        "lifecycleStatus": "proposed",
        "description": {"text": words or plan.goal_label},
        "subject": names.to("person", "Patient"),
        "startDate": plan.made_on.isoformat(),
        "note": [{"text": kept(country_of(plan, library), step)} for step in plan.goal_way.ahead],
    }
