"""What a check-in came to lasts: through changed answers and under a new code. No copy tells of the plan as it was before."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask

from planner.domain.course import Courses
from planner.domain.edits import Edits
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.domain.moving_on import Asked, carried, recorded
from planner.domain.thread import CheckIn, Diary
from tests.aged import stored
from tests.checking_in import LISTED, diary, phone, sends, week_over, well_then
from tests.conftest import HTMX
from tests.keeping_web import once
from tests.people import well
from tests.renderer import FakeRenderer
from tests.test_health_link import made, status
from tests.walker import Walker


def test_a_health_link_ends_when_a_check_in_moves_the_plan(site: Flask, library: Library, renderer: FakeRenderer) -> None:
    url, walker = week_over(site, library, 7, peg_p=4)
    well_then(walker, url)
    link = made(walker, f"{url}/health-link")
    walker.get(url)
    walker.post(f"{url}/done", done="all", day=date.today().isoformat())
    assert status(walker, link) == 200, "a tick moves nothing"
    walker.get(f"{url}/checkin")
    sends(walker, url, days="5", pain="7")
    assert status(walker, link) == 404 and "shlink:/" not in walker.get(f"{url}/health-link").text
    assert status(walker, made(walker, f"{url}/health-link")) == 200, "and there may be a new one"


def test_no_link_is_made_to_a_plan_that_moved_while_it_was_drawn(
    site: Flask, library: Library, renderer: FakeRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, walker = week_over(site, library, 7, peg_p=4)
    other, page, draws = phone(site, library), f"{url}/health-link", renderer.submit
    sends(other, url, days="5", pain="4")

    def slowly(html: str, kind: str) -> Future[bytes]:
        other.get(url)
        other.post(f"{url}/checkin", week="1", days="5", pain="8")
        return draws(html, kind)

    monkeypatch.setattr(renderer, "submit", slowly)
    walker.get(page)
    assert walker.post(page, expects=303).location == page
    assert "shlink:/" not in walker.get(page).text
