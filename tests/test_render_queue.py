"""The queue of documents: who waits goes first, each is drawn once, what is taken back is gone, a dead process is replaced."""

from __future__ import annotations

from collections.abc import Iterator
from time import sleep

import pytest
import time_machine

from planner.outputs.drawn import DRAWN_BYTES, DrawnDocuments
from planner.outputs.pdf import MOST_HTML, PdfFailed, render
from planner.outputs.render_pool import RenderPool, renderers_wanted
from planner.outputs.render_queue import QUEUED, PoolBusy, key_of
from planner.outputs.renderer import RENDERER_DIED
from tests.scripted_renderer import Desk, comes

MINE, THEIRS = "a draft", "another draft"


@pytest.fixture
def pool(desk: Desk) -> Iterator[RenderPool]:
    found = RenderPool(1)
    yield found
    found.close()


@pytest.fixture
def busy(pool: RenderPool, desk: Desk) -> RenderPool:
    """A pool of one process, which draws and is not let go."""
    desk.open.clear()
    pool.submit("first", "plan")
    assert comes(lambda: desk.given == ["first"])
    return pool


def test_who_waits_goes_before_what_is_drawn_ahead(busy: RenderPool, desk: Desk) -> None:
    for html in ("a", "b", "c"):
        busy.draw_ahead(html, "plan", MINE)
    waits = [busy.submit("w", "plan"), busy.submit("b", "plan")]
    desk.open.set()
    assert [job.result(5) for job in waits] == [b"%PDF plan w", b"%PDF plan b"]
    assert comes(lambda: desk.given == ["first", "w", "b", "a", "c"])


def test_a_document_is_drawn_once_however_many_ask(busy: RenderPool, desk: Desk) -> None:
    busy.draw_ahead("one", "plan", MINE)
    jobs = [busy.submit("one", "plan", draft) for draft in (MINE, MINE, THEIRS)]
    desk.open.set()
    assert {job.result(5) for job in jobs} == {b"%PDF plan one"}
    assert busy.submit("one", "plan").done() and busy.submit("one", "sheet").result(5) == b"%PDF sheet one"
    assert desk.given == ["first", "one", "one"]  # once a plan, once a sheet


def test_the_line_of_those_who_wait_is_short_and_says_so(busy: RenderPool, desk: Desk) -> None:
    jobs = [busy.submit(str(number), "plan") for number in range(QUEUED)]
    with pytest.raises(PoolBusy):
        busy.submit("one more", "plan")
    busy.submit("3", "plan")  # is among them already
    jobs[0].cancel()
    busy.submit("one more", "plan")
    desk.open.set()
    assert all(job.result(5) for job in jobs[1:]) and "0" not in desk.given


def test_of_too_much_that_is_drawn_ahead_the_oldest_is_dropped(busy: RenderPool, desk: Desk) -> None:
    for number in range(QUEUED + 3):
        busy.draw_ahead(str(number), "plan", MINE)
    assert len(busy.queue.jobs) == QUEUED + 1
    desk.open.set()
    assert comes(lambda: not busy.queue.jobs)
    assert desk.given == ["first", *(str(number) for number in range(3, QUEUED + 3))]


