"""Keeping in a browser, for tests: a person at their plan, and the buttons they press."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import Flask, Response
from sqlalchemy import text

from planner.database.sessions import reading, writing
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.kept import plans
from planner.kept.codes import grouped
from planner.kept.plans import Safe
from planner.web.draft import Draft, store
from tests.conftest import SECRET, TOKEN
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
    assert walker.get("/plan").status_code == 200 and walker.url == "/plan"
    return walker


def post(walker: Walker, url: str, **data: str) -> Any:
    found = TOKEN.search(walker.page.text)
    return walker.client.post(url, data={"csrf_token": found[1] if found else "", **data})


def once(walker: Walker) -> str:
    found = ONCE.search(walker.page.text)
    assert found
    return found[1]


def keep(walker: Walker, **data: str) -> str:
    """Presses the button; where it led."""
    response = post(walker, "/keep", once=once(walker), **data)
    assert response.status_code == 303, response.status_code
    url = response.headers["Location"]
    assert CODE.match(url), url
    return str(url)


def rows(app: Flask) -> int:
    with reading(app.extensions["database"]) as session:
        return session.scalar(text("select count(*) from kept_plan")) or 0


def change(walker: Walker, url: str, **data: str) -> Any:
    """Presses "Change my answers" on the page of a kept plan."""
    walker.get(url)
    return post(walker, f"{url}/change", **data)


def save(walker: Walker, **answers: Any) -> Any:
    """Changes an answer and presses "Save these changes"."""
    walker.answers = well(walker.library, goal="sport", goal_words=WORDS, **answers)
    walker.get("/ask/duration")
    walker.step()
    walker.walk()
    walker.get("/plan")
    return post(walker, "/keep", once=once(walker))


def kept_with(app: Flask, library: Library, **answers: Any) -> str:
    """A plan kept long ago, with answers that today's content reads in another way."""
    found = Journey(library, well(library)).reachable | answers
    body = plans.Body({name: value for name, value in found.items() if value is not None}, "GB", "older", date(2026, 1, 5))
    with writing(app.extensions["database"]) as session:
        return f"/kept/{grouped(plans.keep(session, Safe(SECRET), body, date.today()))}"
