"""The headers of every response: a policy without exceptions, since nothing is inline and nothing comes from elsewhere."""

from __future__ import annotations

from functools import cache
from wsgiref.headers import Headers

from flask import Flask, Response, current_app, request

from planner.web.render import in_place

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
SHOWS, SHOWN = {"frame-src": "'self'"}, {"frame-ancestors": "'self'"}
FRAMED_VIEWS = {
    **dict.fromkeys(("clinic.new", "clinic.work", "clinic.made", "clinic.one_sheet"), SHOWS),
    **dict.fromkeys(("clinic.empty_preview", "clinic.preview", "clinic.sheet_pdf"), SHOWN),
}
"""The only pages with a frame in them, and the only ones that may be in one: a sheet beside the form it comes from."""
STAYS_SECURE = "max-age=31536000"
KEPT_WORKER = "/static/js/kept-worker.js"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
IN_PLACE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""For what a script puts into an open page. The policy of that page holds; read as a page of its own, this one may do nothing at all.
It comes with every question, so the words that only a page of its own heeds stay away."""


def add_headers(app: Flask) -> None:
    app.after_request(secure)


@cache
def policy(endpoint: str | None) -> str:
    return "; ".join(f"{name} {value}" for name, value in {**POLICY, **FRAMED_VIEWS.get(endpoint or "", {})}.items())


def secure(response: Response) -> Response:
    placed = in_place()
    wanted = IN_PLACE if placed else {"Content-Security-Policy": policy(request.endpoint), **HEADERS}
    there = {name.lower() for name, _value in response.headers}
    response.headers.extend([pair for pair in wanted.items() if pair[0].lower() not in there])
    if placed and response.headers.get("Cache-Control") == "no-store":
        response.headers["Vary"] = "HX-Request"  # nobody keeps it, so nobody asks what else it rests on
    if current_app.config["SECURE"]:
        response.headers["Strict-Transport-Security"] = STAYS_SECURE
    return response


def for_one_person(response: Response) -> Response:
    """For pages of one person, or of a clinic: no cache keeps them and no search engine lists them."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def with_camera(response: Response) -> Response:
    """For a page with the field for a code: there the camera may read it, once its button is pressed. Nowhere else is there a camera."""
    response.headers["Permissions-Policy"] = HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")
    return response


def secure_file(headers: Headers, path: str, url: str, *, secure: bool = False) -> None:
    """The same for static files, which never pass through Flask. One of them may work for the page of a kept plan."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    if secure:
        headers["Strict-Transport-Security"] = STAYS_SECURE
    if url.partition("?")[0] == KEPT_WORKER:
        headers["Service-Worker-Allowed"] = "/kept/"
