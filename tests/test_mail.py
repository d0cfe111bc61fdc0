"""E-mail: where there is a server, links arrive, no page waits, and what fails is tried again. Without one: links as ever."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from planner.cli.main import main
from planner.clinic.people.outgoing_mail import Round, queue_mail, send_due
from planner.clinic.people.post_office import BadPost, Mail, NotSent, post_office_from, send
from planner.clinic.tables import OutgoingMail
from planner.database.sessions import reading, writing
from planner.kept.plans import Safe
from tests.clinics import NEW, House, engine_of, house, now, signed_in
from tests.clinics import send as send_form
from tests.conftest import SECRET, an_app
from tests.keeping import together
from tests.smtp_server import Box, certificate, serving

FROM = "Backplan <plan@clinics.example>"
LINK = re.compile(r"http://(?:127\.0\.0\.1|localhost):8000(/clinic/join/\S+)")


def settings(box: Box, **more: str) -> dict[str, str]:
    return {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(box.port), "SMTP_SECURITY": "none", "SMTP_FROM": FROM, **more}


@pytest.fixture
def app(database_url: str, smtp: Box) -> Iterator[Flask]:
    made = an_app(DATABASE_URL=database_url, **settings(smtp))
    yield made
    engine_of(made).dispose()


def waiting(app: Flask) -> list[OutgoingMail]:
    with reading(engine_of(app)) as session:
        return list(session.scalars(select(OutgoingMail)))


def emptied(app: Flask) -> bool:
    """True once nothing waits any more; the thread deletes the row after the server has taken the message."""
    ends = time.monotonic() + 10
    while waiting(app) and time.monotonic() < ends:
        time.sleep(0.02)
    return not waiting(app)


def test_an_invitation_arrives_and_lets_in(app: Flask, home: House, smtp: Box) -> None:
    owner = signed_in(app, home.owner)
    send_form(owner, "/clinic/people", email="new@a.example", role="therapist")
    assert smtp.arrived.acquire(timeout=10) and emptied(app)
    sender, to, _ = smtp.came[0]
    mail = smtp.mails[0]
    assert (sender, to) == ("plan@clinics.example", ["new@a.example"]) and mail["From"] == FROM
    assert "Clinic a" in mail["Subject"] and mail["Auto-Submitted"] == "auto-generated" and mail["Message-ID"].endswith("@clinics.example>")
    path = LINK.findall(mail.get_content())
    assert len(path) == 1 and "Olive Owner" in mail.get_content()
    page = owner.get("/clinic/people").text
    assert path[0] in page and "on its way" in page and "sends no e-mail" not in page
    send_form(app.test_client(), path[0], name="Nia New", new_password=NEW)


def test_a_link_for_a_password_arrives(app: Flask, home: House, smtp: Box) -> None:
    send_form(signed_in(app, home.owner), f"/clinic/people/{home.therapist}/link", "/clinic/people")
    assert smtp.arrived.acquire(timeout=10) and emptied(app)
    path = LINK.findall(smtp.mails[0].get_content())
    assert smtp.came[0][1] == ["therapist@a.example"] and len(path) == 1
    send_form(app.test_client(), path[0], name="Theo Therapist", new_password=NEW)


def test_no_page_waits_for_the_server(app: Flask, home: House, smtp: Box) -> None:
    smtp.hold.clear()
    owner, begun = signed_in(app, home.owner), time.monotonic()
    send_form(owner, "/clinic/people", email="new@a.example", role="therapist")
    owner.get("/clinic/people", expects=200)
    assert time.monotonic() - begun < 10 and smtp.came == []
    smtp.hold.set()
    assert smtp.arrived.acquire(timeout=10) and emptied(app)


def test_without_a_server_there_are_links_as_ever(sqlite_url: str) -> None:
    app = an_app(DATABASE_URL=sqlite_url)
    owner = signed_in(app, house(engine_of(app), "a").owner)
    send_form(owner, "/clinic/people", email="new@a.example", role="therapist")
    page = owner.get("/clinic/people").text
    assert "sends no e-mail" in page and LINK.search(page) and waiting(app) == []
    engine_of(app).dispose()


def test_what_waits_cannot_be_read(app: Flask, home: House, smtp: Box) -> None:
    smtp.refuses = "451 later"
    owner = signed_in(app, home.owner)
    send_form(owner, "/clinic/people", email="new@a.example", role="therapist")
    link = LINK.findall(owner.get("/clinic/people").text)[0]
    sealed = waiting(app)[0].sealed
    for word in ("new@a.example", "Clinic a", link, link.rpartition("/")[2].partition(".")[0]):
        assert word.encode() not in sealed


def queued(app: Flask, home: House, lasts: timedelta = timedelta(days=7)) -> None:
    with writing(engine_of(app)) as session:
        queue_mail(session, Safe(SECRET), home.clinic, Mail("new@a.example", "Hallo", "Grüße\n.\n..dots\n"), now(), now() + lasts)


def test_what_fails_is_tried_again_later_and_less_and_less_often(app: Flask, home: House, smtp: Box) -> None:
    office = post_office_from(settings(smtp))
    assert office
    with time_machine.travel("2026-11-21 09:00Z", tick=False) as clock:
        queued(app, home)
        smtp.refuses = "451 later"
        for minutes in (5, 10, 20, 40, 80, 160, 240, 240):
            assert send_due(engine_of(app), Safe(SECRET), office, now()).faults == ("SMTPRecipientsRefused",)
            clock.shift(timedelta(minutes=minutes, seconds=-1))
            assert send_due(engine_of(app), Safe(SECRET), office, now()) == Round(sent=0, faults=()), "not before it is due"
            clock.shift(1)
        smtp.refuses = ""
        assert send_due(engine_of(app), Safe(SECRET), office, now()).sent == 1 and waiting(app) == []
    assert smtp.mails[0].get_content().replace("\r\n", "\n") == "Grüße\n.\n..dots\n"


def test_a_link_that_has_ended_is_not_sent(app: Flask, home: House, smtp: Box) -> None:
    office = post_office_from(settings(smtp))
    assert office
    queued(app, home, timedelta(minutes=60))
    done = send_due(engine_of(app), Safe(SECRET), office, now() + timedelta(minutes=60))
    assert (done.sent, done.faults, smtp.came, waiting(app)) == (0, (), [], [])


def test_of_many_senders_at_once_one_sends(app: Flask, home: House, smtp: Box) -> None:
    office = post_office_from(settings(smtp))
    assert office
    queued(app, home)
    found = together(4, lambda place: send_due(engine_of(app), Safe(SECRET), office, now()).sent)
    assert sorted(found) == [0, 0, 0, 1] and len(smtp.came) == 1


def test_the_way_to_the_server_is_closed_and_the_server_is_the_right_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Box(tls=certificate(tmp_path))
    box.hold.set()
    with serving(box):
        secret = {"SMTP_SECURITY": "starttls", "SMTP_USER": "clinic", "SMTP_PASSWORD": "right"}
        office = post_office_from(settings(box, **secret))
        assert office
        with pytest.raises(NotSent, match="SSLCertVerificationError"):  # nobody vouches for it
            send(office, Mail("a@b.example", "x", "y"))
        assert box.signed_in == [] and box.came == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        send(office, Mail("a@b.example", "x", "y"))
        assert box.signed_in == [("clinic", "right")] and box.closed == [True]
        wrong = post_office_from(settings(box, **{**secret, "SMTP_PASSWORD": "wrong"}))
        assert wrong
        with pytest.raises(NotSent, match="SMTPAuthenticationError"):
            send(wrong, Mail("a@b.example", "x", "y"))


def test_a_server_without_a_closed_way_gets_no_password(smtp: Box) -> None:
    office = post_office_from(settings(smtp, SMTP_SECURITY="starttls", SMTP_USER="clinic", SMTP_PASSWORD="right"))
    assert office
    with pytest.raises(NotSent):
        send(office, Mail("a@b.example", "x", "y"))
    assert smtp.signed_in == [] and smtp.came == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SMTP_FROM", ""),
        ("SMTP_FROM", "nobody"),
        ("SMTP_PORT", "0"),
        ("SMTP_PORT", "mail"),
        ("SMTP_SECURITY", "ssl"),
        ("SMTP_HOST", "mail.example.org"),  # in the open, to another machine
    ],
)
def test_settings_that_cannot_be_used_name_themselves(setting: str, value: str, smtp: Box) -> None:
    named = "SMTP_SECURITY" if setting == "SMTP_HOST" else setting
    with pytest.raises(BadPost, match=f"^{named}[^\n]+$"):
        post_office_from({**settings(smtp), setting: value})


def test_the_commands(app: Flask, home: House, smtp: Box, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "send"]) == 2 and "SMTP_HOST" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_URL", app.config["DATABASE_URL"])
    monkeypatch.setenv("SECRET_KEY", SECRET)
    for name, value in settings(smtp).items():
        monkeypatch.setenv(name, value)
    queued(app, home)
    smtp.refuses = "550 no"
    assert main(["mail", "send"]) == 1 and "new@a.example" not in capsys.readouterr().err
    assert main(["mail", "try", "owner@a.example"]) == 1
    smtp.refuses = ""
    assert main(["mail", "try", "not an address"]) == 2
    assert main(["mail", "try", "owner@a.example"]) == 0 and smtp.came[-1][1] == ["owner@a.example"]
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert main(["mail", "send"]) == 0 and smtp.came[-1][1] == ["new@a.example"]
    assert capsys.readouterr().err.endswith("1 sent\n")
