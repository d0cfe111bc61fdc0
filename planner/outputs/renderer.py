"""One process that draws PDFs, and the pipe to it. What goes through is bytes, never pickled: the process reads what people typed."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import resource
import tempfile
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from planner.outputs import pdf
from planner.outputs.pdf import Kind, PdfFailed

STARTING = 30.0  # seconds within which a new process must say that it is warm
MEMORY = 1 << 30  # bytes of address space
GROWN = 96 << 20  # bytes that a process may have grown by since it was warm; then it is replaced
JOBS = 500  # documents after which it is replaced anyhow
LONGEST = 64 << 20  # bytes of a message
NICENESS = 5  # a page goes before a document; much more would starve documents on a busy machine
RENDERER_DIED = "renderer died"


def packed_message(about: dict[str, Any], body: bytes = b"") -> bytes:
    """A line of JSON, then bytes."""
    return json.dumps(about).encode() + b"\n" + body


def read_message(message: bytes) -> tuple[dict[str, Any], bytes]:
    """ValueError if it is none."""
    line, _, body = message.partition(b"\n")
    about = json.loads(line)
    if not isinstance(about, dict):
        raise ValueError
    return about, body


class Renderer:
    """A process, from its start to its end. It is fit when it is warm, alive and not worn."""

    def __init__(self) -> None:
        # "forkserver": Pango must not be forked in mid-use, and the server has WeasyPrint loaded for the next one.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["weasyprint"])
        self.pipe, theirs = context.Pipe()
        self.folder = TemporaryDirectory(prefix="backplan-renderer-", ignore_cleanup_errors=True)
        self.process: BaseProcess = context.Process(target=draw_until_closed, args=(theirs, self.folder.name), daemon=True)
        self.process.start()
        theirs.close()
        self.until = monotonic() + STARTING
        self.jobs = self.size = self.first_size = 0

    def warm(self) -> bool:
        """Waits until it can draw; False if it never will."""
        with contextlib.suppress(EOFError, OSError, ValueError):
            if not self.first_size and self.pipe.poll(max(0.0, self.until - monotonic())):
                self.size = self.first_size = int(read_message(self.pipe.recv_bytes(LONGEST))[0]["size"])
        return bool(self.first_size)

    @property
    def fit(self) -> bool:
        return bool(self.first_size) and self.process.is_alive()

    @property
    def worn(self) -> bool:
        return self.jobs >= JOBS or self.size - self.first_size > GROWN

    def render(self, html: str, kind: Kind, seconds: float) -> bytes:
        """Asks the process. A late or dead one is ended."""
        self.jobs += 1
        try:
            self.pipe.send_bytes(packed_message({"kind": kind}, html.encode("utf-8", "replace")))
            if not self.pipe.poll(seconds):
                raise PdfFailed("timeout")
            about, body = read_message(self.pipe.recv_bytes(LONGEST))
        except (EOFError, OSError, ValueError) as fault:
            self.end()
            raise PdfFailed(RENDERER_DIED) from fault
        except PdfFailed:
            self.end()
            raise
        self.size = int(about["size"])
        if about["failed"]:
            raise PdfFailed(str(about["failed"]))
        return body

    def kill(self) -> None:
        """For any thread; whoever asks it for documents calls `end` then."""
        self.process.kill()

    def end(self) -> None:
        self.kill()
        self.process.join(1)
        self.pipe.close()
        self.folder.cleanup()


def draw_until_closed(pipe: Connection, folder: str) -> None:
    """The process: warms up, says so, then draws what comes until the pipe closes. Its fonts are in `folder`, which outlives it: killed, it
    could not take them away itself."""
    tempfile.tempdir = folder
    with contextlib.suppress(OSError):
        os.nice(NICENESS)
    pdf.warm()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        pipe.send_bytes(packed_message({"size": resident()}))
        while True:
            about, html = read_message(pipe.recv_bytes(LONGEST))
            failed, body = "", b""
            try:
                body = pdf.render(html.decode(), about["kind"])
            except PdfFailed as fault:
                failed = str(fault)
            pipe.send_bytes(packed_message({"failed": failed, "size": resident()}, body))


def resident() -> int:
    """Bytes of memory that this process has now; the most it ever had where there is no /proc."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
