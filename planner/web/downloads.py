"""Files to take away: forms of a plan, what the renderers made, and a response that nobody keeps."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from functools import partial
from time import monotonic, perf_counter
from typing import Literal

from flask import Response, abort, current_app, request

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.outputs.form import Beside, Form
from planner.outputs.pdf import Kind, PdfFailed
from planner.outputs.pool import pool, ready
from planner.web import counts
from planner.web.own_photos import with_own_photos

WAIT_SECONDS = 20


def form_of(plan: Plan, library: Library, form: Form, beside: Beside, *, forget: bool = False) -> Response:
    """A plan in one form, as a download. `forget` as in `pressed`."""
    words = form.words(with_own_photos(plan), library, beside)
    made = pressed(words, form.pressed, forget=forget) if form.pressed else words.encode()
    return file(
        form.whole(plan, library, beside, made),
        form.type,
        form.download(large=beside.large),
        shown="attachment" if form.kept_only else "inline",
    )


def of_this_site(*, large: bool) -> Beside:
    """What stands beside a plan that is not kept: the address of this site."""
    return Beside(site=str(current_app.config["BASE_URL"]), large=large)


def large_asked() -> bool:
    """True for an address with ?large=1."""
    return request.args.get("large") == "1"


def pressed(html: str, kind: Kind, *, forget: bool = False) -> bytes:
    """The PDF of a document. `forget`: no copy stays in the renderer's memory, so that nothing is left once the plan is deleted."""
    try:
        (body,) = rendered([ordered(html, kind)])
        return body
    finally:
        if forget:
            pool().forget(html, kind)


def rendered(jobs: list[Future[bytes]]) -> list[bytes]:
    """What the renderers made, all of it within WAIT_SECONDS; else 503, and the page stays the way to read the plan."""
    until = monotonic() + WAIT_SECONDS
    try:
        with counts.WAITING.track_inprogress():
            return [job.result(max(0.0, until - monotonic())) for job in jobs]
    except (PdfFailed, Late) as fault:
        current_app.logger.error("document failed: %s %s", type(fault).__name__, fault)
        abort(503)


def begun(plan: Plan, library: Library, form: Form, beside: Beside) -> Future[bytes]:
    """What a form is made of, under way: paper is rendered while others are written."""
    words = form.words(with_own_photos(plan), library, beside)
    return ordered(words, form.pressed) if form.pressed else ready(words.encode())


def ordered(html: str, kind: Kind) -> Future[bytes]:
    """A document under way, and counted: how long it takes, and how it ends."""
    began = perf_counter()
    try:
        job = pool().submit(html, kind)
    except PdfFailed:
        counts.DOCUMENTS_ASKED.labels(kind, counts.REFUSED).inc()
        raise
    if job.done() and not job.cancelled() and not job.exception():
        counts.DOCUMENTS_ASKED.labels(kind, counts.FROM_MEMORY).inc()
    else:
        job.add_done_callback(partial(ended, kind, began))
    return job


ENDINGS = {"timeout": counts.LATE, "renderer died": counts.DIED}


def ended(kind: Kind, began: float, job: Future[bytes]) -> None:
    """Counts a document that was made, or was not."""
    fault = None if job.cancelled() else job.exception()
    how = counts.DROPPED if job.cancelled() else ENDINGS.get(str(fault), counts.FAILED) if fault else counts.MADE
    counts.DOCUMENTS_ASKED.labels(kind, how).inc()
    if how == counts.MADE:
        counts.RENDERS.labels(kind).observe(perf_counter() - began)


def file(body: bytes, kind: str, name: str, shown: Literal["inline", "attachment"] = "inline") -> Response:
    """A download that no browser or proxy keeps."""
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
