"""What Prometheus reads: for programs on this machine, and for whoever has the token. To anybody else there is no such page."""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from planner.web import counts, fleet_counts, readiness

pages = Blueprint("metrics", __name__)
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")
"""What a proxy adds. Behind one on this machine every visitor would seem to be on this machine."""


@pages.get("/metrics")
def metrics() -> Response:
    if not (is_on_this_machine() or has_token()):
        abort(404)
    readiness.trouble()
    response = Response(counts.exposition() + fleet_counts.fleet_exposition(), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


def is_on_this_machine() -> bool:
    """True for a request that came straight from here."""
    try:
        here = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return here and not any(name in request.headers for name in FORWARDED)


def has_token() -> bool:
    """True for `Authorization: Bearer` and METRICS_TOKEN, compared in constant time. Where none is set, none fits."""
    wanted = str(current_app.config["METRICS_TOKEN"])
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return bool(wanted) and kind.lower() == "bearer" and compare_digest(given.strip().encode(), wanted.encode())
