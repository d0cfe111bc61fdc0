"""Is massage worth it, in a real browser: from today's page to the verdict, with scripts and without, at 320 px, in light and dark."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from planner.library.reader import load
from tests.browser.conftest import PHONE
from tests.browser.test_access import sound
from tests.browser.test_check_in import wide
from tests.browser.test_kept import a_kept_plan

pytestmark = pytest.mark.browser


def chooses(page: Page, before: int, after: int, morning: int, days_ago: int) -> None:
    page.get_by_label("On which day?").fill((date.today() - timedelta(days=days_ago)).isoformat())
    for name, pain in (("before", before), ("after", after), ("morning", morning)):
        page.locator("label.tile", has=page.locator(f"#{name}-{pain}")).click()


@pytest.mark.parametrize(("scheme", "scripts"), [("light", True), ("dark", False)])
def test_four_massages_are_written_down_and_judged(browser: Browser, site: str, scheme: Any, scripts: bool) -> None:
    phone = {**PHONE, "viewport": {"width": 320, "height": 640}, "color_scheme": scheme, "reduced_motion": "reduce"}
    context = browser.new_context(**phone, base_url=site, bypass_csp=True)
    page, wrong = context.new_page(), list[str]()
    if not scripts:
        page.route("**/*.js*", lambda route: route.abort())
    page.goto(a_kept_plan(load().version, 3))
    page.get_by_role("link", name="Had a massage?").click()
    expect(page.get_by_role("heading", name="Too early to say")).to_be_visible()
    wrong += sound(page) + wide(page)
    for place, (before, morning) in enumerate(((6, 3), (7, 4), (5, 2), (6, 3))):
        page.get_by_role("link", name="Write down a massage").click()
        expect(page.get_by_role("heading", name="Write down a massage")).to_be_visible()
        if not place:
            page.get_by_role("button", name="Save").click()
            expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
            expect(page.locator("#before-error")).to_contain_text("Choose a number for your pain before")
            wrong += sound(page) + wide(page)
        chooses(page, before, 2, morning, 23 - 7 * place)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="Is massage worth it for me?")).to_be_visible()
    expect(page.get_by_role("heading", name="Yes: more than ups and downs")).to_be_visible()
    page.get_by_text("How we worked it out").click()
    page.get_by_text("What this cannot say").click()
    expect(page.get_by_text("in all 70 ways")).to_be_visible()
    wrong += sound(page) + wide(page)
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Change a massage")).to_be_visible()
    expect(page.locator("#before-6")).to_be_checked()
    wrong += sound(page) + wide(page)
    context.close()
    assert not wrong
