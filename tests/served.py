"""The site as it is really served: gunicorn with our own settings, on a port of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server
from time import monotonic, sleep
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.abuse import ROOT
from tests.conftest import SECRET

PATIENCE = 90.0
"""Seconds for a server to start on a busy machine."""


@dataclass(frozen=True)
class Served:
    """A running server. `address` begins with http://, without a slash at its end."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def status(self, path: str) -> int:
        """0 if nobody answers."""
        try:
            with urlopen(self.address + path, timeout=30) as response:
                return int(response.status)
        except HTTPError as refused:
            with refused:
                return refused.code
        except OSError:
            return 0

    def comes_to(self, path: str, status: int) -> bool:
        """True if the page answers so within PATIENCE."""
        until = monotonic() + PATIENCE
        while monotonic() < until:
            if self.status(path) == status:
                return True
            sleep(0.2)
        return False


@contextmanager
def served(database_url: str, folder: Path = ROOT, **settings: str) -> Iterator[Served]:
    """Serves the project in `folder`, as `make run` does, until the block ends. `settings`: more of the environment."""
    with serving(database_url, folder, Path(os.devnull), settings) as site:
        yield site


@contextmanager
def serving(database_url: str, folder: Path, log: Path, settings: Mapping[str, str]) -> Iterator[Served]:
    """The same, and what the server says is in `log`."""
    with create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    usual = {"DATABASE_URL": database_url, "SECRET_KEY": SECRET, "WEB_CONCURRENCY": "1", "PORT": str(port), "PYTHONDONTWRITEBYTECODE": "1"}
    command = (sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app")
    with log.open("ab") as said:
        site = Served(subprocess.Popen(command, cwd=folder, env={**os.environ, **usual, **settings}, stdout=said, stderr=said), port)
    try:
        assert site.comes_to("/healthz", 200)
        yield site
    finally:
        site.process.send_signal(signal.SIGTERM)
        site.process.wait(timeout=60)
