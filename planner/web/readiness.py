"""Whether this process can do all that a visitor may ask of it. However often it is asked, it is tried out once in a few seconds."""

from __future__ import annotations

from threading import Lock
from time import monotonic

from flask import Flask, current_app

from planner.outputs.pool import pool
from planner.web import counts, storage

GOOD_SECONDS, BAD_SECONDS = 5.0, 1.0
"""How long a finding stands. What was broken is looked at again sooner."""


class Finding:
    """What was found last. `trouble`: one line, or empty if all is well."""

    def __init__(self, good: float) -> None:
        self.good, self.bad = good, min(good, BAD_SECONDS)
        self.lock = Lock()
        self.trouble = "starting"
        self.until = 0.0

    def now(self) -> str:
        """One thread looks; others meanwhile get the last finding, so that many probes never hold up the visitors."""
        if monotonic() >= self.until and self.lock.acquire(blocking=False):
            try:
                self.trouble = tried()
                self.until = monotonic() + (self.bad if self.trouble else self.good)
            finally:
                self.lock.release()
        return self.trouble


def tried() -> str:
    """Tries both parts, and whether the secret fits the rows; what is wrong, or empty. A secret that does not fit keeps nobody away while
    nothing is sealed yet: the figure says so, and no visitor is turned away by it."""
    renderer, database = pool().ready(), storage.wrong()
    counts.READY.labels("renderer").set(renderer)
    counts.READY.labels("database").set(database in ("", storage.SHUT))
    return database or ("" if renderer else "the renderer is starting")


def keep_finding(app: Flask) -> None:
    app.extensions["readiness"] = Finding(float(app.config.get("READY_SECONDS", GOOD_SECONDS)))


def trouble() -> str:
    """What is wrong with this process, in one line without a name or a place; empty if all is well."""
    found: Finding = current_app.extensions["readiness"]
    return found.now()
