"""Cookies, to the byte: on a site and on one's own machine, given and taken back."""

from __future__ import annotations

import pytest

from planner.web.cookies import cookie, give_cookie, take_cookie_back
from tests.conftest import an_app

LONG_AGO = "Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; "


@pytest.mark.parametrize(("secure", "name", "mark"), [(True, "__Host-x", "Secure; "), (False, "x", "")])
def test_a_cookie_is_given_read_and_taken_back(secure: bool, name: str, mark: str) -> None:
    app = an_app(SECURE=secure)
    with app.test_request_context(headers={"Cookie": f"{name}=sent; {'x' if secure else '__Host-x'}=another"}):
        assert cookie("x") == "sent" and cookie("y") == ""
        response = app.response_class()
        give_cookie(response, "x", "given")
        give_cookie(response, "x", "kept", 60)
        take_cookie_back(response, "x")
    given, kept, gone = response.headers.getlist("Set-Cookie")
    assert given == f"{name}=given; {mark}HttpOnly; Path=/; SameSite=Lax"
    assert kept == f"{name}=kept; Max-Age=60; {mark}HttpOnly; Path=/; SameSite=Lax"
    assert gone == f"{name}=; {LONG_AGO}{mark}HttpOnly; Path=/; SameSite=Lax"
