"""Signing in and out, accounts and people, in the browser. On SQLite and on PostgreSQL where a database decides."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine

from planner.clinic.tables import Therapist
from planner.database.sessions import writing
from tests.clinics import NEW, PASSWORD, House, events, house, now, person, send, sign_in, signed_in
from tests.conftest import an_app


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


def cookie(client: Any) -> str:
    found = client.get_cookie("clinic")
    return found.value if found else ""


def test_patients_pages_lead_therapists_here(app: Flask) -> None:
    client = app.test_client()
    for url in ("/", "/about"):
        assert '<a href="/clinic">' in client.get(url).text


def test_signing_in_and_out(app: Flask, home: House) -> None:
    client = app.test_client()
    assert client.get("/clinic").location == "/clinic/sign-in"
    assert client.get("/clinic/people?x=1").location == "/clinic/sign-in?next=/clinic/people?x=1"
    response = sign_in(client, " OWNER@a.example ", next="/clinic/people")
    assert response.status_code == 303 and response.location == "/clinic/people"
    page = client.get("/clinic/people")
    assert "Clinic a" in page.text and "Theo Therapist" in page.text and client.get("/clinic").location == "/clinic/new"
    token = cookie(client)
    out = send(client, "/clinic/sign-out", "/clinic/account")
    assert out.status_code == 303 and not cookie(client) and "cache" in out.headers["Clear-Site-Data"]
    client.set_cookie("clinic", token)
    assert client.get("/clinic/account").status_code == 303  # a copied cookie is dead
    assert events(rows(app), home.clinic) == ["clinic", "sign_in", "sign_out"]


def test_each_sign_in_has_its_own_token_and_one_that_was_planted_is_not_used(app: Flask, home: House) -> None:
    client = app.test_client()
    client.set_cookie("clinic", "planted")
    sign_in(client, "owner@a.example")
    first = cookie(client)
    send(client, "/clinic/sign-in", "/clinic/account", email="therapist@a.example", password=PASSWORD)
    second = cookie(client)
    assert len({"planted", first, second}) == 3 and len(second) >= 43
    other = app.test_client()
    other.set_cookie("clinic", first)
    assert other.get("/clinic/account").status_code == 303


def test_the_cookie_is_for_this_site_alone(sqlite_url: str) -> None:
    app = an_app(DATABASE_URL=sqlite_url, SECURE=True)
    house(rows(app), "a")
    client = app.test_client()
    found = sign_in(client, "owner@a.example").headers.getlist("Set-Cookie")
    for name in ("__Host-clinic=", "__Host-known="):
        (line,) = [one for one in found if one.startswith(name)]
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(line.split("; ")) and "Domain" not in line


def test_a_wrong_password_and_an_unknown_address_look_the_same(app: Flask, home: House) -> None:
    with writing(rows(app)) as session:
        session.get_one(Therapist, home.therapist).active = False
    pages = []
    for email, password in (
        ("owner@a.example", "wrong"),
        ("nobody@a.example", "wrong"),
        ("therapist@a.example", PASSWORD),  # has no access any more
        ("not an address", "wrong"),
        ("owner@a.example", ""),
        ("owner@a.example", "x" * 60_000),
    ):
        response = sign_in(app.test_client(), email, password)
        assert response.status_code == 422 and not response.headers.get("Set-Cookie", "").startswith("clinic=")
        assert "is not right" in response.text and f'value="{email}"' in response.text
        pages.append(re.sub(r'(name="(?:csrf_token|email)"[^>]*) value="[^"]*"', r"\1", response.text))
    assert len(set(pages)) == 1 and "wrong" not in pages[0]
    assert len(events(rows(app), None)) == 3 and events(rows(app), home.clinic).count("sign_in_failed") == 3


@pytest.mark.slow
def test_time_tells_nobody_who_has_an_account(sqlite_url: str) -> None:
    app = an_app(DATABASE_URL=sqlite_url, WTF_CSRF_ENABLED=False)
    house(rows(app), "a")
    client, took = app.test_client(), {"owner@a.example": [], "nobody@a.example": []}
    for _ in range(200):
        for email, times in took.items():
            begun = time.perf_counter()
            client.post("/clinic/sign-in", data={"email": email, "password": "wrong password"})
            times.append(time.perf_counter() - begun)
    known, unknown = (statistics.median(times) for times in took.values())
    assert abs(known - unknown) < 0.1 * known


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/clinic//evil",
        "//evil.example/clinic/x",
        "///evil.example/clinic/x",
        "//evil.example:443/clinic/x",
        "//me@evil.example/clinic/x",
        "https:/clinic/x",
        "https://evil.example/clinic/x",
        "javascript:/clinic/x",
        "/\\evil.example/clinic/x",
        "/clinic/\\evil.example",
        "/clinic/a\nb",
        "/clinic/\u202ea",
        "clinic/x",
        "/plan",
        "/clinicx",
        "\n/clinic/a",
        "http:[",
        "",
    ],
)
def test_signing_in_leads_nowhere_else(app: Flask, home: House, to: str) -> None:
    assert sign_in(app.test_client(), "owner@a.example", next=to).location == "/clinic"
    client = signed_in(app, home.owner)
    assert client.get("/clinic/sign-in", query_string={"next": to}).location == "/clinic"


def test_a_one_time_code_is_asked_for_and_taken_once(app: Flask, home: House) -> None:
    client = signed_in(app, home.owner)
    page = client.get("/clinic/account/codes")
    secret = re.search(r'class="secret">(\w+)<', page.text)[1]  # type: ignore[index]
    sealed = re.search(r'name="challenge" value="([^"]+)"', page.text)[1]  # type: ignore[index]
    form = {"challenge": sealed, "one_time": pyotp.TOTP(secret).now(), "password": PASSWORD}
    for wrong in ({"password": "wrong"}, {"one_time": "000000"}, {"challenge": "forged"}):
        assert send(client, "/clinic/account/codes", **{**form, **wrong}).status_code == 422
    assert send(client, "/clinic/account/codes", **form).status_code == 303
    page = client.get("/clinic/account")
    codes = re.findall(r"<li>((?:[0-9A-Z]{4}-){4}[0-9A-Z])</li>", page.text)
    assert len(codes) == 8 and not re.findall(r"<li>(?:[0-9A-Z]{4}-){4}", client.get("/clinic/account").text)  # once

    browser = app.test_client()
    assert browser.get("/clinic/code").location == "/clinic/sign-in"
    assert sign_in(browser, "owner@a.example", next="/clinic/people").location == "/clinic/code" and not cookie(browser)
    assert send(browser, "/clinic/code", one_time=pyotp.TOTP(secret).now()).status_code == 422  # the one that turned it on
    with time_machine.travel(now() + timedelta(seconds=60)):
        code = pyotp.TOTP(secret).at(now())
        assert send(browser, "/clinic/code", one_time=code).location == "/clinic/people" and cookie(browser)
        again = app.test_client()
        sign_in(again, "owner@a.example")
        assert send(again, "/clinic/code", one_time=code).status_code == 422 and not cookie(again)
        assert send(again, "/clinic/code", one_time=codes[0].lower()).status_code == 303 and cookie(again)
    late = app.test_client()
    sign_in(late, "owner@a.example")
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert late.get("/clinic/code").location == "/clinic/sign-in"
    assert send(client, "/clinic/account/codes/off", "/clinic/account", password="wrong").status_code == 422
    assert send(client, "/clinic/account/codes/off", "/clinic/account", password=PASSWORD).status_code == 303
    assert sign_in(app.test_client(), "owner@a.example").location == "/clinic"


def test_a_new_password_ends_the_other_sign_ins(app: Flask, home: House) -> None:
    here, there = signed_in(app, home.owner), signed_in(app, home.owner)
    before = cookie(here)
    for wrong in ({"password": "wrong"}, {"new_password": "short"}, {"new_password": "backpain1"}, {"new_password": "x" * 1100}):
        form = {"password": PASSWORD, "new_password": NEW, **wrong}
        assert send(here, "/clinic/account/password", "/clinic/account", **form).status_code == 422
    assert send(here, "/clinic/account/password", "/clinic/account", password=PASSWORD, new_password=NEW).status_code == 303
    assert cookie(here) != before and here.get("/clinic/account").status_code == 200
    assert there.get("/clinic/account").status_code == 303
    assert sign_in(app.test_client(), "owner@a.example").status_code == 422
    assert sign_in(app.test_client(), "owner@a.example", NEW).status_code == 303


def test_signing_out_everywhere(app: Flask, home: House) -> None:
    here, there, colleague = (signed_in(app, one) for one in (home.owner, home.owner, home.therapist))
    assert here.get("/clinic/account").text.count('<td class="num">') == 4
    assert send(here, "/clinic/sign-out-everywhere", "/clinic/account").location == "/clinic/sign-in"
    assert [one.get("/clinic/account").status_code for one in (here, there, colleague)] == [303, 303, 200]


def test_names_on_the_account_page(app: Flask, home: House) -> None:
    client = signed_in(app, home.therapist)
    bad = send(client, "/clinic/account", name="\u200b", initials="toolong")
    assert bad.status_code == 422 and "Type your name" in bad.text and "1 to 4 letters" in bad.text and "toolong" in bad.text
    assert bad.text.count('class="err"') >= 2 and 'href="#name"' in bad.text and "<title>Error: " in bad.text
    hostile = "<b>{{7*7}}</b> \u202e%(x)s"
    assert send(client, "/clinic/account", name=hostile, initials="bo").status_code == 303
    page = client.get("/clinic/account").text
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt; %(x)s" in page and "<b>{{" not in page and "\u202e" not in page
    assert (person(rows(app), home.therapist).initials, person(rows(app), home.therapist).name) == ("BO", "<b>{{7*7}}</b> %(x)s")
