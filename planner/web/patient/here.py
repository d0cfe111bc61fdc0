"""Where this person is: their journey from the draft's answers, and the address to go on with."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, g, redirect
from flask.globals import request_ctx
from werkzeug.wrappers import Response as Redirect

from planner.domain.journey import Journey
from planner.web.at_clinic import at_clinic
from planner.web.draft import Draft, store
from planner.web.patient.step_paths import step_path, steps_of
from planner.web.render import draft, in_place, library

EMPTY = "empty"
"""In the address of the first question, where another page was asked for and no answer is left."""

INTAKE_END = "/intake/consent"
"""Where the questions lead whoever answers for a clinic."""


def journey() -> Journey:
    """The journey of this request's draft, worked out once."""
    now = draft()
    known: list[tuple[Draft, Journey]] = g.setdefault("journeys", [])
    found = next((here for of, here in known if of is now), None)
    return found or worked_out(now, Journey(library(), now.answers))


def worked_out(now: Draft, here: Journey) -> Journey:
    """Says that `here` is the journey of a draft, so that the page that follows need not work it out again."""
    g.setdefault("journeys", []).append((now, here))
    return here


def next_url(here: Journey, done: str = "/plan") -> str:
    """Where to go now: the first open step, or the stop page, or where there is nothing left to ask (`done`): at a clinic, to its end."""
    if here.stopped:
        return "/stop"
    step = steps_of(here).next()
    if step:
        return step_path(here, step)
    return INTAKE_END if done == "/plan" and at_clinic() else done


def to_open(here: Journey) -> Redirect:
    """For whoever asked for what can't be shown yet: on to what is open. Where there are no answers at all, that page says so."""
    return redirect(next_url(here) if draft().answers else f"{next_url(here)}?{EMPTY}", 303)


def led_to(url: str, now: Draft) -> Redirect:
    """Keeps the answers and leads on. A press that htmx sent gets the next page at once: half the requests, half the waiting."""
    sent = redirect(url, 303)
    if not in_place():
        return store(sent, now)
    g.draft = now
    try:
        ways: Any = request_ctx.url_adapter  # by which this request has found its own view
        endpoint, named = ways.match(url, method="GET")
        found = current_app.view_functions[endpoint](**named)
    except Exception:  # it will come again, and be logged, where the browser is sent; this press must not lose its answer
        return store(sent, now)
    if not isinstance(found, Response) or found.status_code != 200:
        return store(sent, now)
    found.headers["HX-Push-Url"] = url
    return store(found, now)
