"""What machines share by Redis: sealed, for an hour at most, drawn once, forgotten with the draft, and needed by nobody."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest

from planner.outputs.fleet import elsewhere, shared_store
from planner.outputs.fleet.celery_app import COMES_BACK_AFTER, HARD_SECONDS, celery_app, job_name, send
from planner.outputs.fleet.elsewhere import Elsewhere, answer_to_job
from planner.outputs.fleet.shared_store import HOUR, PROMPT, SharedStore, StoreAway
from planner.outputs.render_pool import RenderPool
from planner.outputs.render_service import other_machines
from tests.conftest import SECRET
from tests.redis_server import RedisServer
from tests.scripted_renderer import Desk, comes

WORD = "osteoporosis"
"""An answer that nobody may find."""
MINE, THEIRS = "a draft", "another draft"
LATE = 2.5
"""Seconds that a Redis that hangs may cost somebody who waits: half of one is meant, the rest is for a busy machine."""
Machine = Callable[..., RenderPool]
OLDER = """
local function older(name, ...)
  if name == 'EXPIRE' and select('#', ...) ~= 2 then error('ERR wrong number of arguments') end
  return redis.call(name, ...)
end
"""
"""How a Redis before 7 takes EXPIRE."""


@pytest.fixture
def machine(redis: RedisServer, desk: Desk) -> Iterator[Machine]:
    """Makes machines: each is a pool of one process that knows the others by Redis."""
    made: list[RenderPool] = []

    def another(patience: float = 10.0) -> RenderPool:
        made.append(RenderPool(1, others=Elsewhere(SharedStore(redis.url, SECRET, patience), redis.url)))
        made[-1].start()
        assert comes(lambda: made[-1].queue.asking_free > 0)
        return made[-1]

    yield another
    for one in made:
        one.close()


def test_who_reads_redis_reads_nothing_and_nothing_is_there_for_long(redis: RedisServer) -> None:
    store, app = redis.store(), celery_app(redis.url, prompt=True)
    send(app, store, "pdf", "0" * 32, f"<p>{WORD}</p>".encode())
    store.put("answer:1", WORD.encode())
    assert (
        store.remember(f"draft of {WORD}", store.envelope.name("", "plan", WORD), WORD.encode() * 99) and store.counted("delivered:1") == 1
    )
    store.beat("pdf", "w")
    assert store.claim("flight:1", 8) and store.has("answer:1", "flight:1", f"beat:{store.queue('pdf')}", "flight:2") == 3
    found = redis.everything()
    assert len(found) > 3000 and WORD.encode() not in found and b"<p>" not in found and b"cfabc" not in found
    assert 0 < redis.longest_life() <= HOUR
    assert store.get(job_name("0" * 32)) == f"<p>{WORD}</p>".encode() and store.waiting("pdf") == 1


def test_papers_have_their_end_with_an_older_redis_too(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is that of the first."""
    monkeypatch.setattr(shared_store, "REMEMBER_PAPER", OLDER + shared_store.REMEMBER_PAPER.replace("redis.call(", "older("))
    store, client = redis.store(), redis.client()
    assert store.remember(MINE, "plan", b"one") and 0 < redis.longest_life() <= HOUR
    client.expire(client.keys("backplan:papers:*")[0], 100)
    assert store.remember(MINE, "sheet", b"two") and redis.longest_life() <= 100


def test_another_secret_and_another_place_open_nothing(redis: RedisServer) -> None:
    store = redis.store()
    store.put("answer:1", b"a paper")
    sealed = redis.client().get("backplan:answer:1")
    redis.client().set("backplan:answer:2", sealed)
    redis.client().set("backplan:answer:3", sealed[:-1] + bytes([sealed[-1] ^ 1]))
    redis.client().set("backplan:answer:4", b"short")
    assert [store.get(f"answer:{number}") for number in range(1, 6)] == [b"a paper", None, None, None, None]
    assert redis.store("another secret of more than 32 characters").get("answer:1") is None
    assert len(sealed) == len(store.envelope.seal(b"a paper, a bit longer", "x")), "its length tells nothing"


def test_each_trap_has_its_setting(redis: RedisServer) -> None:
    """Decision 35 says which trap each answers."""
    found = celery_app(redis.url).conf
    assert (found.task_acks_late, found.task_reject_on_worker_lost, found.worker_prefetch_multiplier) == (True, True, 1)
    assert (found.task_track_started, found.task_ignore_result, found.task_acks_on_timeout) == (False, True, False)
    assert (found.accept_content, found.task_serializer, found.worker_enable_remote_control) == (["json"], "json", False)
    assert found.broker_transport_options["visibility_timeout"] == COMES_BACK_AFTER > 3 * max(HARD_SECONDS.values())


def test_what_one_machine_drew_the_other_has(machine: Machine, desk: Desk) -> None:
    here, there = machine(), machine()
    here.draw_ahead("ahead", "plan", MINE)
    assert comes(lambda: bool(here.queue.drawn.held))
    assert there.submit("ahead", "plan", MINE).result(5) == b"%PDF plan ahead"
    assert here.submit("asked for", "sheet", MINE).result(5) and there.submit("asked for", "sheet", MINE).result(5)
    assert desk.given == ["ahead", "asked for"]
    assert there.submit("ahead", "plan", THEIRS).result(5) and desk.given == ["ahead", "asked for"], "it is in this machine's memory now"


