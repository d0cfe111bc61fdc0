"""What /metrics says of Redis and the fleet's workers: numbers alone, and soon, whatever is the matter with Redis."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest
from flask import Flask

from planner.outputs.fleet import shared_store
from planner.outputs.fleet.celery_app import celery_app, send
from planner.web.settings import from_environment
from tests.conftest import SECRET, an_app
from tests.redis_server import RedisServer
from tests.test_fleet import LATE
from tests.test_metrics import exposed, samples, value

PASSWORD_OF_REDIS = "not-for-the-page"


def watched(url: str) -> Flask:
    return an_app(**{name: value for name, value in from_environment({"SECRET_KEY": SECRET, "REDIS_URL": url}).items() if "REDIS" in name})


def fleet(app: Flask) -> dict[str, float]:
    """What there is, by the name and the line."""
    found = samples(app).items()
    return {
        " ".join((name, *(text for _, text in labels))): figure
        for (name, labels), figure in found
        if name.startswith(("backplan_redis", "backplan_fleet"))
    }


def test_it_counts_workers_that_live_and_jobs_that_wait(redis: RedisServer) -> None:
    store, app = redis.store(), watched(redis.url)
    assert fleet(app) == {
        "backplan_redis_up": 1,
        **{f"backplan_fleet_{what} {line}": 0 for what in ("workers", "jobs_waiting") for line in ("pdf", "batch")},
    }
    for name in ("one", "two", "one"):
        store.beat("pdf", name)
    redis.store("another secret of more than 32 characters").beat("batch", "of another site")
    send(celery_app(redis.url, prompt=True), store, "batch", "0" * 32, b"a chunk")
    found = fleet(app)
    assert found["backplan_fleet_workers pdf"] == 2 and found["backplan_fleet_workers batch"] == 0
    assert found["backplan_fleet_jobs_waiting batch"] == 1 and found["backplan_fleet_jobs_waiting pdf"] == 0


def test_a_worker_that_fell_silent_is_counted_no_more(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    store, app = redis.store(), watched(redis.url)
    store.beat("pdf", "silent since")
    (beats,) = redis.client().keys("backplan:alive:*")
    redis.client().zincrby(beats, -shared_store.BEAT_LASTS - 1, "silent since")
    store.beat("batch", "alive")
    assert value(app, "backplan_fleet_workers", line="pdf") == 0 and value(app, "backplan_fleet_workers", line="batch") == 1
    store.beat("pdf", "alive")
    assert redis.client().zcard(beats) == 1, "those that are gone for good leave no name"


def test_a_redis_that_hangs_or_is_gone_holds_up_nobody_who_watches(redis: RedisServer) -> None:
    app = watched(redis.url)
    assert value(app, "backplan_redis_up") == 1
    try:
        redis.hang()
        began = monotonic()
        assert fleet(app) == {"backplan_redis_up": 0}, "what is not known is not there"
        assert monotonic() - began < LATE
    finally:
        redis.go_on()
    redis.kill()
    assert fleet(app) == {"backplan_redis_up": 0}


def test_a_password_and_the_name_of_a_host_are_no_figures(tmp_path: Path) -> None:
    app = watched(f"redis://:{PASSWORD_OF_REDIS}@127.0.0.1:1/0")
    said = exposed(app)
    assert "backplan_redis_up 0.0" in said and PASSWORD_OF_REDIS not in said and "127.0.0.1" not in said and SECRET not in said


def test_without_redis_nothing_is_said_of_it(app: Flask) -> None:
    assert fleet(app) == {}
