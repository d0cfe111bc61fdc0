"""Celery as we use it: two lines of jobs, of which a message has the number alone, and what a machine that dies had taken comes back.

Each setting answers a trap; decision 35 says which."""

from __future__ import annotations

from typing import Any

from celery import Celery

from planner.outputs.fleet.shared_store import HOUR, PREFIX, Line, SharedStore

COMES_BACK_AFTER = 300  # seconds after which a job of a worker that fell silent is given to another: over three times the longest chunk
SOFT_SECONDS: dict[Line, int] = {"pdf": 20}
HARD_SECONDS: dict[Line, int] = {"pdf": 30, "batch": 95}
"""What a job may take. After the first a paper has failed, after the second its process is killed. A chunk has no first: it would cost the
line it is at, which may be a good one."""
GROWN_KILOBYTES = 400_000  # of a process: then it is replaced after its job
JOBS_A_PROCESS: dict[Line, int] = {"pdf": 500, "batch": 40}
PUBLISH_SECONDS = 0.5
"""In which a message is in Redis, or is not."""


def celery_app(url: str, *, prompt: bool = False) -> Any:
    """`prompt`: for those who send; a Redis that hangs costs them half a second at most. Workers may wait for a message."""
    app = Celery("backplan", broker=broker_of(url), set_as_current=False)
    transport: dict[str, Any] = {"visibility_timeout": COMES_BACK_AFTER, "global_keyprefix": PREFIX}
    transport["unacked_restore_throttle"] = 1  # each look is one: kombu would do every tenth alone, and a job came back up to 100 s late
    if prompt:
        once = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "connect_retries_timeout": PUBLISH_SECONDS}
        transport |= {"socket_timeout": PUBLISH_SECONDS, "socket_connect_timeout": PUBLISH_SECONDS, **once}
    app.conf.update(
        broker_transport_options=transport,
        broker_use_ssl={"ssl_cert_reqs": "required"} if url.startswith("rediss://") else None,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_acks_on_timeout=False,
        task_track_started=False,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_serializer="json",
        result_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        worker_max_memory_per_child=GROWN_KILOBYTES,
        worker_proc_alive_timeout=60,
    )
    return app


def broker_of(url: str) -> str:
    """Celery's own word for a socket; REDIS_URL has that of the counts of requests."""
    return url.replace("redis+unix://", "redis+socket://", 1)


def job_name(number: str) -> str:
    """Where what a job is about lies sealed, while somebody waits for it."""
    return f"job:{number}"


def send(app: Any, store: SharedStore, line: Line, number: str, body: bytes, seconds: int = HOUR) -> None:
    """One job. `body` lies in Redis for so many seconds by its clock; without it the message is nothing. Celery's own `expires` would
    compare the clocks of two machines. StoreAway, or kombu's OperationalError."""
    store.put(job_name(number), body, seconds)
    app.send_task(line, (number,), queue=store.queue(line), retry=False, ignore_result=True)
    store.end_line(line)
