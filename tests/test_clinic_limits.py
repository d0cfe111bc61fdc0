"""Too many tries: for one account, from one address, of one-time codes and of the own password. The wait grows and always ends."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.clinic.people import invitations
from planner.clinic.tables import Therapist
from planner.database.sessions import reading
from planner.web.clinic import sign_in
from tests.clinics import PASSWORD, engine_of, house, now, signed_in
from tests.conftest import SECRET, an_app, cookie


@pytest.fixture
def limited(sqlite_url: str, counting: dict[str, Any]) -> Flask:
    """An application that counts tries, with a clinic on it."""
    app = an_app(DATABASE_URL=sqlite_url, WTF_CSRF_ENABLED=False, **counting)
    house(engine_of(app), "a")
    return app


def tries(
    client: FlaskClient, number: int, email: str = "owner@a.example", address: str = "192.0.2.1", password: str = "wrong"
) -> list[int]:
    """The statuses of so many tries to sign in."""
    form = {"email": email, "password": password}
    return [client.post("/clinic/sign-in", data=form, environ_base={"REMOTE_ADDR": address}).status_code for _ in range(number)]


def test_one_account_is_tried_five_times_a_minute_from_wherever(limited: Flask) -> None:
    with time_machine.travel("2026-11-21 09:00:05Z", tick=False) as clock:
        found = [
            tries(limited.test_client(), 1, email=email, address=f"192.0.2.{place}")[0]
            for place, email in enumerate(["owner@a.example", "OWNER@A.example "] * 4)
        ]
        assert found == [422] * 5 + [429] * 3
        page = limited.test_client().post("/clinic/sign-in", data={"email": "owner@a.example"})
        assert page.status_code == 429 and int(page.headers["Retry-After"]) <= 61
        assert tries(limited.test_client(), 1, email="therapist@a.example", password=PASSWORD) == [303]  # nobody else is shut out
        clock.shift(61)
        assert tries(limited.test_client(), 1, password=PASSWORD) == [303]


@pytest.mark.slow
def test_the_wait_grows_and_ends(limited: Flask) -> None:
    with time_machine.travel("2026-11-21 09:00:05Z", tick=False) as clock:
        allowed = 0
        for _ in range(59):
            allowed += tries(limited.test_client(), 6, address=f"192.0.2.{allowed}").count(422)
            clock.shift(60)
        assert allowed <= 31
        clock.shift(3600)
        assert tries(limited.test_client(), 1, password=PASSWORD) == [303]


def test_strangers_cannot_shut_out_a_browser_that_is_known(limited: Flask) -> None:
    mine = limited.test_client()
    assert tries(mine, 1, password=PASSWORD) == [303]
    mine.delete_cookie("clinic")
    assert 429 in tries(limited.test_client(), 8)
    assert tries(mine, 1, password=PASSWORD) == [303]
    assert tries(mine, 6).count(429) >= 1  # it has its own count
    stranger = limited.test_client()
    stranger.set_cookie("known", cookie(mine, "known")[:-2] + "xx")
    assert tries(stranger, 1, password=PASSWORD) == [429]


def test_a_known_browser_stays_known_through_a_new_secret(limited: Flask, counting: dict[str, Any]) -> None:
    """While the old secret is named. Signing in renews what the browser has, which then outlives the old secret."""
    newer = {"SECRET_KEY": "another secret of a test, of more than 32 characters", "WTF_CSRF_ENABLED": False, **counting}
    url = limited.config["DATABASE_URL"]
    before = limited.test_client()
    assert tries(before, 1, password=PASSWORD) == [303]
    carried = cookie(before, "known")
    for fallbacks, found in (([], 429), ([SECRET], 303), ([], 303)):
        after = an_app(DATABASE_URL=url, SECRET_KEY_FALLBACKS=fallbacks, **newer)
        assert 429 in tries(after.test_client(), 8)
        mine = after.test_client()
        mine.set_cookie("known", carried)
        assert tries(mine, 1, password=PASSWORD) == [found]
        carried = cookie(mine, "known") if found == 303 else carried


def test_one_address_tries_twenty_times_a_minute_whatever_it_says_it_is(limited: Flask) -> None:
    with time_machine.travel("2026-11-21 09:00:05Z", tick=False):
        client, found = limited.test_client(), []
        for number in range(25):
            forged = {"X-Forwarded-For": f"203.0.113.{number}"}
            form = {"email": f"somebody{number}@a.example", "password": "wrong"}
            found.append(client.post("/clinic/sign-in", data=form, headers=forged).status_code)
        assert found == [422] * 20 + [429] * 5
        token = invitations.new_token()
        for path in ("/clinic/passkey", f"/clinic/join/{token}", "/clinic/code"):
            client.post(path, expects=429)
        client.get("/clinic/sign-in", expects=200)
        client.get("/healthz", expects=200)


def test_a_one_time_code_and_the_own_password_are_limited_too(limited: Flask) -> None:
    with reading(engine_of(limited)) as session:
        owner = session.scalars(select(Therapist.id).where(Therapist.email == "owner@a.example")).one()
    client = signed_in(limited, owner)
    with time_machine.travel(now(), tick=False):
        found = [
            client.post("/clinic/account/password", data={"password": "wrong", "new_password": "x" * 20}).status_code for _ in range(7)
        ]
        assert found == [422] * 5 + [429] * 2
        half = limited.test_client()
        with half.session_transaction() as session_cookie, limited.app_context():
            session_cookie[sign_in.HALFWAY] = sign_in.signer("halfway").dumps([owner, "/clinic"])
        found = [
            half.post("/clinic/code", data={"one_time": "000000"}, environ_base={"REMOTE_ADDR": f"192.0.2.{n}"}).status_code
            for n in range(7)
        ]
        assert found == [422] * 5 + [429] * 2
