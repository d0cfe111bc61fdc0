"""Addresses of the questions: a server's or proxy's log, and a history, tell nobody's flag."""

from __future__ import annotations

import random
import re

from flask import Flask

from planner.domain.model import Library
from tests.people import anybody, well
from tests.walker import Walker

NAMED = re.compile(r"/ask/[a-z0-9_-]+")


class Noted(Walker):
    """Remembers every address that was asked for, and every one that a page or an answer led to."""

    def sees(self, response):  # type: ignore[no-untyped-def]
        self.noted = getattr(self, "noted", set()) | {response.request.path, *NAMED.findall(response.text), str(response.location or "")}
        return super().sees(response)


def test_no_address_of_anybodys_journey_names_a_ticked_question(app: Flask, library: Library) -> None:
    rng, wrong, own = random.Random(3), set(), set()
    for turn in range(40):
        walker = Noted(app.test_client(), library, anybody(library, rng), htmx=bool(turn % 2))
        walker.walk()
        walker.get("/answers")
        wrong |= {
            one for one in walker.noted if one.rpartition("/")[2] in library.questions and one.startswith("/ask/") and flag(one, library)
        }
        own |= {one for one in walker.noted if "/more-" in one}
    assert not wrong and len(own) > 3


def flag(path: str, library: Library) -> bool:
    return path.removeprefix("/ask/") not in {page.id for page in library.pages}


def test_a_number_that_nobody_has_leads_to_what_is_open(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, well(library, rf_aaa="strain"))
    walker.walk(until="/ask/more-1")
    for odd in ("more-2", "more-99", "more-0", "more-", "more-x", "more-1e3", "more-\u0661", "more--1"):
        assert walker.get(f"/ask/{odd}", expects=303).location == "/ask/more-1"


def test_an_id_of_before_still_leads_to_its_page_and_its_form(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, well(library, rf_aaa="sudden_severe"))
    walker.walk(until="/ask/more-1")
    by_number = walker.page.text
    by_id = walker.get("/ask/rf_aaa").text
    heading = re.compile(r"<h1.*?</h1>", re.S)
    assert heading.findall(by_number) == heading.findall(by_id) and 'action="/ask/rf_aaa"' in by_id
    assert walker.post("/ask/rf_aaa", {"rf_aaa": "sudden_severe"}).location == "/stop"
