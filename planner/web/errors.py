"""Friendly error pages. They keep the person's answers, and no log line holds an answer."""

from __future__ import annotations

import re

from flask import Flask, Response, current_app, g, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from planner.json_lines import where
from planner.kept.codes import without_code
from planner.web import counts
from planner.web.downloads import PaperBusy
from planner.web.draft import UNDO_SECONDS, Draft
from planner.web.render import draft, page

NOT_OF_A_HOST = re.compile(r"[^\w.:\[\]-]", re.ASCII)
LONGEST_HOST = 100  # characters that are shown
MOST_HOSTS = 20  # so that nobody fills the log with made-up names


def register_error_pages(app: Flask) -> None:
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, friendly)
    app.register_error_handler(SecurityError, foreign_host)
    app.extensions["foreign_hosts"] = set()
    app.register_error_handler(Exception, our_fault)


def stale_form(error: CSRFError) -> Response:
    """The token of a form is not this browser's any more. The way back is the question that the form was of."""
    counts.FORMS_REFUSED.inc()
    g.event = "a form without this browser's token"
    back = request.path if request.path.startswith("/ask/") and draft().answers else "/ask"
    return page("stale.html", 400, back=back, minutes=UNDO_SECONDS // 60)


def friendly(error: HTTPException) -> Response:
    if isinstance(error, PaperBusy):
        response = page("busy.html", 503, again=request.full_path.rstrip("?") if request.method == "GET" else "", back=way_back())
    else:
        response = page("error.html", error.code or 500, code=error.code or 500)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def foreign_host(error: SecurityError) -> Response:
    """Asked for under a name that is not ours, as when a proxy does not pass Host on. The log says each name once."""
    host = without_code(NOT_OF_A_HOST.sub("", request.environ.get("HTTP_HOST", ""))[:LONGEST_HOST])
    said: set[str] = current_app.extensions["foreign_hosts"]
    if host not in said and len(said) < MOST_HOSTS:
        said.add(host)
        current_app.logger.warning("the host %s is not in TRUSTED_HOSTS; a proxy must pass Host on as it came", host or "(none)")
    return friendly(error)


def way_back() -> str:
    """The page that a document belongs to: it shows the same words."""
    known = request.view_args or {}
    if code := known.get("typed"):
        return url_for("kept.show_kept", typed=code)
    if handout := known.get("handout"):
        return url_for("clinic.made", handout=handout)
    return "/clinic" if request.path.startswith("/clinic") else "/plan"


def our_fault(error: Exception) -> Response:
    """500. Only the kind of fault, the route and the lines of code are logged: a message could carry an answer."""
    current_app.logger.error("%s at %s: %s", type(error).__name__, request.endpoint, where(error))
    if "draft" not in g:
        g.draft = Draft()
    return page("error.html", 500, code=500)
