"""The library panel in a browser: searched as one types and added to by keys alone, on a narrow dark screen too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk, opened, sign_in
from tests.browser.test_access import sound

pytestmark = pytest.mark.browser


@pytest.fixture(params=[(1280, "light"), (320, "dark")])
def screen(request: pytest.FixtureRequest, browser: Browser, desk: Desk) -> Iterator[Page]:
    width, scheme = request.param
    size = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "locale": "en-GB"}
    context = browser.new_context(**size, base_url=desk.url, bypass_csp=True)
    yield from opened(context, desk.url)


def test_the_library_by_keys_alone(screen: Page, desk: Desk) -> None:
    """A slash goes to the search; what is found comes as one types; Enter adds the first and the search stays ready."""
    sign_in(screen, desk)
    screen.goto("/clinic/new")
    screen.keyboard.press("2")
    rows = screen.locator("#items [data-row]")
    expect(rows.first).to_be_visible()
    before = rows.count()
    screen.keyboard.press("/")
    expect(screen.locator("#query")).to_be_focused()
    screen.keyboard.type("deadlift")
    cards = screen.locator("#found .finds li")
    expect(cards.first).to_contain_text("deadlift")
    expect(cards.first.locator("img")).to_be_visible()
    expect(cards.first.locator(".num")).not_to_be_empty()
    assert not sound(screen)
    title = str(screen.locator("#found [data-first] .vh").text_content()).strip(" :\n")
    screen.keyboard.press("Enter")
    expect(rows).to_have_count(before + 1)
    expect(rows.filter(has_text=title)).to_have_count(1)
    expect(screen.locator("#query")).to_be_focused()
    expect(screen.locator("#found [aria-pressed=true]")).to_have_count(1)
    screen.keyboard.type("cauda equina")
    sign = screen.locator("#found").get_by_role("button", name="Loss of feeling or tingling between the legs")
    expect(sign).to_have_attribute("aria-pressed", "false")
    sign.press("Enter")
    expect(sign).to_have_attribute("aria-pressed", "true")
    expect(sign).to_be_focused()
    expect(screen.locator("#print")).to_have_text("Print the stop page")
    assert not sound(screen)
    assert screen.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_found_one_opens_the_signs(screen: Page, desk: Desk) -> None:
    sign_in(screen, desk)
    screen.goto("/clinic/new")
    screen.keyboard.press("2")
    expect(screen.locator("#checked-yes")).to_be_focused()
    screen.locator("label:has(#checked-found)").click()
    box = screen.locator("label:has(#tick-rf_saddle\\:yes)")
    expect(box).to_be_visible()
    expect(screen.locator("#checked-found")).to_be_focused()
    assert not sound(screen)
    box.click()
    expect(screen.locator("#print")).to_have_text("Print the stop page")
    screen.locator("label:has(#checked-yes)").click()
    expect(screen.locator("#checked-found")).to_be_checked()
    assert screen.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
