"""Kept plans when something is wrong: a database locked, gone, old or read-only; too many guesses; and logs, which name no code."""

from __future__ import annotations

import logging
import os
import random
import re
import signal
import subprocess
import sys
from contextlib import AbstractContextManager, suppress
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.request import urlopen

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.test import create_environ

from planner.database.engines import PATIENCE, open_database
from planner.database.sessions import writing
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.kept.codes import grouped, new_code
from planner.kept.plans import Body
from planner.outputs.words import date_text
from planner.upkeep.every_table import METADATA
from planner.web import storage
from tests.conftest import SECRET, an_app, called
from tests.keeping import ON, delete, find, read_only
from tests.keeping import keep as keep_row
from tests.keeping_web import at_plan, keep, once, rows
from tests.people import anybody
from tests.postgres import Cluster
from tests.renderer import FakeRenderer
from tests.test_database import locked

ROOT = Path(__file__).parent.parent
EVERYWHERE = ("/", "/ask", "/answers", "/plan", "/plan.json", "/healthz", "/privacy", "/kept", "/keep")


@pytest.mark.slow
def test_a_locked_database_costs_no_answer(site: Flask, library: Library) -> None:
    walker = at_plan(site, library)
    wanted = once(walker)
    with locked(site.extensions["database"].url.render_as_string(hide_password=False)):
        began = monotonic()
        later = walker.post("/keep", once=wanted, expects=503)
        assert monotonic() - began < 30 and int(later.headers["Retry-After"]) > 0
        assert f'name="once" value="{wanted}"' in later.text and 'data-trouble="later"' in later.text
        walker.get("/plan")
    walker.page = later
    keep(walker)
    assert rows(site) == 1


