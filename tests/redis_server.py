"""A Redis of the tests' own, on a free port and without a disk, as `deploy/` has it. It may hang, end and come back."""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Iterator
from time import monotonic, sleep
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import RedisError

from planner.outputs.fleet.shared_store import PREFIX, SharedStore
from tests.conftest import SECRET


class RedisServer:
    """One server, from its start to its end. Needs Debian's package `redis-server` for the program only."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.start()

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "/"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until = monotonic() + 30
        while True:
            try:
                self.client().ping()
                return
            except RedisError:
                assert monotonic() < until, "Redis does not start"
                sleep(0.02)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def client(self) -> Any:
        """A connection of its own."""
        return Redis(port=self.port, socket_timeout=10)

    def store(self, secret: str = SECRET) -> SharedStore:
        """As one machine has it, but with patience: a busy machine is no fault."""
        return SharedStore(self.url, secret, 10.0)

    def everything(self) -> bytes:
        """All that who reads Redis finds, names and values."""
        redis = self.client()
        reading = {b"string": redis.get, b"hash": redis.hgetall, b"set": redis.smembers}
        reading |= {b"list": lambda key: redis.lrange(key, 0, -1), b"zset": lambda key: redis.zrange(key, 0, -1)}
        return repr([(key, reading[redis.type(key)](key)) for key in redis.keys("*")]).encode()

    def longest_life(self) -> int:
        """Seconds that the key has which lives longest; those by which Celery finds its lines, where no job is, left out."""
        redis = self.client()
        return max(
            redis.ttl(key) if redis.ttl(key) >= 0 else 10**9 for key in redis.keys("*") if not key.startswith(f"{PREFIX}_kombu".encode())
        )

    def hang(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """With all that it knew."""
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    made = RedisServer()
    yield made
    made.kill()
