"""Confirm it is you: a screen that was left open gives no account and no clinic away, and who is asked loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from planner.clinic.tables import Clinic, Passkey, SignedIn, Therapist
from planner.database.sessions import reading, writing
from tests.authenticator import Authenticator
from tests.clinics import PASSWORD, House, engine_of, events, now, person, second_owner, send, signed_in
from tests.conftest import an_app, only
from tests.rooms import errors
from tests.sheet_forms import Form

HERE = "http://localhost"


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    made = an_app(DATABASE_URL=database_url, BASE_URL=HERE)
    yield made
    engine_of(made).dispose()


def left_open(app: Flask, who: str, minutes: float = 5) -> FlaskClient:
    """A browser in which this person signed in, and gave their password so many minutes ago."""
    client = signed_in(app, who)
    with writing(engine_of(app)) as session:
        session.execute(update(SignedIn).where(SignedIn.therapist_id == who).values(proved=now() - timedelta(minutes=minutes)))
    return client


def waiting(page: TestResponse, to: str) -> dict[str, str]:
    """The form that waits on the page, as the browser would send it."""
    return dict(Form(page.text, "", to).data)


def a_key(app: Flask, who: str) -> Authenticator:
    """A passkey, added as the page's script does."""
    client, key = signed_in(app, who), Authenticator(HERE)
    got = client.get("/clinic/account/passkeys/options").get_json()
    form = {"credential": key.make(got["options"]), "challenge": got["challenge"], "label": "phone", "password": PASSWORD}
    send(client, "/clinic/account/passkeys", "/clinic/account", **form)
    return key


def key_id(app: Flask, who: str) -> str:
    with reading(engine_of(app)) as session:
        return session.scalars(select(Passkey.id).where(Passkey.therapist_id == who)).one()


def asked(client: FlaskClient, url: str, page: str, **data: Any) -> TestResponse:
    """The page that asks who it is, before anything was done."""
    found = send(client, url, page, expects=401, **data)
    assert "Confirm it is you" in found.text and 'type="password"' in found.text
    return found


@pytest.mark.parametrize(
    ("url", "at", "form"),
    [
        ("/clinic/people", "/clinic/people", {"email": "new@a.example", "role": "owner"}),
        ("/clinic/people/{other}/role", "/clinic/people", {"role": "owner"}),
        ("/clinic/people/{other}/active", "/clinic/people", {"active": "no"}),
        ("/clinic/people/{other}/link", "/clinic/people", {}),
        ("/clinic/people/{other}/codes-off", "/clinic/people", {}),
        ("/clinic/people/{me}/link", "/clinic/people", {}),
        ("/clinic/account/passkeys/{key}/remove", "/clinic/account", {}),
        ("/clinic/takeout", "/clinic/profile", {}),
        ("/clinic/delete", "/clinic/delete", {"name": "Clinic a"}),
        ("/clinic/signing-in", "/clinic/signing-in", {"idle": "15", "two_factors": "yes"}),
    ],
)
def test_a_screen_that_was_left_open_gives_nothing_away(app: Flask, home: House, url: str, at: str, form: dict[str, str]) -> None:
    a_key(app, home.owner)
    url = url.format(me=home.owner, other=home.therapist, key=key_id(app, home.owner))
    client = left_open(app, home.owner)
    before = events(engine_of(app), home.clinic)
    question = asked(client, url, at, **form)
    assert events(engine_of(app), home.clinic) == before
    again = client.post(url, data={**waiting(question, url), "password": "a guess"}, expects=422)
    assert list(errors(again)) == ["password"] and events(engine_of(app), home.clinic) == [*before, "not_confirmed"]
    kept = waiting(again, url)
    assert {name: kept[name] for name in form} == form and "a guess" not in again.text
    done = client.post(url, data={**kept, "password": PASSWORD})
    assert done.status_code == (200 if url == "/clinic/takeout" else 303)


def test_what_was_meant_is_done_with_what_was_typed(app: Flask, home: House) -> None:
    client, url = left_open(app, home.owner), f"/clinic/people/{home.therapist}/role"
    question = asked(client, url, "/clinic/people", role="owner")
    assert person(engine_of(app), home.therapist).role == "therapist"
    assert client.post(url, data={**waiting(question, url), "password": PASSWORD}, expects=303).location == "/clinic/people"
    assert person(engine_of(app), home.therapist).role == "owner"
    send(client, url, "/clinic/people", role="therapist")  # it counts for a while


def test_an_invitation_goes_to_whom_it_was_meant_for(app: Flask, home: House) -> None:
    """The page also names who is signed in, for the browser's list of passwords: that is no field of the form."""
    client = left_open(app, home.owner)
    question = asked(client, "/clinic/people", "/clinic/people", email="new@a.example", role="therapist")
    assert question.text.count('name="email"') == question.text.count('name="email" value="new@a.example"')
    client.post("/clinic/people", data={**waiting(question, "/clinic/people"), "password": PASSWORD}, expects=303)
    assert "Link for new@a.example" in client.get("/clinic/people").text


