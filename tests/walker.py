"""Walks the question pages as a browser would: reads the form that came, answers it, sends it, and goes where that leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from planner.domain.model import Library
from tests.conftest import HTMX, TOKEN
from tests.people import well

MOST_PAGES = 80
SURE = re.compile(
    r'<input type="hidden" name="((?!csrf_token)\w+)" value="([^"]*)">\n(?=<input type="hidden"|<button class="btn quiet" name="sure")'
)
NOTHING: Mapping[str, Any] = {}


class FormReader(HTMLParser):
    """The fields of the question form on a page: what is there, and what may be chosen."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside = False
        self.action = ""
        self.ticks = False
        self.fields: list[tuple[str, str, str]] = []  # kind, name, value
        self.select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form" and have.get("class") in ("ticks", "single", "several"):
            self.inside, self.action, self.ticks = True, have["action"], have["class"] == "ticks"
        elif self.inside and tag == "input":
            self.fields.append((have.get("type", "text"), have["name"], have.get("value", "")))
        elif self.inside and tag == "button" and have.get("name") not in (None, "none"):
            self.fields.append(("button", have["name"], have["value"]))
        elif self.inside and tag == "select":
            self.select = have["name"]
        elif self.inside and tag == "option":
            self.fields.append(("option", self.select, have["value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False

    def filled(self, library: Library, answers: Mapping[str, Any]) -> dict[str, list[str]]:
        """The data a browser would send for this person. Every choice sent is one that the page shows."""
        data: dict[str, list[str]] = {}
        buttons = [(name, value) for kind, name, value in self.fields if kind == "button" and self.chosen(library, answers, name, value)]
        assert len(buttons) <= 1, "one press, one button"
        for kind, name, value in self.fields:
            if kind == "hidden" or (kind != "text" and self.chosen(library, answers, name, value)):
                data.setdefault(name, []).append(value)
            elif kind == "text" and name in answers:
                data[name] = [str(answers[name])]
        if self.ticks and set(data) == {name for kind, name, _ in self.fields if kind == "hidden"}:
            data["none"] = ["1"]
        return data

    def chosen(self, library: Library, answers: Mapping[str, Any], name: str, value: str) -> bool:
        if name == "tick":
            return bool(answers[value] != library.questions[value].default)
        if name == "harmless":
            return bool(answers[value] == library.questions[value].tick_known)
        said = answers[name]
        return value in said if isinstance(said, tuple) else value == str(said)


class Walker:
    """One person in one browser. `htmx` sends what htmx sends. `expects` is the status without which a test fails."""

    def __init__(self, client: FlaskClient, library: Library, answers: Mapping[str, Any], *, htmx: bool = False) -> None:
        self.client = client
        self.library = library
        self.answers = answers
        self.headers = HTMX if htmx else {}
        self.seen: list[str] = []
        self.asked: list[str] = []
        """By id: a page of its own that a tick leads to is its question."""

    def get(self, url: str, expects: int = 200) -> TestResponse:
        """What is at an address. A redirect is not followed."""
        return self.sees(self.client.get(url, headers=self.headers, expects=expects))

    def follow(self, url: str) -> TestResponse:
        """The page that an address leads to."""
        return self.sees(self.client.get(url, headers=self.headers, follow_redirects=True, expects=200))

    def post(self, url: str, data: Mapping[str, Any] = NOTHING, *, expects: int | None = 303, **more: Any) -> TestResponse:
        """Sends a form with the token of the page that is open. Whoever gets a page for an answer sees it."""
        found = TOKEN.search(self.page.text)
        form = MultiDict(data)
        form.update({"csrf_token": found[1] if found else "", **more})
        return self.sees(self.client.post(url, data=form, headers=self.headers, expects=expects))

    def sees(self, response: TestResponse) -> TestResponse:
        if response.mimetype == "text/html" and "Location" not in response.headers:
            self.url, self.page = response.headers.get("HX-Push-Url", response.request.path), response
        return response

    def step(self) -> None:
        """Answers the page that is open."""
        form = FormReader(self.page.text)
        assert form.action == self.url, (form.action, self.url)
        self.seen.append(self.url)
        own = next((name for kind, name, _ in form.fields if kind != "hidden"), "")
        self.asked.append(own if self.url.startswith("/ask/more-") else self.url.removeprefix("/ask/"))
        sent = self.post(form.action, form.filled(self.library, self.answers), expects=None)
        if sent.status_code == 422 and (sure := SURE.findall(sent.text)):
            sent = self.post(form.action, MultiDict(sure), sure="1", expects=None)
        if "HX-Push-Url" in sent.headers:
            return
        assert sent.status_code == 303, (self.url, sent.status_code)
        self.follow(str(sent.location))

    def walk(self, until: str = "") -> str:
        """Answers page after page until there is nothing to ask, or `until` is open. Returns where it ended."""
        self.follow("/ask")
        while self.url.startswith("/ask/") and self.url != until:
            assert len(self.seen) < MOST_PAGES, self.seen
            self.step()
        return self.url


def at_the_end(app: Flask, library: Library) -> Walker:
    """A well person who has answered every question."""
    walker = Walker(app.test_client(), library, well(library))
    assert walker.walk() == "/plan"
    return walker
