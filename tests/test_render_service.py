"""One pool for all web processes, behind a socket: the same answers as a pool of one's own, and one of one's own where nobody answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from multiprocessing.connection import Client, Listener
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from planner.outputs.pdf import PdfFailed
from planner.outputs.render_pool import RenderPool
from planner.outputs.render_queue import QUEUED, PoolBusy
from planner.outputs.render_service import OpenFolder, answer_all, check_folder
from planner.outputs.shared_pool import ROOM_SECONDS, UNTOLD, SharedPool
from tests.scripted_renderer import Desk, comes

MINE = "a draft"


@pytest.fixture
def socket() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder) / "renderers"


@pytest.fixture
def service(socket: Path, desk: Desk) -> Iterator[RenderPool]:
    """The pool behind the socket, as `serve_at` serves it, until the test ends."""
    pool = RenderPool(1)
    pool.start()
    listener = Listener(str(socket), "AF_UNIX", backlog=16)

    def serve() -> None:
        with suppress(OSError):  # the test is over
            answer_all(pool, listener)

    threading.Thread(target=serve, daemon=True).start()
    yield pool
    pool.close()
    listener.close()


@pytest.fixture
def web(socket: Path, service: RenderPool) -> list[SharedPool]:
    """Two web processes."""
    return [SharedPool(str(socket)), SharedPool(str(socket))]


def test_what_one_process_began_the_other_finds(web: list[SharedPool], service: RenderPool, desk: Desk) -> None:
    web[0].draw_ahead("plan of mine", "plan", MINE)
    assert comes(lambda: bool(service.queue.drawn.held))
    found = web[1].submit("plan of mine", "plan", MINE)
    assert found.done() and found.result(0) == b"%PDF plan plan of mine" and desk.given == ["plan of mine"]
    web[1].take_back(MINE)
    assert not service.queue.drawn.held
    assert web[0].submit("kept", "sheet", keep=False).result(5) == b"%PDF sheet kept" and not service.queue.drawn.held


def test_the_same_document_of_two_processes_is_drawn_once(web: list[SharedPool], desk: Desk) -> None:
    desk.open.clear()
    jobs = [one.submit("same", "plan") for one in web]
    assert not any(job.done() for job in jobs)
    with pytest.raises(Late):
        jobs[0].result(0.05)
    desk.open.set()
    assert jobs[1].result(5) and web[0].submit("same", "plan").result(5) and desk.given == ["same"]


def test_busy_failed_and_ready_come_through(web: list[SharedPool], desk: Desk) -> None:
    assert comes(web[0].ready)
    desk.says = {"broken": ["ValueError"]}
    with pytest.raises(PdfFailed, match="ValueError"):
        web[0].submit("broken", "plan").result(5)
    desk.open.clear()
    jobs = [web[0].submit("being drawn", "plan")]
    assert comes(lambda: "being drawn" in desk.given)
    jobs += [web[0].submit(str(number), "plan") for number in range(QUEUED)]
    with pytest.raises(PoolBusy):
        web[1].submit("one more", "plan")
    assert web[1].room("mine") == "full"
    desk.open.set()
    assert all(job.result(5) for job in jobs)
    web[0].submit("mine", "plan", "mine").result(5)
    assert (web[1].room("mine"), web[1].room("another")) == ("there", "free")


def test_who_hangs_up_does_not_wait_any_more(web: list[SharedPool], service: RenderPool, desk: Desk) -> None:
    desk.open.clear()
    first = web[0].submit("first", "plan")  # held: what nobody holds is hung up
    assert comes(lambda: desk.given == ["first"])
    web[0].submit("late", "plan").cancel()
    assert comes(lambda: len(service.queue.jobs) == 1)
    desk.open.set()
    assert first.result(5) and web[0].submit("last", "plan").result(5) and desk.given == ["first", "last"]


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x80\x04\x95pickle",
        b"[]\n",
        b'{"do": "draw"}\n<p>',
        json.dumps({"do": "draw", "kind": "exe", "draft": "", "keep": True}).encode() + b"\n<p>",
        json.dumps({"do": "draw", "kind": ["plan"], "draft": "", "keep": True}).encode() + b"\n<p>",
        json.dumps({"do": "draw", "kind": "plan", "draft": "", "keep": True}).encode() + b"\n\xff",
        b"x" * (3 << 20),
    ],
    ids=range(8),
)
def test_what_is_no_request_is_hung_up_on_and_nothing_breaks(message: bytes, socket: Path, web: list[SharedPool], desk: Desk) -> None:
    with Client(str(socket), "AF_UNIX") as pipe:
        with suppress(OSError):  # what is far too long is not even read to its end
            pipe.send_bytes(message)
        assert pipe.poll(5)
        with pytest.raises((EOFError, OSError)):
            pipe.recv_bytes()
    assert desk.given == [] and web[0].submit("a right one", "plan").result(5)


def test_without_a_service_a_process_draws_by_itself_and_stops_when_there_is_one(
    socket: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr("planner.outputs.shared_pool.COMES_BACK", 0.1)
    web = SharedPool(str(socket))
    web.draw_ahead("not worth it", "plan", MINE)
    web.take_back(MINE)
    assert not web.ready()  # it may come in a moment
    assert web.submit("by ourselves", "plan").result(5) and desk.given == ["by ourselves"]
    assert comes(web.ready)  # the truth: a document can be made
    request.getfixturevalue("service")
    assert web.submit("at the service", "plan").result(5) and web.own is None


def test_a_service_that_hangs_is_taken_for_dead(socket: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.outputs.shared_pool.HANGING", 0.2)
    with Listener(str(socket), "AF_UNIX", backlog=16):
        web = SharedPool(str(socket))
        assert web.submit("x" * 2_000_000, "plan").result(5) and not web.ready()
        web.close()


def test_a_draft_that_is_taken_back_while_the_service_is_away_is_taken_back_later(
    socket: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Other machines may remember its papers, whatever became of the service."""
    told: list[str] = []
    monkeypatch.setattr(RenderPool, "take_back", lambda self, draft: told.append(draft))
    web = SharedPool(str(socket))
    for draft in (MINE, "another"):
        web.take_back(draft)
    assert told == []
    request.getfixturevalue("service")
    for _ in range(2):
        assert web.submit("at the service", "plan").result(5)
    assert comes(lambda: told == [MINE, "another"]) and not web.untold
    waits: list[str] = []

    def nobody(about: dict[str, Any]) -> bool:
        waits.append(about["draft"])
        return False

    monkeypatch.setattr(web, "tell", nobody)
    for number in range(UNTOLD + 1):
        web.take_back(str(number))
    web.found()
    assert len(waits) == UNTOLD + 2, "one that is away again costs one wait"
    assert list(web.untold) == [str(number) for number in range(1, UNTOLD + 1)], "and the list does not grow for ever"


