"""/readyz tells the truth in both directions, and asking it often costs next to nothing."""

from __future__ import annotations

import multiprocessing
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import event, text

from planner.outputs.render_pool import RenderPool
from planner.upkeep.every_table import METADATA
from planner.web import readiness
from tests.conftest import an_app
from tests.renderer import FakeRenderer
from tests.rooms import everything
from tests.test_database import locked

PAPER = "<!doctype html><html lang=en><title>{}</title><p>{}"


def ready(app: Flask) -> bool:
    found = app.test_client().get("/readyz")
    assert found.status_code in (200, 503) and (found.text == "ok\n") == (found.status_code == 200)
    return found.status_code == 200


def within(seconds: float, true: Callable[[], bool]) -> bool:
    until = monotonic() + seconds
    while not (found := true()) and monotonic() < until:
        sleep(0.1)
    return found


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[RenderPool]:
    """A real renderer, behind every application."""
    real = RenderPool(1)
    monkeypatch.setattr("planner.outputs.pool.pool_of", lambda process: real)
    yield real
    real.close()


def kill_renderers() -> None:
    for one in multiprocessing.active_children():
        one.kill()
        one.join()


@pytest.mark.slow
def test_a_renderer_that_died_comes_back_without_anybody_asking_for_a_document(app: Flask, drawing: RenderPool) -> None:
    assert within(60, lambda: ready(app))
    kill_renderers()
    assert not ready(app), "it is dead: nobody should be sent here"
    assert within(20, lambda: ready(app)), "else a load balancer would never send anybody again"
    assert drawing.pdf(PAPER.format(1, 1), "plan").startswith(b"%PDF")


@pytest.mark.slow
def test_a_renderer_that_has_done_its_share_is_replaced_at_once(app: Flask, drawing: RenderPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.outputs.renderer.JOBS", 2)
    assert within(60, lambda: ready(app))
    first = multiprocessing.active_children()
    for number in range(2):
        drawing.pdf(PAPER.format(number, number), "plan")
    assert ready(app), "the old one stays until another is there"
    assert within(60, lambda: multiprocessing.active_children() not in ([], first)) and ready(app)
    assert drawing.pdf(PAPER.format(9, 9), "plan").startswith(b"%PDF")


@pytest.mark.slow
def test_a_renderer_killed_in_the_midst_of_a_document_is_replaced_at_once(app: Flask, drawing: RenderPool) -> None:
    assert within(60, lambda: ready(app))
    drawing.pdf(PAPER.format(0, 0), "plan")
    job = drawing.submit(PAPER.format(1, "<p>word" * 3_000), "plan")
    sleep(0.3)
    kill_renderers()
    assert job.result(120).startswith(b"%PDF"), "another one begins it again"
    assert within(20, lambda: ready(app))


def test_it_says_no_when_no_renderer_is_there_and_yes_again(app: Flask, renderer: FakeRenderer) -> None:
    renderer.broken = True
    assert not ready(app)
    renderer.broken = False
    assert ready(app)


@contextmanager
def full_disk(file: Path) -> Iterator[None]:
    """Files can't grow. What a reader needs is there already, so a transaction that writes nothing would succeed."""
    reader = sqlite3.connect(file)
    reader.execute("pragma journal_mode=wal").fetchone()
    reader.execute("select count(*) from chore").fetchone()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        reader.close()


def test_a_full_disk_is_not_ready_and_an_emptied_one_is(sqlite_url: str, renderer: FakeRenderer) -> None:
    app = an_app(DATABASE_URL=sqlite_url)
    assert ready(app)
    with full_disk(Path(sqlite_url.removeprefix("sqlite:///"))):
        assert not ready(app)
    assert ready(app)


@pytest.mark.parametrize("table", ["kept_plan", "signed_in", "handout", "audit"])
def test_a_destroyed_page_of_any_table_is_not_ready(table: str, sqlite_url: str, renderer: FakeRenderer) -> None:
    app = an_app(DATABASE_URL=sqlite_url)
    assert ready(app)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as reader:
        (size,) = reader.execute("pragma page_size").fetchone()
        (root,) = reader.execute("select rootpage from sqlite_master where type = 'table' and name = ?", (table,)).fetchone()
        reader.execute("pragma wal_checkpoint(truncate)")
    reader.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: size * (root - 1)] + b"\xa5" * size + whole[size * root :])
    assert not ready(app)
    path.write_bytes(whole)
    assert ready(app)


def test_being_asked_leaves_nothing_behind(site: Flask, renderer: FakeRenderer) -> None:
    before = everything(site.extensions["database"])
    assert ready(site) and ready(site)
    assert everything(site.extensions["database"]) == before, "or a backup would not go into this database any more"


def test_a_hundred_probes_are_one_try(site: Flask, renderer: FakeRenderer) -> None:
    app = an_app(DATABASE_URL=site.extensions["database"].url.render_as_string(hide_password=False), READY_SECONDS=60)
    begun: list[object] = []
    event.listen(app.extensions["database"], "begin", begun.append)
    assert {ready(app) for _ in range(100)} == {True}
    assert len(begun) == 1
    app.extensions["database"].dispose()


def test_while_one_probe_waits_the_others_are_answered(sqlite_url: str, renderer: FakeRenderer, monkeypatch: pytest.MonkeyPatch) -> None:
    app, looking, go_on = an_app(DATABASE_URL=sqlite_url), Event(), Event()
    assert ready(app)

    def hangs() -> str:
        looking.set()
        return "" if go_on.wait(20) else "nobody went on"

    monkeypatch.setattr("planner.web.storage.wrong", hangs)
    slow = Thread(target=ready, args=(app,))
    slow.start()
    assert looking.wait(10)
    began = monotonic()
    assert ready(app) and monotonic() - began < 5, "what was found last stands until something else is found"
    go_on.set()
    slow.join()


def test_a_database_of_another_release_is_called_so(sqlite_url: str, renderer: FakeRenderer) -> None:
    """While two machines are upgraded in turn, the older one says why, and not that the database is away."""
    app = an_app(DATABASE_URL=sqlite_url)
    with app.extensions["database"].begin() as rows:
        rows.execute(text("update alembic_version set version_num = '9999'"))
    found = app.test_client().get("/readyz")
    assert (found.status_code, found.text) == (503, "the database is at the revision of another release\n")


def test_what_was_broken_is_looked_at_again_sooner(sqlite_url: str, renderer: FakeRenderer) -> None:
    app = an_app(DATABASE_URL=sqlite_url, READY_SECONDS=readiness.GOOD_SECONDS)
    with locked(sqlite_url):
        assert not ready(app)
    assert within(readiness.BAD_SECONDS + 1, lambda: ready(app)) and readiness.GOOD_SECONDS <= 5


@pytest.mark.parametrize("url", ["/healthz", "/readyz", "/metrics"])
def test_a_probe_may_ask_by_address(url: str, sqlite_url: str, renderer: FakeRenderer) -> None:
    app = an_app(DATABASE_URL=sqlite_url, TRUSTED_HOSTS=["plan.example.org"])
    assert app.test_client().get(url, base_url="http://10.0.0.7:8000").status_code == 200
    assert app.test_client().get("/", base_url="http://10.0.0.7:8000").status_code == 400


def test_every_table_is_tried(sqlite_url: str, renderer: FakeRenderer) -> None:
    app = an_app(DATABASE_URL=sqlite_url)
    read: list[str] = []
    event.listen(app.extensions["database"], "before_cursor_execute", lambda *told: read.append(told[2]))
    assert ready(app)
    assert all(any(f"FROM {name}\n" in f"{one}\n" for one in read) for name in METADATA.tables)