def test_two_machines_draw_the_same_document_once(machine: Machine, desk: Desk) -> None:
    here, there = machine(), machine()
    desk.open.clear()
    first = here.submit("same", "plan", MINE)
    assert comes(lambda: desk.given == ["same"])
    second = there.submit("same", "plan", MINE)
    assert comes(lambda: not there.queue.waited_for)
    assert not second.done()
    desk.open.set()
    assert first.result(5) == second.result(5) == b"%PDF plan same" and desk.given == ["same"]


def test_a_machine_that_died_while_it_drew_does_not_stop_the_other(
    machine: Machine, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "ANSWER_SECONDS", 0.5)
    store = redis.store()
    assert store.claim(f"flight:{store.envelope.name(MINE, 'plan', 'same')}", 60)
    assert machine().submit("same", "plan", MINE).result(5) == b"%PDF plan same"


def test_papers_are_forgotten_with_the_draft(machine: Machine, redis: RedisServer, desk: Desk) -> None:
    here, there = machine(), machine()
    for draft in (MINE, THEIRS):
        assert here.submit(f"of {draft}", "plan", draft).result(5)
    there.take_back(MINE)
    papers = redis.store()
    assert papers.recall(MINE, papers.envelope.name(MINE, "plan", f"of {MINE}")) is None
    assert papers.recall(THEIRS, papers.envelope.name(THEIRS, "plan", f"of {THEIRS}")) == b"%PDF plan of another draft"
    assert not papers.remember(MINE, "late", b"what another machine was drawing"), "nothing comes to a draft that is gone"


def test_a_draft_that_goes_while_its_paper_is_drawn_leaves_nothing(machine: Machine, redis: RedisServer, desk: Desk) -> None:
    here = machine()
    desk.open.clear()
    here.draw_ahead("late", "plan", MINE)
    assert comes(lambda: desk.given == ["late"])
    here.take_back(MINE)
    desk.open.set()
    assert comes(lambda: not here.queue.jobs)
    assert redis.client().keys("backplan:papers:*") == [] and not here.queue.drawn.held


def test_what_leaves_no_copy_stays_on_its_machine(machine: Machine, redis: RedisServer) -> None:
    here = machine()
    redis.store().beat("pdf", "a worker")
    assert here.submit("of a clinic", "sheet", keep=False).result(5)
    assert here.submit("how it fits", "fit", MINE).result(5)
    assert redis.client().keys("backplan:flight:*") == redis.client().keys("backplan:job:*") == [] and redis.store().waiting("pdf") == 0


def test_without_an_answer_the_machine_draws_and_no_worker_begins_any_more(
    machine: Machine, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A heartbeat, and nobody behind it."""
    monkeypatch.setattr(elsewhere, "ANSWER_SECONDS", 0.5)
    store = redis.store()
    store.beat("pdf", "dead")
    began = monotonic()
    assert machine().submit("asked for", "plan", MINE).result(10) == b"%PDF plan asked for"
    assert monotonic() - began >= 0.5 and store.waiting("pdf") == 1, "it was asked for there first"
    assert redis.client().keys("backplan:job:*") == [], "whoever takes the number finds nothing to draw"


def test_a_worker_that_has_begun_and_lives_has_more_time(machine: Machine, redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a busy fleet would get busier: each paper would be drawn twice. One that dies meanwhile has no heartbeat soon."""
    monkeypatch.setattr(elsewhere, "ANSWER_SECONDS", 1.0)
    store, here = redis.store(), machine()
    for alive in (True, False):
        store.beat("pdf", "a worker")
        job = here.submit(f"slow {alive}", "plan", MINE)
        assert comes(lambda: bool(redis.client().keys("backplan:job:*")))
        number = redis.client().keys("backplan:job:*")[0].decode().rpartition(":")[2]
        store.put(f"begun:{number}", b"a worker")
        sleep(1.5)
        assert not job.done() and store.has(job_name(number)) == 1
        if alive:
            answer_to_job(store, number, b"drawn there")
        else:
            store.drop(f"beat:{store.queue('pdf')}:a worker")
        assert job.result(5) == (b"drawn there" if alive else b"%PDF plan slow False")


def test_what_redis_forgets_is_drawn_here_at_once(machine: Machine, redis: RedisServer) -> None:
    here = machine()
    redis.store().beat("pdf", "dead")
    job = here.submit("lost", "plan", MINE)
    assert comes(lambda: redis.store().waiting("pdf") == 1)
    redis.client().flushall()
    began = monotonic()
    assert job.result(10) and monotonic() - began < LATE < elsewhere.ANSWER_SECONDS


def test_a_redis_that_hangs_or_ends_costs_little(machine: Machine, redis: RedisServer) -> None:
    here = machine(PROMPT)
    try:
        redis.hang()
        for number in range(3):
            began = monotonic()
            assert here.submit(f"hangs {number}", "plan", MINE).result(5)
            here.take_back(THEIRS)
            assert monotonic() - began < LATE
    finally:
        redis.go_on()
    redis.kill()
    assert here.submit("gone", "plan", MINE).result(5) == b"%PDF plan gone"
    with pytest.raises(StoreAway):
        redis.store().has("anything")
    redis.start()
    assert comes(lambda: here.queue.asking_free > 0) and here.submit("back", "plan", MINE).result(5)


def test_there_are_other_machines_with_redis_and_a_secret_alone(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.outputs.render_service.INSTANCE", os.path)  # no file of ours
    for name in ("REDIS_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SECRET_KEY", SECRET)
    assert other_machines() is None
    monkeypatch.setenv("REDIS_URL", redis.url)
    found = other_machines()
    assert found and found.there()
