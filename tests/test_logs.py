"""No answer, own word or query string reaches a log, whatever happens."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from werkzeug.test import create_environ

from planner.domain.model import Library
from tests.conftest import KEPT, Post, an_app, called
from tests.people import well
from tests.walker import Walker

WORDS = "my own secret words"


def text_of(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> str:
    out = capfd.readouterr()
    lines = [f"{record.getMessage()} {record.args} {record.exc_info}" for record in caplog.records]
    return "\n".join([*lines, caplog.text, out.out, out.err])


def test_a_whole_journey_logs_no_answer(
    app: Flask, library: Library, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    answers = well(library, rf_trauma="minor_fall", known=("scoliosis",), goal="sport", goal_words=WORDS)
    walker = Walker(app.test_client(), library, answers)
    assert walker.walk() == "/plan"
    for url in ("/plan?note=private", "/plan.txt", "/plan.json", "/nowhere?note=private", "/ask/goal"):
        walker.client.get(url)
    walker.post("/ask/goal", expects=400, csrf_token="wrong", goal="sport", goal_words=WORDS)
    walker.get("/ask/goal")
    walker.post("/ask/goal", expects=422, goal=WORDS)
    logged = text_of(caplog, capfd)
    for private in (WORDS, "minor_fall", "scoliosis", "private", "answers="):
        assert private not in logged


@pytest.mark.parametrize("testing", [True, False])
def test_our_own_fault_is_a_friendly_page_and_a_line_without_answers(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    testing: bool,
) -> None:
    caplog.set_level(logging.DEBUG)
    walker = Walker(an_app(TESTING=testing).test_client(), library, well(library, goal="sport", goal_words=WORDS))
    walker.walk()

    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"can't place {WORDS}")

    monkeypatch.setattr("planner.web.patient.plan_pages.plan_now", broken)
    response = walker.get("/plan?note=private", expects=500)
    assert KEPT in response.text and "Traceback" not in response.text
    logged = text_of(caplog, capfd)
    assert "ValueError" in logged and "plan_pages.py:" in logged
    assert WORDS not in logged and "private" not in logged
    walker.get("/answers")


def test_a_fault_while_reading_the_answers_is_still_a_page(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise KeyError(WORDS)

    monkeypatch.setattr("planner.web.render.load_draft", broken)
    app.test_client().get("/answers", expects=500)
    assert WORDS not in caplog.text


def test_what_is_typed_into_the_address_is_not_logged(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    post("/ask/my%0aforged%1b[31mline?x=private", {"tick": WORDS}, expects=404)
    assert "forged" not in caplog.text and "private" not in caplog.text and WORDS not in caplog.text


def test_a_path_cannot_forge_a_line_in_the_servers_log(app: Flask) -> None:
    environ = create_environ("/a%0aFORGED%1b[31m")
    assert "\n" in environ["PATH_INFO"]
    assert called(app, environ).startswith("404")
    assert environ["PATH_INFO"] == "/-"
