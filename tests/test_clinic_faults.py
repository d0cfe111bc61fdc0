"""The therapist's side when something is wrong: time is up, the database is away, forged headers. Nothing typed is lost."""

from __future__ import annotations

import logging
import re
import sqlite3
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse, create_environ

from planner.clinic.people import invitations, sign_ins
from planner.clinic.tables import SignedIn, Therapist
from planner.database.sessions import reading, writing
from tests.clinics import House, engine_of, house, now, send, sign_in, signed_in
from tests.conftest import an_app, called, only, token

WORSE = {"role": "owner", "clinic_id": "x", "email": "evil@x.example", "__proto__": "x", "_method": "DELETE"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """On SQLite alone: its file is locked here, and moved away."""
    return sqlite_url


def end(site: Flask) -> None:
    """Everybody's sign-in ends."""
    with writing(engine_of(site)) as session:
        for one in session.scalars(select(SignedIn)):
            session.delete(one)


def test_a_form_that_comes_too_late_is_kept_and_sent_again(site: Flask, home: House) -> None:
    client = site.test_client()
    sign_in(client, "owner@a.example")
    form = {"name": 'Olive "O" <Owner>', "initials": "OO", "csrf_token": token(client, "/clinic/account")}
    end(site)
    late = client.post("/clinic/account", data=form, expects=401)
    assert 'action="/clinic/account"' in late.text and 'id="withheld"' not in late.text
    kept = dict(HIDDEN.findall(late.text.replace("&#34;", "'").replace("&lt;", "<").replace("&gt;", ">")))
    assert kept["initials"] == "OO" and kept["name"] == "Olive 'O' <Owner>"
    sign_in(client, "owner@a.example")  # in another tab: the same browser
    client.post("/clinic/account", data=kept, expects=303)
    with reading(engine_of(site)) as session:
        assert session.get_one(Therapist, home.owner).initials == "OO"


def test_what_is_secret_is_not_written_into_the_page(site: Flask, home: House) -> None:
    client = signed_in(site, home.owner)
    form = {"csrf_token": token(client, "/clinic/account"), "password": "my old secret", "new_password": "my new secret"}
    end(site)
    late = client.post("/clinic/account/password", data=form, expects=401)
    assert "my old secret" not in late.text and "my new secret" not in late.text and 'id="withheld"' in late.text


def test_the_page_knows_when_time_is_up_and_being_here_moves_it(site: Flask, home: House) -> None:
    with time_machine.travel("2026-11-21 09:00Z", tick=False) as clock:
        client, begun = signed_in(site, home.owner), now()

        def seconds() -> int:
            return int(only(r'class="ending" data-seconds="(\d+)"', client.get("/clinic/account").text))

        assert seconds() == sign_ins.IDLE.total_seconds()
        clock.shift(59)
        assert seconds() == sign_ins.IDLE.total_seconds() - 59  # too soon to write it down
        clock.shift(3600)
        assert seconds() == sign_ins.IDLE.total_seconds()
        assert seconds() == sign_ins.IDLE.total_seconds()
        clock.shift(30)
        told = send(client, "/clinic/stay", "/clinic/account", expects=200).get_json()
        assert told == {"seconds": sign_ins.IDLE.total_seconds()} and seconds() == sign_ins.IDLE.total_seconds()
        for _ in range(13):
            clock.shift(sign_ins.IDLE - timedelta(seconds=60))
            client.get("/clinic/account")
        assert seconds() == (begun + sign_ins.LONGEST_SIGN_IN - now()).total_seconds() < sign_ins.IDLE.total_seconds()  # 7 days come first


def locked(url: str) -> sqlite3.Connection:
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("begin exclusive")
    return other


@pytest.mark.slow
def test_a_locked_database_costs_seconds_and_no_words(site: Flask, home: House, sqlite_url: str) -> None:
    client = signed_in(site, home.owner)
    form = {"name": "Olive Other", "initials": "OO", "csrf_token": token(client, "/clinic/account")}
    other = locked(sqlite_url)
    begun = time.monotonic()
    late = client.post("/clinic/account", data=form, expects=503)
    assert int(late.headers["Retry-After"]) and time.monotonic() - begun < 6
    kept = dict(HIDDEN.findall(late.text))
    assert kept["name"] == "Olive Other" and site.test_client().get("/healthz").status_code == 200
    assert site.test_client().get("/").status_code == 200
    other.execute("rollback")
    client.post("/clinic/account", data=kept, expects=303)


def test_without_a_database_each_page_says_so(home: House, site: Flask, sqlite_url: str) -> None:
    client = signed_in(site, home.owner)
    Path(sqlite_url.removeprefix("sqlite:///")).rename(Path(sqlite_url.removeprefix("sqlite:///")).with_name("gone"))
    for path in ("/clinic/account", "/clinic/people", "/clinic", "/clinic/sign-in", f"/clinic/join/{invitations.new_token()}"):
        response = client.get(path, expects=503)
        assert response.headers["Retry-After"], path
    assert site.test_client().get("/clinic/sign-in").status_code == 200
    client.get("/healthz", expects=200)
    client.get("/clinic/nowhere", expects=404)


@pytest.mark.slow
def test_a_full_pool_is_a_quick_503(postgres_url: str) -> None:
    app = an_app(DATABASE_URL=postgres_url)
    home = house(engine_of(app), "a")
    client = signed_in(app, home.owner)
    held = [engine_of(app).connect() for _ in range(15)]  # all there are
    begun = time.monotonic()
    client.get("/clinic/account", expects=503)
    assert time.monotonic() - begun < 6
    client.get("/healthz", expects=200)
    for one in held:
        one.close()
    client.get("/clinic/account", expects=200)
    engine_of(app).dispose()


def test_forged_hosts_get_nothing_and_links_come_from_our_settings(site: Flask, home: House) -> None:
    client = signed_in(site, home.owner)
    client.get("/clinic/sign-in", headers={"Host": "evil.example"}, expects=400)
    assert sent_to(client, {"X-Forwarded-Host": "evil.example"}).status_code == 303
    page = client.get("/clinic/people").text
    assert "http://127.0.0.1:8000/clinic/join/" in page and "evil" not in page


def sent_to(client: FlaskClient, headers: dict[str, str]) -> TestResponse:
    form = {"csrf_token": token(client, "/clinic/people"), "email": "new@a.example", "role": "therapist"}
    return client.post("/clinic/people", data=form, headers=headers)


def test_no_link_password_or_address_gets_into_a_log(
    site: Flask, home: House, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with writing(engine_of(site)) as session:
        token = invitations.invite(session, now(), session.get_one(Therapist, home.owner), "new@a.example", "therapist")
    client = site.test_client()
    send(client, f"/clinic/join/{token}", name="Nia New", new_password="a secret of mine here")
    client.get(f"/clinic/join/{token}")
    sign_in(site.test_client(), "owner@a.example", "a secret of mine here", expects=422)
    environ: dict[str, Any] = create_environ(f"/clinic/join/{token}", "http://localhost")
    called(site, environ)
    out = capfd.readouterr()
    logged = " ".join([caplog.text, out.out, out.err, environ["PATH_INFO"]])  # the server logs the path
    for hidden in (token, *token.split("."), "a secret", "a.example", "Nia"):
        assert hidden not in logged


def test_a_flood_of_fields_is_cut_off_or_ignored(site: Flask, home: House) -> None:
    client = signed_in(site, home.owner)
    sent = token(client, "/clinic/account")
    more = {
        "csrf_token": sent,
        "name": "Olive",
        "initials": "OO",
        "role": "owner",
        "clinic_id": "x",
        "email": "evil@x.example",
        "__proto__": "x",
    }
    client.post("/clinic/account", data=more, expects=303)
    with reading(engine_of(site)) as session:
        row = session.get_one(Therapist, home.owner)
        assert (row.name, row.email, row.clinic_id) == ("Olive", "owner@a.example", home.clinic)
    client.post("/clinic/account", data={**more, "name": "x" * 10_000_000}, expects=413)
    client.post("/clinic/account", data={**more, "name": "x\x00y", "initials": "\x00"}, expects=422)
