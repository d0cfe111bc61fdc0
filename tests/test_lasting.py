"""How long answers stay: a day, or 30 when asked for; cleared when said twice, and back when undone; and a page where they are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from planner.domain.model import Library
from planner.web.patient.lasting import time_left
from tests.conftest import HTMX, KEPT, TOKEN, cookie, only
from tests.people import well
from tests.walker import Walker, at_the_end

DAY = 24 * 3600
START = datetime(2026, 11, 20, 9, tzinfo=UTC)
NEED_ANSWERS = ("/ask", "/ask/age", "/ask/goal", "/answers", "/plan", "/plan.txt", "/stop", "/slip", "/keep")
"""Addresses where a person would see that their answers are not there any more."""


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START) as found:
        yield found


def half_way(app: Flask, library: Library) -> Walker:
    walker = Walker(app.test_client(), library, well(library))
    assert walker.walk(until="/ask/where") == "/ask/where"
    return walker


def remember(walker: Walker, how_long: str, back: str = "") -> TestResponse:
    walker.get("/clear")  # a page with a form's token
    return walker.post("/remember", {"for": how_long, "back": back})


def is_gone(walker: Walker, url: str) -> bool:
    found = walker.get(url, expects=410)
    return 'data-code="410"' in found.text and 'action="/begin"' in found.text and "/kept" in found.text


def test_answers_live_a_day_and_every_page_that_needs_them_then_says_so(
    app: Flask, library: Library, clock: time_machine.Traveller
) -> None:
    walker = at_the_end(app, library)
    old = cookie(walker.client, "answers")
    clock.shift(DAY - 60)
    walker.get("/plan")
    clock.shift(120)
    walker.client.delete_cookie("answers")  # a browser drops it at its end; a test's client does not by itself
    assert all(is_gone(walker, url) for url in NEED_ANSWERS)
    walker.client.set_cookie("answers", old)
    assert all(is_gone(walker, url) for url in NEED_ANSWERS)  # a browser that kept it too long
    assert is_gone(Walker(walker.client, library, {}, htmx=True), "/plan")


def test_an_answer_sent_after_a_day_is_no_answer_and_one_may_start_again(
    app: Flask, library: Library, clock: time_machine.Traveller
) -> None:
    walker = half_way(app, library)
    clock.shift(DAY + 60)
    assert 'action="/begin"' in walker.post("/ask/where", {"areas": "low_back"}, expects=410).text
    assert walker.post("/begin").location == "/ask"
    walker.get("/ask/age")
    assert walker.walk() == "/plan"


def test_begin_takes_no_answers_from_anybody_who_has_some(app: Flask, library: Library) -> None:
    walker = half_way(app, library)
    walker.post("/begin")
    assert walker.follow("/ask").request.path == "/ask/where"


def test_nothing_is_remembered_unless_asked_for(app: Flask, library: Library) -> None:
    walker = at_the_end(app, library)
    found = walker.client.get_cookie("answers")
    assert found and found.max_age == DAY
    form = walker.client.get_cookie("form")
    assert form and form.max_age is None and form.expires is None


def test_remembered_for_30_days_from_the_last_answer(app: Flask, library: Library, clock: time_machine.Traveller) -> None:
    walker = at_the_end(app, library)
    assert remember(walker, "month", "/answers").location == "/answers"
    found = walker.client.get_cookie("answers")
    assert found and found.max_age == 30 * DAY
    clock.shift(20 * DAY)
    walker.get("/ask/age")
    walker.post("/ask/age", {"age_band": "40_59"}, expects=303)
    clock.shift(30 * DAY - 60)
    assert walker.get("/ask", expects=303).location == "/plan"
    clock.shift(120)
    assert is_gone(walker, "/plan")


def test_remembering_is_taken_back(app: Flask, library: Library, clock: time_machine.Traveller) -> None:
    walker = at_the_end(app, library)
    remember(walker, "month")
    remember(walker, "day")
    found = walker.client.get_cookie("answers")
    assert found and found.max_age == DAY
    clock.shift(DAY + 60)
    assert is_gone(walker, "/plan")


@pytest.mark.parametrize("back", ["", "https://evil.test", "//evil.test", "/clinic", "/plan?x=1"])
def test_remembering_leads_nowhere_else(app: Flask, library: Library, back: str) -> None:
    assert remember(at_the_end(app, library), "month", back).location == "/plan"


def test_a_stranger_has_nothing_to_remember_clear_or_bring_back(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, {})
    walker.get("/ask/age")
    assert walker.get("/clear", expects=303).location == walker.get("/cleared", expects=303).location == "/"
    walker.post("/remember", {"for": "month"})
    assert walker.client.get_cookie("answers") is None
    assert "too late" in walker.post("/undo", expects=410).text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "in less than an hour"),
        (3599, "in less than an hour"),
        (3600, "in 1 hour"),
        (7199, "in 1 hour"),
        (47 * 3600, "in 47 hours"),
        (48 * 3600, "in 2 days"),
        (30 * DAY - 1, "in 29 days"),
    ],
)
def test_what_is_left_is_never_said_to_be_more(seconds: int, words: str) -> None:
    assert time_left(datetime.fromtimestamp(seconds, UTC) - datetime.fromtimestamp(0, UTC)) == words


@pytest.mark.parametrize("htmx", [False, True])
def test_clearing_is_asked_once_and_undone(app: Flask, library: Library, *, htmx: bool) -> None:
    walker = at_the_end(app, library)
    walker.headers = HTMX if htmx else {}
    before = walker.get("/plan.txt").text
    asked = walker.get("/clear")
    assert 'action="/clear"' in asked.text and walker.get("/plan").status_code == 200, "asking clears nothing"
    walker.get("/clear")
    done = walker.post("/clear")
    assert done.location == "/cleared" and "storage" in done.headers["Clear-Site-Data"]
    assert walker.client.get_cookie("answers") is None and walker.client.get_cookie("form") is None
    assert walker.client.get("/plan", follow_redirects=True).request.path == "/ask/age", "nobody is told of a loss: it was meant"
    walker.get("/cleared")
    assert walker.post("/undo").location == "/ask"
    assert walker.get("/ask", expects=303).location == "/plan" and walker.get("/plan.txt").text == before
    assert walker.client.get_cookie("cleared") is None


def test_after_two_minutes_nothing_comes_back(app: Flask, library: Library, clock: time_machine.Traveller) -> None:
    walker = at_the_end(app, library)
    walker.get("/clear")
    walker.post("/clear")
    old = cookie(walker.client, "cleared")
    walker.get("/cleared")
    clock.shift(119)
    walker.get("/cleared")
    clock.shift(2)
    walker.client.set_cookie("cleared", old)  # a browser that kept it too long
    assert "too late" in walker.post("/undo", expects=410).text
    walker.get("/cleared", expects=303)


def test_cleared_for_good_leaves_nothing(app: Flask, library: Library) -> None:
    walker = at_the_end(app, library)
    walker.get("/clear")
    walker.post("/clear")
    walker.get("/cleared")
    response = walker.post("/clear", how="at once")
    assert response.location == "/" and "storage" in response.headers["Clear-Site-Data"]
    assert all(walker.client.get_cookie(name) is None for name in ("answers", "cleared", "form"))


def test_a_draft_is_no_cleared_one_and_the_other_way_round(app: Flask, library: Library) -> None:
    """Else a copy of either cookie would outlive what is promised for it."""
    walker = at_the_end(app, library)
    draft = cookie(walker.client, "answers")
    walker.get("/clear")
    walker.post("/clear")
    cleared = cookie(walker.client, "cleared")
    walker.client.set_cookie("answers", cleared)
    assert is_gone(walker, "/plan")
    walker.client.delete_cookie("answers")
    walker.client.set_cookie("cleared", draft)
    walker.get("/cleared", expects=303)


def test_undoing_puts_no_newer_answers_away(app: Flask, library: Library) -> None:
    walker = at_the_end(app, library)
    walker.get("/clear")
    walker.post("/clear")
    walker.walk(until="/ask/where")
    walker.post("/undo")
    assert walker.follow("/ask").request.path == "/ask/where"


def test_the_menu_is_the_same_with_answers_and_without(app: Flask, library: Library) -> None:
    """Nothing is taken out of it, and what clears is last and a link: it asks first."""

    def places(page: str) -> list[str]:
        return re.findall(r'href="([^"]+)"', only(r"(?s)<nav aria-label=\"Site\">(.*?)</nav>", page))

    bare = places(app.test_client().get("/").text)
    full = places(at_the_end(app, library).page.text)
    assert full == ["/answers", *bare, "/clear"] and len(bare) == 5


def test_carry_on_leads_to_what_is_open_and_with_all_answered_to_the_plan(app: Flask, library: Library) -> None:
    assert half_way(app, library).get("/ask", expects=303).location == "/ask/where"
    assert at_the_end(app, library).get("/ask", expects=303).location == "/plan"
    stopped = Walker(app.test_client(), library, well(library, rf_trauma="major"))
    assert stopped.walk() == "/stop" and stopped.get("/ask", expects=303).location == "/stop"


def test_a_stale_form_says_what_is_true_and_leads_back(app: Flask, library: Library) -> None:
    walker = half_way(app, library)
    still = walker.client.post("/ask/where", data={"csrf_token": "old"}, expects=400).text
    assert KEPT in still and 'href="/ask/where"' in still and "Code" not in still
    other = walker.client.post("/stop", data={"csrf_token": "old"}, expects=400).text
    assert KEPT in other and 'href="/ask"' in other


def test_a_form_of_a_window_whose_answers_another_cleared(app: Flask, library: Library, clock: time_machine.Traveller) -> None:
    walker = half_way(app, library)
    form = only(TOKEN, walker.page.text)
    walker.post("/clear")
    late = walker.client.post("/ask/where", data={"csrf_token": form, "areas": "low_back"}, expects=400).text
    assert KEPT not in late and "cleared a moment ago" in late and 'action="/undo"' in late
    walker.client.delete_cookie("cleared")
    clock.shift(200)
    late = walker.client.post("/ask/where", data={"csrf_token": form, "areas": "low_back"}, expects=400).text
    assert KEPT not in late and 'action="/undo"' not in late and "cookies are off" in late and 'href="/ask"' in late
