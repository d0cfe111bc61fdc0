"""Packs in a browser: the note comes too, a key finds its pack in any order, stars and order by keyboard, and a narrow dark screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk, opened, sign_in
from tests.browser.test_access import sound
from tests.sheet_forms import a_pack

pytestmark = pytest.mark.browser
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 800}, "locale": "en-GB", "color_scheme": "dark"}
NOTE = "Slowly, and breathe out."


@pytest.fixture
def screen(browser: Browser, desk: Desk) -> Iterator[Page]:
    yield from opened(
        browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", base_url=desk.url, bypass_csp=True), desk.url
    )


@pytest.fixture
def narrow(browser: Browser, desk: Desk) -> Iterator[Page]:
    yield from opened(browser.new_context(**NARROW, base_url=desk.url, bypass_csp=True), desk.url)


def saves(page: Page, title: str, key: str) -> None:
    page.goto("/clinic/new")
    page.keyboard.type("2")
    expect(page.locator("#items [data-row]").first).to_be_visible()
    page.locator("#note").fill(NOTE)
    page.locator("#saving > summary").click()
    page.locator("#title").fill(title)
    page.locator("#pack_key").select_option(key)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#problems [role=status]")).to_contain_text(title)


def test_a_pack_by_its_key_brings_its_note_and_another_takes_it_back(screen: Page, desk: Desk) -> None:
    sign_in(screen, desk)
    saves(screen, "Desk and note", "7")
    screen.goto("/clinic/packs")
    for _ in range(3):
        screen.locator(".pack-order li", has_text="Desk and note").get_by_role("button", name="Down").press("Enter")
        expect(screen.locator(":focus")).to_have_attribute("value", "down")
    screen.goto("/clinic/new")
    screen.keyboard.type("7")
    expect(screen.locator("#note")).to_have_value(NOTE)
    expect(screen.locator("#packs [aria-pressed=true]")).to_contain_text("Desk and note")
    screen.locator("#checked-yes").press("2")
    expect(screen.locator("#note")).to_have_value("")


def test_packs_on_a_narrow_dark_screen(narrow: Page, desk: Desk) -> None:
    sign_in(narrow, desk)
    a_pack(desk.app.extensions["database"], desk.home, "A pack with rather a long name")
    saves(narrow, "Narrow", "8")
    narrow.goto("/clinic/packs")
    narrow.locator("details > summary").first.click()
    narrow.get_by_role("button", name="Star", exact=False).first.click()
    expect(narrow.locator(".pack-order li").first).to_contain_text("★")
    assert narrow.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert not sound(narrow)
    narrow.goto("/clinic/new")
    narrow.locator("#saving > summary").click()
    assert narrow.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
