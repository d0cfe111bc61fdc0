"""Too many minutes and one press that sets them, and a usual dose that is kept and used: by a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk, opened, sign_in
from tests.browser.test_access import sound

pytestmark = pytest.mark.browser


@pytest.fixture
def screen(browser: Browser, desk: Desk) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", base_url=desk.url)
    yield from opened(context, desk.url)


def test_a_press_gives_the_minutes_and_a_usual_dose_comes_back(screen: Page, desk: Desk) -> None:
    sign_in(screen, desk)
    screen.goto("/clinic/new")
    screen.keyboard.press("2")
    expect(screen.locator("#items")).to_contain_text("of 10 minutes")
    rows = screen.locator("#items [data-row]")
    names = [str(one.get_attribute("id")) for one in rows.locator(".own-dose").all()]
    row = screen.locator(f"#{screen.locator('#items .own-dose:has(input[name*=repeats])').first.get_attribute('id')}")
    row.locator("summary").click()
    row.get_by_label("Repeats").fill("20")
    row.get_by_label("Sets").fill("6")
    row.get_by_label("Sets").press("Enter")
    expect(screen.locator("#items")).to_contain_text("too many. Choose")
    assert not sound(screen)
    screen.locator("#enough").click()
    expect(screen.locator("#items")).not_to_contain_text("too many")
    assert sorted(names) == sorted(str(one.get_attribute("id")) for one in screen.locator("#items .own-dose").all())
    row.get_by_label("Sets").fill("5")
    row.get_by_role("button", name="Keep as my usual dose").click()
    expect(screen.get_by_text("Kept as your usual dose")).to_be_visible()
    screen.locator("#reset").click()
    expect(row.locator("summary")).not_to_contain_text("5 ×")
    screen.locator("#usual-all").click()
    expect(row.locator("summary")).to_contain_text("5 ×")
    assert not sound(screen)
