"""A plan as one JSON object; docs/plan.schema.json is its schema."""

from __future__ import annotations

from functools import partial
from typing import Any

from planner.domain.days import Walking
from planner.domain.from_clinic import ClinicExercise
from planner.domain.limits import Limits
from planner.domain.lines import ConditionNote, Line, MassagePart, Plan, Reason, Reasons
from planner.domain.model import Country, Exercise, Library
from planner.languages.translate import N_, language
from planner.outputs.arrange import country_of, sources_used
from planner.outputs.form import Form
from planner.outputs.indented import AsTyped, OfContent, Typed, indented, quoted_for
from planner.outputs.json_of_content import doses, source
from planner.outputs.massage_sessions import how_long
from planner.outputs.words import numbers, said_text

JSON_FILE = Form(
    ending="json",
    type="application/json",
    link=N_("Data (JSON)"),
    write=lambda plan, library, _beside: as_text(plan, library),
)


def to_json(plan: Plan, library: Library) -> dict[str, Any]:
    """Everything the page prints, under the ids that every other form uses."""
    country = country_of(plan, library)
    found: dict[str, Any] = filled(unfilled(plan, library, country), country)
    found["goal"]["words"] = plan.goal_words  # typed by the person: a brace in it names no number
    return found


def unfilled(plan: Plan, library: Library, country: Country) -> dict[str, Any]:
    return {**opening(plan, library), **body(plan, library), **closing(plan, library, country)}


def as_text(plan: Plan, library: Library) -> str:
    """The same as text."""
    country = country_of(plan, library)
    found = unfilled(plan, library, country)
    found["goal"]["words"] = AsTyped(plan.goal_words)
    return indented(found, quoted_for(country, language())) + "\n"


def filled(part: Any, country: Country) -> Any:
    """The same with the country's numbers in every text."""
    if isinstance(part, str):
        return numbers(country, part)
    if isinstance(part, dict):
        return {key: filled(value, country) for key, value in part.items()}
    if isinstance(part, OfContent):
        return filled(part.plain, country)
    return [filled(one, country) for one in part] if isinstance(part, list) else part


def opening(plan: Plan, library: Library) -> dict[str, Any]:
    """What the plan begins with."""
    return {
        "triage": {
            "level": plan.triage.level,
            "hold": plan.triage.hold,
            "no_plan": plan.triage.no_plan,
            "actions": list(plan.triage.actions),
            "reasons": [reason(one, library) for one in plan.triage.reasons],
        },
        "headline": plan.headline,
        "lead": plan.lead,
        "goal": {"id": plan.goal, "label": plan.goal_label, "words": plan.goal_words, "steps": list(plan.goal_way.steps)},
        "tokens": list(plan.tokens),
        "today": [{"title": one.title, "text": one.text, "line": one.line} for one in plan.today],
        "stop_box": {"now": list(plan.stop_box.now), "today": list(plan.stop_box.today)},
        "notes": list(plan.notes),
    }


def body(plan: Plan, library: Library) -> dict[str, Any]:
    """Its lines, limits and days. `weeks` was called `schedule`; both names stay."""
    days = weeks(plan)
    return {
        "massage": massage(plan.massage, library) if plan.massage else None,
        "lines": [line(one) for one in plan.lines],
        "left_out": left_out(plan),
        "limits": limits(plan.limits),
        "limited": plan.limited,
        "minutes_offered": plan.minutes_offered,
        "minutes_used": plan.minutes_used,
        "schedule": days,
        "weeks": days,
        "walk": walk(plan.walk) if plan.walk else None,
        "medicines": list(plan.medicines),
        "expect": list(plan.expect),
        "work": list(plan.work),
        "flare": list(plan.flare),
    }


def closing(plan: Plan, library: Library, country: Country) -> dict[str, Any]:
    """What it rests on, where and when it was made, and how long it holds."""
    return {
        "sources": [OfContent((one,), partial(source, one)) for one in sources_used(plan, library)],
        "country": country.id,
        "made_on": plan.made_on.isoformat(),
        "review_on": plan.review_on.isoformat(),
        "not_after": plan.not_after.isoformat(),
        "reviewed": plan.reviewed.isoformat(),
        "lang": plan.lang,
        "content_version": plan.content_version,
    }


TIER_CODES = {"none": "T0", "breathing": "T1", "starters": "T2", "all": "T3"}
"""The tiers of exercises, as the clinical reference calls them."""


