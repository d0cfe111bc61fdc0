"""Friendly error pages. They keep the person's answers, and no log line holds an answer."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from planner.web.draft import Draft
from planner.web.render import page


def prepare(app: Flask) -> None:
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, friendly)
    app.register_error_handler(Exception, our_fault)


def stale_form(error: CSRFError) -> Response:
    return page("error.html", 400, code=403)


def friendly(error: HTTPException) -> Response:
    response = page("error.html", error.code or 500, code=error.code or 500)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def our_fault(error: Exception) -> Response:
    """500. Only the kind of fault and the route are logged: a message could carry an answer."""
    current_app.logger.error("%s at %s", type(error).__name__, request.endpoint, exc_info=current_app.debug)
    from flask import g

    if "draft" not in g:
        g.draft = Draft()
    return page("error.html", 500, code=500)
