"""A clinic asks for an account: off unless the operator wants it, one answer for everybody, sealed, and answered on the command line."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from planner.cli.main import main
from planner.clinic.people import account_requests
from planner.clinic.people.account_requests import AccountRequest, Applicant
from planner.database.sessions import reading, writing
from planner.kept.plans import Safe
from planner.upkeep.purge import purge
from planner.web.settings import BadSettings
from tests.clinics import NEW, engine_of, house, now, send, sign_in
from tests.conftest import SECRET, an_app
from tests.rooms import errors
from tests.smtp_server import Box
from tests.test_forgotten import all_done
from tests.test_mail import LINK, emptied, settings

SAID: dict[str, Any] = {"clinic": "Harbour Lane", "email": "mairi@harbour.example", "words": "Physiotherapist in Leith"}
OPERATOR = "operator@site.example"
At = Callable[..., Flask]


@pytest.fixture
def site_at(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    yield from sites(sqlite_url, monkeypatch)


@pytest.fixture
def either_at(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    """On SQLite and on PostgreSQL."""
    yield from sites(database_url, monkeypatch)


def sites(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    """A site that takes requests, and its command line."""
    monkeypatch.setattr("planner.web.clinic.mailing.BEHIND", 0.05)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SECRET_KEY", SECRET)
    made: list[Flask] = []

    def make(takes: str = "yes", **more: object) -> Flask:
        made.append(an_app(DATABASE_URL=database_url, ACCOUNT_REQUESTS=takes, **more))
        return made[-1]

    yield make
    all_done()
    for app in made:
        engine_of(app).dispose()


def waiting(app: Flask, number: int = 1) -> int:
    """How many wait, once so many do."""
    ends, found = time.monotonic() + 10, -1
    while found != number and time.monotonic() < ends:
        with reading(engine_of(app)) as rows:
            found = rows.scalar(select(func.count()).select_from(AccountRequest)) or 0
        time.sleep(0.02)
    return found


def listed(capsys: pytest.CaptureFixture[str]) -> list[list[str]]:
    capsys.readouterr()
    assert main(["clinic", "requests"]) == 0
    return [line.split("\t") for line in capsys.readouterr().out.splitlines()]


def test_off_unless_it_is_wanted(site_at: At) -> None:
    app = site_at("")
    assert "/clinic/ask" not in app.test_client().get("/clinic/sign-in").text
    app.test_client().get("/clinic/ask", expects=404)
    send(app.test_client(), "/clinic/ask", "/clinic/sign-in", expects=404, **SAID)


def test_asked_listed_approved_and_in(either_at: At, capsys: pytest.CaptureFixture[str]) -> None:
    app = either_at()
    assert 'href="/clinic/ask"' in app.test_client().get("/clinic/sign-in").text
    client = app.test_client()
    answer = send(client, "/clinic/ask", **SAID)
    assert "read what you sent" in client.get(answer.location).text and waiting(app) == 1
    (found,) = listed(capsys)
    assert found[2:] == [*SAID.values(), ""]
    assert main(["clinic", "approve", found[0]]) == 0
    said = capsys.readouterr()
    assert "Harbour Lane is made" in said.err and "mairi@harbour.example" in said.err
    (path,) = LINK.findall(said.out)
    owner = app.test_client()
    send(owner, path, name="Mairi Owner", new_password=NEW)
    owner.get("/clinic/country", expects=200)
    assert listed(capsys) == [] and main(["clinic", "approve", found[0]]) == 2


def test_everybody_gets_the_same_answer(site_at: At, capsys: pytest.CaptureFixture[str]) -> None:
    app = site_at()
    house(engine_of(app), "a")
    pages = set()
    for email in ("new@harbour.example", "owner@a.example", "new@harbour.example"):
        client = app.test_client()
        answer = send(client, "/clinic/ask", **{**SAID, "email": email})
        pages.add((answer.status_code, answer.location))
    assert len(pages) == 1 and waiting(app, 3) == 3
    known = {row[3]: row for row in listed(capsys)}
    assert known["owner@a.example"][-1] == "has an account" and known["new@harbour.example"][-1] == ""
    assert main(["clinic", "approve", known["owner@a.example"][0]]) == 2 and "already" in capsys.readouterr().err
    assert main(["clinic", "refuse", known["owner@a.example"][0]]) == 0
    assert main(["clinic", "approve", known["new@harbour.example"][0]]) == 0
    assert listed(capsys) == [], "one answer settles both requests of an address"


def test_nothing_of_it_can_be_read_in_the_database_or_the_log(site_at: At, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    app = site_at()
    send(app.test_client(), "/clinic/ask", **SAID)
    assert waiting(app) == 1
    with reading(engine_of(app)) as rows:
        sealed = rows.scalars(select(AccountRequest.sealed)).one()
    for word in SAID.values():
        assert word.encode() not in sealed and word not in caplog.text
    with reading(engine_of(app)) as rows:
        assert account_requests.waiting(rows, Safe("another secret of more than 32 characters")) == []


def test_the_operator_is_told_by_e_mail_and_so_is_the_clinic(
    site_at: At, smtp: Box, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = site_at(OPERATOR, **settings(smtp))
    for name, value in settings(smtp).items():
        monkeypatch.setenv(name, value)
    send(app.test_client(), "/clinic/ask", **SAID)
    assert smtp.arrived.acquire(timeout=10) and emptied(app)
    text = smtp.mails[0].get_content()
    assert smtp.came[0][1] == [OPERATOR] and all(word in text for word in SAID.values())
    name = listed(capsys)[0][0]
    assert f"clinic approve {name}" in text
    assert main(["clinic", "approve", name]) == 0 and main(["mail", "send"]) == 0
    assert smtp.came[1][1] == [SAID["email"]] and LINK.findall(smtp.mails[1].get_content()) == LINK.findall(capsys.readouterr().out)


WRONG = [("clinic", ""), ("clinic", "x" * 81), ("clinic", "\u200b"), ("email", ""), ("email", "nobody"), ("words", "x" * 161)]


def test_what_cannot_be_is_told_beside_its_field_and_stays(site_at: At) -> None:
    app = site_at()
    for field, typed in WRONG:
        page = send(app.test_client(), "/clinic/ask", expects=422, **{**SAID, field: typed})
        assert list(errors(page)) == [field]
        assert all(f'value="{value}"' in page.text for name, value in SAID.items() if name != field)


def test_a_request_ends_after_30_days_and_there_is_an_end_to_them(either_at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    app, safe = either_at(), Safe(SECRET)
    monkeypatch.setattr(account_requests, "MOST_REQUESTS", 3)
    with writing(engine_of(app)) as rows:
        assert [bool(account_requests.ask(rows, safe, now(), Applicant("A", f"{n}@a.example"))) for n in range(4)] == [
            True,
            True,
            True,
            False,
        ]
    with time_machine.travel(now() + timedelta(days=31)):
        with writing(engine_of(app)) as rows:
            assert account_requests.ask(rows, safe, now(), Applicant("B", "b@b.example"))
        assert waiting(app) == 1
    later = now() + timedelta(days=70)
    purge(engine_of(app), later.date(), 13)
    assert waiting(app, 0) == 0


def test_one_place_and_one_mailbox_ask_five_times_an_hour(site_at: At) -> None:
    app = site_at(RATELIMIT_ENABLED=True)
    client = app.test_client()
    for status in (422, 422, 422, 422, 422, 422):
        send(client, "/clinic/ask", expects=status, **{**SAID, "email": ""})
    for number, status in enumerate((303, 303, 303, 303, 303, 429)):
        send(client, "/clinic/ask", expects=status, **{**SAID, "email": f"{number}@harbour.example"})
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    for number, status in enumerate((303, 303, 303, 303, 303, 429)):
        there = app.test_client()
        there.environ_base = {**there.environ_base, **elsewhere, "REMOTE_ADDR": f"192.0.2.{number}"}
        send(there, "/clinic/ask", expects=status, **SAID)


@pytest.mark.parametrize("takes", ["maybe", "no address", "operator@site.example"])
def test_a_setting_that_cannot_be_used_names_itself(sqlite_url: str, takes: str) -> None:
    """The last is an address, on a site that sends no e-mail."""
    with pytest.raises(BadSettings, match="ACCOUNT_REQUESTS"):
        an_app(DATABASE_URL=sqlite_url, ACCOUNT_REQUESTS=takes)


def test_a_request_that_is_not_there_is_one_line(site_at: At, capsys: pytest.CaptureFixture[str]) -> None:
    app = site_at()
    send(app.test_client(), "/clinic/ask", **SAID)
    assert waiting(app) == 1
    for command, name in product(("approve", "refuse"), ("", "zzzzzzzz", "*", "' or 1=1")):
        assert main(["clinic", command, name]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert waiting(app) == 1
    sign_in(app.test_client(), SAID["email"], expects=422)
