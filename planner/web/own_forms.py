"""Where a form stood, as the browser says it: no page can choose that, so a token that somebody got hold of is not enough."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, g, request
from flask_wtf.csrf import CSRFError

OUR_PAGE, NO_PAGE = "same-origin", "none"
"""Words of Sec-Fetch-Site. The second: an address that was typed, a bookmark, another program."""


def refuse_foreign_forms(app: Flask) -> None:
    """Stands behind the check of tokens. What takes forms without a token takes them from anywhere."""

    @app.before_request
    def refuse() -> None:
        if g.get("csrf_valid") and is_foreign():
            raise CSRFError("The form stood on another site")


def is_ours() -> bool:
    """True if the browser says that a page of ours sent this."""
    return request.headers.get("Sec-Fetch-Site") == OUR_PAGE


def is_foreign() -> bool:
    """True if the browser says that another site's page sent this, a neighbour's under our domain too.

    Browsers of before 2023 say Origin alone, and `null` in our forms: our pages tell nobody where somebody came from."""
    if said := request.headers.get("Sec-Fetch-Site"):
        return said not in (OUR_PAGE, NO_PAGE)
    origin = request.headers.get("Origin", "null")
    try:
        return origin != "null" and urlsplit(origin).hostname != urlsplit(f"//{request.host}").hostname
    except ValueError:  # `http://[`: no browser says so
        return True
