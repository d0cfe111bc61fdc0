"""Passkeys, with an authenticator in software: added, signed in with, and every way in which one must not work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from planner.clinic.people import passkeys
from planner.clinic.people.passkeys import site
from planner.clinic.tables import Therapist
from planner.database.sessions import reading, writing
from tests.authenticator import PRESENT, Authenticator
from tests.clinics import PASSWORD, House, engine_of, events, now, send, signed_in
from tests.conftest import an_app
from tests.rooms import errors

HERE = "http://localhost"


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    made = an_app(DATABASE_URL=database_url, BASE_URL=HERE)
    yield made
    engine_of(made).dispose()


def add(app: Flask, who: str, key: Authenticator, *, expects: int = 303, password: str = PASSWORD, **changed: Any) -> TestResponse:
    """Adds `key` to the account of `who`, as the page's script does."""
    client = signed_in(app, who)
    got = client.get("/clinic/account/passkeys/options").get_json()
    form = {"credential": key.make(got["options"]), "challenge": got["challenge"], "label": "phone", "password": password}
    return send(client, "/clinic/account/passkeys", "/clinic/account", expects=expects, **{**form, **changed})


def ask(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/clinic/passkey/options").get_json()
    return found


def answer(client: FlaskClient, got: dict[str, Any], sent: str, *, expects: int = 303) -> TestResponse:
    form = {"credential": sent, "challenge": got["challenge"], "next": "/clinic/account"}
    return send(client, "/clinic/passkey", "/clinic/sign-in", expects=expects, **form)


def is_in(client: FlaskClient) -> bool:
    return client.get("/clinic/account").status_code == 200


def test_a_passkey_signs_in_with_one_button(app: Flask, home: House) -> None:
    key = Authenticator(HERE)
    add(app, home.therapist, key)
    for _ in range(2):
        client = app.test_client()
        assert "data-passkey" in client.get("/clinic/sign-in").text
        got = ask(client)
        assert got["options"].get("allowCredentials", []) == [] and got["options"]["userVerification"] == "required"
        response = answer(client, got, key.sign(got["options"]))
        assert response.location == "/clinic/account" and is_in(client)
    assert {"passkey_added", "sign_in"} <= set(events(engine_of(app), home.clinic))


def test_a_person_has_several_and_takes_one_away(app: Flask, home: House) -> None:
    first, second = Authenticator(HERE), Authenticator(HERE)
    for key in (first, second):
        add(app, home.owner, key)
    add(app, home.owner, first, expects=422)  # the same again
    with reading(engine_of(app)) as session:
        ids = [one.id for one in passkeys.of(session, home.owner)]
    client, stranger = signed_in(app, home.owner), signed_in(app, home.therapist)
    send(stranger, f"/clinic/account/passkeys/{ids[0]}/remove", "/clinic/account", expects=404)
    send(client, f"/clinic/account/passkeys/{ids[0]}/remove", "/clinic/account")
    for key, works in ((first, False), (second, True)):
        browser = app.test_client()
        got = ask(browser)
        answer(browser, got, key.sign(got["options"]), expects=303 if works else 422)
        assert is_in(browser) is works
    for _ in range(passkeys.MOST_PASSKEYS - 1):
        add(app, home.owner, Authenticator(HERE))
    assert list(errors(add(app, home.owner, Authenticator(HERE), expects=422))) == ["label"]
    with reading(engine_of(app)) as session:
        assert len(passkeys.of(session, home.owner)) == passkeys.MOST_PASSKEYS


def test_what_a_browser_signed_once_cannot_be_sent_again(app: Flask, home: House) -> None:
    key = Authenticator(HERE)
    add(app, home.owner, key)
    client = app.test_client()
    got = ask(client)
    key.counter = -1  # signs with 0, as the passkeys of phones do: no counter tells a copy
    sent = key.sign(got["options"])
    answer(client, got, sent)
    thief = app.test_client()
    answer(thief, got, sent, expects=422)
    assert not is_in(thief)
    answer(thief, ask(thief), sent, expects=422)  # an old answer to a new challenge


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"origin": "http://localhost.evil.example"}, "another site"),
        ({"origin": "http://localhost:8001"}, "another port"),
        ({"flags": PRESENT}, "touched by anyone"),
        ({"flags": 0}, "not touched"),
        ({"counter": 3}, "a copy: its counter went back"),
        ({"handle": "bm9ib2R5"}, "somebody else"),
        ({"id": b"unknown"}, "unknown"),
        ({"key": Authenticator("").key}, "signed by another key"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_passkey_that_proves_nothing(app: Flask, home: House, wrong: dict[str, Any], said: str) -> None:
    key = Authenticator(HERE, counter=5)
    add(app, home.owner, key)
    for name, value in wrong.items():
        setattr(key, name, value)
    client = app.test_client()
    got = ask(client)
    response = answer(client, got, key.sign(got["options"]), expects=422)
    assert 'href="#passkey"' in response.text and not is_in(client), said


@pytest.mark.parametrize(
    "sent", ["", "{}", "[]", "null", "not json", '{"rawId": 5}', '{"rawId": "AA", "response": []}', "[" * 9000, "\ud800"]
)
def test_rubbish_is_refused_kindly(app: Flask, home: House, sent: str) -> None:
    client = app.test_client()
    answer(client, ask(client), sent.encode(errors="replace").decode(), expects=422)
    add(app, home.owner, Authenticator(HERE), credential=sent.encode(errors="replace").decode(), expects=422)


def test_a_challenge_is_ours_for_this_and_for_five_minutes(app: Flask, home: House) -> None:
    key = Authenticator(HERE)
    add(app, home.owner, key)
    client = app.test_client()
    mine = ask(client)
    for challenge in ("", "forged", signed_in(app, home.owner).get("/clinic/account/passkeys/options").get_json()["challenge"]):
        answer(client, {"challenge": challenge}, key.sign(mine["options"]), expects=422)
    with time_machine.travel(now() + passkeys.LASTS + timedelta(seconds=2)):
        answer(client, mine, key.sign(mine["options"]), expects=422)


def test_adding_wants_the_password_and_a_challenge_for_this_person(app: Flask, home: House) -> None:
    key = Authenticator(HERE)
    refused = add(app, home.owner, key, password="wrong", expects=422)
    assert list(errors(refused)) == ["key_password"]
    other = signed_in(app, home.therapist).get("/clinic/account/passkeys/options").get_json()
    add(app, home.owner, key, credential=key.make(other["options"]), challenge=other["challenge"], expects=422)
    wrong_site = Authenticator("https://evil.example")
    add(app, home.owner, wrong_site, expects=422)
    add(app, home.owner, Authenticator(HERE, flags=PRESENT), expects=422)


def test_somebody_without_access_cannot_use_theirs(app: Flask, home: House) -> None:
    key = Authenticator(HERE)
    add(app, home.therapist, key)
    with writing(engine_of(app)) as session:
        session.execute(update(Therapist).where(Therapist.id == home.therapist).values(active=False))
    client = app.test_client()
    got = ask(client)
    answer(client, got, key.sign(got["options"]), expects=422)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("base", "works"),
    [
        ("https://plan.example.org", "plan.example.org"),
        ("http://plan.example.org", None),
        ("https://192.0.2.7", None),
        ("https://[2001:db8::1]", None),
        ("http://localhost:8000", "localhost"),
        ("http://127.0.0.1:8000", "localhost"),
    ],
)
def test_where_passkeys_work(base: str, works: str | None) -> None:
    found = site(base)
    assert (found.id if found else None) == works


def test_at_a_number_there_is_no_button_but_a_reason(sqlite_url: str) -> None:
    other = an_app(DATABASE_URL=sqlite_url, BASE_URL="http://127.0.0.1:8000")
    client = other.test_client()
    page = client.get("/clinic/sign-in", base_url="http://127.0.0.1:8000")
    assert "data-passkey" not in page.text and 'href="http://localhost:8000/clinic"' in page.text
    client.get("/clinic/passkey/options", base_url="http://127.0.0.1:8000", expects=404)
    page = client.get("/clinic/sign-in", base_url="http://localhost:8000")
    assert "data-passkey" in page.text
    assert client.get("/clinic/passkey/options", base_url="http://localhost:8000").get_json()["options"]["rpId"] == "localhost"
