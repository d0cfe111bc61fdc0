"""Confirm it is you, in a real browser: by keys alone with a password, with and without scripts, and with a passkey."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from planner.clinic.tables import SignedIn
from planner.database.sessions import writing
from tests.browser.conftest import PHONE, Desk, opened, sign_in
from tests.browser.test_doors import AUTHENTICATOR
from tests.clinics import PASSWORD, now, person

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(request: pytest.FixtureRequest, browser: Browser, desk: Desk) -> Iterator[Page]:
    yield from opened(browser.new_context(**PHONE, base_url=desk.url, java_script_enabled=request.param), desk.url)


def wait_long(desk: Desk) -> None:
    """The last proof of everybody is an hour old."""
    with writing(desk.app.extensions["database"]) as session:
        session.execute(update(SignedIn).values(proved=now() - timedelta(hours=1)))


def role(desk: Desk) -> str:
    return person(desk.app.extensions["database"], desk.home.therapist).role


def test_a_role_is_changed_by_keys_after_a_password(page: Page, desk: Desk) -> None:
    sign_in(page, desk)
    wait_long(desk)
    page.goto("/clinic/people")
    page.locator(f"#role-{desk.home.therapist}").select_option("owner")
    page.locator(f"#role-{desk.home.therapist}").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Confirm it is you")).to_be_visible()
    expect(page.get_by_label("Your password")).to_be_focused()
    page.keyboard.type("not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This is not your password")
    assert role(desk) == "therapist"
    page.get_by_label("Your password").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()
    assert role(desk) == "owner"


@pytest.mark.parametrize("page", [True], ids=["script"], indirect=True)
def test_a_passkey_confirms_and_lets_in_where_two_proofs_are_wanted(page: Page, desk: Desk) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sign_in(page, desk)
    page.goto("/clinic/signing-in")
    page.get_by_label("What it takes to sign in").select_option("yes")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Set up a second proof")).to_be_visible()
    page.get_by_label("Name of the new passkey").fill("front desk")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("rowheader", name="front desk")).to_be_visible()
    wait_long(desk)
    page.goto("/clinic/people")
    page.locator(f"#role-{desk.home.therapist}").select_option("owner")
    page.get_by_role("button", name="Save Theo Therapist").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()
    assert role(desk) == "owner"
    page.context.clear_cookies()
    sign_in(page, desk)  # as if by password
    page.goto("/clinic/sheets")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="Sheets", exact=True)).to_be_visible()
