"""The documents that are to be drawn: who waits goes first, each is drawn once, and both lines are short."""

from __future__ import annotations

import secrets
import threading
from collections import deque
from concurrent.futures import Future
from hashlib import blake2b
from itertools import count
from typing import Literal, Protocol

from planner.outputs.drawn import DRAWN_BYTES, DrawnDocuments
from planner.outputs.pdf import Kind, PdfFailed

QUEUED = 8  # documents for each process that somebody waits for, and as many that nobody waits for yet
Room = Literal["there", "free", "full"]
OUR_KEY = secrets.token_bytes(32)


class PoolBusy(PdfFailed):
    """More people wait already than can be served soon."""


def key_of(html: str, kind: Kind) -> str:
    """Same words, same PDF. Nobody can go from a key to what was in the document, nor try what might have been."""
    return blake2b(f"{kind}\0{html}".encode("utf-8", "replace"), digest_size=20, key=OUR_KEY).hexdigest()


class Awaited(Protocol):
    """A document that is there, or will be. `cancel`: whoever asked does not wait any more."""

    def done(self) -> bool: ...

    def result(self, timeout: float | None = None) -> bytes: ...

    def cancel(self) -> bool: ...


class Job:
    """A document to be drawn. `readers`: how many wait for it. `drafts`: for whom it is remembered, "" for nobody in particular.
    `came`: before whom, in the line. `here`: no other machine may draw it, or none did."""

    def __init__(self, key: str, html: str, kind: Kind) -> None:
        self.key, self.html, self.kind = key, html, kind
        self.readers = self.came = 0
        self.drafts: set[str] = set()
        self.here = False
        self.future: Future[bytes] = Future()

    def abandon(self) -> None:
        """Nobody waits for it. `concurrent.futures.wait` takes a cancelled one for done once that is notified."""
        self.future.cancel()
        self.future.set_running_or_notify_cancel()


class PersonWaiting:
    """Somebody who waits for a job, and may stop waiting."""

    def __init__(self, queue: RenderQueue, job: Job) -> None:
        self.queue, self.job, self.waits = queue, job, True

    def done(self) -> bool:
        return self.job.future.done()

    def result(self, timeout: float | None = None) -> bytes:
        return self.job.future.result(timeout)

    def cancel(self) -> bool:
        if self.waits:
            self.waits = False
            self.queue.leave(self.job)
        return True


