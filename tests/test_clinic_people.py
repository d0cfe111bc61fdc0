"""People of a clinic in the browser: inviting and joining, roles, helping a colleague back in, what happened."""

from __future__ import annotations

import re

import pyotp
from flask import Flask

from planner.clinic.people import audit, invitations, one_time_codes
from planner.clinic.tables import Therapist
from planner.database.sessions import writing
from planner.kept.plans import Safe
from planner.web import storage
from tests.clinics import NEW, House, engine_of, events, now, send, sign_in, signed_in
from tests.conftest import only
from tests.rooms import errors

WHAT = re.compile(r'<td data-what="(\w+)"')
LINK = re.compile(r'id="link" readonly value="([^"]+)"')


def test_inviting_and_joining(site: Flask, home: House) -> None:
    owner = signed_in(site, home.owner)
    for email, role in (("nobody", "therapist"), ("a@b.cd", "king"), ("therapist@a.example", "owner")):
        bad = send(owner, "/clinic/people", email=email, role=role, expects=422)
        assert email in bad.text
    send(owner, "/clinic/people", email="new@a.example", role="therapist")
    page = owner.get("/clinic/people").text
    link = only(LINK, page)
    assert link.startswith("http://127.0.0.1:8000/clinic/join/") and not LINK.search(owner.get("/clinic/people").text)
    path = link.removeprefix("http://127.0.0.1:8000")
    colleague = site.test_client()
    for _ in range(2):  # looking uses nothing up
        assert "new@a.example" in colleague.get(path).text
    bad = send(colleague, path, name=" ", new_password="short", expects=422)
    assert list(errors(bad)) == ["name", "new_password"]
    assert send(colleague, path, name="Nia New", new_password=NEW).location == "/clinic/new"
    colleague.get("/clinic/account", expects=200)
    colleague.get("/clinic/people", expects=403)
    used, never = site.test_client().get(path), site.test_client().get(f"/clinic/join/{invitations.new_token()}")
    assert used.status_code == never.status_code == 404 and used.text == never.text


def test_an_owner_helps_a_colleague_back_in(site: Flask, home: House) -> None:
    owner, colleague = signed_in(site, home.owner), signed_in(site, home.therapist)
    with writing(engine_of(site)) as session:
        one_time_codes.turn_on(session, now(), safe(site), session.get_one(Therapist, home.therapist), "A" * 32, pyotp.TOTP("A" * 32).now())
    send(owner, f"/clinic/people/{home.therapist}/link", "/clinic/people")
    path = only(LINK, owner.get("/clinic/people").text).partition(":8000")[2]
    browser = site.test_client()
    assert send(browser, path, name="Theo Therapist", new_password=NEW).location == "/clinic/sign-in"  # a code is still wanted
    colleague.get("/clinic/account", expects=303)
    assert sign_in(browser, "therapist@a.example", NEW).location == "/clinic/code"
    send(owner, f"/clinic/people/{home.therapist}/codes-off", "/clinic/people")
    assert sign_in(browser, "therapist@a.example", NEW).location == "/clinic"
    assert events(engine_of(site), home.clinic)[-1] == "sign_in" and "codes_off" in events(engine_of(site), home.clinic)


def safe(site: Flask) -> Safe:
    with site.app_context():
        return storage.safe()


def test_roles_and_access_on_the_people_page(site: Flask, home: House) -> None:
    owner, colleague = signed_in(site, home.owner), signed_in(site, home.therapist)
    url = f"/clinic/people/{home.therapist}"
    send(owner, f"{url}/role", "/clinic/people", role="owner")
    colleague.get("/clinic/account", expects=303)  # a new role, a new token
    assert signed_in(site, home.therapist).get("/clinic/people").status_code == 200
    send(owner, f"{url}/role", "/clinic/people", role="king", expects=422)
    send(owner, f"{url}/active", "/clinic/people", active="no")
    sign_in(site.test_client(), "therapist@a.example", expects=422)
    for path, form in (("role", {"role": "therapist"}), ("active", {"active": "no"})):
        last = send(owner, f"/clinic/people/{home.owner}/{path}", "/clinic/people", **form, expects=422)
        assert '<a href="#people">' in last.text
    send(owner, f"{url}/active", "/clinic/people", active="yes")
    sign_in(site.test_client(), "therapist@a.example")


def test_the_history_is_paged_and_says_what_happened(site: Flask, home: House) -> None:
    owner = signed_in(site, home.owner)
    for _ in range(60):
        with writing(engine_of(site)) as session:
            audit.record(session, now(), "profile", by=session.get_one(Therapist, home.owner))
    sign_in(site.test_client(), "owner@a.example", "wrong", expects=422)
    first, last = (owner.get(f"/clinic/audit?page={page}").text for page in ("x", 999))
    assert WHAT.findall(first)[0] == "sign_in_failed" and WHAT.findall(last)[-1] == "clinic" and "sign_in_failed" not in WHAT.findall(last)
    assert len(WHAT.findall(first)) == audit.EVENTS_A_PAGE and len(WHAT.findall(first + last)) == 62
