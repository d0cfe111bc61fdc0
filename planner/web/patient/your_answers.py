"""Check your answers, the stop page, the phone slip, the country, and clearing everything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.domain.answers import TICKED, chosen
from planner.domain.journey import Journey, page_of, put
from planner.domain.model import Question
from planner.domain.rules import said
from planner.web.draft import forget, store
from planner.web.patient.questions import journey, next_url
from planner.web.render import country, draft, library, page

pages = Blueprint("answers", __name__)


@dataclass(frozen=True)
class Row:
    name: str
    answer: str
    change: str


@pages.get("/answers")
def show() -> Response | Redirect:
    here = journey()
    if not draft().answers:
        return redirect(next_url(here), 303)
    upto = here.next_step()
    back = here.steps()[-1] if upto is None else None
    return page("answers.html", sections=sections(here), open=upto, back=f"/ask/{back}" if back else None)


def sections(here: Journey) -> list[tuple[str, list[Row]]]:
    """Every answer that counts, under its page's heading."""
    found: dict[str, list[Row]] = {}
    for question in here.asked.values():
        if here.answers.get(question.id, TICKED) != TICKED:
            heading = page_of(library(), question.id).section
            found.setdefault(heading, []).append(row(here, question))
    return list(found.items())


def row(here: Journey, question: Question) -> Row:
    words = ", ".join(said(library(), question.id, word) for word in chosen(here.answers, question.id))
    own = str(here.answers.get(question.own_words, "")) if question.own_words else ""
    step = question.id if question.id in here.steps() else page_of(library(), question.id).id
    return Row(question.short, f"{words}: {own}" if own else words, step)


@pages.get("/stop")
def stop() -> Response | Redirect:
    here = journey()
    if not here.triage.no_plan:
        return redirect(next_url(here), 303)
    fired = [question for reason in here.triage.reasons[:1] for one in reason.because if (question := one.question_id)]
    back = next((f"/ask/{name}" for name in fired if name in here.steps()), None)
    back = back or next((f"/ask/{page_of(library(), name).id}" for name in fired), "/answers")
    return page("stop.html", triage=here.triage, back=back)


@pages.post("/country")
@pages.post("/stop")
def change_country() -> Redirect:
    """The country chosen on the stop page is the answer to the question that would ask for it later."""
    chosen_now = request.form.get("country", "")
    if chosen_now not in library().countries:
        abort(422)
    return store(redirect("/stop", 303), replace(draft(), answers=put(library(), draft().answers, {"country": chosen_now})))


@pages.get("/slip")
def slip() -> Response | Redirect:
    here = journey()
    if not here.triage.no_plan:
        return redirect(next_url(here), 303)
    return page("slip.html", triage=here.triage, made_on=date.today(), country=country())


@pages.post("/clear")
def clear() -> Redirect:
    return forget(redirect("/", 303))