def limits(held: Limits) -> dict[str, Any]:
    """What this person's conditions allow, as demands."""
    return {
        "bars": sorted(held.bars),
        "ask": sorted(held.ask),
        "soft": sorted(held.soft),
        "dose_cap": held.dose_cap,
        "tier": TIER_CODES[held.tier],
    }


def weeks(plan: Plan) -> list[list[dict[str, Any]]]:
    """Four weeks of seven days, Monday first. Days alike are one, which is written once; so is a list of exercises."""
    days = {day: None for week in plan.weeks for day in week}
    due = {day.exercises: list(day.exercises) for day in days}
    said = {day: {"exercises": due[day.exercises], "massage": day.massage, "walk": day.walk} for day in days}
    return [[said[day] for day in week] for week in plan.weeks]


def left_out(plan: Plan) -> list[dict[str, Any]]:
    """What is not on the plan, and why. One reason leaves out many things, and is written once."""
    said = {place: becauses(why) for place, why in {id(one.because): one.because for one in plan.left_out}.items()}
    return [{"id": one.id, "title": one.title, "because": said[id(one.because)]} for one in plan.left_out]


def walk(one: Walking) -> dict[str, Any]:
    """The walk or the push: minutes a day, into how many they are parted, and days, of each week; empty where words alone are given."""
    return {
        "say": one.whole,
        "minutes": list(one.minutes),
        "bouts": list(one.bouts),
        "days": list(one.days),
        "then": one.then,
        "pushing": one.pushing,
    }


def reason(one: Reason, library: Library) -> dict[str, Any]:
    """A reason under its rule's or its question's id, whichever of the question's answers fired it."""
    code = library.question_of_flag.get(one.flag.id, one.flag.id)
    because = " ".join(filter(None, (said_text(one.because), one.flag.because)))
    return {"id": code, "level": one.level, "say": one.flag.say, "because": because, "actions": list(one.flag.actions), "hold": one.hold}


def massage(part: MassagePart, library: Library) -> dict[str, Any]:
    return {
        "held": part.held,
        "declined": part.declined,
        "styles": [style.id for style in part.styles],
        "pressure_max": part.pressure_max,
        "pressure_ask": part.pressure_ask,
        "positions": list(part.positions),
        "position_notes": list(part.position_notes),
        "minutes": part.minutes,
        "freq": part.freq,
        "sessions": part.row.block if part.row else 0,
        "then": how_long(part, library.schedule) if part.recommended else "",
        "because": becauses(part.row_because),
        "tell": list(part.tell),
        "areas_off": list(part.areas_off),
        "home": part.home,
        "cautions": [condition(note) for note in part.notes],
    }


def condition(note: ConditionNote) -> dict[str, Any]:
    return {
        "id": note.condition.id,
        "title": note.condition.title,
        "say": note.condition.say,
        "held": note.held,
        "because": becauses(note.because),
        "sources": OfContent(note.condition.sources),
    }


def line(one: Line) -> dict[str, Any]:
    """What every line has, and what an exercise has on top: a dose for each of four weeks."""
    found: dict[str, Any] = {
        "id": one.id,
        "section": one.section,
        "title": one.title,
        "because": becauses(one.because),
        "certainty": one.certainty,
        "evidence": one.evidence,
        "not_tested": one.not_tested,
        "sources": OfContent(one.sources),
        "demands": OfContent(one.item.demands),
        "regions": OfContent(one.item.regions if isinstance(one.item, Exercise) else ()),
        "advice": list(one.advice),
        "minutes": one.minutes,
    }
    if isinstance(one.item, Exercise):
        own = isinstance(one.item, ClinicExercise)  # what a clinic wrote is kept ready nowhere
        found |= {
            "purpose": one.item.purpose,
            "dose": doses(one) if own or one.typed else OfContent((one.doses, one.dose_steps), partial(doses, one)),
            "easier": one.easier.id if one.easier else "",
            "harder": one.harder.id if one.harder else "",
            "steps": list(one.steps) if own else OfContent(one.steps),
            "stop_if": one.item.stop_if,
            "told": Typed(one.told),
        }
    return found


def becauses(reasons: Reasons) -> list[dict[str, str]]:
    """Reasons from answers name question and answer; a reason that holds for everybody has `say` alone."""
    return [{"question": one.question, "answer": one.answer, "say": one.say} if one.answer else {"say": one.say} for one in reasons]
