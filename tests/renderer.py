"""A renderer that costs nothing, for tests: its PDF is the HTML. It notes what it was asked for and what it was told to forget."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from planner.outputs.pdf import PdfFailed
from planner.outputs.render_queue import PoolBusy, Room


class FakeRenderer:
    """Stands in for the pool of renderers. `broken`: it fails, as one does that takes too long. `busy`: too many wait."""

    def __init__(self) -> None:
        self.broken = self.busy = False
        self.asked: list[tuple[str, str]] = []  # kind, HTML
        self.forgot: list[tuple[str, str]] = []
        self.drafts: list[str] = []  # of what was asked for, in the same order
        self.ahead: list[tuple[str, str, str]] = []  # kind, HTML, draft
        self.taken_back: list[str] = []
        self.there: set[str] = set()  # drafts of which it says so before it is asked

    def submit(self, html: str, kind: str, draft: str = "", keep: bool = True) -> Future[bytes]:
        if self.busy:
            raise PoolBusy("busy")
        self.asked.append((kind, html))
        self.drafts.append(draft)
        if not keep:
            self.forgot.append((kind, html))
        done: Future[bytes] = Future()
        if self.broken:
            done.set_exception(PdfFailed("timeout"))
        else:
            done.set_result(html.encode())
        return done

    def room(self, draft: str) -> Room:
        return "there" if draft in self.there else "full" if self.busy else "free"

    def draw_ahead(self, html: str, kind: str, draft: str) -> None:
        self.ahead.append((kind, html, draft))

    def take_back(self, draft: str) -> None:
        self.taken_back.append(draft)

    def ready(self) -> bool:
        return not self.broken


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> FakeRenderer:
    """In place of every pool that the application would use."""
    fake = FakeRenderer()
    monkeypatch.setattr("planner.outputs.pool.pool_of", lambda process: fake)
    return fake
