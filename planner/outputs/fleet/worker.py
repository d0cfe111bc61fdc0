"""A worker: Celery's processes for one line of jobs, with what is ours around each job."""

from __future__ import annotations

import logging
import os
import resource
import threading
import warnings
from collections.abc import Callable
from platform import node
from time import sleep
from typing import Any

from celery import bootsteps, signals
from celery.exceptions import CPendingDeprecationWarning
from celery.worker import state
from celery.worker.consumer import consumer
from redis.exceptions import RedisError

from planner.json_lines import JsonLine
from planner.outputs import pdf
from planner.outputs.fleet.celery_app import HARD_SECONDS, JOBS_A_PROCESS, SOFT_SECONDS, celery_app, job_name
from planner.outputs.fleet.elsewhere import LEFT_LYING, answer_to_job, gave_up
from planner.outputs.fleet.shared_store import STAYS_AWAY, Line, SharedStore, StoreAway
from planner.outputs.pdf import PdfFailed
from planner.outputs.render_service import end_with, kind_called
from planner.outputs.renderer import MEMORY, read_message

MOST_DELIVERIES = 3  # of one job: Celery gives out what kills its process again and again
BEATS_EVERY = 1.5  # seconds
LOG = logging.getLogger("planner.fleet")


def draw(store: SharedStore, name: str, number: str) -> None:
    """One paper, by the worker of this name. A job that nobody waits for any more, or that has killed its process three times, is not
    drawn."""
    asked = store.get(job_name(number))
    if asked is None:
        return
    if store.counted(f"delivered:{number}") > MOST_DELIVERIES:
        LOG.error("a document ended its process %d times and is given up", MOST_DELIVERIES)
        gave_up(store, number)
        return
    store.put(f"begun:{number}", name.encode(), LEFT_LYING)
    about, html = read_message(asked)
    try:
        body, failed = pdf.render(html.decode(), kind_called(about["kind"])), ""
    except PdfFailed as fault:
        body, failed = b"", str(fault)
    answer_to_job(store, number, body, failed)


def log_objects() -> None:
    """What Celery says, and warnings, as each line of ours: one JSON object."""
    out = logging.StreamHandler()
    out.setFormatter(JsonLine())
    logging.basicConfig(handlers=[out], level=logging.WARNING, force=True)
    logging.captureWarnings(True)
    signals.setup_logging.connect(lambda **_: None, weak=False)  # it is: Celery adds nothing to it


def is_not_of_redis(record: logging.LogRecord) -> bool:
    """False for a line that has a fault of the way to Redis in it."""
    return not any(isinstance(one, (RedisError, OSError)) for one in record.args or ())


def leave_redis_to_others() -> None:
    """Whoever looks after the worker says once that Redis is away: Celery would say so in two lines each few seconds, and would warn that
    Celery 6 ends what a process is at then. Ours goes on, on purpose: what it has made is stored once Redis answers."""
    logging.getLogger(consumer.__name__).addFilter(is_not_of_redis)
    warnings.filterwarnings("ignore", category=CPendingDeprecationWarning, message=r"\s*In Celery 5\.1 we introduced")


def work(url: str, store: SharedStore, line: Line, processes: int, name: str, job: Callable[[str], None]) -> int:
    """Takes jobs of one line until a signal ends it; the exit code. `name`: by which its heartbeat is known. `job`: does the one of a
    number."""
    app = celery_app(url)
    app.conf.update(
        task_soft_time_limit=SOFT_SECONDS.get(line), task_time_limit=HARD_SECONDS[line], worker_max_tasks_per_child=JOBS_A_PROCESS[line]
    )

    def made(number: str) -> None:
        do_once_redis_answers(job, number)

    app.task(made, name=line)
    app.steps["consumer"].add(beating(store, line, name))
    signals.worker_process_init.connect(lambda **_: begin_process(line), weak=False)
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    worker = app.Worker(
        queues=[store.queue(line)],
        hostname=f"{line}-{name}@{node()}",
        concurrency=processes,
        pool="prefork",
        optimization="fair",
        loglevel="WARNING",
        quiet=True,
    )
    leave_redis_to_others()  # now: Celery's own set-up has its say about warnings
    worker.start()
    return int(worker.exitcode or 0)


def do_once_redis_answers(job: Callable[[str], None], number: str) -> None:
    """Does a job, again after a pause while Redis is away: Celery takes a job that failed for done. HARD_SECONDS bounds it."""
    while True:
        try:
            return job(number)
        except StoreAway:
            sleep(STAYS_AWAY)


def begin_process(line: Line) -> None:
    """In each process before its first job: fonts and styles are read, and it may take as much memory as a renderer, and no more."""
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    if line == "pdf":
        pdf.warm()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def beating(store: SharedStore, line: Line, name: str) -> type[Any]:
    """A step of Celery's loop: while it beats, this worker takes what comes. One that is connected and takes nothing has no heartbeat."""

    class Beating(bootsteps.StartStopStep):  # type: ignore[misc]  # Celery has no types
        requires = ("celery.worker.consumer.tasks:Tasks",)

        def start(self, parent: Any) -> None:  # at each new connection: its timers end with the old one
            beat()
            parent.timer.call_repeatedly(BEATS_EVERY, beat)

    def beat() -> None:
        try:
            if state.reserved_requests or not store.waiting(line):
                store.beat(line, name)
        except StoreAway:
            LOG.warning("no heartbeat: Redis does not answer")

    return Beating
