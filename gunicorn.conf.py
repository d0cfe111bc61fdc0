"""How gunicorn serves Backplan. https://docs.gunicorn.org/en/stable/settings.html has the words."""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from planner.kept.codes import without_code
from planner.outputs.pool import SOCKET

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 2000
max_requests_jitter = 200
control_socket_disable = True
if os.path.isdir(in_memory := "/dev/shm"):  # noqa: S108  heartbeat files belong in memory: a busy disk would look like a dead worker
    worker_tmp_dir = in_memory

# Time, method, path, status, bytes, milliseconds. No query string, address, browser or referrer: a log names nobody.
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"


def hide_codes(record: logging.LogRecord) -> bool:
    """Takes codes of kept plans out of the server's own complaints, which name the address that was asked for."""
    record.msg, record.args = without_code(record.getMessage()), ()
    return True


def on_starting(server: object) -> None:
    logging.getLogger("gunicorn.error").addFilter(hide_codes)
    start_renderers()


renderers: list[subprocess.Popen[bytes]] = []
"""The service that draws PDFs for all our processes, unless another one was named."""


def start_renderers() -> None:
    """Workers find it by the environment. Where there is no folder for its socket each of them draws for itself."""
    if os.environ.get(SOCKET) and "GUNICORN_PID" not in os.environ:  # else it is the one of the gunicorn before us, which will end
        return
    os.environ.pop(SOCKET, None)
    with contextlib.suppress(OSError):
        path = Path(tempfile.mkdtemp(prefix="backplan-renderers-")) / "renderers"  # mode 0700
        command = [sys.executable, "-m", "planner", "render-service", str(path)]
        renderers.append(subprocess.Popen(command, cwd=Path(__file__).parent))  # noqa: S603  our own words
        os.environ[SOCKET] = str(path)


def on_reload(server: object) -> None:
    """New code and styles reach the renderers too."""
    for one in renderers:
        one.send_signal(signal.SIGHUP)


def on_exit(server: object) -> None:
    for one in renderers:
        one.terminate()
        shutil.rmtree(Path(os.environ[SOCKET]).parent, ignore_errors=True)


def when_ready(server: object) -> None:
    """Prints the address once the port is ours, so that nobody opens it too early."""
    print(f"Backplan is at http://{bind}", flush=True)
