"""What is said where no answer is left, and until when a plan that nobody kept is there."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode

import pytest
import time_machine
from flask import Flask

from planner.domain.model import Library
from planner.web.carried import signing
from tests.people import well
from tests.test_lasting import clock, half_way, remember
from tests.walker import Walker, at_the_end

__all__ = ["clock"]


@pytest.mark.parametrize("asked", ["/ask/goal", "/ask/where", "/plan", "/answers", "/plan.txt", "/stop", "/slip"])
def test_whoever_asks_for_a_page_after_clearing_reads_that_no_answers_are_there(
    app: Flask, library: Library, clock: time_machine.Traveller, asked: str
) -> None:
    walker = at_the_end(app, library)
    walker.get("/clear")
    walker.post("/clear")
    found = walker.follow(asked)
    assert found.request.path == "/ask/age" and "There are no answers in this browser now." in found.text
    assert "cookies are off" in found.text and 'href="/cleared"' in found.text
    clock.shift(3 * 60)
    late = walker.follow(asked)
    assert "There are no answers in this browser now." in late.text and 'href="/cleared"' not in late.text
    assert "no answers in this browser" not in walker.follow("/ask").text, "whoever begins has lost nothing"
    assert walker.walk() == "/plan" and "no answers in this browser" not in walker.get("/ask/age?empty").text


@pytest.mark.parametrize(
    ("where", "today"),
    [("GB", "for 111 today"), ("NZ", "for 0800 611 116 today"), ("US", "for a doctor today"), ("IE", "for a doctor today")],
)
def test_the_first_screen_says_whom_to_call_today_and_until_when_it_is_there(
    app: Flask, library: Library, clock: time_machine.Traveller, where: str, today: str
) -> None:
    walker = Walker(app.test_client(), library, well(library, country=where))
    assert walker.walk() == "/plan"
    clock.shift(3600)
    words = walker.get("/plan").text
    said = re.search(r'<details class="signs"><summary>(.*?)</summary>', words)
    assert said and said[1].endswith(today) and f"{library.countries[where].emergency} now" in said[1]
    assert "This page goes away in 22 hours." in words and "goes away in 22 hours, or when you clear your answers." in words
    remember(walker, "month")
    assert "This page goes away in 29 days." in walker.get("/plan").text


def test_the_cookie_of_the_form_tokens_comes_once_and_a_draft_of_before_is_still_read(app: Flask, library: Library) -> None:
    walker = half_way(app, library)
    sent = [name.partition("=")[0] for name in walker.post(walker.url, {"areas": "low_back"}).headers.getlist("Set-Cookie")]
    assert sent == ["answers"]
    with app.app_context():
        packed = b64encode(zlib.compress(json.dumps({"age_band": "40_59", "remember": 1}).encode())).decode()
        old = str(signing("answers").dumps(packed))
    client = app.test_client()
    client.set_cookie("answers", old)
    assert "40 to 59" in client.get("/answers", expects=200).text