def test_a_service_that_hangs_is_waited_for_once(socket: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page asks for room, and then for the document. A service that answers again is asked for room again."""
    waited: list[float | None] = []
    usual = SharedPool.ask

    def noted(self: SharedPool, about: dict[str, Any], html: str, patience: float, hanging: float | None = None) -> Any:
        waited.append(hanging)
        return usual(self, about, html, patience, hanging)

    monkeypatch.setattr("planner.outputs.shared_pool.HANGING", 0.2)
    monkeypatch.setattr(SharedPool, "ask", noted)
    with Listener(str(socket), "AF_UNIX", backlog=16):
        web = SharedPool(str(socket))
        assert (web.room(MINE), web.room(MINE), waited) == ("free", "free", [ROOM_SECONDS]) and ROOM_SECONDS <= 0.5
        assert web.submit("by ourselves", "plan", MINE).result(5) and web.room(MINE) == "there" and len(waited) == 2
        web.found()
        web.room(MINE)
        assert len(waited) == 3
        web.close()


def test_a_document_is_asked_for_again_when_the_service_died_meanwhile(socket: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.outputs.shared_pool.COMES_BACK", 0.1)
    with Listener(str(socket), "AF_UNIX") as listener:
        web, met = SharedPool(str(socket)), threading.Event()

        def dies() -> None:
            with listener.accept() as pipe:
                pipe.recv_bytes()
                pipe.send_bytes(b'{"is": "queued"}\n')
                met.wait(5)
            listener.close()

        threading.Thread(target=dies, daemon=True).start()
        job = web.submit("survives", "plan")
        met.set()
        assert job.result(5) == b"%PDF plan survives"
        web.close()


def test_the_socket_is_in_a_folder_of_ours_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    check_folder(tmp_path / "renderers")
    for path, mode in ((tmp_path, 0o750), (tmp_path, 0o701), (tmp_path / "nowhere", 0)):
        if mode:
            path.chmod(mode)
        with pytest.raises(OpenFolder):
            check_folder(path / "renderers")
