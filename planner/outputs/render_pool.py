"""Warm processes that draw what stands in the queue. Whoever uses this never loads WeasyPrint."""

from __future__ import annotations

import logging
import os
import threading
import time
from concurrent.futures import wait
from contextlib import AbstractContextManager
from typing import Protocol

from planner.outputs.drawn import DRAWN_BYTES
from planner.outputs.pdf import Kind, PdfFailed
from planner.outputs.render_queue import Awaited, Job, RenderQueue, Room
from planner.outputs.renderer import RENDERER_DIED, Renderer
from planner.settings_table import setting

RENDER_SECONDS = 15.0
LOOK_SECONDS = 0.5  # between two looks at a process that has nothing to do
ASKED_AT_ONCE = 8  # documents that other machines draw for this one
LOG = logging.getLogger("planner.fleet")


class OtherMachines(Protocol):
    """Where a document may be remembered or drawn that is not here. Each call ends within a few seconds, whatever is the matter."""

    def there(self) -> bool: ...

    def drawn(self, html: str, kind: Kind, draft: str) -> AbstractContextManager[bytes | PdfFailed | None]: ...

    def remember(self, html: str, kind: Kind, draft: str, body: bytes) -> None: ...

    def take_back(self, draft: str) -> None: ...


class RenderPool:
    """Draws in `size` processes. They start when first wanted, and each is replaced when it is dead or worn, asked or not.

    With `others`, who waits is served by other machines first; what is drawn ahead is drawn here, and remembered for all."""

    def __init__(
        self, size: int = 1, seconds: float = RENDER_SECONDS, drawn_bytes: int = DRAWN_BYTES, others: OtherMachines | None = None
    ) -> None:
        self.size, self.seconds, self.others = size, seconds, others
        self.queue = RenderQueue(size, drawn_bytes)
        self.renderers: dict[int, Renderer] = {}
        self.starting = threading.Lock()
        self.started = self.closed = False

    def start(self) -> None:
        """Begins to warm up; again, it does nothing."""
        with self.starting:
            if not self.started and not self.closed:
                self.started = True
                for place in range(self.size):
                    threading.Thread(target=self.run, args=(place,), name=f"pdf-{place}", daemon=True).start()
                for place in range(ASKED_AT_ONCE if self.others else 0):
                    threading.Thread(target=self.ask_others, args=(self.others,), name=f"asks-{place}", daemon=True).start()

    def pdf(self, html: str, kind: Kind) -> bytes:
        """The PDF, now; PdfFailed if there is none."""
        return self.submit(html, kind).result()

    def submit(self, html: str, kind: Kind, draft: str = "", keep: bool = True) -> Awaited:
        """A document that somebody waits for. `draft`: for which it is remembered. Without `keep` no copy stays. PoolBusy."""
        self.start()
        return self.queue.submit(html, kind, draft, keep)

    def room(self, draft: str) -> Room:
        """Whether a document can be there soon, before anybody writes it."""
        return self.queue.room(draft)

    def draw_ahead(self, html: str, kind: Kind, draft: str) -> None:
        """A document that somebody may want soon."""
        self.start()
        self.queue.draw_ahead(html, kind, draft)

    def take_back(self, draft: str) -> None:
        """Forgets what is there for a draft that is another one now, or gone."""
        self.queue.take_back(draft)
        if self.others:
            self.others.take_back(draft)

    def ready(self) -> bool:
        """True when a process is up (for /readyz)."""
        self.start()
        return any(renderer.fit for renderer in list(self.renderers.values()))

    def run(self, place: int) -> None:
        """The thread of one process, from its start to the end of the pool."""
        while not self.closed:
            renderer = self.renderers.get(place)
            if renderer is None or not renderer.fit or renderer.worn:
                self.replace(place)
            elif job := self.queue.next_job(LOOK_SECONDS):
                self.done(job, self.made(place, job))
        if renderer := self.renderers.pop(place, None):
            renderer.end()

    def ask_others(self, others: OtherMachines) -> None:
        """A thread that has documents drawn by other machines. While they can't be reached it takes none."""
        while not self.closed:
            if not others.there():
                time.sleep(LOOK_SECONDS)
            elif job := self.queue.next_to_ask_for(LOOK_SECONDS):
                try:
                    self.ask_for(job, others)
                except Exception as fault:  # a fault of ours: it costs neither the document nor the thread
                    LOG.error("other machines were asked in vain: %s", type(fault).__name__)
                    if not job.here and not job.future.done():
                        self.queue.draw_here(job)

    def ask_for(self, job: Job, others: OtherMachines) -> None:
        draft = min(filter(None, self.queue.drafts_of(job)), default="")
        if not draft:  # it was taken back meanwhile
            self.queue.draw_here(job)
            return
        with others.drawn(job.html, job.kind, draft) as made:
            if made is None:
                self.queue.draw_here(job)
                wait([job.future], self.seconds)  # until then no other machine draws it
            else:
                self.done(job, made)

    def done(self, job: Job, made: bytes | PdfFailed) -> None:
        """For those who wait, and for the other machines. A draft that was taken back meanwhile leaves nothing there."""
        if self.others and isinstance(made, bytes):
            drafts = self.queue.drafts_of(job) - {""}
            for draft in drafts:
                self.others.remember(job.html, job.kind, draft, made)
            for draft in drafts - self.queue.drafts_of(job):
                self.others.take_back(draft)
        self.queue.finish(job, made)

    def replace(self, place: int) -> None:
        """The old process stays until the new one is warm: somebody may ask meanwhile whether we are ready."""
        try:
            new, old = Renderer(), self.renderers.get(place)
        except (OSError, EOFError):  # whoever begins them has just ended, as when all are told to: the next try has another
            time.sleep(LOOK_SECONDS)
            return
        if new.warm():
            self.renderers[place] = new
        else:
            new.end()
            self.renderers.pop(place, None)
            time.sleep(LOOK_SECONDS)
        if old:
            old.end()

    def made(self, place: int, job: Job) -> bytes | PdfFailed:
        """The PDF or what went wrong. Once more if the process died: it may have been killed for another's sake."""
        try:
            return self.renderers[place].render(job.html, job.kind, self.seconds)
        except PdfFailed as fault:
            if str(fault) != RENDERER_DIED:
                return fault
        try:
            self.replace(place)
            return self.renderers[place].render(job.html, job.kind, self.seconds)
        except PdfFailed as fault:
            return fault
        except KeyError:  # no new one came up
            return PdfFailed(RENDERER_DIED)

    def close(self) -> None:
        """Ends each process. Its pipe is closed by its thread alone: of two at once, one would fail, or close a file of somebody else."""
        self.closed = True
        with self.queue.turn:
            self.queue.turn.notify_all()
        for renderer in list(self.renderers.values()):
            renderer.kill()


def renderers_wanted() -> int:
    """PDF_WORKERS; else as many as there are processor cores, up to two."""
    said = setting("PDF_WORKERS")
    return int(said) if said else min(2, os.cpu_count() or 1)
