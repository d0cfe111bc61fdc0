"""A pool that asks other machines: in turn, no more than it can draw itself, and whatever they do every document is drawn once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import cast

import pytest

from planner.outputs.fleet import elsewhere
from planner.outputs.fleet.elsewhere import ANSWER_SECONDS, DRAWING_SECONDS, Elsewhere
from planner.outputs.fleet.envelope import Envelope
from planner.outputs.fleet.shared_store import SharedStore
from planner.outputs.pdf import Kind
from planner.outputs.render_pool import ASKED_AT_ONCE, RenderPool
from planner.outputs.render_queue import QUEUED, PoolBusy, RenderQueue
from tests.conftest import SECRET
from tests.scripted_renderer import Desk, comes

MINE = "a draft"


class IdleMachines:
    """Machines that draw nothing. While `open` is not set, whoever asks them waits. `faults`: HTML -> what asking for it raises."""

    def __init__(self) -> None:
        self.open = Event()
        self.open.set()
        self.asked: list[str] = []
        self.let_go: list[str] = []
        self.faults: dict[str, Exception] = {}
        self.remembered: list[tuple[str, str]] = []

    def there(self) -> bool:
        return True

    @contextmanager
    def drawn(self, html: str, kind: Kind, draft: str) -> Iterator[None]:
        self.asked.append(html)
        self.open.wait(10)
        if html in self.faults:
            raise self.faults[html]
        try:
            yield None
        finally:
            self.let_go.append(html)

    def remember(self, html: str, kind: Kind, draft: str, body: bytes) -> None:
        self.remembered.append((html, draft))

    def take_back(self, draft: str) -> None:
        pass


class SlowFleet:
    """A Redis that no test waits for: another machine draws the same until `let_go`, and a worker that lives begins and never ends."""

    def __init__(self, let_go: float) -> None:
        self.now, self.let_go = 0.0, let_go
        self.envelope = Envelope(SECRET)

    def recall(self, draft: str, paper: str) -> None:
        return None

    def claim(self, name: str, seconds: int) -> bool:
        return self.now > self.let_go

    def beats(self, line: str, worker: str = "") -> bool:
        return True

    def get(self, name: str) -> bytes | None:
        return b"a worker" if name.startswith("begun:") else None

    def has(self, *names: str) -> int:
        return 1

    def drop(self, *names: str) -> None:
        pass

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def others() -> IdleMachines:
    return IdleMachines()


@pytest.fixture
def pool(desk: Desk, others: IdleMachines) -> Iterator[RenderPool]:
    """Of one process, which knows the others."""
    found = RenderPool(1, others=others)
    found.start()
    assert comes(lambda: found.ready() and found.queue.asking_free > 0)
    yield found
    others.open.set()
    found.close()


def test_who_came_first_is_served_first_when_nobody_else_draws(pool: RenderPool, desk: Desk, others: IdleMachines) -> None:
    desk.open.clear()
    names = ["first", *(str(number) for number in range(QUEUED - 1))]
    jobs = []
    for name in names:
        jobs.append(pool.submit(name, "plan", MINE))
        assert comes(lambda: bool(desk.given) and sum(one.here for one in list(pool.queue.waited_for)) == len(jobs) - 1)
    desk.open.set()
    assert all(job.result(5) for job in jobs) and desk.given == names == others.asked


def test_what_others_are_asked_for_has_its_place_in_the_line(pool: RenderPool, others: IdleMachines) -> None:
    """All of it may come back."""
    others.open.clear()
    jobs = [pool.submit(str(number), "plan", MINE) for number in range(QUEUED)]
    assert comes(lambda: not pool.queue.waited_for)
    assert pool.room("another") == "full" and pool.room(MINE) == "free"
    with pytest.raises(PoolBusy):
        pool.submit("one more", "plan", MINE)
    jobs[0].cancel()
    jobs[0] = pool.submit("one more", "plan", MINE)
    others.open.set()
    assert all(job.result(5) for job in jobs) and not pool.queue.asked_for


def test_who_hangs_up_holds_nobody(pool: RenderPool, desk: Desk, others: IdleMachines) -> None:
    """Neither while others are asked nor while the document waits here."""
    others.open.clear()
    asked = pool.submit("while asked", "plan", MINE)
    assert comes(lambda: others.asked == ["while asked"])
    asked.cancel()
    others.open.set()
    assert comes(lambda: others.let_go == ["while asked"])
    desk.open.clear()
    first = pool.submit("first", "plan", MINE)
    assert comes(lambda: "first" in desk.given)
    here = pool.submit("while here", "plan", MINE)
    assert comes(lambda: any(one.here for one in list(pool.queue.waited_for)))
    here.cancel()
    assert comes(lambda: "while here" in others.let_go)
    desk.open.set()
    assert first.result(5) and desk.given == ["first"] and not pool.queue.jobs


def test_a_fault_of_ours_costs_neither_the_document_nor_the_thread(
    pool: RenderPool, desk: Desk, others: IdleMachines, caplog: pytest.LogCaptureFixture
) -> None:
    names = [str(number) for number in range(ASKED_AT_ONCE + 1)]
    others.faults = {name: AttributeError(f"osteoporosis {name}") for name in names}
    assert all(pool.submit(name, "plan", MINE).result(5) for name in names)
    assert desk.given == others.asked == names
    assert pool.submit("after it", "plan", MINE).result(5) and "after it" in others.asked
    assert "AttributeError" in caplog.text and "osteoporosis" not in caplog.text


def test_only_papers_of_a_draft_leave_the_machine(pool: RenderPool, desk: Desk, others: IdleMachines) -> None:
    """A clinic's slip is of none. Where a draft has the same words, they are remembered elsewhere for the draft alone."""
    assert pool.submit("slip of a clinic", "sheet").result(5) and (others.asked, others.remembered) == ([], [])
    queue = RenderQueue(1)
    queue.submit("slip of a clinic", "sheet", "", keep=True)
    assert queue.next_to_ask_for(0) is None
    desk.open.clear()
    jobs = [pool.submit("same words", "sheet")]
    assert comes(lambda: "same words" in desk.given)
    jobs.append(pool.submit("same words", "sheet", MINE))
    desk.open.set()
    assert all(job.result(5) for job in jobs) and (others.asked, others.remembered) == ([], [("same words", MINE)])


def test_what_is_taken_back_before_others_are_asked_stays_here(
    pool: RenderPool, others: IdleMachines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool.queue, "drafts_of", lambda job: set())
    assert pool.submit("late", "plan", MINE).result(5) and others.asked == []


@pytest.mark.parametrize("let_go", [0.0, ANSWER_SECONDS - 0.2, ANSWER_SECONDS + 1])
def test_all_that_others_may_take_is_within_one_time(let_go: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page waits 20 seconds in all: what another machine's drawing took is not to be had again for a worker's."""
    fleet = SlowFleet(let_go)
    asking = Elsewhere(cast(SharedStore, fleet), "redis://nowhere")
    monkeypatch.setattr(asking, "publish", lambda number, body: None)
    monkeypatch.setattr(elsewhere, "monotonic", lambda: fleet.now)
    monkeypatch.setattr(elsewhere, "sleep", fleet.sleep)
    with asking.drawn("<p>", "plan", MINE) as found:
        assert found is None
    assert fleet.now == pytest.approx(DRAWING_SECONDS if let_go < ANSWER_SECONDS else ANSWER_SECONDS, abs=0.1)
