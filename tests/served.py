"""A real gunicorn with two processes, and people with cookies of their own who finish their questions there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import Cookie, CookieJar
from socket import create_server
from time import monotonic, sleep
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

from planner.domain.model import Library
from planner.folders import ROOT
from planner.web.draft import DRAFT_COOKIE, Draft, sealed
from tests.conftest import SECRET, TOKEN, an_app
from tests.people import well
from tests.walker import FormReader

LAST = "practical"
"""The page that is asked last."""


@contextmanager
def a_server(database: str, **settings: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a gunicorn as `make run` starts it, and its process."""
    with create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "SECRET_KEY": SECRET,
        "WEB_CONCURRENCY": "2",
        "PORT": port,
        "TRUSTED_PROXIES": "1",
        **settings,
    }
    subprocess.run([sys.executable, "-m", "planner", "db", "upgrade"], cwd=ROOT, env=environment, check=True, capture_output=True)
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = monotonic() + 90
        while status(f"{address}/readyz") != 200:
            assert monotonic() < until
            sleep(0.2)
        yield address, server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=40)


def status(url: str) -> int:
    """0 if nobody answers."""
    try:
        with urlopen(url, timeout=10) as found:
            return int(found.status)
    except HTTPError as error:
        return error.code
    except OSError:
        return 0


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
