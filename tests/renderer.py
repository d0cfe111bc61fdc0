"""A renderer that costs nothing, for tests: its PDF is the HTML. It notes what it was asked for and what it was told to forget."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest

from planner.outputs.pdf import PdfFailed


class FakeRenderer:
    """Stands in for the pool of renderers. `broken`: it fails, as one does that takes too long."""

    def __init__(self) -> None:
        self.broken = False
        self.under_way: dict[str, Any] = {}
        self.asked: list[tuple[str, str]] = []  # kind, HTML
        self.forgot: list[tuple[str, str]] = []

    def submit(self, html: str, kind: str) -> Future[bytes]:
        self.asked.append((kind, html))
        done: Future[bytes] = Future()
        if self.broken:
            done.set_exception(PdfFailed("timeout"))
        else:
            done.set_result(html.encode())
        return done

    def forget(self, html: str, kind: str) -> None:
        self.forgot.append((kind, html))

    def ready(self) -> bool:
        return not self.broken


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> FakeRenderer:
    """In place of every pool that the application would use."""
    fake = FakeRenderer()
    monkeypatch.setattr("planner.outputs.pool.pool_of", lambda process: fake)
    return fake
