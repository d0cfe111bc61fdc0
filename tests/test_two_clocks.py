"""Two machines behind one address, whose clocks differ: no answer and no emergency page is lost between them."""

from __future__ import annotations

import random
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from planner.domain.model import Library
from planner.web.carried import Sessions, sealed, signing, unsealed
from planner.web.draft import DRAFT_COOKIE
from tests.conftest import SECRET, an_app, cookie
from tests.people import well
from tests.walker import Walker

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
APART = (-120, -1, 0.05, 1, 120)
"""Seconds that the second machine is ahead."""


class Site:
    """Two machines: each request goes to one of them (`first`, then by lot), `pause` seconds after the one before."""

    def __init__(self) -> None:
        self.apps = [an_app(READING_SECONDS=1.0) for _ in range(2)]
        self.machines = [one.wsgi_app for one in self.apps]
        self.apps[0].wsgi_app = self.answer  # type: ignore[method-assign,assignment]
        self.set(0)

    def set(self, ahead: float, first: tuple[int, ...] = (), pause: float = 3, seed: int = 0) -> Flask:
        self.ahead, self.first, self.pause, self.lot, self.now = ahead, list(first), pause, random.Random(seed), START
        return self.apps[0]

    def answer(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.now += timedelta(seconds=self.pause)
        machine = self.first.pop(0) if self.first else self.lot.randrange(2)
        with time_machine.travel(self.now + timedelta(seconds=self.ahead * machine), tick=False):
            return list(self.machines[machine](environ, start))


@pytest.fixture(scope="module")
def two() -> Site:
    return Site()


@pytest.mark.parametrize("ahead", APART)
def test_every_journey_arrives_whichever_machine_answers(two: Site, library: Library, ahead: float) -> None:
    for seed in range(2):
        walker = Walker(two.set(ahead, seed=seed).test_client(), library, well(library), htmx=bool(seed))
        assert walker.walk() == "/plan"


@pytest.mark.parametrize("ahead", APART)
def test_an_emergency_is_shown_by_the_other_machine(two: Site, library: Library, ahead: float) -> None:
    for machines in ((0, 0, 0, 1, 1, 0, 0), (0, 0, 1, 0, 1, 0, 1), (0, 0, 1, 1, 0, 1, 0), (1, 1, 0, 0, 0, 1, 1)):
        walker = Walker(two.set(ahead, machines).test_client(), library, well(library, rf_saddle="yes"))
        assert walker.walk() == "/stop"


@pytest.mark.parametrize("ahead", [-30, -1, 1, 30])
def test_what_was_cleared_comes_back_from_the_other_machine(two: Site, library: Library, ahead: float) -> None:
    walker = Walker(two.set(ahead).test_client(), library, well(library))
    walker.walk(until="/ask/safety1")
    for clears, brings in ((0, 1), (1, 0)):
        two.first = [clears] * 3
        walker.post("/clear")
        walker.follow("/cleared")
        two.first = [brings] * 3
        walker.post("/undo")
        assert walker.follow("/ask").request.path == "/ask/safety1"


@pytest.mark.parametrize(("pressed", "on", "answers"), [(0.2, 0, False), (0.2, 1, False), (0.9, 0, False), (1.2, 0, True), (3.0, 1, True)])
def test_a_double_press_is_caught_though_the_clocks_differ(two: Site, library: Library, pressed: float, on: int, answers: bool) -> None:
    walker = Walker(two.set(-0.5, (0,) * 40).test_client(), library, well(library))
    walker.walk(until="/ask/safety1")
    two.pause, two.first = pressed, [on]
    said = walker.post(walker.url, {"none": "1", "shown": shown(walker)}, expects=None)
    assert (said.status_code == 303) == answers and ("That was quick" in said.text) != answers


def shown(walker: Walker) -> str:
    return walker.page.text.split('name="shown" value="')[1].split('"')[0]


@pytest.mark.parametrize(("ago", "opens"), [(-121, False), (-120, True), (0, True), (60, True), (61, False)])
def test_by_how_much_clocks_may_differ(app: Flask, ago: float, opens: bool) -> None:
    with app.app_context():
        with time_machine.travel(START, tick=False):
            text, signed = sealed({"a": 1}, "test"), str(signing("test").dumps({"a": 1}))
        with time_machine.travel(START + timedelta(seconds=ago), tick=False):
            assert (unsealed(text, "test", 60) is not None) == opens
            with nullcontext() if opens else pytest.raises(SignatureExpired):
                assert signing("test").loads(signed, max_age=60) == {"a": 1}


def test_the_answers_in_the_cookie_are_read_by_nobody_without_the_secret(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, well(library, rf_saddle="yes"))
    walker.walk()
    raw = cookie(walker.client, DRAFT_COOKIE)
    whole = urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
    assert b"rf_saddle" not in whole and b"yes" not in whole and len(raw) < 600
    assert cookie(walker.client, DRAFT_COOKIE) != sealed_again(app, walker)
    with app.app_context():
        assert unsealed(raw, "cleared", 60) is None, "what is sealed for one purpose opens for no other"


def sealed_again(app: Flask, walker: Walker) -> str:
    """The same answers, sealed once more: nobody sees that they are the same."""
    with app.app_context():
        data, _made = unsealed(cookie(walker.client, DRAFT_COOKIE), DRAFT_COOKIE, 600) or ({}, START)
        return sealed(data, DRAFT_COOKIE)


def test_signatures_are_by_sha_256_and_those_of_before_still_count(app: Flask) -> None:
    with app.app_context():
        now, before = signing("clinic known"), URLSafeTimedSerializer([SECRET], salt="clinic known")
        assert now.loads(before.dumps("one")) == "one"
        of_today = URLSafeTimedSerializer([SECRET], salt="clinic known", signer_kwargs={"digest_method": sha256})
        assert of_today.loads(now.dumps("two")) == "two"
        session = app.session_interface
        assert isinstance(session, Sessions)
        today, flasks = session.get_signing_serializer(app), SecureCookieSessionInterface().get_signing_serializer(app)
        assert today and flasks and today.loads(flasks.dumps({"a": 1})) == {"a": 1}
        with pytest.raises(BadSignature):
            flasks.loads(today.dumps({"a": 1}))


def test_a_changed_bit_opens_nothing(app: Flask) -> None:
    with app.app_context():
        text = sealed({"age_band": "40_59"}, DRAFT_COOKIE)
        for place in range(len(text)):
            turned = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
            found = unsealed(turned, DRAFT_COOKIE, 60)
            assert found is None or place == len(text) - 1, "the last letter has bits to spare"
        for odd in ("", "A", "é", "A" * 40, "A" * 5000, text[:-4], text + "AAAA"):
            assert unsealed(odd, DRAFT_COOKIE, 60) is None


@pytest.mark.parametrize(
    "odd", [None, [], 3, "x", {"kept": [1]}, {"kept": "abc"}, {"before": 3}, {"kept": {"a": 1}}, {"age_band": {"x": []}}]
)
def test_a_cookie_of_ours_that_is_odd_is_an_empty_draft(app: Flask, odd: object) -> None:
    client = app.test_client()
    for made in (sealed, lambda data, purpose: str(signing(purpose).dumps(data))):
        with app.app_context():
            client.set_cookie(DRAFT_COOKIE, made(odd, DRAFT_COOKIE))
        assert client.get("/ask", follow_redirects=True).status_code in (200, 410)


def test_answers_outlive_a_new_secret_while_the_old_one_is_named(library: Library) -> None:
    before = an_app()
    walker = Walker(before.test_client(), library, well(library))
    walker.walk(until="/ask/safety2")
    carried = {name: cookie(walker.client, name) for name in ("answers", "form")}
    for fallbacks, goes_on in (([SECRET], True), ([], False)):
        after = an_app(SECRET_KEY="another secret of a test, of more than 32 characters", SECRET_KEY_FALLBACKS=fallbacks)
        client = after.test_client()
        for name, value in carried.items():
            client.set_cookie(name, value)
        assert (client.get("/ask").location == "/ask/safety2") == goes_on