def test_the_file_comes_at_once(app: Flask, home: House) -> None:
    client = left_open(app, home.owner)
    question = asked(client, "/clinic/takeout", "/clinic/profile")
    done = client.post("/clinic/takeout", data={**waiting(question, "/clinic/takeout"), "password": PASSWORD}, expects=200)
    assert "people.json" in ZipFile(BytesIO(done.data)).namelist()


def test_a_proof_counts_for_five_minutes(app: Flask, home: House) -> None:
    for minutes, status in ((0, 303), (4.9, 303), (5, 401), (600, 401), (-10, 401)):
        client = left_open(app, home.owner, minutes)
        send(client, f"/clinic/people/{home.therapist}/link", "/clinic/people", expects=status)


def test_a_proof_is_of_one_browser(app: Flask, home: House) -> None:
    first, second = signed_in(app, home.owner), left_open(app, home.owner)  # the second makes both old
    question = asked(first, "/clinic/takeout", "/clinic/profile")
    first.post("/clinic/takeout", data={**waiting(question, "/clinic/takeout"), "password": PASSWORD}, expects=200)
    asked(second, "/clinic/takeout", "/clinic/profile")


def test_a_passkey_does_as_well(app: Flask, home: House) -> None:
    key, client, url = a_key(app, home.owner), left_open(app, home.owner), f"/clinic/people/{home.therapist}/role"
    question = asked(client, url, "/clinic/people", role="owner")
    assert 'data-passkey="get"' in question.text
    got = client.get("/clinic/confirm/options").get_json()
    sent = {"credential": key.sign(got["options"]), "challenge": got["challenge"]}
    client.post(url, data={**waiting(question, url), **sent}, expects=303)
    assert person(engine_of(app), home.therapist).role == "owner"
    again = left_open(app, home.owner)
    question = asked(again, url, "/clinic/people", role="therapist")
    again.post(url, data={**waiting(question, url), **sent}, expects=422)  # what was signed is good once


@pytest.mark.parametrize("whose", ["a colleague's", "made to sign in", "rubbish"])
def test_another_proof_is_none(app: Flask, home: House, whose: str) -> None:
    second = second_owner(engine_of(app), home)
    key = a_key(app, second if whose == "a colleague's" else home.owner)
    client, url = left_open(app, home.owner), f"/clinic/people/{home.therapist}/role"
    question = asked(client, url, "/clinic/people", role="owner")
    got = client.get("/clinic/passkey/options" if whose == "made to sign in" else "/clinic/confirm/options").get_json()
    sent = {"credential": "{}" if whose == "rubbish" else key.sign(got["options"]), "challenge": got["challenge"]}
    refused = client.post(url, data={**waiting(question, url), **sent}, expects=422)
    assert list(errors(refused)) == ["passkey"] and 'id="passkey"' in refused.text
    assert person(engine_of(app), home.therapist).role == "therapist"


def test_the_password_of_a_colleague_is_none(app: Flask, home: House) -> None:
    with writing(engine_of(app)) as session:
        session.execute(update(Therapist).where(Therapist.id == home.owner).values(password=None))
    client = left_open(app, home.owner)
    question = asked(client, "/clinic/takeout", "/clinic/profile")
    client.post("/clinic/takeout", data={**waiting(question, "/clinic/takeout"), "password": PASSWORD}, expects=422)


def test_guesses_are_counted_and_what_is_proved_is_not(database_url: str, counting: dict[str, Any], home: House) -> None:
    app = an_app(DATABASE_URL=database_url, WTF_CSRF_ENABLED=False, **counting)
    client, url = signed_in(app, home.owner), f"/clinic/people/{home.therapist}/role"
    found = [client.post(url, data={"role": role}).status_code for role in ("owner", "therapist") * 4]
    assert found == [303] * 8
    client = left_open(app, home.owner)
    assert [client.post(url, data={"role": "owner"}).status_code for _ in range(6)] == [401] * 6  # asking is no guess
    found = [client.post(url, data={"role": "owner", "password": f"guess {n}"}).status_code for n in range(7)]
    assert found == [422] * 5 + [429] * 2
    engine_of(app).dispose()


def test_reading_and_small_things_ask_nothing(app: Flask, home: House) -> None:
    client = left_open(app, home.owner, 600)
    for url in ("/clinic/people", "/clinic/account", "/clinic/profile", "/clinic/audit", "/clinic/delete", "/clinic/signing-in"):
        client.get(url, expects=200)
    send(client, "/clinic/account", name="Olive Other", initials="OO")


def test_the_clinic_is_still_there_until_it_is_confirmed(app: Flask, home: House) -> None:
    client = left_open(app, home.owner)
    question = asked(client, "/clinic/delete", "/clinic/delete", name="Clinic a")
    assert only(r"You want to: <b>([^<]+)", question.text) == "Delete the clinic"
    with reading(engine_of(app)) as session:
        assert session.get(Clinic, home.clinic)
    other = {**waiting(question, "/clinic/delete"), "name": "Clinic b", "password": PASSWORD}
    wrong = client.post("/clinic/delete", data=other, expects=422)
    assert list(errors(wrong)) == ["name"]
    send(client, "/clinic/delete", name="Clinic a")
    with reading(engine_of(app)) as session:
        assert session.get(Clinic, home.clinic) is None
