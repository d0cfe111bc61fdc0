"""Processes that draw nothing, for tests of the queue: each waits until it is let go, and notes what it was given."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest

from planner.outputs.pdf import PdfFailed
from planner.outputs.renderer import RENDERER_DIED


class Desk:
    """All scripted processes of a test. While `open` is not set, whoever draws waits. `says`: HTML -> a fault in place of a document."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.open.set()
        self.given: list[str] = []
        self.processes: list[Scripted] = []
        self.says: dict[str, list[str]] = {}
        self.will_start = True


class Scripted:
    """One of them."""

    desk: Desk

    def __init__(self) -> None:
        self.fit, self.worn = self.desk.will_start, False
        self.desk.processes.append(self)

    def warm(self) -> bool:
        return self.fit

    def render(self, html: str, kind: str, seconds: float) -> bytes:
        self.desk.given.append(html)
        self.desk.open.wait(10)
        if faults := self.desk.says.get(html):
            fault = faults.pop(0)
            self.fit = fault not in (RENDERER_DIED, "timeout")
            raise PdfFailed(fault)
        return f"%PDF {kind} {html}".encode()

    def kill(self) -> None:
        self.fit = False

    end = kill


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """In place of every renderer that a pool would start."""
    found = Desk()
    monkeypatch.setattr("planner.outputs.render_pool.Renderer", type("Scripted", (Scripted,), {"desk": found}))
    yield found
    found.open.set()


def comes(true: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Whether something is so within a while."""
    until = monotonic() + seconds
    while not true() and monotonic() < until:
        sleep(0.01)
    return true()
