"""The questions, a page at a time. The place in the journey is worked out from the answers at each request."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.domain.answers import TICKED, Value
from planner.domain.journey import Journey, own_page, page_called, page_of, put
from planner.domain.model import Page, Question
from planner.translate import gettext as _
from planner.web.draft import Draft, store
from planner.web.forms import answers_of, form_for
from planner.web.render import draft, library, page
from planner.web.warm import begin_documents

pages = Blueprint("ask", __name__)


@pages.get("/ask")
def first() -> Redirect:
    return redirect(next_url(journey()), 303)


@pages.get("/ask/<step>")
def show(step: str) -> Response | Redirect:
    here = journey()
    if not known(step):
        abort(404)
    if not allowed(here, step):
        return redirect(next_url(here), 303)
    return drawn(here, step, values=dict(draft().answers))


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
    return saved(here, step, found)


def journey() -> Journey:
    return Journey(library(), draft().answers)


def known(step: str) -> bool:
    return page_called(library(), step) is not None or step in library().questions


def allowed(here: Journey, step: str) -> bool:
    """True for steps already answered, and for the first that is open: nobody skips ahead."""
    steps = here.steps()
    if step not in steps:
        return step in here.asked and page_called(library(), step) is None
    upto = here.next_step()
    return upto is None or upto not in steps or steps.index(step) <= steps.index(upto)


def is_ticks(step: str) -> bool:
    found = page_called(library(), step)
    return found is not None and found.kind == "ticks"


def ticks_posted(here: Journey, step: str) -> dict[str, Value] | Response:
    """The answers of a page of ticks. What was shown and not ticked is recorded as its default."""
    questions = here.questions_on(step)
    ticked = [name for name in request.form.getlist("tick") if name in {question.id for question in questions}]
    listed = {question.id: request.form.getlist(question.id) for question in questions if not question.tick and question.kind == "many"}
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
    found = page_called(library(), step)
    assert found is not None
    return {question.id: tick_value(found, question, question.id in ticked, listed) for question in questions}


def tick_value(found: Page, question: Question, ticked: bool, listed: dict[str, list[str]]) -> Value:
    """What a tick box says: the default, the exact answer, or that its exact question comes next."""
    if question.id in listed:
        some = [option.id for option in question.options if option.id in listed[question.id] and option.id != question.none]
        return tuple(some) or question.default
    if not ticked:
        return question.default
    if not own_page(found, question):
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


def saved(here: Journey, step: str, found: dict[str, Value]) -> Redirect:
    """Stores the answers and goes on: to what is open, to the stop page, or back to the answers."""
    answers = put(library(), draft().answers, found)
    after = Journey(library(), answers)
    begin_documents(after)
    url = "/stop" if after.triage.no_plan else next_url(after, after_step=step)
    response = redirect(url, 303)
    store(response, Draft(answers, draft().country))  # type: ignore[arg-type]
    return response


def next_url(here: Journey, after_step: str = "") -> str:
    """Where to go now: the first open step, else the answers page (or the stop page)."""
    if here.triage.no_plan and draft().answers:
        return "/stop"
    upto = here.next_step()
    return f"/ask/{upto}" if upto else "/answers"


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
    back = here.previous(step)
    return page(
        "ask.html",
        status,
        step=step,
        page=found,
        questions=questions,
        ticks=is_ticks(step),
        values=values,
        ticked=ticked if ticked is not None else ticks_shown(questions),
        errors=errors or {},
        action=f"/ask/{step}",
        back=f"/ask/{back}" if back else "/",
        position=here.position(step),
        section=found.section,
    )


def ticks_shown(questions: tuple[Question, ...]) -> set[str]:
    """Ticks that the person has already made on this page."""
    answers = draft().answers
    return {question.id for question in questions if answers.get(question.id, question.default) != question.default}
