"""The `worker` command: processes that make what other machines ask for by Redis, and whoever starts them again when they stall."""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import signal
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from planner.cli.input import BadInput
from planner.cli.site_secrets import shared_store
from planner.folders import ROOT
from planner.json_lines import JSON, JsonLine
from planner.outputs.render_pool import renderers_wanted
from planner.settings_table import setting

if TYPE_CHECKING:
    from planner.outputs.fleet.shared_store import Line, SharedStore

STALLED = 30.0  # seconds without a heartbeat while work waits
STARTS_IN = 60.0  # seconds that a worker has until its first heartbeat
WATCH_SECONDS = 1.0
REDIS_GONE = logging.ERROR, "REDIS_URL: Redis does not answer there, or does not take the password; the worker waits for it"
REDIS_BACK = logging.INFO, "REDIS_URL: Redis answers"
LOG = logging.getLogger("planner.fleet")
ENDS_IN = 100  # seconds in which a worker that is told to end must have finished what it is at


def add_worker_commands(commands: Any) -> None:
    """Adds `worker` to the command line."""
    words = "make what other machines ask for: pdf, papers for which a person waits; or batch, chunks of plans --queue. Needs REDIS_URL"
    worker = commands.add_parser("worker", help=words, description=words)
    worker.add_argument("line", metavar="pdf|batch", choices=("pdf", "batch"), help="what to make: pdf or batch")
    worker.add_argument("--processes", type=int, help="how many at once; PDF_WORKERS for pdf, a processor core each for batch", default=0)
    worker.add_argument("--name", default="", help=argparse.SUPPRESS)
    worker.set_defaults(run=run_worker)


def run_worker(options: argparse.Namespace) -> int:
    """Until a signal comes. Called by itself with a name, it is the worker; without, whoever looks after it."""
    store = shared_store()
    as_objects = setting("LOG_FORMAT") == JSON
    if not options.name:
        out = logging.StreamHandler()
        out.setFormatter(JsonLine() if as_objects else logging.Formatter("backplan: %(message)s"))
        logging.basicConfig(handlers=[out], level=logging.INFO)
        if store.refuses():
            raise BadInput("REDIS_URL: Redis does not take this password")
        return look_after(store, options.line, options.processes)
    from planner.outputs.fleet.worker import draw, log_objects, work

    if as_objects:
        log_objects()
    if options.line == "pdf":
        return work(
            setting("REDIS_URL"), store, "pdf", options.processes or renderers_wanted(), options.name, partial(draw, store, options.name)
        )
    from planner.cli.queued import make_queued

    processes = options.processes or os.cpu_count() or 1
    return work(setting("REDIS_URL"), store, "batch", processes, options.name, partial(make_queued, store))


class ToldToEnd(Exception):
    """A signal says to end."""


def look_after(store: SharedStore, line: Line, processes: int) -> int:
    """Starts a worker, again when it has ended, and anew when it takes nothing while work waits. What it was at is done by another."""

    def told(number: int, frame: object) -> None:
        raise ToldToEnd

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, told)
    with suppress(ToldToEnd):
        while True:
            with TemporaryDirectory(prefix="backplan-worker-", ignore_cleanup_errors=True) as folder:
                one_worker(store, line, processes, folder)
            LOG.error("worker for %s ended or stalled; another one starts", line)
            sleep(WATCH_SECONDS)
    return 0


def one_worker(store: SharedStore, line: Line, processes: int, folder: str) -> None:
    """From its start until it has ended, has stalled, or is told to end. Its processes leave fonts in `folder`: killed in the end, they
    can't take them away themselves."""
    name = secrets.token_hex(4)
    command = [sys.executable, "-m", "planner", "worker", line, "--processes", str(processes), "--name", name]
    # What Celery prints, when it ends, is no line of a log.
    child = subprocess.Popen(  # noqa: S603  our own words
        command, cwd=Path(ROOT), stdout=subprocess.DEVNULL, start_new_session=True, env={**os.environ, "TMPDIR": folder}
    )
    try:
        LOG.info("worker for %s is process %d", line, child.pid)
        watch(store, line, name, child)
    except ToldToEnd:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(ENDS_IN)
        raise
    finally:
        end_at_once(child)


def watch(store: SharedStore, line: Line, name: str, child: subprocess.Popen[bytes]) -> None:
    """Returns when the worker has ended, or has stalled. Says once when Redis goes, and once when it is back."""
    until, away = monotonic() + STARTS_IN, False
    while child.poll() is None:
        found = stalled(store, line, name)
        if away != (found is None):
            away = not away
            LOG.log(*(REDIS_GONE if away else REDIS_BACK))
        if not found:
            until = max(until, monotonic() + STALLED)
        if monotonic() > until:
            return
        sleep(WATCH_SECONDS)


def stalled(store: SharedStore, line: Line, name: str) -> bool | None:
    """True if work waits and this worker's heartbeat is gone. None while Redis is away: nobody is blamed."""
    from planner.outputs.fleet.shared_store import StoreAway

    try:
        return bool(store.waiting(line)) and not store.beats(line, name)
    except StoreAway:
        return None


def end_at_once(child: subprocess.Popen[bytes]) -> None:
    """With all its processes."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
