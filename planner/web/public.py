"""Pages for everybody: start, rules, sources, myths, preparing, finding a therapist, privacy, accessibility, about, health."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, current_app, make_response
from werkzeug.exceptions import NotFound

from planner.web import readiness
from planner.web.patient.code_form import CodeForm
from planner.web.patient.here import journey, next_url
from planner.web.rate_limits import limiter
from planner.web.render import draft, page

pages = Blueprint("public", __name__)
TXT_LASTS = timedelta(days=180)
PUBLIC_PAGES = ("sources", "rules", "myths", "prepare", "find", "privacy", "accessibility", "about")


@pages.get("/")
def start() -> Response:
    return page("start.html", form=CodeForm(), first_view=True, questions="/ask" if draft().answers else next_url(journey()))


@pages.get(f"/<any({','.join(PUBLIC_PAGES)}):name>")
def public_page(name: str) -> Response:
    return page(f"{name}.html")


@pages.get("/healthz")
@limiter.exempt
def healthz() -> Response:
    """The process is up."""
    return text("ok\n")


@pages.get("/readyz")
@limiter.exempt
def readyz() -> Response:
    """The renderer and the database answer, or did a few seconds ago."""
    trouble = readiness.trouble()
    return text(f"{trouble}\n", 503) if trouble else text("ok\n")


@pages.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Where to tell of a fault (RFC 9116). It must name a day on which it ends: whoever reads it later asks again."""
    contact, site = current_app.config["SECURITY_CONTACT"], current_app.config["BASE_URL"]
    if not contact:
        raise NotFound
    ends = (datetime.now(UTC) + TXT_LASTS).strftime("%Y-%m-%dT00:00:00Z")
    own = f"Canonical: {site}/.well-known/security.txt\n" if site else ""
    return text(f"Contact: {contact}\nExpires: {ends}\n{own}Preferred-Languages: en\n")


def text(words: str, status: int = 200) -> Response:
    response = make_response(words, status)
    response.content_type = "text/plain; charset=utf-8"
    return response
