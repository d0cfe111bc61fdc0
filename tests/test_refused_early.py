"""Where nobody can wait for paper now, that is said before the paper is written: writing it costs more than a page."""

from __future__ import annotations

from collections.abc import Iterator
from threading import BoundedSemaphore

import pytest
from flask import Flask

from planner.domain.model import Library
from planner.outputs import documents
from planner.outputs.render_pool import RenderPool
from planner.outputs.render_queue import QUEUED
from planner.web import downloads
from tests.conftest import an_app
from tests.renderer import FakeRenderer
from tests.scripted_renderer import Desk, comes
from tests.walker import Walker, at_the_end

ON_PAPER = ("/plan.pdf", "/sheet.pdf", "/plan.pdf?large=1", "/plan.zip")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates of documents that are written from now on."""
    names: list[str] = []
    usual = documents.draw

    def noted(template: str, *about: object, **more: object) -> str:
        names.append(template)
        return usual(template, *about, **more)  # type: ignore[arg-type]  # whatever they are

    monkeypatch.setattr(documents, "draw", noted)
    return names


@pytest.fixture
def nobody_may_wait() -> Iterator[None]:
    places = 0
    while downloads.WHO_WAIT.acquire(blocking=False):
        places += 1
    yield
    for _ in range(places):
        downloads.WHO_WAIT.release()


def refusals(walker: Walker) -> list[str]:
    return [walker.get(path, expects=503).headers["Retry-After"] for path in ON_PAPER]


def test_with_a_full_line_no_paper_is_written(app: Flask, library: Library, renderer: FakeRenderer, written: list[str]) -> None:
    walker = at_the_end(app, library)
    renderer.busy = True
    assert refusals(walker) == ["5"] * len(ON_PAPER) and written == [] and renderer.asked == []
    renderer.busy = False
    assert walker.get("/plan.pdf").status_code == 200 and written == ["paper/plan.html"]


def test_where_no_thread_may_wait_no_paper_is_written(
    app: Flask, library: Library, renderer: FakeRenderer, written: list[str], nobody_may_wait: None
) -> None:
    walker = at_the_end(app, library)
    assert refusals(walker) == ["5"] * len(ON_PAPER) and written == [] and renderer.asked == []
    assert walker.get("/plan.txt").status_code == 200


def test_what_is_there_is_given_though_no_thread_may_wait(
    library: Library, renderer: FakeRenderer, written: list[str], nobody_may_wait: None
) -> None:
    walker = at_the_end(an_app(TESTING=False), library)
    renderer.there.update(draft for _, _, draft in renderer.ahead)
    assert walker.get("/plan.pdf").status_code == 200
    assert written[-1] == "paper/plan.html"


def test_room_is_what_the_line_has_left_for_a_draft(desk: Desk) -> None:
    pool = RenderPool(1)
    desk.open.clear()
    pool.submit("being drawn", "plan", "its draft")
    assert comes(lambda: desk.given == ["being drawn"]) and pool.room("mine") == "free"
    jobs = [pool.submit(str(number), "plan") for number in range(QUEUED)]
    assert (pool.room("mine"), pool.room("")) == ("full", "full")
    assert pool.room("its draft") == "free", "it takes no place in the line"
    jobs[0].cancel()
    assert pool.room("mine") == "free"
    desk.open.set()
    assert [job.result(5) for job in jobs[1:]] and comes(lambda: pool.room("its draft") == "there")
    pool.take_back("its draft")
    assert pool.room("its draft") == "free"
    pool.close()


def test_asking_whether_a_thread_may_wait_takes_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or whoever comes at the same moment would be refused, while a place is free."""
    taken: list[bool] = []

    class LookedAt(BoundedSemaphore):
        def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
            taken.append(super().acquire(blocking, timeout))
            return taken[-1]

    places = LookedAt(1)
    monkeypatch.setattr(downloads, "WHO_WAIT", places)
    assert downloads.a_thread_may_wait() and taken == []
    assert places.acquire(blocking=False) and not downloads.a_thread_may_wait()
    places.release()
    assert downloads.a_thread_may_wait() and taken == [True]
