"""The check-in in a real browser: today's tick, two taps when well, six more at most; each page sound, in the dark and at 320 px."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from planner.library.reader import load
from tests.browser.conftest import PHONE
from tests.browser.test_access import sound
from tests.browser.test_kept import a_kept_plan

pytestmark = pytest.mark.browser


class Taps:
    """A thumb that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, place: Any) -> None:
        self.count += 1
        place.click()


def wide(page: Page) -> list[str]:
    return [f"{page.url} is wider than the screen"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []


@pytest.mark.parametrize(("scheme", "scripts"), [("light", True), ("dark", False)])
def test_a_week_is_told_in_eight_taps(browser: Browser, site: str, scheme: Any, scripts: bool) -> None:
    phone = {**PHONE, "viewport": {"width": 320, "height": 640}, "color_scheme": scheme, "reduced_motion": "reduce"}
    context = browser.new_context(**phone, base_url=site, bypass_csp=True, java_script_enabled=True)
    page, wrong = context.new_page(), list[str]()
    if not scripts:
        page.route("**/*.js*", lambda route: route.abort())
    url = a_kept_plan(load().version, 14)
    page.goto(url)
    wrong += sound(page) + wide(page)
    page.get_by_role("button", name="All done").click()
    expect(page.get_by_role("button", name="Undo all")).to_be_visible()
    taps = Taps(page)
    taps.on(page.get_by_role("link", name="Week 2 is over"))
    expect(page.get_by_role("heading", name="First: anything new?")).to_be_visible()
    wrong += sound(page) + wide(page)
    taps.on(page.get_by_role("button", name="None of these"))
    expect(page.get_by_role("heading", name="How did it go?")).to_be_visible()
    assert taps.count == 2
    wrong += sound(page) + wide(page)
    taps.on(page.locator("label.tile", has=page.locator("#days-5")))
    taps.on(page.locator("label.tile", has=page.locator("#pain-4")))
    taps.on(page.locator("label.say", has=page.locator("[name=easy]")).first)
    taps.on(page.locator("label.say", has=page.locator("[name=best]")).first)
    taps.on(page.locator("label.say", has=page.locator("[name=least]")).last)
    taps.on(page.get_by_role("button", name="See what comes next"))
    expect(page.get_by_role("heading", name="What changes now")).to_be_visible()
    assert taps.count == 8
    wrong += sound(page) + wide(page)
    page.get_by_role("link", name="How the plan has changed").click()
    expect(page.get_by_text("This is how it was.")).to_be_visible()
    wrong += sound(page) + wide(page)
    context.close()
    assert not wrong
