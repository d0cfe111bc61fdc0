"""Files to take away: what the renderers made, and a response that nobody keeps."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from time import monotonic

from flask import Response, abort, current_app

from planner.outputs.pdf import PdfFailed

WAIT_SECONDS = 20


def rendered(jobs: list[Future[bytes]]) -> list[bytes]:
    """What the renderers made, all of it within WAIT_SECONDS; else 503, and the page stays the way to read the plan."""
    until = monotonic() + WAIT_SECONDS
    try:
        return [job.result(max(0.0, until - monotonic())) for job in jobs]
    except (PdfFailed, Late) as fault:
        current_app.logger.error("document failed: %s %s", type(fault).__name__, fault)
        abort(503)


def file(body: bytes, kind: str, name: str) -> Response:
    """A download that no browser or proxy keeps."""
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