def test_a_kept_plan_opens_at_once_while_others_write(library: Library, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it wants to write down waits a moment at most. What the page itself takes on a busy machine is no waiting."""
    app = an_app(DATABASE_URL=sqlite_url)
    url = keep(at_plan(app, library))
    usual, waits, began = storage.writing, list[float](), monotonic()
    assert app.test_client().get(url).status_code == 200
    itself = monotonic() - began

    def noted(patience: float = PATIENCE) -> AbstractContextManager[Session]:
        waits.append(patience)
        return usual(patience)

    monkeypatch.setattr(storage, "writing", noted)
    with writing(app.extensions["database"]) as session:
        session.execute(text("update kept_plan set expires = '2027-01-01'"))
    with locked(sqlite_url):
        began = monotonic()
        page = app.test_client().get(url)
        assert page.status_code == 200 and date_text(date(2027, 1, 1)) in page.text and monotonic() - began - itself < 3
    assert waits == [storage.A_MOMENT] and storage.A_MOMENT < 0.5


def test_without_a_database_plans_are_made_as_ever(library: Library, tmp_path: Path, renderer: FakeRenderer) -> None:
    app = an_app(DATABASE_URL=f"sqlite:///{tmp_path / 'lost.sqlite3'}")
    walker = at_plan(app, library)
    for url in EVERYWHERE:
        assert walker.client.get(url).status_code in (200, 303), url
    walker.post("/keep", once="x", expects=503)
    page = walker.get(f"/kept/{grouped(new_code())}", expects=503)
    assert page.headers["Retry-After"] and 'data-trouble="later"' in page.text
    assert "is safe" not in page.text, "nobody knows that: the rows may be gone"
    walker.get("/readyz", expects=503)
    assert not list(tmp_path.iterdir())


def test_ready_needs_a_database_that_can_be_written_to(site: Flask, renderer: FakeRenderer) -> None:
    assert site.test_client().get("/readyz").status_code == 200
    with locked(site.extensions["database"].url.render_as_string(hide_password=False)):
        assert site.test_client().get("/readyz").status_code == 503


def test_another_schema_says_being_updated(site: Flask, library: Library) -> None:
    walker = at_plan(site, library)
    url = keep(walker)
    walker.get("/plan")
    with site.extensions["database"].begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    later = walker.post("/keep", once=once(walker), expects=503)
    assert 'data-trouble="updating"' in walker.get(url, expects=503).text
    assert 'data-trouble="updating"' in later.text
    walker.get("/plan")


def test_a_database_that_can_only_be_read_opens_plans(library: Library, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = an_app(DATABASE_URL=sqlite_url)
    walker = at_plan(app, library)
    url = keep(walker)
    with writing(app.extensions["database"]) as session:
        session.execute(text("update kept_plan set expires = '2027-01-01'"))
    read_only(monkeypatch)
    walker.get(url)
    walker.get("/plan")
    walker.post("/keep", once=once(walker), how="new", expects=503)


def test_twenty_misses_a_minute_and_no_more(library: Library, sqlite_url: str, counting: dict[str, Any]) -> None:
    app = an_app(DATABASE_URL=sqlite_url, **counting)
    url = keep(at_plan(app, library))
    client = app.test_client()
    assert {client.get(url).status_code for _ in range(30)} == {200}, "who has a code is not slowed down"
    slip = f"{url[:-1]}{'0' if url[-1] != '0' else '1'}"
    assert {client.get(slip).status_code for _ in range(30)} == {404}, "nor is who mistypes one"
    places = ("", ".pdf", "-sheet.pdf", ".json", "/delete")
    codes = [client.get(f"/kept/{grouped(new_code())}{places[number % 5]}").status_code for number in range(25)]
    assert codes == [404] * 20 + [429] * 5
    client.get(url, expects=200)
    client.get(url, environ_base={"REMOTE_ADDR": "192.0.2.9"}, expects=200)
    client.get("/", expects=200)


def test_a_hundred_misses_an_hour_and_no_more(sqlite_url: str, counting: dict[str, Any]) -> None:
    client = an_app(DATABASE_URL=sqlite_url, **counting).test_client()
    codes = []
    with time_machine.travel("2026-11-21 10:00:00", tick=False) as clock:
        for minute in range(6):
            clock.move_to(f"2026-11-21 10:0{minute}:30")
            codes += [client.get(f"/kept/{grouped(new_code())}").status_code for _ in range(20)]
    assert codes == [404] * 100 + [429] * 20


def test_no_code_reaches_a_log(site: Flask, library: Library, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.DEBUG)
    walker = at_plan(site, library)
    url = keep(walker)
    code = url[6:]
    for path in (url, f"{url}.json", f"{url}.nothing", f"{url}/delete", f"/{code}", f"/kept/{code.lower()}", f"/kept/{code[:-1]}"):
        environ = create_environ(path)
        called(site, environ)
        assert code[:9] not in environ["PATH_INFO"].upper(), path
    walker.client.post("/kept", data={"code": code})
    out = capfd.readouterr()
    logged = "\n".join([caplog.text, out.out, out.err, *(f"{record.args} {record.exc_info}" for record in caplog.records)])
    for secret in (code, code.replace("-", ""), once(walker), SECRET):
        assert secret not in logged and secret.lower() not in logged


@pytest.mark.slow
def test_the_servers_own_log_names_no_code(sqlite_url: str) -> None:
    code = grouped(keep_row(open_database(sqlite_url)))
    environment = {
        **os.environ,
        "DATABASE_URL": sqlite_url,
        "SECRET_KEY": SECRET,
        "WEB_CONCURRENCY": "1",
        "PORT": "0",
        "BASE_URL": "http://localhost",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--log-level", "debug", "wsgi:app"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert server.stdout is not None
    said = []
    for line in server.stdout:
        said.append(line)
        if found := re.search(r"Listening at: (http://\S+)", line):
            address = found[1]
        if "Booting worker" in line:
            break
    for path in (f"/kept/{code}", f"/kept/{code.lower()}.json", f"/{code}"):
        with suppress(OSError):
            urlopen(address + path, timeout=30).close()
    server.send_signal(signal.SIGTERM)
    rest, _ = server.communicate(timeout=30)
    log = "".join(said) + rest
    assert "/kept/- " in log and code not in log.upper() and code[:9] not in log.upper(), log


@pytest.mark.slow
def test_a_thousand_kept_plans_show_no_word_of_theirs(
    library: Library, tmp_path: Path, sqlite_url: str, cluster: Cluster, postgres_url: str
) -> None:
    rng = random.Random(7)
    words: set[str] = {"low_back", "content_version", "gone_by_now"}
    schema = " ".join(name for table in METADATA.tables.values() for name in (table.name, *table.columns.keys()))
    engines = [open_database(url) for url in (sqlite_url, postgres_url)]
    for number in range(1000):
        answers = Journey(library, anybody(library, rng) | {"goal_words": f"goal-{rng.getrandbits(64):x}"}).reachable
        body = Body(answers, "GB", library.version, ON, note=f"note-{rng.getrandbits(64):x}")
        code = keep_row(engines[number % 2], body)
        words |= {code, code[:8], grouped(code), body.note, str(answers.get("goal_words", body.note))}
        words |= {word for value in answers.values() for word in (value if isinstance(value, tuple) else (str(value),)) if len(word) > 5}
        words |= {name for name in answers if len(name) > 5 and name not in schema}  # tables and columns are called so
        if number < 20:
            assert find(engines[number % 2], code) is not None
        if number % 100 == 3:
            delete(engines[number % 2], code)
    for engine in engines:
        engine.dispose()
    dump = cluster.run("pg_dump", *cluster.here(), "--inserts", postgres_url.rsplit("/", 1)[1])
    assert dump.count("INSERT INTO public.kept_plan") == 490
    unhexed = b"".join(bytes.fromhex(one) for one in re.findall(r"\\x([0-9a-f]+)", dump))
    stolen = [dump.encode(), unhexed, *(file.read_bytes() for file in tmp_path.iterdir())]
    assert len(words) > 2000 and all(len(text) > 500_000 for text in stolen[:3])
    for word in words:
        assert not any(word.encode() in text for text in stolen), word
