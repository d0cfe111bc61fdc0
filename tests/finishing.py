"""A real gunicorn with two processes, and people with cookies of their own who finish their questions there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import Cookie, CookieJar
from time import monotonic
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from planner.database.engines import open_database
from planner.domain.model import Library
from planner.folders import ROOT
from planner.upkeep.upgrading import upgrade
from planner.web.draft import DRAFT_COOKIE, Draft, sealed
from tests.conftest import TOKEN, an_app
from tests.people import well
from tests.served import Served, served
from tests.walker import FormReader

LAST = "practical"
"""The page that is asked last."""


@contextmanager
def a_server(database: str, **settings: str) -> Iterator[Served]:
    """A server with two processes that is ready."""
    upgrade(open_database(database))
    with served(database, ROOT, **{"WEB_CONCURRENCY": "2", "TRUSTED_PROXIES": "1", **settings}) as site:
        assert site.comes_to("/readyz", 200)
        yield site


class Finisher:
    """Somebody who has answered everything but the last page. `goal` makes their papers unlike those of others."""

    def __init__(self, address: str, library: Library, goal: str) -> None:
        self.address, self.library = address, library
        self.answers = well(library, goal="sport", goal_words=goal)
        last = next(page.questions for page in library.pages if page.id == LAST)
        with an_app().test_request_context():
            cookie = sealed(Draft({name: value for name, value in self.answers.items() if name not in last}), DRAFT_COOKIE)
        jar = CookieJar()
        host = "127.0.0.1"
        jar.set_cookie(Cookie(0, DRAFT_COOKIE, cookie, None, False, host, False, False, "/", True, False, None, True, None, None, {}))
        self.browser = build_opener(HTTPCookieProcessor(jar))
        self.browser.addheaders = [("X-Forwarded-For", f"10.0.0.{sum(goal.encode()) % 250}")]  # limits are for each address

    def finish(self) -> str:
        """Answers the last page; the address where that leads."""
        page = self.browser.open(f"{self.address}/ask/{LAST}", timeout=60).read().decode()
        found = TOKEN.search(page)
        assert found
        data = FormReader(page).filled(self.library, self.answers) | {"csrf_token": [found[1]]}
        sent = Request(f"{self.address}/ask/{LAST}", urlencode(data, doseq=True).encode(), headers={"Origin": self.address})
        return str(self.browser.open(sent, timeout=60).url).removeprefix(self.address)

    def asks(self, path: str) -> tuple[int, float, bytes]:
        """Status, seconds, and what came."""
        begun = monotonic()
        try:
            with self.browser.open(self.address + path, timeout=120) as found:
                return found.status, monotonic() - begun, found.read()
        except HTTPError as error:
            return error.code, monotonic() - begun, error.read()
