"""What is counted: enough to look after the site, only for those who do, and never a word of anybody."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from planner.domain.model import Library
from planner.folders import ROOT
from planner.kept.codes import grouped, new_code
from planner.web import downloads
from tests.clinics import PASSWORD, engine_of, house, sign_in
from tests.conftest import an_app, token
from tests.keeping_web import at_plan, keep
from tests.people import well
from tests.renderer import FakeRenderer
from tests.rooms import Room
from tests.waiting import a_word
from tests.walker import Walker

TOKEN = "a token of the clinic's own watcher"
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def exposed(app: Flask) -> str:
    return app.test_client().get("/metrics", expects=200).text


def samples(app: Flask) -> Samples:
    return {
        (one.name, tuple(sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(exposed(app))
        for one in family.samples
    }


def value(app: Flask, name: str, **labels: str) -> float:
    return samples(app).get((name, tuple(sorted(labels.items()))), 0.0)


@pytest.mark.parametrize(
    ("headers", "address", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "::1", 200),
        ({}, "192.0.2.7", 404),
        ({}, "", 404),
        ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 404),
        ({"X-Real-IP": "127.0.0.1"}, "127.0.0.1", 404),
        ({"Forwarded": "for=127.0.0.1"}, "127.0.0.1", 404),
        ({"Authorization": f"Bearer {TOKEN}"}, "192.0.2.7", 200),
        ({"Authorization": f"bearer {TOKEN}", "X-Forwarded-For": "192.0.2.7"}, "127.0.0.1", 200),
        ({"Authorization": f"Bearer {TOKEN}x"}, "192.0.2.7", 404),
        ({"Authorization": f"Basic {TOKEN}"}, "192.0.2.7", 404),
        ({"Authorization": "Bearer "}, "192.0.2.7", 404),
    ],
)
def test_it_is_for_this_machine_or_whoever_has_the_token(headers: dict[str, str], address: str, status: int) -> None:
    app = an_app(METRICS_TOKEN=TOKEN)
    assert app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address}).status_code == status


def test_without_a_token_no_token_fits(app: Flask) -> None:
    for given in ("Bearer ", "Bearer", "", "Bearer x"):
        headers = {"Authorization": given}
        app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.7"}, expects=404)


def test_behind_a_proxy_the_visitors_address_counts() -> None:
    app = an_app(PROXIES="1")
    for forwarded in ("192.0.2.7", "127.0.0.1"):
        app.test_client().get("/metrics", headers={"X-Forwarded-For": forwarded}, expects=404)
    app.test_client().get("/metrics", expects=200)


def test_whole_journeys_leave_no_word_in_it(app: Flask, library: Library, room: Room, renderer: FakeRenderer) -> None:
    marked = "zebrafish"
    person = well(library, rf_trauma="minor_fall", known=("scoliosis",), goal="sport", goal_words=f"{marked} goal")
    walker = Walker(app.test_client(), library, person)
    walker.walk()
    walker.get(f"/plan?note={marked}")
    kept = keep(walker)
    for url in (kept, f"{kept}.json", f"{kept}.pdf", f"/kept/{grouped(new_code())}", f"/{marked}", "/plan.pdf", "/ask/rf_saddle"):
        walker.client.get(url)
    emergency = Walker(app.test_client(), library, well(library, rf_saddle="yes"))
    emergency.walk()
    handout = room.prints(room.begun(reference=f"{marked} 12", note=f"{marked} note"))
    code = room.code(handout)
    room.get(f"/clinic/sheets?reference={marked}")
    word = a_word(room, library, person)
    client = app.test_client()
    client.open(f"/{marked}", method=marked.upper())
    sign_in(client, f"{marked}@a.example", marked, expects=422)
    client.get("/", headers={"User-Agent": marked, "Referer": f"https://{marked}.example/", "X-Request-ID": marked})
    text = exposed(app)
    assert "backplan_request_seconds_bucket" in text
    for private in (
        marked,
        code,
        kept.removeprefix("/kept/"),
        word,
        handout,
        room.home.clinic,
        "minor_fall",
        "scoliosis",
        "rf_",
        "127.0.0.1",
    ):
        assert private.lower() not in text.lower(), private
    assert not re.search(r'="[^"]*[/@][^"]*"', text), "no path and no address"


def test_pages_are_named_by_their_endpoint_and_strangers_invent_none(app: Flask, renderer: FakeRenderer) -> None:
    client = app.test_client()
    for url in ("/", "/nowhere", "/ask/invented", "/static/css/base.css", "/healthz", "/a%0ab"):
        client.get(url).close()
    client.open("/", method="BREW")
    client.open("/", method="PROPFIND")
    rows = [dict(labels) for name, labels in samples(app) if name == "backplan_request_seconds_count"]
    assert {row["endpoint"] for row in rows} <= {*app.view_functions, "none", "static"}
    assert {row["method"] for row in rows} <= {"GET", "POST", "HEAD", "OPTIONS", "other"}
    assert {row["status"] for row in rows} <= {"2xx", "3xx", "4xx", "5xx"}
    assert all(set(row) == {"endpoint", "method", "status"} for row in rows)
    assert {"none", "static", "public.start"} <= {row["endpoint"] for row in rows}


def test_documents_are_counted_by_how_they_ended(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    walker = at_plan(app, library)
    before = {how: value(app, "backplan_documents_total", kind="plan", how=how) for how in ("memory", "late")}
    walker.get("/plan.pdf")
    assert value(app, "backplan_documents_total", kind="plan", how="memory") == before["memory"] + 1
    renderer.broken = True
    walker.get("/plan.pdf", expects=503)
    assert value(app, "backplan_documents_total", kind="plan", how="late") == before["late"] + 1
    assert value(app, "backplan_documents_waiting") == 0


@pytest.mark.slow
def test_a_document_that_is_really_drawn_is_timed(app: Flask) -> None:
    with app.test_request_context():
        before = value(app, "backplan_document_seconds_count", kind="plan")
        html = f"<!doctype html><html lang=en><title>a</title><p>{new_code()}"
        assert downloads.pressed(html, "plan") == downloads.pressed(html, "plan")
        assert value(app, "backplan_document_seconds_count", kind="plan") == before + 1
        assert value(app, "backplan_document_seconds_sum", kind="plan") > 0


def test_what_has_never_gone_wrong_is_there_at_0(sqlite_url: str) -> None:
    """In a process that has just begun: an alarm on growth needs a figure to grow from."""
    code = "from planner.web.counts import exposition; print(exposition().decode())"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for what in ("password", "code", "passkey"):
        assert f'backplan_sign_ins_failed_total{{what="{what}"}} 0.0' in said
    assert 'backplan_documents_total{how="died",kind="plan"} 0.0' in said


def test_what_goes_wrong_is_counted(sqlite_url: str, renderer: FakeRenderer, counting: dict[str, Any]) -> None:
    app = an_app(DATABASE_URL=sqlite_url, **counting)
    house(engine_of(app), "a")
    names = ("sign_ins_failed_total", "rate_limited_total", "forms_refused_total", "database_errors_total")
    labels = {names[0]: {"what": "password"}}
    before = {name: value(app, f"backplan_{name}", **labels.get(name, {})) for name in names}
    client = app.test_client()
    sent = {"csrf_token": token(client, "/clinic/sign-in"), "email": "owner@a.example", "password": "wrong"}
    found = [client.post("/clinic/sign-in", data=sent).status_code for _ in range(7)]
    client.post("/ask/safety1", data={"csrf_token": "wrong"}, expects=400)
    lost = an_app(DATABASE_URL=f"sqlite:///{sqlite_url.rpartition('/')[0].removeprefix('sqlite:///')}/lost.sqlite3", **counting)
    lost.test_client().get(f"/kept/{grouped(new_code())}", expects=503)
    moved = {name: value(app, f"backplan_{name}", **labels.get(name, {})) - before[name] for name in names}
    assert moved == {names[0]: found.count(422), names[1]: found.count(429), names[2]: 1, names[3]: 1} and found.count(429)
    assert PASSWORD not in exposed(app)


def test_it_says_what_is_ready(sqlite_url: str, renderer: FakeRenderer) -> None:
    app = an_app(DATABASE_URL=sqlite_url)
    assert value(app, "backplan_ready", part="renderer") == value(app, "backplan_ready", part="database") == 1
    renderer.broken = True
    assert value(app, "backplan_ready", part="renderer") == 0 and value(app, "backplan_ready", part="database") == 1
