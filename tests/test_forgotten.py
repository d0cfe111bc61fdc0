"""A password that was forgotten: a link by e-mail for who has an account, the same answer and time for who has none. On both databases."""

from __future__ import annotations

import re
import statistics
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from planner.clinic.people import invitations
from planner.clinic.tables import Audit, Invitation, OutgoingMail, Therapist
from planner.database.sessions import reading, writing
from tests.clinics import NEW, PASSWORD, House, engine_of, events, house, now, send, sign_in, signed_in
from tests.conftest import an_app
from tests.rooms import errors
from tests.smtp_server import Box
from tests.test_mail import LINK, emptied, settings
from tests.test_sign_in_rules import codes_on

TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done behind the page begins a tenth of a second later instead of a second."""
    monkeypatch.setattr("planner.web.clinic.mailing.BEHIND", 0.1)


@pytest.fixture
def either(database_url: str, smtp: Box) -> Iterator[Flask]:
    """On SQLite and on PostgreSQL."""
    yield from sites(database_url, smtp)


@pytest.fixture
def app(sqlite_url: str, smtp: Box) -> Iterator[Flask]:
    yield from sites(sqlite_url, smtp)


@pytest.fixture
def home(app: Flask) -> House:
    return house(engine_of(app), "a")


def sites(database_url: str, smtp: Box) -> Iterator[Flask]:
    """A site that sends e-mail."""
    made = an_app(DATABASE_URL=database_url, **settings(smtp))
    yield made
    all_done()
    engine_of(made).dispose()


def all_done() -> None:
    """Waits for what goes on behind pages that have left."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(10)


def asks(app: Flask, email: str) -> tuple[int, str, str]:
    """What a stranger's browser gets: status, where it leads, the page there."""
    client = app.test_client()
    answer = send(client, "/clinic/forgot", email=email)
    return answer.status_code, answer.location, TOKEN.sub("", client.get(answer.location).text)


def mailed(app: Flask, smtp: Box) -> str:
    """The path of the link that arrived last."""
    assert smtp.arrived.acquire(timeout=10) and emptied(app)
    (path,) = LINK.findall(smtp.mails[-1].get_content())
    return str(path)


def asked_in_vain(app: Flask) -> int:
    """How often somebody without an account has asked."""
    with reading(engine_of(app)) as rows:
        return len(rows.scalars(select(Audit.id).where(Audit.what == "password_asked", Audit.clinic_id.is_(None))).all())


def waits_for(app: Flask, number: int) -> None:
    ends = time.monotonic() + 10
    while asked_in_vain(app) < number and time.monotonic() < ends:
        time.sleep(0.02)
    assert asked_in_vain(app) == number


def test_the_link_comes_to_the_mailbox_and_sets_a_password_once(either: Flask, smtp: Box) -> None:
    app, home = either, house(engine_of(either), "a")
    page = app.test_client().get("/clinic/sign-in").text
    assert 'href="/clinic/forgot"' in page
    asks(app, " Therapist@A.example ")
    path = mailed(app, smtp)
    said = smtp.mails[0].get_content()
    assert smtp.came[0][1] == ["therapist@a.example"] and "within 30 minutes" in said and "It was not you?" in said
    assert "Clinic a" not in said and "Theo" not in said
    client = app.test_client()
    send(client, path, name="Theo Therapist", new_password=NEW)
    client.get("/clinic/new", expects=200)
    app.test_client().get(path, expects=404)
    sign_in(app.test_client(), "therapist@a.example", expects=422)
    sign_in(app.test_client(), "therapist@a.example", NEW)
    assert events(engine_of(app), home.clinic)[-4:] == ["password_asked", "password", "sign_in_failed", "sign_in"]
    assert "somebody asked for a new password" in signed_in(app, home.owner).get("/clinic/audit").text


def test_everybody_gets_the_same_answer(app: Flask, home: House, smtp: Box) -> None:
    with writing(engine_of(app)) as rows:
        rows.get_one(Therapist, home.therapist).active = False
    found = {asks(app, email) for email in ("owner@a.example", "therapist@a.example", "nobody@a.example")}
    assert len(found) == 1
    mailed(app, smtp)
    waits_for(app, 2)
    assert [to for _, to, _ in smtp.came] == [["owner@a.example"]]


