"""What the server itself answers and logs when something is no request at all: it never gets as far as the application."""

from __future__ import annotations

import logging
import re
import socket
from http import HTTPStatus

from gunicorn import util

from planner.web.headers import HEADERS, POLICY, STAYS_SECURE

NO_REQUEST = re.compile(r"Invalid request from ip=.*", re.DOTALL)


def answer_plainly(base_url: str) -> None:
    """Gunicorn's own page repeats what was sent, and has none of our headers; it has no setting for either."""
    secure = {"Strict-Transport-Security": STAYS_SECURE} if base_url.startswith("https://") else {}

    def write(sock: socket.socket, status: int, reason: str, message: str) -> None:
        util.write_nonblock(sock, refusal(status, secure))

    util.write_error = write


def refusal(status: int, more: dict[str, str]) -> bytes:
    """The whole answer, with no word of the request."""
    words = f"{status} {HTTPStatus(status).phrase}"
    policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())
    about = {"Connection": "close", "Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(words) + 1)}
    headers = {**about, "Cache-Control": "no-store", "Content-Security-Policy": policy, **HEADERS, **more}
    return "".join((f"HTTP/1.1 {words}\r\n", *(f"{name}: {value}\r\n" for name, value in headers.items()), f"\r\n{words}\n")).encode()


def name_nobody(record: logging.LogRecord) -> None:
    """Of such a request the log says that there was one: gunicorn would write down the address, and what was sent."""
    said = record.getMessage()
    if NO_REQUEST.match(said):
        record.msg, record.args = "something was sent that is no request", ()
