"""What a request pays for once, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, Response, g, session

from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.domain.steps import Steps
from planner.outputs.drawn_once import drawn_parts
from planner.web import render
from planner.web.draft import Draft
from planner.web.patient import drawing_ahead, questions
from tests.conftest import TOKEN, an_app
from tests.people import well
from tests.walker import FormReader, Walker, at_the_end


@pytest.mark.parametrize(("goal", "journeys"), [(None, 0), ("sleep", 1)])
def test_an_answer_that_is_sent_again_as_it_was_makes_no_second_journey_and_takes_nothing_back(
    app: Flask, library: Library, monkeypatch: pytest.MonkeyPatch, goal: str | None, journeys: int
) -> None:
    walker = at_the_end(app, library)
    made: list[Any] = []
    taken: list[str] = []

    class Desk:
        def take_back(self, draft: str) -> None:
            taken.append(draft)

    def counted(*about: Any) -> Journey:
        made.append(about)
        return Journey(*about)

    answers = well(library, **({"goal": goal} if goal else {}))
    form = FormReader(walker.get("/ask/goal").text)
    monkeypatch.setattr(questions, "Journey", counted)
    monkeypatch.setattr(drawing_ahead, "pool", Desk)
    sent = walker.post(form.action, form.filled(library, answers))
    assert sent.location == "/answers" and (len(made), len(taken)) == (journeys, journeys)


def test_the_first_open_step_is_looked_for_once_a_journey(app: Flask, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """By htmx an answer has two journeys, before it and after it; each knows by then which page may be seen and which comes next."""
    walker = Walker(app.test_client(), library, well(library), htmx=True)
    walker.walk(until="/ask/goal")
    looked: list[Steps] = []
    whole = Steps.first_open

    def counted(steps: Steps) -> str | None:
        looked.append(steps)
        return whole(steps)

    monkeypatch.setattr(Steps, "first_open", counted)
    walker.step()
    assert walker.url != "/ask/goal" and [one.journey.answers.get("goal") for one in looked] == [None, well(library)["goal"]]


def test_the_country_is_worked_out_once_a_draft(app: Flask, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[None] = []
    monkeypatch.setattr(render, "_from_browser", lambda: asked.append(None))
    with app.test_request_context():
        assert render.country() == render.country() and len(asked) == 1
        g.draft = Draft({"country": "NZ"})
        assert render.country().id == "NZ" and len(asked) == 1
        g.draft = Draft()
        assert render.country().id == "other" and len(asked) == 2


def test_every_form_of_a_page_has_the_same_token_and_no_page_sends_the_session_again(app: Flask, library: Library) -> None:
    walker = at_the_end(app, library)
    page = walker.get("/plan")
    tokens = TOKEN.findall(page.text)
    assert len(tokens) > 1 and len(set(tokens)) == 1
    assert "Set-Cookie" not in page.headers


def test_what_reads_the_session_says_that_it_rests_on_cookies_though_it_says_nothing_itself() -> None:
    app = an_app()
    app.add_url_rule("/said", view_func=lambda: Response(str(session.get("said", "")), mimetype="text/plain"))
    client = app.test_client()
    with client.session_transaction() as held:
        held["said"] = "yes"
    sent = client.get("/said")
    assert sent.text == "yes" and "Cookie" in sent.headers["Vary"] and "Set-Cookie" not in sent.headers


def test_what_is_drawn_once_of_a_plan_page_is_named_by_the_content_alone(app: Flask, library: Library) -> None:
    drawn_parts.cache_clear()  # what other tests drew of the same library
    at_the_end(app, library).get("/plan")
    parts = drawn_parts("en", id(library))
    names = {*library.exercises, *library.sources, "Too much?", "Easy?", "source", "cited", "stills", "rung"}
    assert {about[0] for about in parts if about} >= {"source", "cited", "stills", "rung"}
    for about in filter(None, parts):
        assert {one for name in about for one in (name if isinstance(name, tuple) else (name,))} <= names, about
