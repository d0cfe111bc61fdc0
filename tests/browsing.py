"""A browser at a server that really runs, as if it came through our proxy: what tests do with a client they do with this one too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from time import monotonic
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.test import Client, TestResponse

NAME = "plan.example.org"
"""How the site is called by those who visit it."""
SITE = f"https://{NAME}"
PATIENCE = 40.0
"""Seconds that a person waits for a page."""
OF_SOMEBODY = re.compile(r"(?<=/)(?:(?:[0-9A-Z]{4}-){4}[0-9A-Z]|[0-9a-f]{32})")
OURS = re.compile(r"<title>[^<]+</title>.*<h1", re.DOTALL)


class TurnedAway(Exception):
    """The server did not do what was asked: nobody answered, or it was a 5xx. A person would press again."""


class Astray(Exception):
    """The server answered, and not what it should: the message says what was asked and what came."""


@dataclass(frozen=True)
class Asked:
    """One request. `at`: when it was sent, by `monotonic()`; `page`: without codes; `status`: 0 if nobody answered;
    `ours`: what came was no fault of ours (500), and if it was a refusal, then a page that says so."""

    at: float
    page: str
    status: int
    seconds: float
    ours: bool

    @property
    def failed(self) -> bool:
        return self.status == 0 or self.status >= 500


class Browser(Client):
    """One person's browser. All they ask is noted in `asked`, in the order in which it was answered."""

    def __init__(self, port: int, address: str, asked: list[Asked]) -> None:
        super().__init__(self.sent_on)
        self.port, self.address, self.asked = port, address, asked

    def open(self, *args: Any, expects: int | None = None, **kwargs: Any) -> TestResponse:
        """`expects`: the status without which the person is astray. TurnedAway, Astray."""
        if kwargs.get("method"):  # else it follows a redirect, and has the whole address
            kwargs["base_url"] = SITE
        response = super().open(*args, **kwargs)
        if (status := response.status_code) != (expects or status) or status in (400, 404, 429):
            raise Astray(f"{response.request.method} {nameless(response.request.path)}: {status}, expected {expects}")
        return response

    def sent_on(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The request as our proxy would pass it on, and the answer."""
        begun, method, path = monotonic(), str(environ["REQUEST_METHOD"]), str(environ["REQUEST_URI"])
        what = f"{method} {nameless(path)}"
        body = environ["wsgi.input"].read()
        headers = {name[5:].replace("_", "-").title(): str(value) for name, value in environ.items() if name.startswith("HTTP_")}
        headers |= {"Host": NAME, "X-Forwarded-For": self.address, "X-Forwarded-Proto": "https", "Connection": "close"}
        if method == "POST":
            headers |= {"Content-Type": str(environ["CONTENT_TYPE"]), "Origin": SITE}
        pipe = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            pipe.request(method, path, body, headers)
            found = pipe.getresponse()
            text = found.read()
        except (OSError, HTTPException) as fault:
            self.asked.append(Asked(begun, what, 0, monotonic() - begun, ours=False))
            raise TurnedAway(f"{what}: {type(fault).__name__}") from fault
        finally:
            pipe.close()
        failed = found.status >= 500
        ours = not failed or (found.status != 500 and bool(OURS.search(text.decode(errors="replace"))))
        self.asked.append(Asked(begun, what, found.status, monotonic() - begun, ours))
        if failed:
            raise TurnedAway(f"{what}: {found.status}")
        start_response(f"{found.status} {found.reason}", found.getheaders())
        return [text]


def nameless(path: str) -> str:
    """A path without query, and without codes and ids of anybody."""
    return OF_SOMEBODY.sub("…", path.partition("?")[0])
