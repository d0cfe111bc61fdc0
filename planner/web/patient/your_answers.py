"""Check your answers."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Redirect

from planner.domain.answers import TICKED, chosen
from planner.domain.journey import Journey
from planner.domain.model import Question
from planner.domain.rules import said
from planner.domain.steps import Steps, page_of
from planner.web.patient.here import journey, next_url
from planner.web.render import draft, library, page

pages = Blueprint("answers", __name__)


@dataclass(frozen=True)
class AnswerRow:
    """One answer on the page. `change`: the step on which it is changed."""

    name: str
    answer: str
    change: str


@pages.get("/answers")
def your_answers() -> Response | Redirect:
    here = journey()
    if not draft().answers:
        return redirect(next_url(here), 303)
    steps = Steps(here)
    upto = steps.next()
    back = steps.ids[-1] if upto is None else None
    return page("answers.html", sections=sections(here), open=upto, back=f"/ask/{back}" if back else None)


def sections(here: Journey) -> list[tuple[str, list[AnswerRow]]]:
    """Every answer that counts, under its page's heading."""
    found: dict[str, list[AnswerRow]] = {}
    for question in here.asked.values():
        if here.answers.get(question.id, TICKED) != TICKED:
            heading = page_of(library(), question.id).section
            found.setdefault(heading, []).append(row(here, question))
    return list(found.items())


def row(here: Journey, question: Question) -> AnswerRow:
    words = ", ".join(said(library(), question.id, word) for word in chosen(here.answers, question.id))
    own = str(here.answers.get(question.own_words, "")) if question.own_words else ""
    return AnswerRow(question.short, f"{words}: {own}" if own else words, Steps(here).of_question(question.id))
