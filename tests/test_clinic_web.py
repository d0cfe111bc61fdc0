"""Signing in and out, accounts and people, in the browser. On SQLite and on PostgreSQL where a database decides."""

from __future__ import annotations

import re
import statistics
import time
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from flask import Flask

from planner.clinic.tables import Therapist
from planner.database.sessions import writing
from tests.clinics import NEW, PASSWORD, House, engine_of, events, house, now, person, send, sign_in, signed_in
from tests.conftest import an_app, cookie, only
from tests.rooms import errors


def test_patients_pages_lead_therapists_here(site: Flask) -> None:
    client = site.test_client()
    for url in ("/", "/about"):
        assert '<a href="/clinic">' in client.get(url).text


def test_signing_in_and_out(site: Flask, home: House) -> None:
    client = site.test_client()
    assert client.get("/clinic").location == "/clinic/sign-in"
    assert client.get("/clinic/people?x=1").location == "/clinic/sign-in?next=/clinic/people?x=1"
    response = sign_in(client, " OWNER@a.example ", next="/clinic/people")
    assert response.location == "/clinic/people"
    page = client.get("/clinic/people")
    assert "Clinic a" in page.text and "Theo Therapist" in page.text and client.get("/clinic").location == "/clinic/new"
    token = cookie(client, "clinic")
    out = send(client, "/clinic/sign-out", "/clinic/account")
    assert not cookie(client, "clinic") and "cache" in out.headers["Clear-Site-Data"]
    client.set_cookie("clinic", token)
    client.get("/clinic/account", expects=303)  # a copied cookie is dead
    assert events(engine_of(site), home.clinic) == ["clinic", "sign_in", "sign_out"]


def test_each_sign_in_has_its_own_token_and_one_that_was_planted_is_not_used(site: Flask, home: House) -> None:
    client = site.test_client()
    client.set_cookie("clinic", "planted")
    sign_in(client, "owner@a.example")
    first = cookie(client, "clinic")
    send(client, "/clinic/sign-in", "/clinic/account", email="therapist@a.example", password=PASSWORD)
    second = cookie(client, "clinic")
    assert len({"planted", first, second}) == 3 and len(second) >= 43
    other = site.test_client()
    other.set_cookie("clinic", first)
    other.get("/clinic/account", expects=303)


def test_the_cookie_is_for_this_site_alone(sqlite_url: str) -> None:
    app = an_app(DATABASE_URL=sqlite_url, SECURE=True)
    house(engine_of(app), "a")
    client = app.test_client()
    found = sign_in(client, "owner@a.example").headers.getlist("Set-Cookie")
    for name in ("__Host-clinic=", "__Host-known="):
        (line,) = [one for one in found if one.startswith(name)]
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(line.split("; ")) and "Domain" not in line


def test_a_wrong_password_and_an_unknown_address_look_the_same(site: Flask, home: House) -> None:
    with writing(engine_of(site)) as session:
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
        response = sign_in(site.test_client(), email, password, expects=422)
        assert not response.headers.get("Set-Cookie", "").startswith("clinic=")
        assert list(errors(response)) == ["email"] and f'value="{email}"' in response.text
        pages.append(re.sub(r'(name="(?:csrf_token|email)"[^>]*) value="[^"]*"', r"\1", response.text))
    assert len(set(pages)) == 1 and "wrong" not in pages[0]
    assert len(events(engine_of(site), None)) == 3 and events(engine_of(site), home.clinic).count("sign_in_failed") == 3


@pytest.mark.slow
def test_time_tells_nobody_who_has_an_account(sqlite_url: str) -> None:
    app = an_app(DATABASE_URL=sqlite_url, WTF_CSRF_ENABLED=False)
    house(engine_of(app), "a")
    client = app.test_client()
    took: dict[str, list[float]] = {"owner@a.example": [], "nobody@a.example": []}
    for _ in range(200):
        for email, times in took.items():
            begun = time.perf_counter()
            client.post("/clinic/sign-in", data={"email": email, "password": "wrong password"})
            times.append(time.perf_counter() - begun)
    known, unknown = took.values()
    # In pairs: what slows one slows its neighbour.
    apart = statistics.median(one - other for one, other in zip(known, unknown, strict=True))
    assert abs(apart) < 0.1 * statistics.median(known)


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
def test_signing_in_leads_nowhere_else(site: Flask, home: House, to: str) -> None:
    assert sign_in(site.test_client(), "owner@a.example", next=to).location == "/clinic"
    client = signed_in(site, home.owner)
    assert client.get("/clinic/sign-in", query_string={"next": to}).location == "/clinic"


