"""A page for each exercise, for everybody: big pictures beside the steps. And today's exercises, one at a time."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as Redirect

from planner.outputs.turns import due
from planner.web.own_day import today_here
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
    return page("session.html", plan=plan, lines=due(plan, today_here())) if plan else away()


@pages.post("/plan/session")
def felt() -> Redirect:
    """How it felt is not kept yet: the next page only thanks."""
    return redirect("/plan/session/done", 303)


@pages.get("/plan/session/done")
def session_done() -> Response:
    return page("session_done.html")
