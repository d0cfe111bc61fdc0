"""Pages for everybody: start, rules, sources, myths, preparing, finding a therapist, privacy, accessibility, about, health."""

from __future__ import annotations

from flask import Blueprint, Response, make_response

from planner.web import readiness
from planner.web.patient.code_form import CodeForm
from planner.web.patient.here import journey, next_url
from planner.web.rate_limits import limiter
from planner.web.render import draft, page

pages = Blueprint("public", __name__)
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


def text(words: str, status: int = 200) -> Response:
    response = make_response(words, status)
    response.content_type = "text/plain; charset=utf-8"
    return response
