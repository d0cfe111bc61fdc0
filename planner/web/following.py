"""Each request has a number: in the log, in the answer, on the page of a fault. What it asked for is counted by page, never by path."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from logging import LogRecord
from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, g, has_request_context, request
from flask.logging import default_handler

from planner.json_lines import ENDPOINT, REQUEST
from planner.kept.codes import without_code
from planner.web import counts
from planner.web.log_lines import formatter

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SEEN_KEY = "backplan.seen"
NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")
NOWHERE, STATIC_PAGE = "none", "static"
"""What stands for the page where there is none."""
PROBES = ("/healthz", "/readyz", "/metrics")
"""What machines ask for by address. They lead nowhere, so any host will do."""
EVENTS = {401: "not signed in", 403: "not allowed", 429: "too many requests"}


@dataclass
class Seen:
    """What is known of a request until it is answered."""

    number: str
    endpoint: str
    status: int = 500


def followed(application: WSGIApplication, proxies: int, host: str) -> WSGIApplication:
    """Gives each request its number and counts it. `proxies`: how many of our own stand before; `host`: a name of this site."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        seen = Seen(number_of(environ, proxies), STATIC_PAGE if path.startswith("/static/") else NOWHERE)
        environ[SEEN_KEY], environ[REQUEST] = seen, seen.number
        if path in PROBES:
            environ["HTTP_HOST"] = host

        def start(status: str, headers: list[tuple[str, str]], *fault: Any) -> Any:
            seen.status = int(status[:3])
            return start_response(status, headers, *fault)

        began = perf_counter()
        try:
            return application(environ, start)
        finally:
            environ[ENDPOINT] = seen.endpoint
            counts.count_request(seen.endpoint, str(environ.get("REQUEST_METHOD", "")), seen.status, perf_counter() - began)

    return call


def number_of(environ: WSGIEnvironment, proxies: int) -> str:
    """What our own proxy says, so that its log and ours can be laid side by side; else a number of our own. Never what could be a code."""
    given = str(environ.get("HTTP_X_REQUEST_ID", ""))
    if proxies and NUMBER.fullmatch(given) and without_code(given) == given:
        return given
    made = secrets.token_hex(6)
    return f"{made[:4]}-{made[4:8]}-{made[8:]}"


def follow_requests(app: Flask) -> None:
    """Must come before anything else that may end a request."""
    app.before_request(name_page)
    app.after_request(tell)
    app.jinja_env.globals["request_number"] = request_number
    app.logger.addFilter(of_this_request)
    default_handler.setFormatter(formatter(app.config["LOG_FORMAT"]))


def name_page() -> None:
    seen_now().endpoint = request.endpoint or NOWHERE


def tell(response: Response) -> Response:
    """The number goes back. Who was turned away is an event in the log: the page, never what was sent."""
    response.headers["X-Request-ID"] = request_number()
    if event := g.get("event") or EVENTS.get(response.status_code):
        current_app.logger.warning("refused: %s at %s", event, request.endpoint)
    return response


def request_number() -> str:
    return seen_now().number


def seen_now() -> Seen:
    """What is known of this request. One that no server brought has a number too."""
    environ = request.environ
    if SEEN_KEY not in environ:
        environ[SEEN_KEY] = Seen(number_of({}, 0), NOWHERE)
    found: Seen = environ[SEEN_KEY]
    return found


def of_this_request(record: LogRecord) -> bool:
    """Tells a line of the log which request it is about."""
    inside = has_request_context()
    record.request, record.endpoint = (request_number(), request.endpoint or NOWHERE) if inside else ("-", "-")
    return True
