"""A browser that has answered everything already: the draft's cookie, as the site would have given it."""

from __future__ import annotations

from typing import Any

from flask import Response
from playwright.sync_api import Page

from planner.domain.journey import Journey
from planner.web.draft import DRAFT_COOKIE, Draft, store
from tests.browser.person import LIBRARY
from tests.conftest import an_app
from tests.people import well


def answered(page: Page, site: str, **answers: Any) -> None:
    """Opens the plan of a well person in Britain with these answers."""
    found = Journey(LIBRARY, well(LIBRARY, country="GB", **answers)).reachable
    with an_app().test_request_context():
        given = store(Response(), Draft(dict(found))).headers["Set-Cookie"]
    name, _, value = given.split(";")[0].partition("=")
    assert name.endswith(DRAFT_COOKIE)
    page.context.add_cookies([{"name": name, "value": value, "url": site}])
    page.goto(f"{site}/plan")
