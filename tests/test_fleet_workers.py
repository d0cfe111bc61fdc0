"""Workers of the fleet: what they draw, and what becomes of a job whose process, worker or machine dies."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from json import dumps
from pathlib import Path
from time import monotonic, sleep
from typing import get_args

import pytest

from planner.outputs.fleet import elsewhere
from planner.outputs.fleet.celery_app import celery_app, send
from planner.outputs.fleet.elsewhere import Elsewhere, outcome_of
from planner.outputs.fleet.shared_store import HOUR, PREFIX, Line
from planner.outputs.fleet.worker import MOST_DELIVERIES
from planner.outputs.pdf import PdfFailed
from planner.outputs.renderer import RENDERER_DIED, packed_message
from tests.redis_server import RedisServer
from tests.scripted_renderer import comes
from tests.workers import children, descendants, worker

pytestmark = pytest.mark.slow
Deadly = tuple["subprocess.Popen[bytes]", Path]


@pytest.fixture
def deadly(redis: RedisServer, tmp_path: Path) -> Iterator[Deadly]:
    """A worker with two processes for which some documents are deadly, and the file of what it drew."""
    with worker(redis, "pdf", "-m", "tests.deadly_worker", "pdf", redis.url, str(tmp_path / "drawn")) as process:
        yield process, tmp_path / "drawn"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is no fault here: the fleet has all its time."""
    monkeypatch.setattr(elsewhere, "ANSWER_SECONDS", 60.0)


def asked(redis: RedisServer, html: str) -> bytes | PdfFailed | None:
    """What the fleet says of a document."""
    return Elsewhere(redis.store(), redis.url).asked(html, "plan", monotonic())


def test_a_worker_draws_a_real_document_and_leaves_nothing(redis: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in Redis nor on the disk."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with worker(redis, "pdf") as process:
        page = '<html lang="en" class="fit-0"><title>-</title><h1>Ready</h1><p>osteoporosis</p></html>'
        found = asked(redis, page)
        assert isinstance(found, bytes) and found.startswith(b"%PDF-1.7")
        assert comes(lambda: 0 < redis.longest_life() <= HOUR), "its number is taken off the list a moment later"
        said = redis.everything()
        assert b"osteoporosis" not in said and b"answer:" not in said and b"job:" not in said
        assert isinstance(asked(redis, "x" * 500_000), PdfFailed), "a document that fails says so"
        assert [one.name.startswith("backplan-worker-") for one in tmp_path.iterdir()] == [True]
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0 and not list(tmp_path.iterdir())


def test_the_job_of_a_killed_process_is_done_by_another(redis: RedisServer, deadly: Deadly) -> None:
    assert asked(redis, "kills once") == b"%PDF plan kills once"
    assert deadly[1].read_text().split("\n")[:-1] == ["kills once"] * 2


def test_a_job_that_kills_its_process_is_given_up_after_three(redis: RedisServer, deadly: Deadly) -> None:
    found = asked(redis, "kills")
    assert isinstance(found, PdfFailed) and str(found) == RENDERER_DIED
    sleep(1)
    assert deadly[1].read_text().split("\n")[:-1] == ["kills"] * MOST_DELIVERIES == ["kills"] * 3
    assert asked(redis, "next") == b"%PDF plan next" and redis.store().waiting("pdf") == 0


def test_a_job_that_hangs_is_killed_and_given_up_too(redis: RedisServer, deadly: Deadly) -> None:
    found = asked(redis, "hangs")
    assert isinstance(found, PdfFailed) and deadly[1].read_text().split("\n")[:-1] == ["hangs"] * 3


def test_the_jobs_of_a_machine_that_died_are_done_by_another(redis: RedisServer, tmp_path: Path) -> None:
    """After COMES_BACK seconds, which are 300 in service."""
    command = ("-m", "tests.deadly_worker", "pdf", redis.url)
    with ThreadPoolExecutor() as threads:
        with worker(redis, "pdf", *command, str(tmp_path / "first")):
            waits = [threads.submit(asked, redis, "slow") for _ in range(2)]
            assert comes(lambda: (tmp_path / "first").exists() and (tmp_path / "first").read_text().count("slow") == 2)
        with worker(redis, "pdf", *command, str(tmp_path / "second")):
            assert [one.result() for one in waits] == [b"%PDF plan slow"] * 2
    assert (tmp_path / "second").read_text().count("slow") == 2


def test_processes_end_with_their_worker(deadly: Deadly) -> None:
    processes = children(deadly[0].pid)
    assert len(processes) == 2
    deadly[0].kill()
    deadly[0].wait()
    assert comes(lambda: not any(Path(f"/proc/{pid}").exists() for pid in processes), 10)


def test_a_worker_that_stalls_has_no_heartbeat_and_another_one_is_started(redis: RedisServer) -> None:
    command = "from planner.cli import worker_commands as w; w.STALLED, w.STARTS_IN = 4.0, 25.0; w.look_after(w.shared_store(), 'pdf', 2)"
    with worker(redis, "pdf", "-c", command) as looking:
        (stalled,) = children(looking.pid)
        os.kill(stalled, signal.SIGSTOP)
        assert comes(lambda: not redis.store().beats("pdf"), 30), "a worker that does nothing does not beat"
        assert children(looking.pid) == [stalled], "nothing waits, so nobody minds"
        with ThreadPoolExecutor() as threads:
            waits = threads.submit(asked, redis, '<html lang="en" class="fit-0"><title>-</title><h1>Ready</h1></html>')
            assert comes(lambda: stalled not in children(looking.pid), 60), "work waits: it is killed"
            assert isinstance(waits.result(), bytes)
        os.kill(children(looking.pid)[0], signal.SIGKILL)
        assert comes(lambda: len(descendants(looking.pid)) > 1, 60), "one that ended is started again"


def test_nothing_but_json_is_taken(redis: RedisServer, deadly: Deadly, tmp_path: Path) -> None:
    """A pickle that who writes to Redis might send: it would run whatever they like."""
    touched = tmp_path / "touched"

    class Bad:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch {touched}",)

    app = celery_app(redis.url)
    send(app, redis.store(), "pdf", "0" * 32, packed_message({"kind": "plan"}, b"good"))
    assert comes(lambda: redis.store().has("answer:" + "0" * 32) == 1, 10)
    queue = redis.store().queue("pdf")
    properties: dict[str, object] = {
        "delivery_mode": 2,
        "delivery_info": {"exchange": "", "routing_key": queue},
        "priority": 0,
        "body_encoding": "base64",
    }
    properties |= {"correlation_id": "x", "delivery_tag": "x"}
    body = b64encode(pickle.dumps(((Bad(),), {}, {}))).decode()
    message: dict[str, object] = {"body": body, "content-encoding": "binary", "content-type": "application/x-python-serialize"}
    message |= {"headers": {"lang": "py", "task": "pdf", "id": "x"}, "properties": properties}
    redis.client().lpush(PREFIX + queue, dumps(message))
    assert comes(lambda: redis.store().waiting("pdf") == 0, 10)
    sleep(1)
    assert not touched.exists() and asked(redis, "after it") == b"%PDF plan after it"


def test_both_lines_are_known() -> None:
    assert get_args(Line) == ("pdf", "batch") and outcome_of(packed_message({"failed": ""}, b"x")) == b"x" and elsewhere.LEFT_LYING <= HOUR
