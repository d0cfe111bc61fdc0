"""What every web test needs: the application, a client, and a form's token."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner import create_app
from planner.database.engines import open_database
from planner.upkeep.upgrading import upgrade
from planner.web.rate_limits import limiter

pytest_plugins = [
    "tests.content",
    "tests.postgres",
    "tests.redis_server",
    "tests.renderer",
    "tests.scripted_renderer",
    "tests.pseudo",
    "tests.clinics",
    "tests.rooms",
    "tests.smtp_server",
]  # fixtures for every test
SECRET = "a test's own secret, of more than 32 characters"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HTMX = {"HX-Request": "true", "HX-Boosted": "true"}
KEPT = 'id="kept-answers"'
"""On a page that says that something went wrong: the answers are still there."""
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|hx-on", re.I)
Post = Callable[..., TestResponse]


class Linted(FlaskClient):
    """A client that lints every page any test sees: nothing inline, one h1, a title, no trace of Python.

    `expects`: the status that the test wants. Without one, anything may come but 500: that is a fault of ours, wherever it shows."""

    def open(self, *args: Any, expects: int | None = None, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        found, asked = response.status_code, f"{response.request.method} {response.request.full_path.rstrip('?')}"
        assert found == expects if expects else found != 500, f"{asked}: {found}, expected {expects or 'no fault of ours'}"
        saved = response.headers.get("Content-Disposition", "").startswith("attachment")  # a file for later, with all it needs inside
        if response.mimetype == "text/html" and "Location" not in response.headers and not saved:
            lint(response)
        return response


def lint(response: TestResponse) -> None:
    text = response.text
    assert not INLINE.search(text), INLINE.findall(text)
    assert text.count("<h1") == 1 and "<title>" in text
    assert ("<!doctype html>" in text) == (text.count("<html") == 1)
    assert "Traceback" not in text and "jinja2" not in text


@cache
def a_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="backplan-"))


@cache
def a_database() -> str:
    """A database for all applications of this run whose tests do not look into it."""
    url = f"sqlite:///{a_folder() / 'shared.sqlite3'}"
    upgrade(open_database(url))
    return url


@pytest.fixture(scope="session", autouse=True)
def tidy() -> Iterator[None]:
    yield
    shutil.rmtree(a_folder())


def an_app(**config: Any) -> Flask:
    usual = {"TESTING": True, "SECRET_KEY": SECRET, "KEEP_SECRET": SECRET, "DATABASE_URL": a_database(), "RATELIMIT_ENABLED": False}
    app = create_app({**usual, "READING_SECONDS": 0, "READY_SECONDS": 0, **config})
    app.test_client_class = Linted
    return app


@pytest.fixture
def site(database_url: str) -> Iterator[Flask]:
    """An application with a database of its own, on SQLite and on PostgreSQL."""
    app = an_app(DATABASE_URL=database_url)
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Settings of an application that counts tries. There is one limiter for all applications: the others want it off again."""
    monkeypatch.setattr(limiter, "enabled", True)
    return {"RATELIMIT_ENABLED": True, "RATELIMIT_STORAGE_URI": "memory://"}


@pytest.fixture(scope="session")
def app() -> Flask:
    return an_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def post(client: FlaskClient) -> Post:
    """Posts a form the way a browser does: opens the page, takes its token, sends."""

    def send(url: str, data: Mapping[str, Any], expects: int = 303) -> TestResponse:
        return client.post(url, data={"csrf_token": token(client), **data}, expects=expects)

    return send


def called(app: Flask, environ: dict[str, Any]) -> str:
    """Calls the application as a server does, with this very environ. The status."""
    told: list[str] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
        told.append(status)
        return lambda _: None

    b"".join(app.wsgi_app(environ, start))
    return told[0]


def only(pattern: str | re.Pattern[str], text: str) -> str:
    """What the group of a pattern finds first; it must be there."""
    found = re.search(pattern, text)
    assert found, pattern
    return found[1]


def cookie(client: FlaskClient, name: str) -> str:
    """What a browser has under this name; empty if it has nothing."""
    found = client.get_cookie(name)
    return found.value if found else ""


def token(client: FlaskClient, url: str = "/ask/safety1") -> str:
    """The form token of this browser. A page that redirects is followed to one that has a form."""
    return only(TOKEN, client.get(url, follow_redirects=True).text)
