"""What a clinic asks of its people: two proofs, and when to sign out. And help for who lost their phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from planner.clinic.people import one_time_codes
from planner.clinic.tables import Clinic, Therapist
from planner.database.sessions import writing
from planner.kept.plans import Safe
from tests.authenticator import Authenticator
from tests.clinics import PASSWORD, House, engine_of, events, house, now, person, send, sign_in, signed_in
from tests.conftest import SECRET, an_app, only
from tests.rooms import errors
from tests.test_confirming import HERE, a_key, waiting


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    made = an_app(DATABASE_URL=database_url, BASE_URL=HERE)
    yield made
    engine_of(made).dispose()


def ask_for_two(app: Flask, home: House) -> None:
    with writing(engine_of(app)) as session:
        session.execute(update(Clinic).where(Clinic.id == home.clinic).values(two_factors=True))


def codes_on(app: Flask, who: str) -> str:
    """Turns one-time codes on; the secret."""
    secret = one_time_codes.new_secret()
    with writing(engine_of(app)) as session:
        codes = one_time_codes.turn_on(session, now(), Safe(SECRET), session.get_one(Therapist, who), secret, pyotp.TOTP(secret).now())
    assert codes
    return secret


def is_led_to_the_second(client: FlaskClient) -> bool:
    found = client.get("/clinic/account")
    return found.status_code == 303 and found.location.startswith("/clinic/second?next=/clinic/account")


def test_an_owner_sets_the_rules_and_nobody_else(app: Flask, home: House) -> None:
    signed_in(app, home.therapist).get("/clinic/signing-in", expects=403)
    owner = signed_in(app, home.owner)
    for idle in ("", "14", "721", "15 ", "-15", "15.0", "٣٠"):
        bad = send(owner, "/clinic/signing-in", idle=idle, two_factors="yes", expects=422)
        assert list(errors(bad)) == ["idle"]
    send(owner, "/clinic/signing-in", idle="30", two_factors="")
    assert "30 minutes</option>" in only(r"(<option[^>]*selected>[^<]*</option>)", owner.get("/clinic/signing-in?saved=1").text)
    assert events(engine_of(app), home.clinic)[-1] == "sign_in_rules"
    send(owner, "/clinic/signing-in", idle="30", two_factors="")
    assert events(engine_of(app), home.clinic).count("sign_in_rules") == 1  # nothing changed, nothing to note


@pytest.mark.parametrize(("choice", "minutes"), [("15", 15), ("120", 120), ("720", 720)])
def test_idle_time_is_the_clinics(app: Flask, home: House, choice: str, minutes: int) -> None:
    """The banner's seconds, the end itself, and what keeps a person signed in."""
    with time_machine.travel("2026-11-21 09:00Z", tick=False) as clock:
        owner, colleague = signed_in(app, home.owner), signed_in(app, home.therapist)
        send(owner, "/clinic/signing-in", idle=choice, two_factors="")
        assert int(only(r'class="ending" data-seconds="(\d+)"', colleague.get("/clinic/account").text)) == minutes * 60
        clock.shift(timedelta(minutes=minutes, seconds=-1))
        assert send(colleague, "/clinic/stay", "/clinic/account", expects=200).get_json() == {"seconds": minutes * 60}
        clock.shift(timedelta(minutes=minutes, seconds=-1))
        colleague.get("/clinic/account", expects=200)
        clock.shift(timedelta(minutes=minutes))
        assert colleague.get("/clinic/account", expects=303).location.startswith("/clinic/sign-in")


def test_a_shorter_time_counts_at_once_and_for_this_clinic_alone(app: Flask, home: House) -> None:
    other = house(engine_of(app), "b")
    with time_machine.travel("2026-11-21 09:00Z", tick=False) as clock:
        mine, theirs = signed_in(app, home.therapist), signed_in(app, other.therapist)
        clock.shift(timedelta(hours=1))
        send(signed_in(app, home.owner), "/clinic/signing-in", idle="30", two_factors="")
        mine.get("/clinic/account", expects=303)
        theirs.get("/clinic/account", expects=200)


def test_who_has_no_second_proof_sets_one_up_before_anything_else(app: Flask, home: House) -> None:
    ask_for_two(app, home)
    client = app.test_client()
    sign_in(client, "therapist@a.example", next="/clinic/sheets")
    for url in ("/clinic/new", "/clinic/sheets", "/clinic/account", "/clinic/figures", "/clinic/packs", "/clinic/ink.css"):
        assert client.get(url, expects=303).location == f"/clinic/second?next={url}"
    page = client.get("/clinic/second?next=/clinic/sheets").text
    assert 'href="/clinic/account/codes"' in page and 'data-passkey="create"' in page
    secret = only(r'class="secret">(\w+)<', (shown := client.get("/clinic/account/codes").text))
    challenge, code = only(r'name="challenge" value="([^"]+)"', shown), pyotp.TOTP(secret).now()
    send(client, "/clinic/account/codes", one_time=code, password=PASSWORD, challenge=challenge)
    assert "recovery codes" in client.get("/clinic/account", expects=200).text
    client.get("/clinic/sheets", expects=200)
    assert client.get("/clinic/second?next=/clinic/sheets").location == "/clinic/sheets"


