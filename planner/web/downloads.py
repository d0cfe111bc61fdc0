"""Files to take away: forms of a plan, what the renderers made, and a response that nobody keeps."""

from __future__ import annotations

from concurrent.futures import TimeoutError as Late
from threading import BoundedSemaphore
from time import monotonic, perf_counter
from typing import Literal, NoReturn

from flask import Response, abort, current_app, request
from werkzeug.exceptions import ServiceUnavailable

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.outputs.form import Beside, Form
from planner.outputs.pdf import Kind, PdfFailed
from planner.outputs.pool import pool
from planner.outputs.render_queue import Awaited, PoolBusy, ready
from planner.web import counts
from planner.web.own_photos import with_own_photos

WAIT_SECONDS = 20
RETRY_SECONDS = 5
WHO_WAIT = BoundedSemaphore(2)
"""Threads of this process that may wait for a document, of gunicorn's four: pages are for the others."""


class PaperBusy(ServiceUnavailable):
    """Too many people wait for a document: this one is asked to come again in a moment."""

    def __init__(self) -> None:
        super().__init__(retry_after=RETRY_SECONDS)


def form_of(plan: Plan, library: Library, form: Form, beside: Beside, *, draft: str = "", forget: bool = False) -> Response:
    """A plan in one form, as a download. `draft` and `forget` as in `pressed`."""
    if form.pressed:
        ask_for_room(form.pressed, "" if forget else draft)
    words = form.words(with_own_photos(plan), library, beside)
    made = pressed(words, form.pressed, draft=draft, forget=forget) if form.pressed else words.encode()
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


def pressed(html: str, kind: Kind, *, draft: str = "", forget: bool = False) -> bytes:
    """The PDF of a document. `draft`: whose it is, until it is taken back. `forget`: no copy stays in the renderers' memory at all, so
    that nothing is left once the plan is deleted."""
    (body,) = rendered(sent_to_pool([(html, kind)], draft, keep=not forget), few=kind != "fit")
    return body


def ask_for_room(kind: Kind, draft: str = "") -> None:
    """Asked before a document is written, which costs more than a page: PaperBusy if nobody could wait for it now. Where one of this
    draft is there already it may be the one that is wanted, so that is found out."""
    room = pool().room(draft)
    if room == "there" or (room == "free" and (kind == "fit" or a_thread_may_wait())):
        return
    counts.DOCUMENTS_ASKED.labels(kind, counts.REFUSED).inc()
    give_up([], PoolBusy("busy"))


def a_thread_may_wait() -> bool:
    """As it is now; whoever waits in the end takes a place by itself. Trying to take one would refuse whoever comes at that moment."""
    return WHO_WAIT._value > 0  # Python has no public way to look


def sent_to_pool(papers: list[tuple[str, Kind]], draft: str, *, keep: bool = True) -> list[Awaited]:
    """Documents under way, all of them or none; PaperBusy when too many wait."""
    jobs: list[Awaited] = []
    try:
        for html, kind in papers:
            jobs.append(CountedPaper(kind, pool().submit(html, kind, draft, keep)))
    except PdfFailed as fault:
        for _, kind in papers[len(jobs) :][:1]:
            counts.DOCUMENTS_ASKED.labels(kind, counts.REFUSED).inc()
        give_up(jobs, fault)
    return jobs


ENDINGS = {"timeout": counts.LATE, "renderer died": counts.DIED}


class CountedPaper:
    """A document under way, and counted: how long somebody waits for it, and how it ends."""

    def __init__(self, kind: Kind, job: Awaited) -> None:
        self.kind, self.job, self.began = kind, job, perf_counter()
        self.there = job.done()
        self.ended = False

    def done(self) -> bool:
        return self.job.done()

    def result(self, timeout: float | None = None) -> bytes:
        try:
            body = self.job.result(timeout)
        except Late:
            self.end(counts.LATE)
            raise
        except PdfFailed as fault:
            self.end(ENDINGS.get(str(fault), counts.FAILED))
            raise
        self.end(counts.FROM_MEMORY if self.there else counts.MADE)
        return body

    def cancel(self) -> bool:
        self.end(counts.DROPPED)
        return self.job.cancel()

    def end(self, how: str) -> None:
        if self.ended:
            return
        self.ended = True
        counts.DOCUMENTS_ASKED.labels(self.kind, how).inc()
        if how == counts.MADE:
            counts.RENDERS.labels(self.kind).observe(perf_counter() - self.began)


def rendered(jobs: list[Awaited], *, few: bool = True) -> list[bytes]:
    """What the renderers made, all of it within WAIT_SECONDS; else 503, and the page stays the way to read the plan. What is there
    already is given to everybody; few wait. `few` False: for how a preview fits, which a therapist at work asks for again before the
    one before is there. That is short, has its own limit, and must not keep them from printing."""
    waits = few and not all(job.done() for job in jobs)
    if waits and not WHO_WAIT.acquire(blocking=False):
        give_up(jobs, PoolBusy("busy"))
    until = monotonic() + WAIT_SECONDS
    try:
        with counts.WAITING.track_inprogress():
            return [job.result(max(0.0, until - monotonic())) for job in jobs]
    except (PdfFailed, Late) as fault:
        give_up(jobs, fault)
    finally:
        if waits:
            WHO_WAIT.release()


def give_up(jobs: list[Awaited], fault: PdfFailed | Late) -> NoReturn:
    """Nothing goes on being drawn for nobody."""
    for job in jobs:
        job.cancel()
    if isinstance(fault, PoolBusy | Late):
        current_app.logger.warning("document late: %s", type(fault).__name__)
        raise PaperBusy
    current_app.logger.error("document failed: %s %s", type(fault).__name__, fault)
    abort(503)


def begun(plan: Plan, library: Library, form: Form, beside: Beside, draft: str) -> Awaited:
    """What a form is made of, under way: paper is rendered while others are written."""
    words = form.words(with_own_photos(plan), library, beside)
    return sent_to_pool([(words, form.pressed)], draft)[0] if form.pressed else ready(words.encode())


def file(body: bytes, kind: str, name: str, shown: Literal["inline", "attachment"] = "inline") -> Response:
    """A download that no browser or proxy keeps."""
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
