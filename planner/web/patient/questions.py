"""The questions, a page at a time. The place in the journey is worked out from the answers at each request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.domain.answers import TICKED, Value
from planner.domain.journey import Journey, own_page, page_called, page_of, put
from planner.domain.model import Question
from planner.languages.translate import gettext as _
from planner.web.draft import store
from planner.web.patient.drawing_ahead import begin_documents
from planner.web.patient.question_forms import answers_of, form_for
from planner.web.render import country, draft, library, page

pages = Blueprint("ask", __name__)


@pages.get("/ask")
def first() -> Redirect:
    return redirect(next_url(journey()), 303)


@pages.get("/ask/<step>")
def show(step: str) -> Response | Redirect:
    here = journey()
    if not known(step):
        abort(404)
    if not allowed(here, step) or (here.triage.no_plan and step == first_open(here)):
        return redirect(next_url(here), 303)
    return drawn(here, step, values=dict(draft().answers), errors=cleared(here, step))


@pages.post("/ask/<step>")
def answer(step: str) -> Response | Redirect:
    here = journey()
    if not known(step):
        abort(404)
    if not allowed(here, step):
        return redirect(next_url(here), 303)
    found = ticks_posted(here, step) if is_ticks(step) else form_posted(here, step)
    if isinstance(found, Response):
        return found
    return saved(found)


def journey() -> Journey:
    return Journey(library(), draft().answers)


def known(step: str) -> bool:
    return page_called(library(), step) is not None or step in library().questions


def allowed(here: Journey, step: str) -> bool:
    """True for steps already answered, and for the first that is open: nobody skips ahead."""
    steps = here.steps()
    if step not in steps:
        return step in here.asked and step in here.answers
    upto = first_open(here)
    return upto is None or steps.index(step) <= steps.index(upto)


def first_open(here: Journey) -> str | None:
    """The first step that is not answered, also where triage has stopped the journey."""
    return next((step for step in here.steps() if not done(here, step)), None)


def done(here: Journey, step: str) -> bool:
    """True when a page's questions have answers or pages of their own, or when a ticked question has its exact answer."""
    if page_called(library(), step):
        return all(question.id in here.answers or question.id in here.steps() for question in here.questions_on(step))
    return here.answers.get(step, TICKED) != TICKED


def is_ticks(step: str) -> bool:
    found = page_called(library(), step)
    return found is not None and found.kind == "ticks"


def ticks_posted(here: Journey, step: str) -> dict[str, Value] | Response:
    """The answers of a page of ticks. What was shown and not ticked is recorded as its default."""
    questions = here.questions_on(step)
    listed = {question.id: request.form.getlist(question.id) for question in questions if not question.tick and question.kind == "many"}
    ticked = [name for name in request.form.getlist("tick") if name in {question.id for question in questions} - set(listed)]
    anything = bool(ticked or any(listed.values()))
    known_options = all(set(some) <= {o.id for o in here.asked[name].options} for name, some in listed.items())
    unknown = len(ticked) != len(request.form.getlist("tick")) or not known_options
    none = "none" in request.form
    if unknown or none == anything:
        message = (
            _("Choose from the list on this page")
            if unknown
            else _("Tick what is true, or press the last button")
            if not anything
            else _("You ticked something and pressed the last button. Choose one of the two")
        )
        values: dict[str, Any] = dict(draft().answers) | listed
        return drawn(here, step, values=values, errors={"tick": message}, ticked=set(ticked), status=422)
    return {question.id: tick_value(question, question.id in ticked, listed) for question in questions}


def tick_value(question: Question, ticked: bool, listed: dict[str, list[str]]) -> Value:
    """What a tick box says: the default, the exact answer, or that its exact question comes next."""
    if question.id in listed:
        some = [option.id for option in question.options if option.id in listed[question.id] and option.id != question.none]
        return tuple(some) or question.default
    if not ticked:
        return question.default
    if not own_page(page_of(library(), question.id), question):
        return next(option.id for option in question.options if option.id != question.default)
    before = draft().answers.get(question.id)
    return before if before not in (None, question.default) else TICKED


def form_posted(here: Journey, step: str) -> dict[str, Value] | Response:
    """The answers of a form page, or the same page with what is wrong."""
    questions = here.questions_on(step)
    form = form_for(library(), questions)
    if form.validate():
        return answers_of(form, questions)
    values = {name: field.data for name, field in form._fields.items()}
    errors = {name: str(field.errors[0]) for name, field in form._fields.items() if field.errors}
    return drawn(here, step, values=values, errors=errors, status=422)


def saved(found: dict[str, Value]) -> Redirect:
    """Stores the answers and goes on: to what is open, to the stop page, or back to the answers."""
    answers = put(library(), draft().answers, found)
    after = Journey(library(), answers)
    begin_documents(after)
    return store(redirect(next_url(after), 303), replace(draft(), answers=answers))


def next_url(here: Journey) -> str:
    """Where to go now: the first open step, else the answers page (or the stop page)."""
    if here.triage.no_plan:
        return "/stop"
    upto = here.next_step()
    return f"/ask/{upto}" if upto else "/answers"


def cleared(here: Journey, step: str) -> dict[str, str]:
    """The notice on the first page when a draft was there and can't be used any more."""
    first = step == here.steps()[0]
    return {"tick": _("Your answers were cleared. They are kept for one day. Please start again")} if draft().lost and first else {}


def drawn(
    here: Journey,
    step: str,
    *,
    values: dict[str, Any],
    errors: dict[str, str] | None = None,
    ticked: set[str] | None = None,
    status: int = 200,
) -> Response:
    """One step as a page."""
    found = page_called(library(), step) or page_of(library(), step)
    questions = here.questions_on(step)
    back = here.previous(step) if here.missing else None
    return page(
        "ask.html",
        status,
        step=step,
        page=found,
        questions=questions,
        ticks=is_ticks(step),
        values={question.id: country().id for question in questions if question.kind == "select"} | values,
        ticked=ticked if ticked is not None else ticks_shown(questions),
        errors=errors or {},
        action=f"/ask/{step}",
        back=f"/ask/{back}" if back else "/" if here.missing else "/answers",
        position=here.position(step),
        section=found.section,
    )


def ticks_shown(questions: tuple[Question, ...]) -> set[str]:
    """Ticks that the person has already made on this page."""
    answers = draft().answers
    return {question.id for question in questions if answers.get(question.id, question.default) != question.default}
