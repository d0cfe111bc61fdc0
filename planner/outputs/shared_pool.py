"""A web process's way to the pool that the machine has once: a unix socket. Without an answer there, a pool of its own for the while."""

from __future__ import annotations

import socket
import struct
import threading
from collections import deque
from concurrent.futures import TimeoutError as Late
from multiprocessing.connection import Connection
from time import monotonic, sleep
from typing import Any

from planner.outputs.pdf import Kind, PdfFailed
from planner.outputs.render_pool import RenderPool
from planner.outputs.render_queue import Awaited, PoolBusy, Room, ready
from planner.outputs.renderer import LONGEST, RENDERER_DIED, packed_message, read_message

COMES_BACK = 3.0  # seconds that somebody who waits gives a service that is being started again
HANGING = 1.0  # seconds after which a service that does not even say "queued" is taken for dead; a busy machine is no dead one
ROOM_SECONDS = 0.5  # the same, for a question that need not be answered
STAYS_SILENT = 2.0  # seconds for which one that hung is not asked again
NO_WAIT = 0.0
AGAIN = 0.05
UNTOLD = 100  # drafts that a service which is away is still to forget; of more the oldest end by themselves, within the hour


class NoService(Exception):
    """Nobody answers at the socket."""


class SharedPool:
    """As RenderPool is used, whoever draws."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.missed_since: float | None = None
        self.silent_until = 0.0
        self.untold: deque[str] = deque(maxlen=UNTOLD)
        self.own: RenderPool | None = None
        self.lock = threading.Lock()

    def start(self) -> None:
        """The service starts by itself."""

    def pdf(self, html: str, kind: Kind) -> bytes:
        return self.submit(html, kind).result()

    def submit(self, html: str, kind: Kind, draft: str = "", keep: bool = True) -> Awaited:
        """A document that somebody waits for. PoolBusy."""
        about = {"do": "draw", "kind": kind, "draft": draft, "keep": keep}
        try:
            pipe, said, body = self.ask(about, html, COMES_BACK)
        except NoService:
            return self.by_ourselves().submit(html, kind, draft, keep)
        if said["is"] == "queued":
            return AtTheService(self, pipe, (html, kind, draft, keep))
        pipe.close()
        return ready(outcome(said, body))

    def room(self, draft: str) -> Room:
        """Whether a document can be there soon. Where nobody says so it is free: whoever asks for a document may wait for a service. One
        that was missed is waited for once, with the document."""
        try:
            if self.missed_since is not None:
                raise NoService
            pipe, said, _ = self.ask({"do": "room", "draft": draft}, "", NO_WAIT, ROOM_SECONDS)
        except NoService:
            return self.own.room(draft) if self.own else "free"
        pipe.close()
        return said["room"] if said["room"] in ("there", "full") else "free"

    def draw_ahead(self, html: str, kind: Kind, draft: str) -> None:
        """A document that somebody may want soon. Without a service it is made when asked for."""
        self.tell({"do": "ahead", "kind": kind, "draft": draft}, html)

    def take_back(self, draft: str) -> None:
        """Forgets what is there for a draft. A service that has ended has forgotten, but other machines may not have: it is told once it is
        back."""
        if not self.tell({"do": "back", "draft": draft}):
            self.untold.append(draft)
        if self.own:
            self.own.take_back(draft)

    def ready(self) -> bool:
        """True when a process is up there; or here, once nobody has answered for a while."""
        try:
            pipe, said, _ = self.ask({"do": "ready"}, "", NO_WAIT)
        except NoService:
            return monotonic() - (self.missed_since or monotonic()) > COMES_BACK and self.by_ourselves().ready()
        pipe.close()
        return bool(said["is"] == "ready")

    def tell(self, about: dict[str, Any], html: str = "") -> bool:
        """Whether somebody heard it."""
        try:
            self.ask(about, html, NO_WAIT)[0].close()
        except NoService:
            return False
        return True

    def ask(
        self, about: dict[str, Any], html: str, patience: float, hanging: float | None = None
    ) -> tuple[Connection, dict[str, Any], bytes]:
        """Sends a request; the pipe, and the first that comes back. NoService, also after `hanging` seconds without a word; and at once
        for STAYS_SILENT after one that hung."""
        until, hanging = monotonic() + patience, HANGING if hanging is None else hanging
        while monotonic() >= self.silent_until:
            try:
                pipe = connected(self.path, hanging)
                pipe.send_bytes(packed_message(about, html.encode("utf-8", "replace")))
                if not pipe.poll(hanging):
                    raise BlockingIOError
                answer = read_message(pipe.recv_bytes(LONGEST))
                self.found()
                return pipe, *answer
            except BlockingIOError:  # also from a service that takes no more callers, or does not read: to try again would cost the same
                self.silent_until = monotonic() + STAYS_SILENT if hanging >= HANGING else 0.0
                break
            except (OSError, EOFError, ValueError):
                if monotonic() >= until:
                    break
                sleep(AGAIN)
        self.missed_since = self.missed_since or monotonic()
        raise NoService

    def found(self) -> None:
        """The service answers: it hears what it is still to forget. Our own pool is not needed any more, once it has done what it was
        asked for."""
        self.missed_since, self.silent_until = None, 0.0
        with self.lock:
            if self.own and not self.own.queue.jobs:
                self.own.close()
                self.own = None
            untold, self.untold = self.untold, deque(maxlen=UNTOLD)
        heard = True
        for draft in untold:
            heard = heard and self.tell({"do": "back", "draft": draft})  # away again: one wait is enough
            if not heard:
                self.untold.append(draft)

    def by_ourselves(self) -> RenderPool:
        with self.lock:
            self.own = self.own or RenderPool(1)
            return self.own

    def close(self) -> None:
        if self.own:
            self.own.close()


class AtTheService:
    """A document that the service draws. To stop waiting is to hang up; so is to be killed."""

    def __init__(self, pool: SharedPool, pipe: Connection, asked: tuple[str, Kind, str, bool]) -> None:
        self.pool, self.pipe, self.asked = pool, pipe, asked

    def done(self) -> bool:
        return self.pipe.poll(0)

    def result(self, timeout: float | None = None) -> bytes:
        """Asks again, once, when the service died meanwhile."""
        until = monotonic() + (timeout or 0)
        try:
            if not self.pipe.poll(timeout):
                raise Late
            said, body = read_message(self.pipe.recv_bytes(LONGEST))
        except (OSError, EOFError, ValueError) as fault:
            if isinstance(fault, Late):  # it is an OSError too
                raise
            return self.pool.submit(*self.asked).result(timeout and max(0.0, until - monotonic()))
        finally:
            self.pipe.close()
        return outcome(said, body)

    def cancel(self) -> bool:
        self.pipe.close()
        return True


def outcome(said: dict[str, Any], body: bytes) -> bytes:
    """The document of an answer; PoolBusy or PdfFailed."""
    if said["is"] == "busy":
        raise PoolBusy("busy")
    if said["is"] != "made":
        raise PdfFailed(str(said.get("why", RENDERER_DIED)))
    return body


def connected(path: str, hanging: float) -> Connection:
    """A new connection that does not hang for longer than so many seconds when the other side does not read."""
    ours = socket.socket(socket.AF_UNIX)
    try:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", *divmod(int(hanging * 1_000_000), 1_000_000)))
        ours.connect(path)
    except OSError:
        ours.close()
        raise
    return Connection(ours.detach())
