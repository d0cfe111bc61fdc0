"""A page for each exercise, for everybody: big pictures beside the steps. And today's exercises, one at a time."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as Redirect

from planner.domain.lines import Line, Plan
from planner.web.patient.plan_pages import away, finished
from planner.web.render import library, page

pages = Blueprint("exercises", __name__)


@pages.get("/exercises")
def every_exercise() -> Response:
    return page("exercises.html")


@pages.get("/exercises/<name>")
def exercise(name: str) -> Response:
    item = library().exercises.get(name)
    return page("exercise.html", item=item) if item else abort(404)


@pages.get("/plan/session")
def session() -> Response | Redirect:
    plan = finished()
    return page("session.html", plan=plan, lines=due(plan, date.today())) if plan else away()


@pages.post("/plan/session")
def felt() -> Redirect:
    """How it felt is not kept yet: the next page only thanks."""
    return redirect("/plan/session/done", 303)


@pages.get("/plan/session/done")
def session_done() -> Response:
    return page("session_done.html")


def due(plan: Plan, on: date) -> tuple[Line, ...]:
    """The exercises of this weekday in the order in which one gets up from the floor; on a free day, all of them.

    On the day that the plan is made, also what it says to do today."""
    today = set(plan.weeks[0][on.weekday()].exercises if plan.weeks else ())
    today |= {one.line for one in plan.today} if on == plan.made_on else set()
    return tuple(line for line in plan.section("exercises") if line.id in today) or plan.section("exercises")
