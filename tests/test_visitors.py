"""The visitors of the tests refuse what a test did not say it expects: tests of the tests."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.domain.model import Library
from tests.clinics import send
from tests.conftest import Post
from tests.rooms import Room
from tests.walker import Walker, at_the_end


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours on every page that shows what this person said."""

    def fails(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr("planner.web.render.load_draft", fails)


def test_an_unexpected_500_fails_any_test(broken: None, client: FlaskClient) -> None:
    client.get("/answers", expects=500)
    for follow in (False, True):
        with pytest.raises(AssertionError, match="GET /answers"):
            client.get("/answers", follow_redirects=follow)


def test_a_walker_wants_pages_and_redirects(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, {})
    walker.follow("/answers")
    with pytest.raises(AssertionError, match="303, expected 200"):
        walker.get("/answers")
    with pytest.raises(AssertionError, match="404, expected 200"):
        walker.follow("/nowhere")
    with pytest.raises(AssertionError, match="422, expected 303"):
        walker.post("/ask/age")
    assert walker.page.status_code == 200, "what was refused is not seen"


def test_a_room_wants_pages_and_redirects(fresh: Room, post: Post) -> None:
    with pytest.raises(AssertionError, match="404, expected 200"):
        fresh.get("/clinic/nowhere")
    with pytest.raises(AssertionError, match="422, expected 303"):
        fresh.prints(fresh.form())
    with pytest.raises(AssertionError, match="422, expected 200"):
        fresh.press(fresh.form(), "print")
    with pytest.raises(AssertionError, match="422, expected 303"):
        send(fresh.client, "/clinic/account", name="")
    with pytest.raises(AssertionError, match="422, expected 303"):
        post("/ask/age", {})


def test_a_walk_that_meets_a_fault_fails(app: Flask, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    at_the_end(app, library)
    monkeypatch.setattr("planner.web.patient.plan_pages.page", lambda *_, **__: 1 / 0)
    with pytest.raises(AssertionError, match="500"):
        at_the_end(app, library)
