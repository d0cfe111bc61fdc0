"""What the log says of Redis: once that it is gone and once that it is back, by the name of the setting; of workers as of the web."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from planner.folders import ROOT
from planner.outputs.fleet.shared_store import PREFIX
from tests.conftest import SECRET
from tests.redis_server import RedisServer
from tests.scripted_renderer import comes
from tests.served import serving
from tests.workers import PATIENCE_OF_STARTS, descendants

pytestmark = pytest.mark.slow
GONE, BACK = "REDIS_URL: Redis does not answer", "REDIS_URL: Redis answers"
COMMAND = (sys.executable, "-m", "planner", "worker", "pdf", "--processes", "1")


def environment(url: str, **more: str) -> dict[str, str]:
    """Without what Celery says where tests are run by root."""
    usual = {"SECRET_KEY": SECRET, "BACKPLAN_ENV": os.devnull, "PYTHONDONTWRITEBYTECODE": "1"}
    return os.environ | usual | {"REDIS_URL": url, "PYTHONWARNINGS": "ignore:You're running the worker with superuser", **more}


def heard(redis: RedisServer, log: Path, form: str) -> list[str]:
    """The lines of a worker from its start to its end, while Redis goes and comes back with nothing in it."""
    with log.open("wb") as said:
        process = subprocess.Popen(COMMAND, cwd=ROOT, env=environment(redis.url, LOG_FORMAT=form), stdout=said, stderr=said)
    try:
        assert comes(lambda: redis.store().beats("pdf"), PATIENCE_OF_STARTS)
        redis.kill()
        assert comes(lambda: GONE in log.read_text(), 60)
        assert not comes(lambda: log.read_text().count("\n") > 2, 5), log.read_text()
        redis.start()
        assert comes(lambda: BACK in log.read_text() and redis.store().beats("pdf"), 90)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    finally:
        for pid in (*descendants(process.pid), process.pid):
            if Path(f"/proc/{pid}").exists():
                os.kill(pid, signal.SIGKILL)
        process.wait()
    return log.read_text().splitlines()


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_worker_says_once_that_redis_is_gone_and_back(form: str, redis: RedisServer, tmp_path: Path) -> None:
    lines = heard(redis, tmp_path / "log", form)
    said = [json.loads(line)["message"] for line in lines] if form == "json" else [line.removeprefix("backplan: ") for line in lines]
    assert [line[: len(GONE)] for line in said[1:3]] == [GONE, BACK] and "worker for pdf is process" in said[0]
    assert len(said) == 3, said


def test_what_celery_says_is_an_object_too(redis: RedisServer, tmp_path: Path) -> None:
    """A message that is none of ours lies in the worker's line: Celery says so, in many lines."""
    log = tmp_path / "log"
    with log.open("wb") as said:
        process = subprocess.Popen(COMMAND, cwd=ROOT, env=environment(redis.url, LOG_FORMAT="json"), stdout=said, stderr=said)
    try:
        assert comes(lambda: redis.store().beats("pdf"), PATIENCE_OF_STARTS)
        redis.client().lpush(PREFIX + redis.store().queue("pdf"), json.dumps({"headers": {}, "body": "", "properties": {}}))
        assert comes(lambda: log.read_text().count("\n") > 1, 30)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    loggers = {json.loads(line)["logger"] for line in log.read_text().splitlines()}
    assert any(name.startswith(("celery", "kombu")) for name in loggers), loggers


def test_a_password_that_redis_does_not_take_ends_a_worker_with_the_settings_name(redis: RedisServer) -> None:
    redis.client().config_set("requirepass", "another")
    url = redis.url.replace("//", "//:not-this-one@")
    done = subprocess.run(COMMAND, cwd=ROOT, env=environment(url), capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2 and done.stderr == "backplan: REDIS_URL: Redis does not take this password\n"


def test_a_web_process_says_once_that_redis_is_gone_and_back(redis: RedisServer, sqlite_url: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(sqlite_url, ROOT, log, {"REDIS_URL": redis.url, "BASE_URL": "http://localhost:8000", "PDF_WORKERS": "1"}) as site:
        assert [site.status("/about") for _ in range(3)] == [200] * 3 and GONE not in log.read_text()
        redis.kill()
        assert [site.status("/about") for _ in range(5)] == [200] * 5
        redis.start()
        assert comes(lambda: site.status("/about") == 200 and BACK in log.read_text(), 60)
        assert [site.status("/about") for _ in range(3)] == [200] * 3
        assert (log.read_text().count(GONE), log.read_text().count(BACK)) == (1, 1)
