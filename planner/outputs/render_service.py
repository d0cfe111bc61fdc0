"""The machine's one pool of renderers, at a unix socket in a folder that nobody else may enter; and whoever starts it again when it ends.

A request is one message: a line of JSON, then the HTML. `draw` is answered at once when there is a document (or too many wait), else with
"queued" and again when it is drawn; whoever hangs up meanwhile does not wait any more. Nothing is pickled, nothing touches a disk."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import sys
import threading
import time
from concurrent.futures import TimeoutError as Late
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any, get_args

from planner.folders import INSTANCE
from planner.kept.seal import stored_secret
from planner.outputs.pdf import Kind, PdfFailed
from planner.outputs.render_pool import OtherMachines, RenderPool, renderers_wanted
from planner.outputs.render_queue import Awaited, PoolBusy
from planner.outputs.renderer import packed_message, read_message
from planner.settings_table import setting

LONGEST_ASKED = 2 << 20  # bytes of a request
CALLERS = 128  # requests; the next is hung up on
SPEAK_UP = 5.0  # seconds in which a request must come
STILL_THERE = 0.1  # seconds between two looks whether somebody still waits
AGAIN_AFTER = 0.5  # seconds before an ended service is started again


class OpenFolder(Exception):
    """Others may enter the folder of the socket; the message is one line."""


def check_folder(path: Path) -> None:
    """OpenFolder unless the folder of the socket is ours alone."""
    try:
        found = path.parent.stat()
    except OSError as error:
        raise OpenFolder(f"{path.parent}: {type(error).__name__}") from error
    if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise OpenFolder(f"{path.parent} must be yours alone: chmod 700")


def keep_serving(path: Path) -> None:
    """Holds a service at `path` and starts it again when it ends, until a signal comes or whoever started us is gone.
    It is forked off before anything large is loaded, so that this process stays small."""
    parent, child = os.getppid(), 0

    def end(number: int, frame: object) -> None:
        if child:  # 0 would be the whole group
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
        if number != signal.SIGHUP:
            sys.exit(0)

    while os.getppid() == parent:
        if not child:
            child = os.fork()
            if not child:
                serve_until_told(path, os.getppid())
            for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(one, end)
        elif os.waitpid(child, os.WNOHANG)[0]:
            child = 0
        time.sleep(AGAIN_AFTER)
    end(signal.SIGTERM, None)


def serve_until_told(path: Path, parent: int) -> None:
    """The forked process; it never returns."""
    told = threading.Event()

    def end(number: int, frame: object) -> None:
        told.set()
        sys.exit(0)

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    pool = RenderPool(renderers_wanted(), others=other_machines())
    try:
        serve_at(path, pool)
    except OSError as error:
        if not told.is_set():  # whoever told us to end takes the folder away meanwhile
            print(f"backplan: render-service: {error}", file=sys.stderr)
    finally:
        pool.close()
        os._exit(0)


def other_machines() -> OtherMachines | None:
    """With REDIS_URL, what the other machines can do; else nothing of it is even loaded. Machines know each other by SECRET_KEY."""
    url = setting("REDIS_URL")
    if not url or not (secret := setting("SECRET_KEY") or stored_secret(INSTANCE / "secret_key")):
        return None
    from planner.outputs.fleet.elsewhere import Elsewhere
    from planner.outputs.fleet.shared_store import SharedStore

    return Elsewhere(SharedStore(url, secret), url)


def end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def serve_at(path: Path, pool: RenderPool) -> None:
    """Answers at the socket until the process ends."""
    path.unlink(missing_ok=True)
    os.umask(0o077)
    pool.start()
    with Listener(str(path), "AF_UNIX", backlog=CALLERS) as listener:
        answer_all(pool, listener)


def answer_all(pool: RenderPool, listener: Listener) -> None:
    """A thread for each request, and not too many."""
    room = threading.BoundedSemaphore(CALLERS)
    while True:
        pipe = listener.accept()
        if room.acquire(blocking=False):
            threading.Thread(target=answer_one, args=(pool, pipe, room), daemon=True).start()
        else:
            pipe.close()


def answer_one(pool: RenderPool, pipe: Any, room: threading.BoundedSemaphore) -> None:
    """One request. What is none, or whose sender has gone, is hung up on."""
    try:
        with contextlib.suppress(OSError, EOFError, ValueError, KeyError, TypeError), pipe:
            if pipe.poll(SPEAK_UP):
                answer_to(pool, pipe, *read_message(pipe.recv_bytes(LONGEST_ASKED)))
    finally:
        room.release()


def answer_to(pool: RenderPool, pipe: Connection, asked: dict[str, Any], html: bytes) -> None:
    if asked["do"] == "ready":
        return say(pipe, "ready" if pool.ready() else "starting", jobs=len(pool.queue.jobs))
    draft = str(asked["draft"])[:64]
    if asked["do"] == "room":
        return say(pipe, "room", room=pool.room(draft))
    if asked["do"] == "back":
        pool.take_back(draft)
        return say(pipe, "done")
    kind = kind_called(asked["kind"])
    if asked["do"] == "ahead":
        pool.draw_ahead(html.decode(), kind, draft)
        return say(pipe, "done")
    try:
        document = pool.submit(html.decode(), kind, draft, bool(asked["keep"]))
    except PoolBusy:
        return say(pipe, "busy")
    return hand_over(pipe, document)


def kind_called(name: object) -> Kind:
    """ValueError if there is none."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    return kinds[kinds.index(name)]  # ValueError, as it should be


def hand_over(pipe: Connection, document: Awaited) -> None:
    """Waits for the document with whoever asked, as long as they do."""
    try:
        if not document.done():
            say(pipe, "queued")
        while not pipe.poll(0):  # nothing more is said by those who wait: this would be the end of the line
            with contextlib.suppress(Late):
                return say(pipe, "made", document.result(STILL_THERE))
    except PdfFailed as fault:
        say(pipe, "failed", why=str(fault))
    finally:
        document.cancel()


def say(pipe: Connection, what: str, body: bytes = b"", **more: str | int) -> None:
    pipe.send_bytes(packed_message({"is": what, **more}, body))
