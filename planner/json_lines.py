"""A line of the log as one JSON object. No path but a cleaned one, no message of a fault, nothing that somebody typed."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

from planner.kept.codes import without_code

JSON = "json"
REQUEST, ENDPOINT = "backplan.request", "backplan.endpoint"
"""Where the server finds, after a request, the number of it and the name of the page."""


class JsonLine(logging.Formatter):
    """One object a line: time (UTC), level, logger, request, endpoint; and of an answered request method, status, bytes and ms, or of
    anything else its message. A fault is named by its kind and its lines of code: its own words could carry an answer."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        if record.name == "gunicorn.access" and isinstance(record.args, Mapping):
            return json.dumps(told | answered_request(record.args))
        told |= {"request": getattr(record, "request", "-"), "endpoint": getattr(record, "endpoint", "-")}
        told["message"] = without_code(record.getMessage())
        if record.exc_info and record.exc_info[1]:
            told["fault"] = f"{type(record.exc_info[1]).__name__}: {where(record.exc_info[1])}"
        return json.dumps(told)


def answered_request(of: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a request that was answered. The page is named, never the path."""
    number, endpoint = (of.get(f"{{{name}}}e", "-") for name in (REQUEST, ENDPOINT))
    status = str(of["s"])
    return {
        "request": number,
        "endpoint": endpoint,
        "method": of["m"],
        "status": int(status) if status.isdigit() else status,
        "bytes": of["B"],
        "ms": of["M"],
    }


def where(error: BaseException) -> str:
    """The last lines of code that the fault went through, innermost last."""
    frames = extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
