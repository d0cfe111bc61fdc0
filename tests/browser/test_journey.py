"""The whole journey in a real browser: by tap, by keyboard, without JavaScript, at 320 px, and doing it wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.person import DEFAULTS, DESK, choices, click_through, finish, go_on, start, type_through

pytestmark = pytest.mark.browser


def test_by_tap_and_without_javascript_the_same_plan(phone: Page, plain_phone: Page) -> None:
    lines = []
    for page in (phone, plain_phone):
        start(page)
        taps = click_through(page, DESK, DEFAULTS)
        lines.append(finish(page))
        assert sum(taps) < 50
    assert lines[0] == lines[1]
    assert any(line.startswith("exercise:") for line in lines[0])


def test_by_keyboard_alone(phone: Page) -> None:
    start(phone)
    type_through(phone, DESK, DEFAULTS)
    assert any(line.startswith("massage:") for line in finish(phone))


def test_at_320_px_nothing_scrolls_sideways(phone: Page) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    start(phone)
    wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    seen = []
    while "/ask/" in phone.url:
        assert not phone.evaluate(wide), phone.url
        seen.append(phone.url)
        one_page(phone)
    finish(phone)
    assert not phone.evaluate(wide)
    assert len(seen) > 10
    phone.evaluate("() => { document.documentElement.dir = 'rtl' }")
    assert not phone.evaluate(wide), "right to left"


def one_page(page: Page, answers: Mapping[str, Any] = DESK) -> None:
    """Answers the page that is open, and no more."""
    picked = choices(page, answers, DEFAULTS)
    for field in picked:
        page.locator(f"label:has(#{field['id']})").first.click()
    go_on(page, has_picks=bool(picked), press=lambda selector: page.locator(selector).click())


def test_an_emergency_sign_leaves_at_once_and_back_keeps_the_answer(phone: Page) -> None:
    start(phone)
    one_page(phone)
    phone.locator("label:has(#tick-rf_saddle)").click()
    phone.get_by_role("button", name="Continue").click()
    phone.wait_for_url("**/ask/rf_saddle")
    phone.locator("label:has(#rf_saddle-yes)").click()
    phone.get_by_role("button", name="Continue").click()
    phone.wait_for_url("**/stop")
    assert not phone.locator("[data-line]").count()
    assert phone.get_by_role("link", name="Call 999").count() == 1
    phone.goto("/plan")
    phone.wait_for_url("**/stop")
    phone.goto("/ask/rf_saddle")
    assert phone.locator("#rf_saddle-yes").is_checked()


def test_back_refresh_and_two_tabs_lose_nothing(phone: Page) -> None:
    start(phone)
    one_page(phone)
    second = phone.url
    one_page(phone)
    phone.go_back()
    assert phone.url == second
    phone.reload()
    assert phone.url == second and phone.locator("main form.ticks").count() == 1
    other = phone.context.new_page()
    other.goto("/plan")
    assert "/ask/" in other.url
    click_through(other, DESK, DEFAULTS)
    assert finish(other)
    phone.goto("/plan")
    assert phone.url.endswith("/plan")


def test_an_empty_form_says_what_is_missing_and_takes_the_focus(phone: Page) -> None:
    start(phone)
    while not phone.get_by_role("button", name="Continue").is_visible():
        one_page(phone)
    phone.get_by_role("button", name="Continue").click()
    phone.wait_for_selector(".oops")
    assert phone.title().startswith("Error")
    assert phone.evaluate("() => document.activeElement.closest('.oops') !== null")