def test_a_new_passkey_is_a_second_proof_too(app: Flask, home: House) -> None:
    ask_for_two(app, home)
    client, key = app.test_client(), Authenticator(HERE)
    sign_in(client, "therapist@a.example")
    got = client.get("/clinic/account/passkeys/options").get_json()
    form = {"credential": key.make(got["options"]), "challenge": got["challenge"], "label": "phone", "password": PASSWORD}
    send(client, "/clinic/account/passkeys", "/clinic/second", **form)
    client.get("/clinic/sheets", expects=200)


def test_a_form_that_was_begun_before_the_rule_is_not_lost(app: Flask, home: House) -> None:
    client = signed_in(app, home.therapist)
    client.get("/clinic/account", expects=200)
    form = {"name": "Theo Typed This", "initials": "TT"}
    ask_for_two(app, home)
    late = send(client, "/clinic/account", "/clinic/second", expects=403, **form)
    assert "Theo Typed This" in late.text and 'href="/clinic/second"' in late.text and 'id="withheld"' not in late.text
    with writing(engine_of(app)) as session:
        session.execute(update(Clinic).values(two_factors=False))
    client.post("/clinic/account", data=waiting(late, "/clinic/account"), expects=303)
    assert person(engine_of(app), home.therapist).name == "Theo Typed This"


def test_a_stolen_password_makes_no_second_proof_where_there_is_a_passkey(app: Flask, home: House) -> None:
    key = a_key(app, home.therapist)
    ask_for_two(app, home)
    thief = app.test_client()
    sign_in(thief, "therapist@a.example")
    assert is_led_to_the_second(thief)
    page = thief.get("/clinic/second").text
    assert "/clinic/account/codes" not in page and 'data-passkey="create"' not in page and 'data-passkey="get"' in page
    for url in ("/clinic/account/codes", "/clinic/account/passkeys/options"):
        assert thief.get(url, expects=303).location.startswith("/clinic/second")
    for url in ("/clinic/account/codes", "/clinic/account/passkeys", "/clinic/account/password", "/clinic/account/codes/off"):
        send(thief, url, "/clinic/second", password=PASSWORD, new_password="a thief's own words", expects=403)
    send(thief, "/clinic/second", password=PASSWORD, expects=422)
    assert is_led_to_the_second(thief)
    got = thief.get("/clinic/confirm/options").get_json()
    form = {"credential": key.sign(got["options"]), "challenge": got["challenge"], "next": "/clinic/sheets"}
    assert send(thief, "/clinic/second", **form).location == "/clinic/sheets"  # it was no thief after all
    thief.get("/clinic/account", expects=200)


def test_who_gave_two_proofs_is_not_asked(app: Flask, home: House) -> None:
    ask_for_two(app, home)
    secret = codes_on(app, home.therapist)
    client = app.test_client()
    sign_in(client, "therapist@a.example")
    with time_machine.travel(now() + timedelta(seconds=60)):
        send(client, "/clinic/code", one_time=pyotp.TOTP(secret).now())
        client.get("/clinic/account", expects=200)
        send(client, "/clinic/account/codes/off", "/clinic/account", password=PASSWORD)
        assert is_led_to_the_second(client)  # without codes it is one proof again
    key = Authenticator(HERE)
    got = client.get("/clinic/account/passkeys/options").get_json()
    form = {"credential": key.make(got["options"]), "challenge": got["challenge"], "label": "phone", "password": PASSWORD}
    send(client, "/clinic/account/passkeys", "/clinic/second", **form)
    other = app.test_client()
    got = other.get("/clinic/passkey/options").get_json()
    send(other, "/clinic/passkey", "/clinic/sign-in", credential=key.sign(got["options"]), challenge=got["challenge"])
    other.get("/clinic/account", expects=200)
    send(other, "/clinic/account/password", "/clinic/account", password=PASSWORD, new_password="some other odd words")
    other.get("/clinic/account", expects=200)


def test_whoever_owes_a_proof_can_always_leave(app: Flask, home: House) -> None:
    ask_for_two(app, home)
    for url in ("/clinic/sign-out", "/clinic/sign-out-everywhere"):
        client = signed_in(app, home.therapist)
        assert send(client, url, "/clinic/second").location == "/clinic/sign-in"


def test_an_owner_sees_who_has_which_proof_and_helps_who_lost_a_phone(app: Flask, home: House) -> None:
    owner, colleague = signed_in(app, home.owner), signed_in(app, home.therapist)
    assert owner.get("/clinic/people").text.count("<small>password alone") == 2 and "codes-off" not in owner.get("/clinic/people").text
    key = a_key(app, home.therapist)
    codes_on(app, home.therapist)
    assert "passkey and codes" in owner.get("/clinic/people").text
    send(owner, f"/clinic/people/{home.therapist}/codes-off", "/clinic/people")
    colleague.get("/clinic/account", expects=303)  # the phone may be signed in
    browser = app.test_client()
    got = browser.get("/clinic/passkey/options").get_json()
    send(browser, "/clinic/passkey", "/clinic/sign-in", credential=key.sign(got["options"]), challenge=got["challenge"], expects=422)
    assert sign_in(browser, "therapist@a.example").location == "/clinic"
    assert {"codes_off", "passkeys_off"} <= set(events(engine_of(app), home.clinic))
