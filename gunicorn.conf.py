"""How gunicorn serves Backplan. https://docs.gunicorn.org/en/stable/settings.html has the words."""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from planner.kept.codes import without_code
from planner.outputs.pool import SOCKET
from planner.settings_file import BadSettingsFile, doubts, read_settings_file
from planner.settings_table import BadSetting, setting
from planner.settings_together import check_together
from planner.web.door import check_door
from planner.web.log_lines import ACCESS, JSON, for_server
from planner.web.plain_refusals import answer_plainly, name_nobody

COUNTS, RENDERERS = "backplan-counts-", "backplan-renderers-"
"""What the folders of counts and of renderers are called: each server's have its process id in their names."""
ENDS_IN = 2.0  # seconds that the renderers have for it, and their folder


def will_listen() -> bool:
    """True for a server that has yet to listen, at HOST and PORT: not for one that is told to read its settings again, has its port from
    the one before or from systemd, was told another place, or only looks at its settings."""
    listens = f"{COUNTS}{os.getpid()}-" in os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    has_a_port = {"GUNICORN_PID", "LISTEN_FDS"} & os.environ.keys()
    told = [*sys.argv, *os.environ.get("GUNICORN_CMD_ARGS", "").split()]
    elsewhere = any(word.startswith(("-b", "--bind", "--check-config")) for word in told)
    return __name__ == "__config__" and not (listens or has_a_port or elsewhere)


try:
    read_settings_file()
    check_together()
    if will_listen():
        check_door(setting("HOST"), int(setting("PORT")))
except (BadSettingsFile, BadSetting) as error:
    print(f"backplan: {error}", file=sys.stderr)
    sys.exit(2)

host = setting("HOST")
bind = f"{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{setting('PORT')}"
worker_class = "gthread"
workers = int(setting("WEB_CONCURRENCY"))
threads = 4
worker_connections = 256  # more wait outside: with gunicorn's 1,000 a process runs out of its usual 1,024 files, and ends
timeout = 30
graceful_timeout = 20
keepalive = 5
control_socket_disable = True
if os.path.isdir(in_memory := "/dev/shm"):  # noqa: S108  heartbeat files belong in memory: a busy disk would look like a dead worker
    worker_tmp_dir = in_memory

answer_plainly(setting("BASE_URL"))
accesslog = "-"
access_log_format = ACCESS
log_format = setting("LOG_FORMAT")
logconfig_dict = for_server(log_format)


def hide_codes(record: logging.LogRecord) -> bool:
    """Takes codes of kept plans out of the server's own complaints, which name the address that was asked for."""
    if record.name == "gunicorn.error":
        name_nobody(record)
        record.msg, record.args = without_code(record.getMessage()), ()
    return True


def on_starting(server: Any) -> None:
    logging.getLogger("gunicorn.error").addFilter(hide_codes)
    for one in doubts():
        server.log.warning("%s", one)
    begin_counting()
    start_renderers()


renderers: list[subprocess.Popen[bytes]] = []
"""The service that draws PDFs for all our processes, unless another one was named."""


def start_renderers() -> None:
    """Workers find it by the environment. Where there is no folder for its socket each of them draws for itself."""
    if os.environ.get(SOCKET) and "GUNICORN_PID" not in os.environ:  # else it is the one of the gunicorn before us, which will end
        return
    os.environ.pop(SOCKET, None)
    with contextlib.suppress(OSError):
        take_away_left(Path(tempfile.gettempdir()), RENDERERS)
        folder = tempfile.mkdtemp(prefix=f"{RENDERERS}{os.getpid()}-")  # mode 0700
        path = Path(folder) / "renderers"
        command = [sys.executable, "-m", "planner", "render-service", str(path)]
        places = {**os.environ, "TMPDIR": folder} if sys.platform == "linux" else None  # elsewhere its own sockets' paths were too long
        renderers.append(subprocess.Popen(command, cwd=Path(__file__).parent, env=places))  # noqa: S603  our own words
        os.environ[SOCKET] = str(path)


def on_reload(server: Any) -> None:
    """New code and styles reach the renderers too."""
    for one in renderers:
        one.send_signal(signal.SIGHUP)


def begin_counting() -> None:
    """An empty folder for what the processes count, in memory where the machine has such a place. What a killed server left goes."""
    home = Path(in_memory if os.path.isdir(in_memory) else tempfile.gettempdir())
    take_away_left(home, COUNTS)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=f"{COUNTS}{os.getpid()}-", dir=home)


def take_away_left(home: Path, kind: str) -> None:
    """Folders of servers that were killed: they have the number of a process that is no more, or is us, who have made none yet."""
    for left in home.glob(f"{kind}*"):
        with contextlib.suppress(ValueError, OSError):
            if left.stat().st_uid == os.getuid() and not is_running(int(left.name.split("-")[2])):
                shutil.rmtree(left)


def is_running(process: int) -> bool:
    """True for another process that lives. In a container each server has the same number as the one before."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def pre_fork(server: Any, worker: Any) -> None:
    """Each process has a place, the first that is free."""
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in count() if place not in taken)


def post_fork(server: Any, worker: Any) -> None:
    os.environ["BACKPLAN_PLACE"] = str(worker.place)


def child_exit(server: Any, worker: Any) -> None:
    """What it counted stays; what it was in the midst of is over."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.place)


def on_exit(server: Any) -> None:
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
    for one in renderers:
        one.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            one.wait(ENDS_IN)
        folder = Path(os.environ[SOCKET]).parent
        until = monotonic() + ENDS_IN
        while folder.exists() and monotonic() < until:  # what they begin just now may still come into it
            shutil.rmtree(folder, ignore_errors=True)
            sleep(0.05)


def when_ready(server: Any) -> None:
    """Says the address once the port is ours, so that nobody opens it too early. With PORT=0 it is another one than the settings say."""
    at = str(server.LISTENERS[0])
    if log_format == JSON:
        server.log.info("Backplan is at %s", at)
    else:
        print(f"Backplan is at {at}", flush=True)
