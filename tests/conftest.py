"""What every web test needs: the application, a client, and a form's token."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
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
from tests.content import library
from tests.postgres import cluster, database_url, engine, migrated, postgres_url, sqlite_url, upgraded

__all__ = ["cluster", "database_url", "engine", "library", "migrated", "postgres_url", "sqlite_url", "upgraded"]  # fixtures for every test
SECRET = "a test's own secret, of more than 32 characters"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HTMX = {"HX-Request": "true", "HX-Boosted": "true"}
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|hx-on", re.I)
Post = Callable[..., TestResponse]


class Linted(FlaskClient):
    """A client that lints every page any test sees: nothing inline, one h1, a title, no trace of Python."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and "Location" not in response.headers:
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
    app = create_app({**usual, **config})
    app.test_client_class = Linted
    return app


@pytest.fixture
def site(database_url: str) -> Iterator[Flask]:
    """An application with a database of its own, on SQLite and on PostgreSQL."""
    app = an_app(DATABASE_URL=database_url)
    yield app
    app.extensions["database"].dispose()


@pytest.fixture(scope="session")
def app() -> Flask:
    return an_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def post(client: FlaskClient) -> Post:
    """Posts a form the way a browser does: opens the page, takes its token, sends."""

    def send(url: str, data: Any = None, **more: Any) -> TestResponse:
        return client.post(url, data={"csrf_token": token(client), **(data or {})}, **more)

    return send


def token(client: FlaskClient, url: str = "/ask/safety1") -> str:
    """The form token of this browser. A page that redirects is followed to one that has a form."""
    found = TOKEN.search(client.get(url, follow_redirects=True).text)
    assert found, url
    return found[1]
