"""People of a clinic in the browser: inviting and joining, roles, helping a colleague back in, what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyotp
import pytest
from flask import Flask
from sqlalchemy import Engine

from planner.clinic.people import audit, invitations, one_time_codes
from planner.clinic.tables import Therapist
from planner.database.sessions import writing
from planner.kept.plans import Safe
from planner.web import storage
from tests.clinics import NEW, House, events, house, now, send, sign_in, signed_in
from tests.conftest import an_app

LINK = re.compile(r'id="link" readonly value="([^"]+)"')


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    made = an_app(DATABASE_URL=database_url)
    yield made
    rows(made).dispose()


@pytest.fixture
def home(app: Flask) -> House:
    return house(rows(app), "a")


def rows(app: Flask) -> Engine:
    found: Engine = app.extensions["database"]
    return found


def test_inviting_and_joining(app: Flask, home: House) -> None:
    owner = signed_in(app, home.owner)
    for email, role in (("nobody", "therapist"), ("a@b.cd", "king"), ("therapist@a.example", "owner")):
        bad = send(owner, "/clinic/people", email=email, role=role)
        assert bad.status_code == 422 and email in bad.text
    response = send(owner, "/clinic/people", email="new@a.example", role="therapist")
    assert response.status_code == 303
    page = owner.get("/clinic/people").text
    link = LINK.search(page)[1]  # type: ignore[index]
    assert link.startswith("http://127.0.0.1:8000/clinic/join/") and not LINK.search(owner.get("/clinic/people").text)
    path = link.removeprefix("http://127.0.0.1:8000")
    colleague = app.test_client()
    for _ in range(2):  # looking uses nothing up
        assert "new@a.example" in colleague.get(path).text
    bad = send(colleague, path, name=" ", new_password="short")
    assert bad.status_code == 422 and "Type your name" in bad.text and "At least 8" in bad.text
    assert send(colleague, path, name="Nia New", new_password=NEW).location == "/clinic/new"
    assert colleague.get("/clinic/account").status_code == 200 and colleague.get("/clinic/people").status_code == 403
    used, never = app.test_client().get(path), app.test_client().get(f"/clinic/join/{invitations.new_token()}")
    assert used.status_code == never.status_code == 404 and used.text == never.text


def test_an_owner_helps_a_colleague_back_in(app: Flask, home: House) -> None:
    owner, colleague = signed_in(app, home.owner), signed_in(app, home.therapist)
    with writing(rows(app)) as session:
        one_time_codes.turn_on(session, now(), safe(app), session.get_one(Therapist, home.therapist), "A" * 32, pyotp.TOTP("A" * 32).now())
    assert send(owner, f"/clinic/people/{home.therapist}/link", "/clinic/people").status_code == 303
    path = LINK.search(owner.get("/clinic/people").text)[1].partition(":8000")[2]  # type: ignore[index]
    browser = app.test_client()
    assert send(browser, path, name="Theo Therapist", new_password=NEW).location == "/clinic/sign-in"  # a code is still wanted
    assert colleague.get("/clinic/account").status_code == 303
    assert sign_in(browser, "therapist@a.example", NEW).location == "/clinic/code"
    assert send(owner, f"/clinic/people/{home.therapist}/codes-off", "/clinic/people").status_code == 303
    assert sign_in(browser, "therapist@a.example", NEW).location == "/clinic"
    assert events(rows(app), home.clinic)[-1] == "sign_in" and "codes_off" in events(rows(app), home.clinic)


def safe(app: Flask) -> Safe:
    with app.app_context():
        return storage.safe()


def test_roles_and_access_on_the_people_page(app: Flask, home: House) -> None:
    owner, colleague = signed_in(app, home.owner), signed_in(app, home.therapist)
    url = f"/clinic/people/{home.therapist}"
    assert send(owner, f"{url}/role", "/clinic/people", role="owner").status_code == 303
    assert colleague.get("/clinic/account").status_code == 303  # a new role, a new token
    assert signed_in(app, home.therapist).get("/clinic/people").status_code == 200
    assert send(owner, f"{url}/role", "/clinic/people", role="king").status_code == 422
    assert send(owner, f"{url}/active", "/clinic/people", active="no").status_code == 303
    assert sign_in(app.test_client(), "therapist@a.example").status_code == 422
    for path, form in (("role", {"role": "therapist"}), ("active", {"active": "no"})):
        last = send(owner, f"/clinic/people/{home.owner}/{path}", "/clinic/people", **form)
        assert last.status_code == 422 and "needs one owner" in last.text
    assert send(owner, f"{url}/active", "/clinic/people", active="yes").status_code == 303
    assert sign_in(app.test_client(), "therapist@a.example").status_code == 303


def test_the_history_is_paged_and_says_what_happened(app: Flask, home: House) -> None:
    owner = signed_in(app, home.owner)
    for _ in range(60):
        with writing(rows(app)) as session:
            audit.record(session, now(), "profile", by=session.get_one(Therapist, home.owner))
    sign_in(app.test_client(), "owner@a.example", "wrong")
    page = owner.get("/clinic/audit?page=999").text
    assert "the clinic was set up" in page and "Page 2 of 2" in page and "a sign-in failed" not in page
    assert "a sign-in failed" in owner.get("/clinic/audit?page=x").text
