"""The limit that nearly every page has: counted without working out each time which limits there are, and as Flask-Limiter counts it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from planner.web.rate_limits import PAGES, USUAL_LIMIT, asker_mark, limiter
from tests.conftest import an_app

MOST = USUAL_LIMIT.amount


@pytest.fixture
def app(counting: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    monkeypatch.setattr(limiter, "_storage_dead", False)  # there is one limiter for all applications: it must not stay so
    yield an_app(**counting, RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True)
    monkeypatch.undo()
    limiter.init_app(an_app())


def left(app: Flask, endpoint: str) -> int:
    """How many tries at a page this address has left, as Flask-Limiter counts them."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        return limiter.limiter.get_window_stats(USUAL_LIMIT, asker_mark(), endpoint).remaining


def test_it_is_that_of_pages(app: Flask) -> None:
    """And counts as Flask-Limiter itself does, which looks at every limit of a page."""
    assert str(USUAL_LIMIT) == str(limiter.limit_manager.default_limits[0].limit), PAGES
    client = app.test_client()
    for _ in range(3):
        client.get("/ask", expects=303)
    assert left(app, "ask.first") == MOST - 3
    with app.test_request_context("/ask", environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        super(type(limiter), limiter)._check_request_limit()
    assert left(app, "ask.first") == MOST - 4


def test_one_too_many_is_refused(app: Flask) -> None:
    client = app.test_client()
    with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        assert limiter.limiter.hit(USUAL_LIMIT, asker_mark(), "ask.first", cost=MOST - 1)
    client.get("/ask", expects=303)
    refused = client.get("/ask", expects=429)
    assert "Location" not in refused.headers
    client.get("/answers", expects=303)


def test_pages_with_a_limit_of_their_own_or_none_are_not_counted_so(app: Flask) -> None:
    client = app.test_client()
    client.get("/healthz", expects=200)
    client.get("/plan.pdf", expects=303)
    client.get("/nowhere", expects=404)
    assert [left(app, name) for name in ("public.healthz", "plans.pdf")] == [MOST, MOST]
    found = app.extensions["usual limits"]
    assert not found["public.healthz"] and not any(usual for name, usual in found.items() if name.startswith("plans."))


def test_a_store_that_goes_away_is_asked_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Redis that hangs costs half a second each time it is asked."""
    asked: list[object] = []

    def goes_away(*about: object, **_: object) -> bool:
        asked.append(about)
        raise TimeoutError

    monkeypatch.setattr(limiter._limiter, "hit", goes_away)
    monkeypatch.setattr(limiter._storage, "check", lambda: False)
    app.test_client().get("/about", expects=200)
    assert len(asked) == 1 and limiter._storage_dead
