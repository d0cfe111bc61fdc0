"""What a press may answer: the page that it was drawn for, read first; and an urgent answer is not taken back unasked."""

from __future__ import annotations

import re
import time
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask

from planner.domain.model import Library
from planner.web.patient.shown import CHOICE_SECONDS
from tests.conftest import an_app
from tests.people import well
from tests.walker import FormReader, Walker

NONE = {"none": ["1"]}


@pytest.fixture(scope="module")
def careful() -> Flask:
    """An application in which a page of red flags wants to be read."""
    return an_app(READING_SECONDS=30)


def shown(walker: Walker) -> dict[str, Any]:
    """The form that is open, as "None of these" would send it."""
    return {**{name: [value] for kind, name, value in FormReader(walker.page.text).fields if kind == "hidden"}, **NONE}


def begun(app: Flask, library: Library) -> Walker:
    walker = Walker(app.test_client(), library, well(library))
    walker.follow("/ask")
    with patch.dict(app.config, {"READING_SECONDS": 0.0}):
        walker.step()
    assert walker.url == "/ask/safety1"
    return walker


def test_the_same_press_twice_answers_one_page(app: Flask, library: Library) -> None:
    walker = begun(app, library)
    form = shown(walker)
    assert walker.post("/ask/safety1", form).location == "/ask/safety2"
    assert walker.post("/ask/safety1", form).location == "/ask/safety2"
    assert walker.follow("/ask").request.path == "/ask/safety2"
    refused = walker.post("/ask/safety2", form, expects=422)
    assert 'id="tick-error"' in refused.text
    assert walker.follow("/ask").request.path == "/ask/safety2"


def test_the_second_half_of_a_double_press_answers_nothing(careful: Flask, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    walker = begun(careful, library)
    for _ in range(2):
        quick = walker.post("/ask/safety1", shown(walker), expects=422)
        assert 'id="tick-error"' in quick.text and 'value="rf_saddle" id="tick-rf_saddle"' in quick.text
    assert walker.follow("/ask").request.path == "/ask/safety1"
    monkeypatch.setitem(careful.config, "READING_SECONDS", 0.0)
    assert walker.post("/ask/safety1", shown(walker)).location == "/ask/safety2"


def test_a_double_press_on_a_row_does_not_answer_the_next_page_of_rows(careful: Flask, library: Library) -> None:
    """Of two pages whose rows are their buttons the second may have its row under the same finger."""
    walker = Walker(careful.test_client(), library, well(library))
    with patch.dict(careful.config, {"READING_SECONDS": 0.0}):
        walker.walk(until="/ask/goal")
    sent = FormReader(walker.page.text).filled(library, walker.answers)
    assert walker.post("/ask/goal", sent, expects=422).text.count('class="row pick') == 10
    assert walker.follow("/ask").request.path == "/ask/goal"
    with patch("planner.web.patient.shown.time.time", return_value=time.time() + CHOICE_SECONDS + 0.1):
        assert walker.post("/ask/goal", sent).location == "/ask/applies"


def test_an_exact_red_flag_is_not_answered_by_the_press_that_led_to_it(careful: Flask, library: Library) -> None:
    walker = Walker(careful.test_client(), library, well(library, rf_trauma="major"))
    with patch.dict(careful.config, {"READING_SECONDS": 0.0}):
        walker.walk(until="/ask/more-1")
    for said in ("no", "major"):
        mark = [value for kind, name, value in FormReader(walker.page.text).fields if name == "shown"]
        assert "oops" in walker.post("/ask/rf_trauma", {"rf_trauma": said, "shown": mark}, expects=422).text
    assert walker.follow("/ask").request.path == "/ask/more-1"


@pytest.mark.parametrize("sent", [{}, {"shown": [""]}, {"shown": ["made up"]}, {"shown": ["WyJzYWZldHkxIiwwXQ.x"]}])
def test_a_press_without_the_mark_of_a_page_answers_no_page_of_red_flags(careful: Flask, library: Library, sent: dict[str, Any]) -> None:
    walker = begun(careful, library)
    walker.post("/ask/safety1", {**sent, **NONE}, expects=422)
    assert walker.follow("/ask").request.path == "/ask/safety1"


@pytest.mark.parametrize(("question", "said"), [("rf_saddle", "yes"), ("rf_dvt", "yes")])
def test_an_urgent_answer_is_taken_back_only_when_asked(app: Flask, library: Library, question: str, said: str) -> None:
    walker = Walker(app.test_client(), library, well(library, **{question: said}))
    assert walker.walk() == "/stop"
    walker.get(f"/ask/{question}")
    form = FormReader(walker.page.text).filled(library, well(library))
    asked = walker.post(f"/ask/{question}", form, expects=422)
    words = next(option.said for option in library.questions[question].options if option.id == said)
    assert words in asked.text and 'href="/stop"' in asked.text
    assert walker.follow("/ask").request.path == "/stop"
    assert walker.post(f"/ask/{question}", {**form, "sure": ["1"]}).location != "/stop"


def test_of_two_boxes_of_one_safety_question_the_more_severe_counts(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, well(library, rf_aaa="strain"))
    walker.walk(until="/ask/more-1")
    assert walker.post("/ask/rf_aaa", {"rf_aaa": ["strain", "sudden_severe", "no"]}).location == "/stop"
    other = Walker(app.test_client(), library, well(library))
    other.walk(until="/ask/duration")
    other.post("/ask/duration", {"duration": ["lt4w", "gt12w"]}, expects=422)


def test_the_press_that_made_the_plan_does_not_keep_it(careful: Flask, library: Library) -> None:
    """The button that keeps a plan stands where the last question's was: nothing is stored before the person asks. Without script too."""
    walker = Walker(careful.test_client(), library, well(library))
    with patch.dict(careful.config, {"READING_SECONDS": 0.0}):
        walker.walk()
    page = walker.client.get("/plan").get_data(as_text=True)
    forms = re.findall(r'<form[^>]*action="/keep">(.*?)</form>', page, re.DOTALL)
    assert len(forms) == 2, "at the top, and at the end"
    for form in forms:
        sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        at_once = walker.client.post("/keep", data=sent)
        assert (at_once.status_code, at_once.location) == (303, "/keep")
    assert "Keep this plan" in walker.client.get("/keep").get_data(as_text=True)
    with patch("planner.web.patient.shown.time.time", return_value=time.time() + 1):
        later = walker.client.post("/keep", data=sent)
    assert later.location.startswith("/kept/")
