"""Forms that stood on another site, and tokens of forms that were in the browser before somebody signed in."""

from __future__ import annotations

from html import unescape

import pytest
from flask import Flask

from tests.clinics import House, send, sign_in
from tests.conftest import only, token
from tests.test_clinic_faults import HIDDEN

SENT_BY = [
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
    ({"Origin": "null"}, True),
    ({"Origin": "http://localhost"}, True),
    ({"Origin": "https://localhost:8443"}, True),
    ({"Origin": "https://evil.example"}, False),
    ({"Origin": "https://localhost.evil.example"}, False),
    ({"Origin": "http://["}, False),
    ({"Origin": "https://[localhost]"}, False),
    ({"Origin": ""}, False),
    ({}, True),
]


@pytest.mark.parametrize(("headers", "taken"), SENT_BY)
def test_a_form_counts_if_it_stood_here_whatever_token_it_has(app: Flask, headers: dict[str, str], taken: bool) -> None:
    client = app.test_client()
    client.post("/ask/safety1", data={"csrf_token": token(client)}, headers=headers, expects=303 if taken else 400)


def test_looking_is_for_everybody(app: Flask) -> None:
    found = app.test_client().get("/ask", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, follow_redirects=True)
    assert found.status_code == 200 and "<form" in found.text


def test_signing_in_ends_the_token_of_forms_that_was_there_before(site: Flask, home: House) -> None:
    client = site.test_client()
    planted = token(client, "/clinic/sign-in")
    sign_in(client, "owner@a.example")
    client.post("/clinic/account", data={"csrf_token": planted, "name": "Eve", "initials": "E"}, expects=400)
    mine = token(client, "/clinic/account")
    client.get("/clinic/account", expects=200)
    send(client, "/clinic/sign-out", "/clinic/account")
    sign_in(client, "owner@a.example")  # after a pause, say: a form that lies open in another tab is hers still
    client.post("/clinic/account", data={"csrf_token": mine, "name": "Olive", "initials": "O"}, expects=303)
    send(client, "/clinic/sign-out", "/clinic/account")
    sign_in(client, "therapist@a.example")
    client.post("/clinic/account", data={"csrf_token": mine, "name": "Olive", "initials": "O"}, expects=400)


def test_a_form_of_before_is_shown_to_be_sent_again_and_one_from_elsewhere_is_not(site: Flask, home: House) -> None:
    client = site.test_client()
    old = {"csrf_token": token(client, "/clinic/sign-in"), "name": "Olive <O>", "initials": "OO"}
    sign_in(client, "owner@a.example")
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}):
        assert "Olive" not in client.post("/clinic/account", data=old, headers=headers, expects=400).text
    page = client.post("/clinic/account", data=old, headers={"Sec-Fetch-Site": "same-origin"}, expects=400)
    again = {name: unescape(value) for name, value in HIDDEN.findall(page.text)}
    assert again["name"] == "Olive <O>" and again["csrf_token"] != old["csrf_token"]
    client.post(only(r'<form class="acts" method="post" action="([^"]+)"', page.text), data=again, expects=303)
    secret = {**old, "password": "my own secret"}
    page = client.post("/clinic/account", data=secret, headers={"Sec-Fetch-Site": "same-origin"}, expects=400)
    assert "my own secret" not in page.text and 'id="withheld"' in page.text


def test_who_blocks_cookies_is_told_so_and_not_that_somebody_signed_in(site: Flask, home: House) -> None:
    """Nothing but the cookie tells a form of before from one whose browser keeps no cookies, and those may be off on a tablet of many."""
    blocking = site.test_client(use_cookies=False)
    form = {"csrf_token": token(blocking, "/clinic/sign-in"), "email": "owner@a.example", "password": "my own secret"}
    page = blocking.post("/clinic/sign-in", data=form, headers={"Sec-Fetch-Site": "same-origin"}, expects=400).text
    assert "Cookies must be on" in page and "Somebody signed in" not in page and "open for long" not in page
    client = site.test_client()
    old = {"csrf_token": token(client, "/clinic/sign-in"), "name": "Olive", "initials": "O"}
    sign_in(client, "owner@a.example")
    page = client.post("/clinic/account", data=old, headers={"Sec-Fetch-Site": "same-origin"}, expects=400).text
    assert "Somebody signed in" in page and "Cookies must be on" not in page
