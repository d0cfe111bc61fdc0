"""A batch by the workers of all machines: the same chunks and the same files, whatever dies meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from planner.cli import queued
from planner.cli.batch import Batch
from planner.cli.input import BadInput
from planner.cli.queued import MOST_UNBEGUN, QueuedChunks, make_queued
from planner.folders import ROOT
from planner.outputs.fleet import envelope
from planner.outputs.fleet.celery_app import job_name
from planner.outputs.fleet.shared_store import PREFIX, SharedStore
from planner.outputs.fleet.worker import do_once_redis_answers
from planner.settings_table import BadSetting
from tests.batches import WELL, batch, jsonl, names
from tests.conftest import SECRET
from tests.dying import ONCE, POISON
from tests.redis_server import RedisServer
from tests.scripted_renderer import comes
from tests.workers import descendants, worker

Sender = Callable[[Batch], QueuedChunks]


@pytest.fixture
def sender(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Sender:
    """Sends the chunks of a batch; what it says is in `said`."""
    monkeypatch.setenv("REDIS_URL", redis.url)
    monkeypatch.setenv("SECRET_KEY", SECRET)
    return lambda made: QueuedChunks(made, said.append)


said: list[str] = []


@pytest.fixture
def hands(redis: RedisServer) -> Iterator[Event]:
    """A worker's part, done by a thread of the test: it takes what is in line, while the event is set."""
    works, ends, store = Event(), Event(), redis.store()
    works.set()

    def take() -> None:
        while not ends.wait(0.01):
            store.beat("batch", "hands")
            if works.is_set() and (message := redis.client().rpop(PREFIX + store.queue("batch"))):
                make_queued(store, json.loads(b64decode(json.loads(message)["body"]))[0][0])

    thread = Thread(target=take)
    thread.start()
    assert comes(lambda: store.beats("batch"))
    yield works
    ends.set()
    thread.join()


def job(redis: RedisServer, made: Batch, index: int = 0, number: str = "1") -> None:
    redis.store().put(job_name(number), json.dumps({"work": str(made.work), "chunk": index}).encode())


def test_all_chunks_come_back_and_a_second_run_has_nothing_to_do(tmp_path: Path, sender: Sender, hands: Event) -> None:
    made = batch(tmp_path, jsonl(*[WELL] * 5, "x"))
    assert sorted(sender(made).made(made.missing())) == [0, 1, 2]
    assert made.missing() == [] and made.counts() == (5, 1)
    assert names(tmp_path / "out") == [*(f"00000{line}.json" for line in range(1, 6)), "000006.error.txt"]


def test_a_chunk_that_redis_lost_is_sent_again(tmp_path: Path, sender: Sender, hands: Event, redis: RedisServer) -> None:
    made = batch(tmp_path, jsonl(*[WELL] * 4))
    hands.clear()
    found: list[int] = []
    thread = Thread(target=lambda: found.extend(sender(made).made([0, 1])))
    thread.start()
    assert comes(lambda: redis.store().waiting("batch") == 2)
    redis.client().flushall()
    hands.set()
    thread.join(30)
    assert sorted(found) == [0, 1] and made.missing() == []


def test_a_chunk_that_was_made_before_and_lost_a_file_is_made_again(tmp_path: Path, sender: Sender, hands: Event) -> None:
    """Its results are there all the time, so they alone do not say that it is done."""
    made = batch(tmp_path, jsonl(WELL, WELL))
    assert list(sender(made).made([0])) == [0]
    (tmp_path / "out" / "000001.json").unlink()
    assert made.missing() == [0] and list(sender(made).made([0])) == [0] and made.missing() == []


