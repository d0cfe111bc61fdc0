"""Kept plans that have grown old, for tests, and a browser that opens them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from flask import Flask

from planner.database.sessions import reading, writing
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.kept import plans
from planner.kept.codes import grouped, read_code
from planner.kept.plans import Body, Safe
from tests.conftest import SECRET
from tests.people import well
from tests.walker import Walker

STILL = re.compile(r"<h1>Still true\?</h1>")
EXERCISE = 'id="exercise:'


def ago(days: int) -> date:
    return date.today() - timedelta(days=days)


def kept(app: Flask, library: Library, days: int, body: dict[str, Any] | None = None, **answers: Any) -> str:
    """The address of a plan that was kept so many days ago."""
    found = Journey(library, well(library, **answers)).reachable
    made = Body(dict(found), "GB", library.version, ago(days), **(body or {}))
    with writing(app.extensions["database"]) as session:
        return f"/kept/{grouped(plans.keep(session, Safe(SECRET), made, date.today()))}"


def stored(app: Flask, url: str) -> Body:
    with reading(app.extensions["database"]) as session:
        found = plans.find_kept(session, Safe(SECRET), read_code(url[6:]) or "", date.today())
    assert found
    return found.body


def asks(app: Flask, library: Library, url: str) -> Walker | None:
    """A browser at the page that asks; None where the plan shows at once."""
    walker = Walker(app.test_client(), library, {})
    text = walker.get(url).text
    if not STILL.search(text):
        assert EXERCISE in text or "plan" in text
        return None
    assert EXERCISE not in text
    return walker


def again(walker: Walker, url: str, answers: dict[str, Any], **data: Any) -> list[str]:
    """The pages that are asked after sending the page, to the end of the questions."""
    walker.answers = answers
    walker.get(url)
    found = walker.post(f"{url}/still", data)
    if found.location == url:
        return []
    walker.follow(str(found.location))
    while walker.url.startswith("/ask/"):
        walker.step()
    return walker.asked
