"""How long answers stay in this browser: remembered when asked for, cleared, brought back, or gone by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, Flask, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.languages.translate import gettext as _
from planner.languages.translate import ngettext
from planner.web.draft import UNDO_SECONDS, bring_back, forget, load_cleared, set_aside, store
from planner.web.patient import keeping, plan_pages, questions, stop_pages, your_answers
from planner.web.patient.drawing_ahead import forget_documents
from planner.web.render import draft, library, page

pages = Blueprint("lasting", __name__)
AFTER_REMEMBERING = ("/plan", "/answers")
"""Where the button stands, and so where it may lead back to."""


def tell_how_long(app: Flask) -> None:
    """What templates ask about the answers of this browser."""
    app.jinja_env.globals |= {"time_left": time_left, "may_come_back": may_come_back}


def time_left(left: timedelta) -> str:
    """In whole hours or days, rounded down, so that no clock and no time zone is needed."""
    hours = int(left.total_seconds() // 3600)
    if hours < 1:
        return _("in less than an hour")
    if hours < 48:
        return ngettext("in %(num)s hour", "in %(num)s hours", hours) % {"num": hours}
    days = hours // 24
    return ngettext("in %(num)s day", "in %(num)s days", days) % {"num": days}


def may_come_back() -> bool:
    """True while what was cleared in this browser can be brought back."""
    return load_cleared(library()) is not None


def gone() -> Response | None:
    """Before each page that needs answers: there were some in this browser, and they can't be used any more."""
    return page("gone.html", 410) if draft().lost else None


for one in (questions.pages, your_answers.pages, stop_pages.pages, plan_pages.pages, keeping.pages):
    one.before_request(gone)


@pages.post("/begin")
def start_again() -> Redirect:
    """After answers that are gone: nothing is left of them, and the questions begin anew."""
    return forget(redirect("/ask", 303)) if draft().lost else redirect("/ask", 303)


@pages.post("/remember")
def remember() -> Redirect:
    """30 days instead of one, or one again."""
    back = request.form.get("back", "")
    done = redirect(back if back in AFTER_REMEMBERING else "/plan", 303)
    return store(done, replace(draft(), remembered=request.form.get("for") == "month")) if draft().answers else done


@pages.get("/clear")
def ask_clear() -> Response | Redirect:
    return page("clear.html") if draft().answers else redirect("/", 303)


@pages.post("/clear")
def clear() -> Redirect:
    """Clears the answers. For a moment they may come back, unless they are to be gone at once.
    What was drawn of them goes at once in any case: it can be drawn again."""
    forget_documents()
    if not draft().answers or request.form.get("how") == "at once":
        return forget(redirect("/", 303))
    return set_aside(redirect("/cleared", 303), draft())


@pages.get("/cleared")
def cleared() -> Response | Redirect:
    return page("cleared.html", minutes=UNDO_SECONDS // 60) if may_come_back() else redirect("/", 303)


@pages.post("/undo")
def undo() -> Response | Redirect:
    """Brings back what was cleared. Answers that were given meanwhile are not put away for it."""
    if draft().answers:
        return redirect("/ask", 303)
    found = load_cleared(library())
    return bring_back(redirect("/ask", 303), found) if found else page("cleared_for_good.html", 410)