def test_without_a_worker_there_is_one_line(tmp_path: Path, sender: Sender, redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    made = batch(tmp_path, jsonl(WELL))
    with pytest.raises(BadInput, match="worker batch"):
        list(sender(made).made([0]))
    redis.kill()
    with pytest.raises(BadInput, match="REDIS_URL"):
        list(sender(made).made([0]))
    monkeypatch.delenv("REDIS_URL")
    with pytest.raises(BadSetting, match="REDIS_URL must be"):
        sender(made)
    redis.start()


def test_workers_of_another_secret_or_renderer_are_no_workers(
    tmp_path: Path, sender: Sender, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They could open nothing: what they took would be lost without a word."""
    made, others = batch(tmp_path, jsonl(WELL)), [redis.store("another secret of more than 32 characters")]
    with monkeypatch.context() as patch:
        patch.setattr(envelope, "RENDERER", "an older one")
        others.append(redis.store())
    for other in others:
        other.beat("batch", "w")
        other.beat("pdf", "w")
    assert not redis.store().beats("batch") and not redis.store().beats("pdf") and not redis.store().beats("batch", "w")
    with pytest.raises(BadInput, match="SECRET_KEY is there"):
        list(sender(made).made([0]))
    sender(made).send(0)
    assert redis.store().waiting("batch") == 1 and [other.waiting("batch") for other in others] == [0, 0]


def test_what_is_out_is_taken_back_when_the_run_is_stopped(tmp_path: Path, sender: Sender, hands: Event, redis: RedisServer) -> None:
    made = batch(tmp_path, jsonl(*[WELL] * 4))
    hands.clear()
    chunks = sender(made)
    for index in (0, 1):
        chunks.send(index)
    chunks.close()
    hands.set()
    assert comes(lambda: redis.store().waiting("batch") == 0)
    assert redis.client().keys("backplan:job:*") == [] and made.missing() == [0, 1]


def test_a_worker_that_can_write_nothing_says_why(tmp_path: Path, sender: Sender, hands: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_work: Path, _index: int) -> int:
        raise OSError(28, "No space left on device", "/shared/out")

    monkeypatch.setattr(queued, "make_chunk", full)
    with pytest.raises(OSError, match="/shared/out: No space left"):
        list(sender(batch(tmp_path, jsonl(WELL))).made([0]))


def test_a_fault_of_ours_is_told_to_whoever_waits(tmp_path: Path, redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its kind alone: its words may be those of an answer."""

    def broken(_work: Path, _index: int) -> int:
        raise KeyError("walk to the shops")

    monkeypatch.setattr(queued, "make_chunk", broken)
    store = redis.store()
    job(redis, batch(tmp_path, jsonl(WELL)))
    make_queued(store, "1")
    told = store.get("answer:1") or b""
    assert b"KeyError at" in told and b"shops" not in told and store.has(job_name("1")) == 0


def test_a_redis_that_hangs_costs_a_chunk_time_and_nothing_else(tmp_path: Path, redis: RedisServer) -> None:
    """What Celery takes for done is not given out again, and its number would lie there for an hour."""
    made, store = batch(tmp_path, jsonl(WELL)), SharedStore(redis.url, SECRET, 0.2)
    job(redis, made)
    redis.hang()
    try:
        thread = Thread(target=do_once_redis_answers, args=(partial(make_queued, store), "1"))
        thread.start()
        assert comes(lambda: store.until > 0), "it was asked for meanwhile"
    finally:
        redis.go_on()
    thread.join(30)
    assert made.missing() == [] and redis.client().keys("backplan:job:*") == []


def test_a_worker_of_another_release_makes_nothing(tmp_path: Path, sender: Sender, hands: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    made = batch(tmp_path, jsonl(WELL))
    monkeypatch.setattr(queued, "release_of", lambda _library: "newer")
    with pytest.raises(OSError, match="release"):
        list(sender(made).made([0]))
    assert names(tmp_path / "out") == []


def test_a_chunk_that_ends_its_process_before_any_line_is_given_up(
    tmp_path: Path, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tries that came to a line do not count here: the line has its own count."""
    made, store = batch(tmp_path, jsonl(WELL, WELL, WELL), size=3), redis.store()
    tried: list[int] = []
    monkeypatch.setattr(queued, "make_chunk", lambda _work, index: tried.append(index))
    made.tries(0).write_text("000000000001\n" * 2)
    for _ in range(MOST_UNBEGUN + 2):
        job(redis, made)
        make_queued(store, "1")
    assert tried == [0] * 5 and made.results(0) == []
    job(redis, made)
    make_queued(store, "1")
    assert len(tried) == 5 and [one.status for one in made.results(0)] == ["stopped"] * 3 and store.has(job_name("1")) == 0
    assert "before a line was begun" in (tmp_path / "out" / "000002.error.txt").read_text("utf-8")
    make_queued(store, "1")
    assert len(tried) == 5, "a job that nobody waits for any more is passed over"


def plans(redis: RedisServer, folder: Path, *more: str) -> subprocess.Popen[str]:
    """The command as an operator gives it."""
    environment: dict[str, Any] = {**os.environ, "REDIS_URL": redis.url, "SECRET_KEY": SECRET, "BACKPLAN_ENV": os.devnull}
    command = [sys.executable, "-m", "planner", "plans", str(folder / "people.jsonl"), "--output", str(folder / "out"), "--fill-defaults"]
    return subprocess.Popen([*command, "--date", "2026-11-21", *more], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_the_command_makes_what_it_makes_alone_while_processes_die(redis: RedisServer, tmp_path: Path) -> None:
    """A process of the worker is killed by a line once, another by hand, and one line kills whoever is at it."""
    people = [WELL | {"goal_words": f"walk {number}"} for number in range(520)]
    people[7]["goal_words"], people[503]["goal_words"] = ONCE, POISON
    for folder in ("alone", "queued"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "people.jsonl").write_bytes(jsonl(*people))
    assert plans(redis, tmp_path / "alone").communicate(timeout=200)[1].startswith("520 plans made")
    with worker(redis, "batch", "-m", "tests.deadly_worker", "batch", redis.url, str(tmp_path)) as process:
        running = plans(redis, tmp_path / "queued", "--queue")
        assert comes((tmp_path / "killed-once").exists, 60)
        with suppress(ProcessLookupError):
            os.kill(descendants(process.pid)[0], signal.SIGKILL)
        told = running.communicate(timeout=300)[1]
        assert "519 plans made, 1 line without" in told and "line 504: it ended its process 3 times" in told, told
        again = plans(redis, tmp_path / "queued", "--queue")
        assert "519 plans made (519 were there), 1 line without" in again.communicate(timeout=200)[1]
    good = [f"{line:06}.json" for line in range(1, 521) if line != 504]
    assert names(tmp_path / "queued" / "out") == sorted([*good, "000504.error.txt"])
    for name in good:
        assert (tmp_path / "queued" / "out" / name).read_bytes() == (tmp_path / "alone" / "out" / name).read_bytes()
