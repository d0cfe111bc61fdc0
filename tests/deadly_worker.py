"""A worker as `planner worker` runs one, for which some jobs are deadly. `python -m tests.deadly_worker pdf|batch URL FILE`.

What its processes draw is noted in FILE, a line each. A document that says "kills" kills its process, "kills once" the first one, and
"hangs" does not end. Lines of a batch kill as those of tests/dying.py do; FILE is then a folder for its note.
Times are short, so that tests are."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from pathlib import Path
from time import sleep

from planner.cli.queued import make_queued
from planner.outputs import pdf
from planner.outputs.fleet import celery_app, worker
from planner.outputs.fleet.shared_store import PATIENT, Line, SharedStore
from planner.outputs.pdf import Kind
from tests.conftest import SECRET
from tests.dying import let_lines_kill

COMES_BACK, HUNG = 3, 3
"""Seconds after which the job of a worker that fell silent is another's, and those after which a process that hangs is killed."""


def render_or_die(noted: Path, html: str, kind: Kind = "plan") -> bytes:
    """In the place of the renderer."""
    again = noted.exists() and "kills once" in noted.read_text()
    with noted.open("a") as file:
        file.write(f"{html}\n")
    if html == "kills" or (html == "kills once" and not again):
        os.kill(os.getpid(), signal.SIGKILL)
    if html == "slow":
        sleep(1)
    while html == "hangs":
        try:
            sleep(60)
        except Exception:  # the soft limit, which this one does not mind
            continue
    return f"%PDF {kind} {html}".encode()


def run(line: Line, url: str, noted: Path) -> int:
    celery_app.COMES_BACK_AFTER = COMES_BACK
    store = SharedStore(url, SECRET, PATIENT)
    if line == "batch":
        let_lines_kill(noted)
        return worker.work(url, store, line, 2, f"w{os.getpid()}", partial(make_queued, store))
    celery_app.SOFT_SECONDS["pdf"], celery_app.HARD_SECONDS["pdf"] = HUNG - 1, HUNG
    setattr(pdf, "render", partial(render_or_die, noted))  # noqa: B010  a name that the worker looks up
    setattr(pdf, "warm", lambda: None)  # noqa: B010
    name = f"w{os.getpid()}"
    return worker.work(url, store, line, 2, name, partial(worker.draw, store, name))


if __name__ == "__main__":
    sys.exit(run("batch" if sys.argv[1] == "batch" else "pdf", sys.argv[2], Path(sys.argv[3])))
