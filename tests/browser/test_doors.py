"""Signing in with a real browser: a passkey made and used, the warning before time is up, and pages that read well at any width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.addresses import clinics, pages
from tests.browser.conftest import PHONE, Desk, opened, sign_in
from tests.browser.test_access import sound
from tests.clinics import PASSWORD, signed_in

pytestmark = pytest.mark.browser
SHUT = ["/clinic/sign-in", "/clinic/join/none"]
"""What somebody sees who is not signed in."""
FRAME = "/clinic/new/preview"
"""A piece of the page of the new sheet, never alone."""
AUTHENTICATOR: dict[str, Any] = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    yield from opened(browser.new_context(**PHONE, base_url=desk.url), desk.url)


def test_a_passkey_is_made_and_signs_in(page: Page, desk: Desk) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    added = tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sign_in(page, desk)
    page.goto("/clinic/account")
    page.get_by_label("Name of the new passkey").fill("front desk")
    page.locator("#key_password").fill(PASSWORD)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("rowheader", name="front desk")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    for _ in range(2):
        page.goto("/clinic/sign-in?next=/clinic/account")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", name="My account")).to_be_visible()
        page.get_by_role("button", name="Sign out", exact=True).click()
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": added["authenticatorId"], "isUserVerified": False})
    page.goto("/clinic/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("#passkey .err")).to_be_visible()


def test_before_time_is_up_a_banner_offers_to_stay(page: Page, desk: Desk) -> None:
    sign_in(page, desk)
    page.clock.install()
    page.goto("/clinic/account")
    page.get_by_label("Your name").fill("half typed")
    page.clock.fast_forward("11:57:00")
    expect(page.locator(".ending")).to_be_hidden()
    page.clock.fast_forward("01:30")
    expect(page.locator(".ending")).to_be_visible()
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.locator(".ending")).to_be_hidden()
    assert page.get_by_label("Your name").input_value() == "half typed"


@pytest.mark.parametrize(("width", "scheme", "forced"), [(320, "dark", "none"), (390, "light", "active"), (1280, "light", "none")])
def test_no_page_scrolls_sideways_or_shuts_anybody_out(browser: Browser, desk: Desk, width: int, scheme: Any, forced: Any) -> None:
    size = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "forced_colors": forced}
    page, wrong = browser.new_context(**size, base_url=desk.url, bypass_csp=True).new_page(), []
    inside = [one for one in pages(signed_in(desk.app, desk.home.owner), clinics(desk.app)) if one != FRAME]
    assert len(inside) > 10
    for path in [*SHUT, *inside, "/clinic/people/none/role"]:
        if path == inside[0]:
            sign_in(page, desk)
        page.goto(path)
        wrong += sound(page)
        if not page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
            wrong.append(f"{page.url}: scrolls sideways")
    page.goto("/clinic/people")
    page.get_by_label("E-mail address").fill("nobody@x")
    page.get_by_role("button", name="Make a link").click()
    expect(page.locator(".oops")).to_be_visible()
    wrong += sound(page)
    page.get_by_label("E-mail address").fill("somebody@new.example")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("Link for somebody@new.example")).to_be_visible()
    wrong += sound(page)
    page.context.close()
    assert not wrong


def test_without_javascript_there_is_a_password_and_no_dead_button(browser: Browser, desk: Desk) -> None:
    for page in opened(browser.new_context(**PHONE, base_url=desk.url, java_script_enabled=False), desk.url):
        page.goto("/clinic/sign-in?next=/clinic/account")
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
        page.get_by_label("E-mail address").fill("owner@a.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="My account")).to_be_visible()
        expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()
        expect(page.locator(".ending")).to_be_hidden()
