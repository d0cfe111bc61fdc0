"""Review reminders: the therapist who wants one gets one e-mail the day before, which names nobody; and nobody else gets any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from planner.cli.main import main
from planner.domain.model import Library
from planner.kept.plans import Body
from tests.clinics import House, engine_of, now, send, signed_in
from tests.conftest import SECRET, an_app
from tests.sheet_forms import a_body, a_handout
from tests.smtp_server import Box
from tests.test_mail import settings

WORDS = ("R 12", "play the cello", "Low back, desk")


@pytest.fixture
def app(sqlite_url: str, smtp: Box, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """A site that sends e-mail, and the command line with the same settings."""
    made = an_app(DATABASE_URL=sqlite_url, BASE_URL="https://plan.example.org", **settings(smtp))
    site = {"SECRET_KEY": SECRET, "BASE_URL": "https://plan.example.org", "TRUSTED_HOSTS": "plan.example.org"}
    for name, value in {**settings(smtp), "DATABASE_URL": sqlite_url, **site}.items():
        monkeypatch.setenv(name, value)
    yield made
    engine_of(made).dispose()


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def body(library: Library) -> Body:
    """Of a sheet with its next visit in two weeks."""
    found = a_body(library, goal="sport", goal_words=WORDS[1])
    return replace(found, edits=replace(found.edits, next_weeks=2))


def wants_reminders(app: Flask, who: str, answer: str = "yes") -> None:
    send(signed_in(app, who), "/clinic/account/reminders", "/clinic/account", remind=answer)


def run(weeks: int, days: int = 0) -> None:
    """The daily command, so long from now."""
    with time_machine.travel(now() + timedelta(weeks=weeks, days=days)):
        assert main(["mail", "remind"]) == 0


def test_one_reminder_the_day_before_with_a_number_and_no_word(app: Flask, home: House, body: Body, smtp: Box) -> None:
    wants_reminders(app, home.therapist)
    for _ in range(2):
        a_handout(engine_of(app), home, body, reference=WORDS[0], pack=WORDS[2])
    run(2, -2)
    assert smtp.came == []
    for days in (-1, -1, 0, 1):
        run(2, days)
    assert [to for _, to, _ in smtp.came] == [["therapist@a.example"]]
    text = smtp.mails[0].get_content()
    assert text.startswith("2 of your sheets have their review tomorrow.") and "https://plan.example.org/clinic/sheets" in text
    assert all(word not in str(smtp.mails[0]) for word in (*WORDS, "sport"))


def test_who_did_not_ask_or_asks_no_more_gets_none(app: Flask, home: House, body: Body, smtp: Box) -> None:
    a_handout(engine_of(app), home, body)
    wants_reminders(app, home.owner)  # it is not the owner's sheet
    wants_reminders(app, home.therapist)
    wants_reminders(app, home.therapist, "no")
    run(2, -1)
    assert smtp.came == []


def test_what_was_followed_revoked_or_has_no_review_is_not_due(app: Flask, home: House, body: Body, smtp: Box) -> None:
    wants_reminders(app, home.therapist)
    engine, client = engine_of(app), signed_in(app, home.therapist)
    first = a_handout(engine, home, body)
    a_handout(engine, home, replace(body, edits=replace(body.edits, next_weeks=3)), previous=first)
    a_handout(engine, home, replace(body, edits=replace(body.edits, next_weeks=0)))
    gone = a_handout(engine, home, body)
    send(client, f"/clinic/sheets/{gone}/revoke", f"/clinic/sheets/{gone}")
    run(2, -1)
    assert smtp.came == []
    run(3, -1)
    assert smtp.mails[0].get_content().startswith("1 of your sheets has its review tomorrow.")


def test_a_site_without_e_mail_offers_none(sqlite_url: str, home: House) -> None:
    app = an_app(DATABASE_URL=sqlite_url)
    client = signed_in(app, home.therapist)
    assert "/clinic/account/reminders" not in client.get("/clinic/account").text
    send(client, "/clinic/account/reminders", "/clinic/account", remind="yes", expects=404)
    engine_of(app).dispose()