def test_sheets_that_are_drawn_ahead_wait_for_plans_and_are_dropped_before_them(busy: RenderPool, desk: Desk) -> None:
    for number in range(QUEUED // 2):
        busy.draw_ahead(f"sheet {number}", "sheet", MINE)
        busy.draw_ahead(f"plan {number}", "plan", MINE)
    busy.draw_ahead("one plan more", "plan", MINE)
    desk.open.set()
    plans = [*(f"plan {number}" for number in range(QUEUED // 2)), "one plan more"]
    assert comes(lambda: desk.given == ["first", *plans, *(f"sheet {number}" for number in range(1, QUEUED // 2))])


def test_one_of_two_processes_is_left_for_those_who_wait(desk: Desk) -> None:
    pool = RenderPool(2)
    desk.open.clear()
    for html in ("a", "b"):
        pool.draw_ahead(html, "plan", MINE)
    assert comes(lambda: desk.given == ["a"])
    sleep(0.1)
    pool.submit("w", "plan")
    assert comes(lambda: desk.given == ["a", "w"])
    pool.close()


def test_nothing_is_drawn_for_somebody_who_left(busy: RenderPool, desk: Desk) -> None:
    two = [busy.submit("two wait", "plan") for _ in range(2)]
    gone = busy.submit("gone", "plan")
    gone.cancel()
    gone.cancel()
    two[0].cancel()
    desk.open.set()
    assert two[1].result(5) and "gone" not in desk.given


def test_what_is_taken_back_is_neither_drawn_nor_remembered(busy: RenderPool, desk: Desk) -> None:
    busy.draw_ahead("mine", "plan", MINE)
    busy.draw_ahead("of both", "plan", MINE)
    busy.draw_ahead("of both", "plan", THEIRS)
    waits = busy.submit("I wait for it", "plan", MINE)
    busy.take_back(MINE)
    desk.open.set()
    assert waits.result(5)
    assert comes(lambda: not busy.queue.jobs) and "mine" not in desk.given
    assert list(busy.queue.drawn.held) == [key_of("first", "plan"), key_of("of both", "plan")]
    busy.take_back(MINE)
    busy.take_back(THEIRS)
    assert list(busy.queue.drawn.held) == [key_of("first", "plan")]


def test_what_is_to_leave_no_copy_leaves_none(pool: RenderPool, desk: Desk) -> None:
    assert pool.submit("kept plan", "plan", keep=False).result(5)
    pool.submit("drawn before", "plan").result(5)
    assert pool.submit("drawn before", "plan", keep=False).done()
    assert pool.queue.drawn.held == {} and pool.queue.drawn.size == 0
    late = pool.submit("late", "plan", keep=False)
    late.cancel()
    assert comes(lambda: not pool.queue.jobs) and pool.queue.drawn.held == {}


def test_a_document_lives_an_hour_and_the_memory_for_them_is_bounded() -> None:
    assert DRAWN_BYTES == 64 << 20
    with time_machine.travel("2026-11-20 09:00Z") as clock, pytest.MonkeyPatch.context() as patch:
        patch.setattr("planner.outputs.drawn.monotonic", lambda: __import__("time").time())
        drawn = DrawnDocuments(100)
        drawn.put("a", b"x" * 60, {""})
        clock.shift(3590)
        assert drawn.get("a")
        clock.shift(20)
        assert drawn.get("a") is None and drawn.size == 0
        drawn.put("early", b"x" * 10, {""})
        clock.shift(1800)
        drawn.put("late", b"x" * 10, {""})
        clock.shift(1810)
        assert drawn.get("early") is None and drawn.get("late")
        clock.shift(1800)
        assert drawn.get("late") is None and drawn.size == 0
        for key in "bcd":
            drawn.put(key, b"x" * 40, {""})
        assert list(drawn.held) == ["c", "d"] and drawn.size == 80
        drawn.put("huge", b"x" * 101, {""})
        assert drawn.size <= 100


def test_f05_a_document_whose_process_died_is_drawn_once_more_and_not_for_ever(pool: RenderPool, desk: Desk) -> None:
    desk.says = {"unlucky": [RENDERER_DIED], "poison": [RENDERER_DIED, RENDERER_DIED, RENDERER_DIED]}
    assert pool.submit("unlucky", "plan").result(5)
    with pytest.raises(PdfFailed, match=RENDERER_DIED):
        pool.submit("poison", "plan").result(5)
    assert desk.given.count("poison") == 2 and pool.submit("after it", "plan").result(5)


def test_x08_a_document_that_took_too_long_is_not_tried_again(pool: RenderPool, desk: Desk) -> None:
    desk.says = {"long": ["timeout"] * 3}
    with pytest.raises(PdfFailed, match="timeout"):
        pool.submit("long", "plan").result(5)
    assert desk.given == ["long"] and pool.submit("after it", "plan").result(5) and len(desk.processes) == 2


def test_readiness_is_true_both_ways_and_nobody_has_to_ask_for_a_document(pool: RenderPool, desk: Desk) -> None:
    desk.will_start = False
    assert not pool.ready() and not comes(pool.ready, 0.3)
    desk.will_start = True
    assert comes(pool.ready)
    desk.will_start = False
    desk.processes[-1].fit = False
    assert not pool.ready()
    desk.will_start = True
    assert comes(pool.ready)


def test_a_worn_process_is_replaced_before_it_ends(pool: RenderPool, desk: Desk) -> None:
    assert comes(pool.ready)
    worn = desk.processes[-1]
    worn.worn = True
    assert comes(lambda: (assert_ready := pool.ready()) and not worn.fit and assert_ready)
    assert len(desk.processes) == 2 and desk.processes[-1].fit


def test_a_fault_of_a_document_is_told_by_its_kind(pool: RenderPool, desk: Desk) -> None:
    desk.says = {"broken": ["ValueError"]}
    with pytest.raises(PdfFailed, match="ValueError"):
        pool.pdf("broken", "plan")
    assert pool.pdf("broken", "plan") and len(desk.processes) == 1


def test_x08_a_document_of_too_many_characters_is_not_even_begun() -> None:
    with pytest.raises(PdfFailed, match="too long"):
        render("x" * (MOST_HTML + 1), "plan")


def test_keys_cannot_be_guessed_by_another_process() -> None:
    assert key_of("a", "plan") == key_of("a", "plan") != key_of("a", "sheet")
    with pytest.MonkeyPatch.context() as patch:
        mine = key_of("a", "plan")
        patch.setattr("planner.outputs.render_queue.OUR_KEY", b"x" * 32)
        assert key_of("a", "plan") != mine


def test_how_many_processes_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for said in ("", "3"):
        monkeypatch.setenv("PDF_WORKERS", said)
        assert renderers_wanted() == 3 if said else renderers_wanted() in (1, 2)
