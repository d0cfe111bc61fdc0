"""How gunicorn serves Backplan. https://docs.gunicorn.org/en/stable/settings.html has the words."""

import logging
import os
import sys

from planner.kept.codes import without_code
from planner.settings_file import BadSettingsFile, read_settings_file
from planner.settings_table import BadSetting, check_settings, setting

try:
    read_settings_file()
    check_settings()
except (BadSettingsFile, BadSetting) as error:
    print(f"backplan: {error}", file=sys.stderr)
    sys.exit(2)

host = setting("HOST")
bind = f"{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{setting('PORT')}"
worker_class = "gthread"
workers = int(setting("WEB_CONCURRENCY"))
threads = 4
timeout = 30
graceful_timeout = 20
keepalive = 5
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


def when_ready(server: object) -> None:
    """Prints the address once the port is ours, so that nobody opens it too early."""
    print(f"Backplan is at http://{bind}", flush=True)