def test_the_answer_takes_the_same_time(app: Flask, home: House, smtp: Box) -> None:
    """Nothing is looked up before the page has left: with a slow table of people both answers are as quick."""
    client, took = app.test_client(), {"owner@a.example": list[float](), "nobody@a.example": list[float]()}
    with writing(engine_of(app)):  # whoever wanted to write now would wait
        for _ in range(3):
            for email, times in took.items():
                begun = time.perf_counter()
                send(client, "/clinic/forgot", email=email)
                times.append(time.perf_counter() - begun)
    assert all(statistics.median(times) < 0.5 for times in took.values())
    waits_for(app, 3)


def test_it_ends_after_30_minutes(app: Flask, home: House, smtp: Box) -> None:
    asks(app, "therapist@a.example")
    path = mailed(app, smtp)
    with time_machine.travel(now() + timedelta(minutes=29), tick=False):
        app.test_client().get(path, expects=200)
    with time_machine.travel(now() + timedelta(minutes=30, seconds=1), tick=False):
        app.test_client().get(path, expects=404)


def test_a_stranger_who_asks_ends_no_link_and_a_new_password_ends_all(either: Flask, smtp: Box) -> None:
    app, home = either, house(engine_of(either), "a")
    with writing(engine_of(app)) as rows:
        person = rows.get_one(Therapist, home.therapist)
        first = f"/clinic/join/{invitations.password_link(rows, now(), person, rows.get_one(Therapist, home.owner))}"
    asks(app, "therapist@a.example")
    second = mailed(app, smtp)
    app.test_client().get(first, expects=200)
    sign_in(app.test_client(), "therapist@a.example", PASSWORD)
    send(app.test_client(), second, name="Theo Therapist", new_password=NEW)
    app.test_client().get(first, expects=404)


def test_a_mailbox_opens_no_account_that_has_codes(app: Flask, home: House, smtp: Box) -> None:
    codes_on(app, home.owner)
    asks(app, "owner@a.example")
    client = app.test_client()
    assert send(client, mailed(app, smtp), name="Olive Owner", new_password=NEW).location == "/clinic/sign-in"
    assert sign_in(client, "owner@a.example", NEW).location == "/clinic/code"


def test_neither_token_nor_address_can_be_read_while_it_waits(app: Flask, home: House, smtp: Box) -> None:
    smtp.refuses = "451 later"
    asks(app, "owner@a.example")
    ends = time.monotonic() + 10
    rows: list[OutgoingMail] = []
    while not rows and time.monotonic() < ends:
        with reading(engine_of(app)) as session:
            rows = list(session.scalars(select(OutgoingMail)))
    with reading(engine_of(app)) as session:
        link = session.scalars(select(Invitation).where(Invitation.therapist_id == home.owner)).one()
    assert len(link.token_hash) == 32 and b"owner@a.example" not in rows[0].sealed and b"/clinic/join/" not in rows[0].sealed


def test_what_is_no_address_is_told_beside_its_field(app: Flask) -> None:
    client = app.test_client()
    for email in ("", "nobody", "a b@c.example", "x" * 300 + "@a.example", "\x00@a.example"):
        page = send(client, "/clinic/forgot", email=email, expects=422)
        assert list(errors(page)) == ["email"]


def test_a_mailbox_is_not_filled_by_strangers(sqlite_url: str, smtp: Box) -> None:
    """Three an hour for one address, with or without an account; another address is another matter, and what is none counts for nobody."""
    app = an_app(DATABASE_URL=sqlite_url, RATELIMIT_ENABLED=True, **settings(smtp))
    for _ in range(5):
        send(app.test_client(), "/clinic/forgot", email="nobody", expects=422)
    for email in ("therapist@a.example", "nobody@a.example"):
        for status in (303, 303, 303, 429):
            send(app.test_client(), "/clinic/forgot", email=email, expects=status)
    all_done()
    engine_of(app).dispose()


def test_without_e_mail_the_page_says_who_can_help(sqlite_url: str) -> None:
    app = an_app(DATABASE_URL=sqlite_url)
    page = app.test_client().get("/clinic/forgot", expects=200).text
    assert "An owner of your clinic" in page and "planner clinic link" in page and "<form" not in page.partition("<main")[2]
    assert page == app.test_client().get("/clinic/forgot?sent=1").text
    send(app.test_client(), "/clinic/forgot", "/clinic/sign-in", email="owner@a.example", expects=404)
    engine_of(app).dispose()
