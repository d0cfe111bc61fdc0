"""Workers of the fleet as processes of their own, from their first heartbeat to the end of a test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from planner.folders import ROOT
from planner.outputs.fleet.shared_store import PREFIX, Line
from tests.conftest import SECRET
from tests.redis_server import RedisServer
from tests.scripted_renderer import comes

PATIENCE_OF_STARTS = 60.0
"""Seconds for a worker to start on a busy machine."""


@contextmanager
def worker(redis: RedisServer, line: Line, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """`command`: what Python runs; without one it is `planner worker`. It and all its processes are killed in the end."""
    environment = os.environ | {"REDIS_URL": redis.url, "SECRET_KEY": SECRET, "PYTHONDONTWRITEBYTECODE": "1", "BACKPLAN_ENV": os.devnull}
    words = command or ("-m", "planner", "worker", line, "--processes", "2")
    redis.client().delete(f"{PREFIX}beat:{redis.store().queue(line)}")
    process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        assert comes(lambda: redis.store().beats(line), PATIENCE_OF_STARTS), "no heartbeat"
        yield process
    finally:
        for pid in [*descendants(process.pid), process.pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def descendants(pid: int) -> list[int]:
    """The youngest first."""
    return [one for child in children(pid) for one in (*descendants(child), child)]
