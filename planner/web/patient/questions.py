"""The questions, a page at a time. The place in the journey is worked out from the answers at each request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.domain.answers import Value
from planner.domain.journey import Journey, put
from planner.domain.model import Question
from planner.domain.steps import Step, Ticks, TicksProblem, exact_or_open, ticks_options, ticks_shown
from planner.domain.taken_back import taken_back
from planner.languages.translate import gettext as _
from planner.web.at_clinic import at_clinic
from planner.web.patient.drawing_ahead import begin_documents
from planner.web.patient.handing_in import hand_over_if_stopped
from planner.web.patient.here import EMPTY, journey, led_to, next_url, to_open, worked_out
from planner.web.patient.question_forms import answers_of, form_for
from planner.web.patient.shown import Misplaced, mark, misplaced
from planner.web.patient.step_paths import step_named, step_path, steps_of
from planner.web.render import country, draft, library, page

pages = Blueprint("ask", __name__)


@pages.get("/ask")
def first() -> Redirect:
    """Where this person goes on: the first open step, or the plan where nothing is open."""
    here = journey()
    finished = not (here.missing or here.triage.no_plan or here.before_card)
    return redirect("/plan" if finished else next_url(here), 303)


@pages.get("/ask/<step>")
def show_step(step: str) -> Response | Redirect:
    here = journey()
    at = step_at(here, step)
    if at is None or not at.may_visit or (here.stopped and at.is_first_open):
        return to_open(here)
    return question_page(here, at, values=dict(draft().answers))


@pages.post("/ask/<step>")
def answer(step: str) -> Response | Redirect:
    here = journey()
    at = step_at(here, step)
    if at is None or not at.may_visit:
        return to_open(here)
    if why := misplaced(at):
        return not_answered(here, at, why)
    found = ticks_posted(here, at) if at.is_ticks else form_posted(here, at)
    return found if isinstance(found, Response) else saved(here, at, found)


def step_at(here: Journey, name: str) -> Step | None:
    """The step at an address; None where it was a page of this journey, and no tick leads to it now. 404 if no journey has one."""
    step = step_named(here, name)
    return None if step is None else steps_of(here).at(step) or abort(404)


def not_answered(here: Journey, at: Step, why: Misplaced) -> Response:
    """The page that is open, with no answer taken from a press that was meant for another page."""
    steps = steps_of(here)
    now = steps.at(steps.next() or at.id) or at
    words = {
        "too soon": _("That was quick. Please read this list, then press again"),
        "other page": _("That press was for another page. Nothing was answered. Please read this page and go on from here"),
    }
    now = at if why == "too soon" else now
    name = "tick" if now.is_ticks or not now.questions else now.questions[0].id
    return question_page(here, now, values=dict(draft().answers), errors={name: words[why]}, status=422)


def ticks_posted(here: Journey, at: Step) -> dict[str, Value] | Response:
    """The answers of a page of ticks, or the same page with what is wrong."""
    listed = {question.id: request.form.getlist(question.id) for question in at.questions if ticks_options(question)}
    ticks = Ticks(at.questions, request.form.getlist("tick"), listed, "none" in request.form, request.form.getlist("harmless"))
    if ticks.problem is None:
        return ticks.answers(library(), draft().answers)
    values: dict[str, Any] = dict(draft().answers) | listed
    return question_page(here, at, values=values, errors={"tick": said_wrong(ticks.problem)}, ticked=set(ticks.ticked), status=422)


def said_wrong(problem: TicksProblem) -> str:
    return {
        "unknown": _("Choose from the list on this page"),
        "nothing": _("Tick what is true, or press the last button"),
        "both": _("You ticked something and pressed the last button. Choose one of the two"),
    }[problem]


def form_posted(here: Journey, at: Step) -> dict[str, Value] | Response:
    """The answers of a form page, or the same page with what is wrong. What a fold holds may be left alone."""
    ticked = set(request.form.getlist("tick"))
    asked = [question for question in at.questions if question not in at.asked_by_tick]
    left_alone = {question.id: untouched(question) for question in asked if question.id in at.page.folded}
    form = form_for(library(), asked, left_alone)
    if form.validate():
        by_tick = {one.id: exact_or_open(one, draft().answers) if one.id in ticked else one.default for one in at.asked_by_tick}
        return answers_of(form, asked) | by_tick
    return question_page(here, at, values=form.data, errors=form.wrong, ticked=ticked, status=422)


def untouched(question: Question) -> Value:
    """What counts where nothing was said in a fold: the country that is shown, else the default."""
    shown = preselected((question,)).get(question.id)
    return str(shown) if shown else question.default


def saved(here: Journey, at: Step, found: dict[str, Value]) -> Response | Redirect:
    """Stores the answers and goes on: to what is open, the stop page, or the plan; where one of a whole set was changed, to
    the list of all. An urgent one is not taken back unasked."""
    then = replace(draft(), answers=put(library(), draft().answers, found))
    after = worked_out(then, here if then.answers == draft().answers else Journey(library(), then.answers))
    if "sure" not in request.form and (said := taken_back(here, after)):
        sent = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
        return page("confirm.html", 422, said=said, action=path_here(here, at), sent=sent, emergency=here.triage.level == "emergency")
    if at_clinic():
        hand_over_if_stopped(after)
    else:
        begin_documents(here, after, then.answers)
    changed = here.complete and not here.triage.no_plan
    g.menu_is_there = bool(draft().answers and at.back)
    return led_to(next_url(after, done="/answers" if changed else "/plan"), then)


def question_page(
    here: Journey,
    at: Step,
    *,
    values: dict[str, Any],
    errors: dict[str, str] | None = None,
    ticked: set[str] | None = None,
    status: int = 200,
) -> Response:
    """One step as a page. A list of ticks that is asked again shows what was ticked before; exact answers are given anew."""
    before = draft().before if at.is_ticks else {}
    back = step_path(here, at.back) if at.back else "/intake/over" if at_clinic() else "/"
    return page(
        "ask.html",
        status,
        step=at.id,
        page=at.page,
        questions=at.questions,
        ticks=at.is_ticks,
        values=preselected(at.questions) | before | values,
        ticked=ticked if ticked is not None else ticks_shown(at.questions, before | draft().answers),
        errors=errors or {},
        action=path_here(here, at),
        shown=mark(at.id),
        back=back if here.missing or here.before_card else "/answers",
        at=at,
        none_left=EMPTY in request.args and not draft().answers,
    )


def path_here(here: Journey, at: Step) -> str:
    """Where the form of a step is sent: whoever came by its id, as links of before December 2026 have it, stays there."""
    return request.path if (request.view_args or {}).get("step") == at.id else step_path(here, at.id)


def preselected(questions: tuple[Question, ...]) -> dict[str, Any]:
    """The question that asks for the country begins with the one we took the person to be in."""
    here = country().id
    return {question.id: here for question in questions if any(option.id == here for option in question.options)}