def test_a_one_time_code_is_asked_for_and_taken_once(site: Flask, home: House) -> None:
    client = signed_in(site, home.owner)
    page = client.get("/clinic/account/codes")
    secret = only(r'class="secret">(\w+)<', page.text)
    sealed = only(r'name="challenge" value="([^"]+)"', page.text)
    form: dict[str, Any] = {"challenge": sealed, "one_time": pyotp.TOTP(secret).now(), "password": PASSWORD}
    for wrong in ({"password": "wrong"}, {"one_time": "000000"}, {"challenge": "forged"}):
        send(client, "/clinic/account/codes", **{**form, **wrong}, expects=422)
    send(client, "/clinic/account/codes", **form)
    page = client.get("/clinic/account")
    codes = re.findall(r"<li>((?:[0-9A-Z]{4}-){4}[0-9A-Z])</li>", page.text)
    assert len(codes) == 8 and not re.findall(r"<li>(?:[0-9A-Z]{4}-){4}", client.get("/clinic/account").text)  # once

    browser = site.test_client()
    assert browser.get("/clinic/code").location == "/clinic/sign-in"
    assert sign_in(browser, "owner@a.example", next="/clinic/people").location == "/clinic/code" and not cookie(browser, "clinic")
    send(browser, "/clinic/code", one_time=form["one_time"], expects=422)  # the one that turned it on
    with time_machine.travel(now() + timedelta(seconds=60)):
        code = pyotp.TOTP(secret).at(now())
        assert send(browser, "/clinic/code", one_time=code).location == "/clinic/people" and cookie(browser, "clinic")
        again = site.test_client()
        sign_in(again, "owner@a.example")
        send(again, "/clinic/code", one_time=code, expects=422)
        assert not cookie(again, "clinic")
        send(again, "/clinic/code", one_time=codes[0].lower())
        assert cookie(again, "clinic")
    late = site.test_client()
    sign_in(late, "owner@a.example")
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert late.get("/clinic/code").location == "/clinic/sign-in"
    send(client, "/clinic/account/codes/off", "/clinic/account", password="wrong", expects=422)
    send(client, "/clinic/account/codes/off", "/clinic/account", password=PASSWORD)
    assert sign_in(site.test_client(), "owner@a.example").location == "/clinic"


def test_a_new_password_ends_the_other_sign_ins(site: Flask, home: House) -> None:
    here, there = signed_in(site, home.owner), signed_in(site, home.owner)
    before = cookie(here, "clinic")
    for wrong in ({"password": "wrong"}, {"new_password": "short"}, {"new_password": "backpain1"}, {"new_password": "x" * 1100}):
        form = {"password": PASSWORD, "new_password": NEW, **wrong}
        send(here, "/clinic/account/password", "/clinic/account", **form, expects=422)
    send(here, "/clinic/account/password", "/clinic/account", password=PASSWORD, new_password=NEW)
    assert cookie(here, "clinic") != before
    here.get("/clinic/account", expects=200)
    there.get("/clinic/account", expects=303)
    sign_in(site.test_client(), "owner@a.example", expects=422)
    sign_in(site.test_client(), "owner@a.example", NEW)


def test_signing_out_everywhere(site: Flask, home: House) -> None:
    here, there, colleague = (signed_in(site, one) for one in (home.owner, home.owner, home.therapist))
    assert here.get("/clinic/account").text.count('<td class="num">') == 4
    assert send(here, "/clinic/sign-out-everywhere", "/clinic/account").location == "/clinic/sign-in"
    assert [one.get("/clinic/account").status_code for one in (here, there, colleague)] == [303, 303, 200]


def test_names_on_the_account_page(site: Flask, home: House) -> None:
    client = signed_in(site, home.therapist)
    bad = send(client, "/clinic/account", name="\u200b", initials="toolong", expects=422)
    assert list(errors(bad)) == ["name", "initials"] and 'value="toolong"' in bad.text
    hostile = "<b>{{7*7}}</b> \u202e%(x)s"
    send(client, "/clinic/account", name=hostile, initials="bo")
    page = client.get("/clinic/account").text
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt; %(x)s" in page and "<b>{{" not in page and "\u202e" not in page
    row = person(engine_of(site), home.therapist)
    assert (row.initials, row.name) == ("BO", "<b>{{7*7}}</b> %(x)s")
