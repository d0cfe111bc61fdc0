"""The site as it is really served: gunicorn with our own settings, on a port of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.abuse import ROOT
from tests.conftest import SECRET


@dataclass(frozen=True)
class Served:
    """A running server. `address` begins with http://, without a slash at its end."""

    process: subprocess.Popen[str]
    address: str

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def status(self, path: str) -> int:
        try:
            with urlopen(self.address + path, timeout=120) as response:
                return int(response.status)
        except HTTPError as refused:
            with refused:
                return refused.code


@contextmanager
def served(database_url: str, folder: Path = ROOT, **settings: str) -> Iterator[Served]:
    """Serves the project in `folder` until the block ends. `settings`: more of the environment."""
    usual = {"DATABASE_URL": database_url, "SECRET_KEY": SECRET, "WEB_CONCURRENCY": "1", "PORT": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    command = (sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app")
    process = subprocess.Popen(
        command, cwd=folder, env=os.environ | usual | settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        address = ""
        for line in process.stderr:
            if found := re.search(r"Listening at: (http://\S+)", line):
                address = found[1]
            if "Booting worker" in line:
                break
        site = Served(process, address)
        assert site.status("/healthz") == 200
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
