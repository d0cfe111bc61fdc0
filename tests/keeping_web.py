"""Keeping in a browser, for tests: a person at their plan, and the buttons they press."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import Flask, Response
from sqlalchemy import text
from werkzeug.test import TestResponse

from planner.database.sessions import reading, writing
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.kept import plans
from planner.kept.codes import grouped
from planner.kept.plans import Safe
from planner.web.draft import Draft, store
from tests.conftest import SECRET, only
from tests.people import well
from tests.walker import Walker

ONCE = re.compile(r'name="once" value="([^"]+)"')
COOKIE = re.compile("answers=([^;]+)")
WORDS = "my very own goal"
CODE = re.compile(r"^/kept/((?:[0-9A-Z]{4}-){4}[0-9A-Z])$")


def at_plan(app: Flask, library: Library, **answers: Any) -> Walker:
    """A person whose plan is open. Their browser has the cookie that answering every question would have left there."""
    person = well(library, goal="sport", goal_words=WORDS, **answers)
    walker = Walker(app.test_client(), library, person)
    with app.test_request_context():
        response = store(Response(), Draft(Journey(library, person).reachable))
    walker.client.set_cookie("answers", COOKIE.findall(response.headers["Set-Cookie"])[0])
    walker.get("/plan")
    return walker


def once(walker: Walker) -> str:
    return only(ONCE, walker.page.text)


def keep(walker: Walker, **data: str) -> str:
    """Presses the button; where it led."""
    url = str(walker.post("/keep", data, once=once(walker)).location)
    assert CODE.match(url), url
    return url


def rows(app: Flask) -> int:
    with reading(app.extensions["database"]) as session:
        return session.scalar(text("select count(*) from kept_plan")) or 0


def change(walker: Walker, url: str, expects: int = 303, **data: str) -> TestResponse:
    """Presses "Change my answers" on the page of a kept plan."""
    walker.get(url)
    return walker.post(f"{url}/change", data, expects=expects)


def save(walker: Walker, expects: int = 303, **answers: Any) -> TestResponse:
    """Changes an answer and presses "Save these changes"."""
    walker.answers = well(walker.library, goal="sport", goal_words=WORDS, **answers)
    walker.get("/ask/duration")
    walker.step()
    walker.walk()
    walker.get("/plan")
    return walker.post("/keep", expects=expects, once=once(walker))


LONG_AGO = date(2026, 1, 5)


def kept_with(app: Flask, library: Library, made: date = LONG_AGO, **answers: Any) -> str:
    """A plan kept long ago, with answers that today's content reads in another way."""
    found = Journey(library, well(library)).reachable | answers
    body = plans.Body({name: value for name, value in found.items() if value is not None}, "other", "older", made)
    with writing(app.extensions["database"]) as session:
        return f"/kept/{grouped(plans.keep(session, Safe(SECRET), body, date.today()))}"
