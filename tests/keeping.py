"""Keeping, for tests: one server, one person's plan, and the few things that are done with it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from planner.database.sessions import reading, writing
from planner.kept import plans
from planner.kept.plans import Body, Kept, KeptPlan, Safe

ON = date(2026, 11, 21)
SAFE = Safe("a server's secret of the tests, long enough")
BODY = Body({"areas": ("low_back", "neck_shoulders"), "peg_p": 7, "goal_words": "gärtnern 🌱"}, "other", "abc123", ON, note="n\x00 \ud800")


def keep(engine: Engine, body: Body = BODY, *, safe: Safe = SAFE, on: date = ON, once: str = "") -> str:
    with writing(engine) as session:
        return plans.keep(session, safe, body, on, once=once)


def find(engine: Engine, code: str, *, safe: Safe = SAFE, on: date = ON) -> Kept | None:
    with reading(engine) as session:
        return plans.find_kept(session, safe, code, on)


def change(engine: Engine, code: str, body: Body, version: int, *, safe: Safe = SAFE) -> Kept:
    with writing(engine) as session:
        return plans.change(session, safe, code, body, version, ON)


def delete(engine: Engine, code: str, *, safe: Safe = SAFE) -> bool:
    with writing(engine) as session:
        return plans.delete(session, safe, code, ON)


def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection that SQLite makes from now on can write."""
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def connected(*args: Any, **more: Any) -> sqlite3.Connection:
        made = connect(*args, **more)
        made.execute("pragma query_only=on")  # root may write anywhere, so a file's mode would not stop it
        return made

    monkeypatch.setattr(sqlite3, "connect", connected)


def rows(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(KeptPlan)) or 0


def together(number: int, do: Callable[[int], Any]) -> list[Any]:
    """What `do` returned or raised in so many threads at once."""
    found: list[Any] = []
    start = threading.Barrier(number)

    def run(place: int) -> None:
        start.wait()
        try:
            found.append(do(place))
        except Exception as fault:
            found.append(fault)

    threads = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
