"""Drawing a page: whole, or as the fragment that htmx asked for, with what every template needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2b
from itertools import takewhile
from typing import Any

from flask import Flask, Response, current_app, g, render_template, request, session
from flask_htmx import HTMX
from flask_wtf.csrf import generate_csrf

from planner.domain.model import Country, Library
from planner.folders import STATIC
from planner.languages.translate import library_in
from planner.outputs.arrange import elsewhere
from planner.web.at_clinic import AtClinic, at_clinic
from planner.web.carried import form_tokens_by
from planner.web.draft import Draft, load_draft

FACTORY_TAG = "en-us"
"""What very many browsers all over the world say as they were delivered: no evidence where the operator has named a country."""
htmx = HTMX()
"""What htmx says of the request that it makes."""


def library() -> Library:
    """The content in the language of this request."""
    return library_in("en")


def draft() -> Draft:
    """The draft of this request, read once."""
    if "draft" not in g:
        g.draft = load_draft(library())
    found: Draft = g.draft
    return found


def country() -> Country:
    """Where the person is: their answer (or choice on the stop page), or the clinic that they answer for, or what their browser says,
    or what the operator says of this site; else everywhere else. Worked out once for each draft of a request.

    A number that is only guessed could be another country's, so nothing but an exact match counts. Source: clinical safety 4.4."""
    now, here = draft(), at_clinic()
    known: list[tuple[Draft, AtClinic | None, Country]] = g.setdefault("countries", [])
    for of, there, found in known:
        if of is now and there is here:
            return found
    said = str(now.answers.get("country", "")) or (here.country if here else "")
    known.append((now, here, library().countries.get(said) or _from_browser() or _of_this_site() or elsewhere(library())))
    return known[-1][2]


def _of_this_site() -> Country | None:
    """The country that the operator has named."""
    named = str(current_app.config["COUNTRY"])
    return library().countries[named] if named in library().countries and named != elsewhere(library()).id else None


def _from_browser() -> Country | None:
    """The country that the browser's first language names. Others that follow are mostly what it was delivered with: en-US after de-CH."""
    tags = [tag.lower() for tag, quality in request.accept_languages if quality > 0 and len(tag) < 20]
    own = [tag for tag in tags[:5] if tag.partition("-")[0] == tags[0].partition("-")[0]]
    said = next((tag for tag in own if region(tag)), own[0] if own else "")
    if said == FACTORY_TAG and _of_this_site():
        return None
    return next((one for one in library().countries.values() if names(said, one)), None)


def names(tag: str, one: Country) -> bool:
    """True when a language tag (lower case) is one of the country's, or has its region: en-DE is where de-DE is."""
    own = {language.lower() for language in one.languages}
    return tag in own or (bool(region(tag)) and region(tag) in {region(language) for language in own})


def region(tag: str) -> str:
    """The region in a language tag: "hk" of zh-hant-hk. What follows a single letter is something else."""
    parts = list(takewhile(lambda part: len(part) > 1, tag.split("-")))
    return next((part for part in parts[1:] if len(part) == 2 or part.isdigit()), "")


def left(now: Draft) -> timedelta | None:
    """How long the answers in this browser stay if nothing more is answered; None where there are none."""
    return now.until - datetime.now(UTC) if now.until and now.answers else None


def in_place() -> bool:
    """True where htmx puts the answer into the page that is open. No link and no other site can send its header."""
    return bool(htmx) and not htmx.history_restore_request


def page(template: str, status: int = 200, **context: Any) -> Response:
    """A response from a template. Pages with answers are never stored by the browser."""
    now = draft()
    has_answers = bool(now.answers)
    common = {
        "layout": "_fragment.html" if in_place() else "_page.html",
        "lang": "en",
        "dir": "ltr",
        "has_answers": has_answers,
        "first_view": False,
        "menu_is_there": g.get("menu_is_there", False),
        "left": left(now),
        "remembers": now.remembered,
        "library": library(),
        "country": country(),
        "intake": at_clinic(),
        "csrf_token": form_token,
    }
    response = current_app.response_class(render_template(template, **(common | context)), status)
    response.headers["Vary"] = "HX-Request, HX-History-Restore-Request, Cookie, Accept-Language"
    response.headers["Cache-Control"] = "no-store" if has_answers or "csrf_token" in g else "no-cache"
    return response


def form_token() -> str:
    """The token of this browser's forms. Flask-WTF takes it from where a request keeps it, which spares it making a signer for each."""
    if "csrf_token" not in g:
        if "csrf_token" not in session:
            return str(generate_csrf())
        g.csrf_token = form_tokens_by(current_app.config["SECRET_KEY"]).dumps(session["csrf_token"])
    return str(g.csrf_token)


@cache
def static_url(path: str) -> str:
    """The address of a static file with its content's hash, so that browsers may keep it for good."""
    digest = blake2b((STATIC / path).read_bytes(), digest_size=4).hexdigest()
    return f"/static/{path}?v={digest}"


def draw_for(app: Flask) -> None:
    """What pages of this application need in order to be drawn."""
    htmx.init_app(app)
    app.jinja_env.globals["static_url"] = static_url
