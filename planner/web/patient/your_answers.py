"""What a person has said."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response
from werkzeug.wrappers import Response as Redirect

from planner.domain.answers import TICKED, chosen
from planner.domain.journey import Journey
from planner.domain.model import Page, Question
from planner.domain.rules import said
from planner.domain.steps import page_of
from planner.languages.translate import gettext as _
from planner.languages.translate import ngettext
from planner.web.patient.here import journey, to_open
from planner.web.patient.step_paths import step_path, steps_of
from planner.web.render import draft, library, page

pages = Blueprint("answers", __name__)


@dataclass(frozen=True)
class AnswerRow:
    """One row of the page. `change`: the address at which it is changed."""

    name: str
    answer: str
    change: str


@pages.get("/answers")
def your_answers() -> Response | Redirect:
    here = journey()
    if not draft().answers:
        return to_open(here)
    steps = steps_of(here)
    upto = steps.next()
    to = step_path(here, steps.ids[-1] if upto is None else upto)
    return page("answers.html", sections=sections(here), open=to if upto else None, back=None if upto else to)


def sections(here: Journey) -> list[tuple[str, list[AnswerRow]]]:
    """What was said, under the heading of its part. Of lists of ticks the ticked ones; all the others stand in one row."""
    found: dict[str, list[AnswerRow]] = {}
    unsaid: dict[str, list[tuple[Page, Question]]] = {}
    for question in here.asked.values():
        home = page_of(library(), question.id)
        if here.answers.get(question.id, TICKED) == TICKED:
            continue
        rows = found.setdefault(home.section, [])
        if here.answers[question.id] != question.default or (home.kind != "ticks" and question.id not in home.folded):
            rows.append(row(here, question))
        elif home.kind == "ticks":
            unsaid.setdefault(home.section, []).append((home, question))
    for heading, held in unsaid.items():
        found[heading] += no_rows(here, held)
    return [(heading, rows) for heading, rows in found.items() if rows]


def no_rows(here: Journey, held: list[tuple[Page, Question]]) -> list[AnswerRow]:
    """One row for all safety questions that were not ticked; one for each other list of which nothing was."""
    asked = [question for home, question in held if home.safety]
    if asked:
        words = ngettext("No to %(n)d question", "No to %(n)d questions", len(asked)) % {"n": len(asked)}
        return [AnswerRow(_("Safety signs"), words, change_path(here, asked[0]))]
    homes = {home.id: home for home, _question in held}
    whole = (home for home in homes.values() if all(said_nothing(here, name) for name in home.questions))
    return [AnswerRow(home.title, home.none or _("None of these"), step_path(here, home.id)) for home in whole]


def said_nothing(here: Journey, name: str) -> bool:
    return name not in here.asked or here.answers.get(name) == here.asked[name].default


def row(here: Journey, question: Question) -> AnswerRow:
    words = ", ".join(after_name(said(library(), question.id, word), question.short) for word in chosen(here.answers, question.id))
    own = str(here.answers.get(question.own_words, "")) if question.own_words else ""
    return AnswerRow(question.short, f"{words}: {own}" if own else words, change_path(here, question))


def change_path(here: Journey, question: Question) -> str:
    return step_path(here, steps_of(here).of_question(question.id))


def after_name(words: str, name: str) -> str:
    """An answer without the name of its question, where it begins with that: it is printed after the name."""
    return words[len(name) :].lstrip() if words.lower().startswith(f"{name.lower()} ") else words