class RenderQueue:
    """Two lines of jobs, and the documents drawn last. For `size` processes."""

    def __init__(self, size: int, drawn_bytes: int = DRAWN_BYTES) -> None:
        self.most = QUEUED * size
        self.at_once_ahead = max(1, size - 1)  # of several processes one is left for those who wait
        self.drawn = DrawnDocuments(drawn_bytes)
        self.jobs: dict[str, Job] = {}
        self.waited_for: deque[Job] = deque()
        self.asked_for: set[Job] = set()
        self.coming = count()
        self.ahead: deque[Job] = deque()
        self.drawing_ahead: set[str] = set()
        self.asking_free = 0  # threads that have nothing to ask other machines for
        self.turn = threading.Condition()

    def room(self, draft: str) -> Room:
        """Before a document of a draft is written at all: whether one of its documents is "there", or the line is "full". One that is
        under way for it needs no place in the line."""
        with self.turn:
            if draft and self.drawn.of(draft):
                return "there"
            under_way = draft and any(draft in job.drafts for job in self.jobs.values() if job not in self.ahead)
            return "free" if under_way or self.in_line() < self.most else "full"

    def in_line(self) -> int:
        """How many jobs somebody waits for that are not being drawn here; what other machines are asked for may come back."""
        return len(self.waited_for) + sum(job.readers > 0 for job in self.asked_for)

    def submit(self, html: str, kind: Kind, draft: str, keep: bool) -> Awaited:
        """A document that somebody waits for: remembered, under way, or next. PoolBusy if too many wait."""
        key = key_of(html, kind)
        with self.turn:
            if (body := self.drawn.get(key, draft)) is not None:
                if not keep:
                    self.drawn.take_out(key)
                return ready(body)
            job = self.jobs.get(key)
            if job is None or job in self.ahead:
                job = self.waits(job or Job(key, html, kind))
            job.readers += 1
            job.drafts |= {draft} if keep else set()
            return PersonWaiting(self, job)

    def waits(self, job: Job) -> Job:
        """Puts a job among those that somebody waits for, also one that was to be drawn ahead."""
        if self.in_line() >= self.most:
            raise PoolBusy("busy")
        if job in self.ahead:
            self.ahead.remove(job)
        self.jobs[job.key] = job
        job.came = next(self.coming)
        self.waited_for.append(job)
        self.turn.notify_all()
        return job

    def draw_ahead(self, html: str, kind: Kind, draft: str) -> None:
        """A document that somebody may want soon. It waits for everybody, and a sheet for the plans, which are asked for more often; of
        too many the oldest sheet is dropped, or the oldest plan where there are no sheets."""
        key = key_of(html, kind)
        with self.turn:
            if self.drawn.get(key, draft) is not None:
                return
            job = self.jobs.get(key)
            if job is None:
                if len(self.ahead) >= self.most:
                    self.jobs.pop(self.out_of_ahead("sheet").key)
                job = self.jobs[key] = Job(key, html, kind)
                self.ahead.append(job)
                self.turn.notify()
            job.drafts.add(draft)

    def take_back(self, draft: str) -> None:
        """Forgets what is there for a draft that is another one now, or gone. What is being drawn leaves no copy."""
        with self.turn:
            self.drawn.take_back(draft)
            for job in list(self.jobs.values()):
                job.drafts.discard(draft)
                if job in self.ahead and not job.drafts:
                    self.ahead.remove(job)
                    self.jobs.pop(job.key)

    def leave(self, job: Job) -> None:
        """One reader fewer. Nothing is drawn for nobody."""
        with self.turn:
            job.readers -= 1
            if not job.readers and job in self.waited_for:
                self.waited_for.remove(job)
                self.jobs.pop(job.key).abandon()

    def next_job(self, seconds: float) -> Job | None:
        """The next one, now this thread's; None after so many seconds without."""
        with self.turn:
            if not (found := self.next_here()) and not self.may_draw_ahead():
                self.turn.wait(seconds)
                self.drawn.sweep()
                found = self.next_here()
            if found or not self.may_draw_ahead():
                return found
            job = self.out_of_ahead("plan")
            self.drawing_ahead.add(job.key)
            return job

    def out_of_ahead(self, kind: Kind) -> Job:
        """Takes the oldest of this kind from what is to be drawn ahead; the oldest of all where there is none."""
        job = next((one for one in self.ahead if one.kind == kind), self.ahead[0])
        self.ahead.remove(job)
        return job

    def next_here(self) -> Job | None:
        """The first that somebody waits for. While a thread is free that asks other machines, what it may ask for is left to it."""
        found = next((job for job in self.waited_for if not self.asking_free or not may_leave(job)), None)
        if found:
            self.waited_for.remove(found)
        return found

    def next_to_ask_for(self, seconds: float) -> Job | None:
        """The first that another machine may draw; None after so many seconds without."""
        with self.turn:
            self.asking_free += 1
            try:
                if not (found := next(filter(may_leave, self.waited_for), None)):
                    self.turn.wait(seconds)
                    found = next(filter(may_leave, self.waited_for), None)
            finally:
                self.asking_free -= 1
                self.turn.notify_all()
            if found:
                self.waited_for.remove(found)
                self.asked_for.add(found)
            return found

    def draw_here(self, job: Job) -> None:
        """No other machine drew it: if somebody still waits it has its old place in the line."""
        with self.turn:
            job.here = True
            self.asked_for.discard(job)
            if job.readers:
                first = next((place for place, one in enumerate(self.waited_for) if one.came > job.came), len(self.waited_for))
                self.waited_for.insert(first, job)
                self.turn.notify_all()
            else:
                self.jobs.pop(job.key).abandon()

    def drafts_of(self, job: Job) -> set[str]:
        with self.turn:
            return set(job.drafts)

    def may_draw_ahead(self) -> bool:
        return bool(self.ahead) and len(self.drawing_ahead) < self.at_once_ahead

    def finish(self, job: Job, made: bytes | PdfFailed) -> None:
        """Hands a job's document to its readers, and remembers it for the drafts that are still there."""
        with self.turn:
            self.drawing_ahead.discard(job.key)
            self.asked_for.discard(job)
            self.jobs.pop(job.key, None)
            if isinstance(made, bytes) and job.drafts:
                self.drawn.put(job.key, made, job.drafts)
            self.turn.notify_all()
        if isinstance(made, bytes):
            job.future.set_result(made)
        else:
            job.future.set_exception(made)


def may_leave(job: Job) -> bool:
    """Only the papers of a draft: those with a code or of a clinic stay on this machine; so does how a preview fits, which is short."""
    return any(job.drafts) and not job.here and job.kind != "fit"


def ready(body: bytes) -> Awaited:
    future: Future[bytes] = Future()
    future.set_result(body)
    return future
