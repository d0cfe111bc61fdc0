"""A pool of warm processes that render PDFs, and a small cache of what they made. Web processes never load WeasyPrint."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from hashlib import blake2b
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import monotonic

from planner.outputs import pdf
from planner.outputs.pdf import Kind, PdfFailed
from planner.settings_table import setting

RENDERER = "1"  # part of every key; raise it when styles or renderer change what comes out
RENDER_SECONDS = 15.0
STARTING = 30.0  # the first answer of a new process may take this much longer
MEMORY = 1 << 30
JOBS = 500  # then the process is replaced
CACHE_BYTES = 32 << 20


def key_of(html: str, kind: Kind, version: str = "") -> str:
    """Same words, same PDF: the key says nothing about the person."""
    parts = "\0".join((RENDERER, kind, version, html))
    return blake2b(parts.encode(), digest_size=20).hexdigest()


class RenderPool:
    """Renders in `size` processes. Asking twice for the same document while it is made waits for the one job."""

    def __init__(self, size: int = 1, seconds: float = RENDER_SECONDS, cache_bytes: int = CACHE_BYTES) -> None:
        self.seconds = seconds
        self.made = Cache(cache_bytes)
        self.under_way: dict[str, Future[bytes]] = {}
        self.lock = threading.Lock()
        self.local = threading.local()
        self.workers: list[Worker] = []
        self.starting: Future[Worker] | None = None
        self.closed = False
        self.threads = ThreadPoolExecutor(size, thread_name_prefix="pdf")
        for _ in range(size):
            self.threads.submit(self.worker)

    def pdf(self, html: str, kind: Kind, key: str = "") -> bytes:
        """The PDF, now; PdfFailed if there is none."""
        return self.submit(html, kind, key).result()

    def submit(self, html: str, kind: Kind, key: str = "") -> Future[bytes]:
        """Begins a render and returns at once: from the cache, from the job already under way, or a new job."""
        key = key or key_of(html, kind)
        with self.lock:
            if (body := self.made.get(key)) is not None:
                return ready(body)
            if key in self.under_way:
                return self.under_way[key]
            job = self.under_way[key] = self.threads.submit(self.make, html, kind, key)
            return job

    def make(self, html: str, kind: Kind, key: str) -> bytes:
        try:
            body = self.worker().render(html, kind, self.seconds)
            with self.lock:
                self.made.put(key, body)
            return body
        finally:
            with self.lock:
                self.under_way.pop(key, None)
            if not self.closed:  # who has died or done its share is replaced now: no person waits for it, and /readyz waits for no person
                self.worker()

    def forget(self, html: str, kind: Kind, key: str = "") -> None:
        """Drops a document that must leave no copy."""
        with self.lock:
            self.made.drop(key or key_of(html, kind))

    def worker(self) -> Worker:
        """This thread's own process, replaced if it is dead or has done its share."""
        worker: Worker | None = getattr(self.local, "worker", None)
        if worker is None or not worker.fit:
            if worker:
                worker.end()
            worker = self.local.worker = Worker()
            with self.lock:
                self.workers = [other for other in self.workers if other.fit] + [worker]
        return worker

    def ready(self) -> bool:
        """True when a process is up (for /readyz). Where none is, asking starts one."""
        if any(worker.fit for worker in self.workers):
            return True
        if self.starting is None or self.starting.done():
            self.starting = self.threads.submit(self.worker)
        return False

    def close(self) -> None:
        self.closed = True
        self.threads.shutdown(wait=False, cancel_futures=True)
        for worker in self.workers:
            worker.end()


class Worker:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        # "forkserver": Pango must not be forked in mid-use, and the server has WeasyPrint loaded for the next one.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["weasyprint"])
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.jobs = 0

    @property
    def fit(self) -> bool:
        return self.process.is_alive() and self.jobs < JOBS

    def render(self, html: str, kind: Kind, seconds: float) -> bytes:
        """Asks the process. A late or dead one is killed; the next job gets another."""
        until = monotonic() + seconds + (STARTING if not self.jobs else 0)
        self.jobs += 1
        try:
            self.pipe.send((html, kind))
            if not self.pipe.poll(max(0.0, until - monotonic())):
                raise PdfFailed("timeout")
            made, body = self.pipe.recv()
        except (EOFError, OSError) as fault:
            self.end()
            raise PdfFailed("renderer died") from fault
        except PdfFailed:
            self.end()
            raise
        if not made:
            raise PdfFailed(body)
        return bytes(body)

    def end(self) -> None:
        self.process.kill()
        self.process.join(1)
        self.pipe.close()


def serve(pipe: Connection) -> None:
    """The process: warms up, then renders what comes until the pipe closes."""
    pdf.warm()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            html, kind = pipe.recv()
            try:
                answer: tuple[bool, bytes | str] = (True, pdf.render(html, kind))
            except PdfFailed as fault:
                answer = (False, str(fault))
            pipe.send(answer)


class Cache:
    """The documents used last, up to so many bytes. In memory only."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self.bodies: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        if key in self.bodies:
            self.bodies.move_to_end(key)
        return self.bodies.get(key)

    def put(self, key: str, body: bytes) -> None:
        self.drop(key)
        self.size += len(body)
        self.bodies[key] = body
        while self.size > self.most and self.bodies:
            self.size -= len(self.bodies.popitem(last=False)[1])

    def drop(self, key: str) -> None:
        self.size -= len(self.bodies.pop(key, b""))


def ready(body: bytes) -> Future[bytes]:
    future: Future[bytes] = Future()
    future.set_result(body)
    return future


@cache
def pool_of(process: int) -> RenderPool:
    return RenderPool(int(setting("PDF_WORKERS")))


def pool() -> RenderPool:
    """This process's pool, made when first wanted (so after gunicorn has forked)."""
    return pool_of(os.getpid())
