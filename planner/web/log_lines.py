"""Lines of the server's log: as words, or each as one JSON object."""

from __future__ import annotations

import logging
from typing import Any

from planner.json_lines import JSON, REQUEST, JsonLine

ACCESS = f"%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms %({{{REQUEST}}}e)s"
"""Time, method, path, status, bytes, milliseconds, number. No query string, address, browser or referrer: a log names nobody."""


def formatter(kind: str) -> logging.Formatter:
    """What the application's own lines are written with."""
    words = "[%(asctime)s] %(levelname)s in %(module)s: %(message)s (request %(request)s)"
    return JsonLine() if kind == JSON else logging.Formatter(words, "%Y-%m-%d %H:%M:%S %z", defaults={"request": "-"})


def for_server(kind: str) -> dict[str, Any]:
    """gunicorn's `logconfig_dict`; empty for lines of words, which it writes by itself."""
    if kind != JSON:
        return {}
    out = {"class": "logging.StreamHandler", "formatter": "line"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": JsonLine}},
        "handlers": {"out": out | {"stream": "ext://sys.stdout"}, "err": out | {"stream": "ext://sys.stderr"}},
        "root": {"level": "WARNING", "handlers": ["err"]},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": ["err"], "propagate": False, "qualname": "gunicorn.error"},
            "gunicorn.access": {"level": "INFO", "handlers": ["out"], "propagate": False, "qualname": "gunicorn.access"},
        },
    }
