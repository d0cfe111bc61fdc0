"""Print and share in a real browser: buttons only where the browser can, the right thing shared, and nothing folded on paper."""

from __future__ import annotations

from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import DEFAULTS, DESK, click_through, finish, start

pytestmark = pytest.mark.browser
CANNOT = "Object.defineProperty(Navigator.prototype, 'share', {value: undefined, configurable: true});"
CAN = """
window.shared = [];
const define = (name, value) => Object.defineProperty(Navigator.prototype, name, {value, configurable: true});
define('canShare', (what) => what.files.every((one) => one.type === 'application/pdf'));
define('share', async (what) => {
  const files = (what.files || []).map((one) => [one.name, one.type, one.size]);
  document.documentElement.dataset.shared = window.shared.push({title: what.title, url: what.url, files});
  if (window.refuse) { const name = window.refuse; window.refuse = ''; throw new DOMException('', name); }
});
"""


def at_the_plan(page: Page, script: str) -> None:
    page.add_init_script(script)
    start(page)
    click_through(page, DESK, DEFAULTS)
    finish(page)
    page.locator("#take").scroll_into_view_if_needed()


def shared(page: Page, times: int) -> Any:
    """What the share sheet was last given, once it was called so many times."""
    expect(page.locator("html")).to_have_attribute("data-shared", str(times))
    return page.evaluate("window.shared.at(-1)")


def test_without_a_share_sheet_there_is_no_button_for_it(phone: Page) -> None:
    at_the_plan(phone, CANNOT)
    assert phone.locator("[data-share]").is_hidden() and phone.locator("#take [data-print]").is_visible()


def test_without_javascript_the_files_are_all_there_is(plain_phone: Page) -> None:
    start(plain_phone)
    click_through(plain_phone, DESK, DEFAULTS)
    finish(plain_phone)
    assert not plain_phone.locator("#take button:visible").count()
    with plain_phone.expect_download() as got:
        plain_phone.locator('#take a[href="/plan.zip"]').click()
    assert "plan.ics" in ZipFile(got.value.path()).namelist()


def test_a_draft_shares_its_pdf_and_waits_for_a_second_press_where_it_must(phone: Page) -> None:
    at_the_plan(phone, CAN)
    button, said = phone.locator("[data-share]"), phone.locator("#take-said")
    phone.evaluate("window.refuse = 'NotAllowedError'")
    button.click()
    expect(said).to_contain_text("Press Share again")
    phone.route("**/plan.pdf", lambda route: route.abort())
    button.click()
    what = shared(phone, 2)
    (name, kind, size) = what["files"][0]
    assert (name, kind, what["title"]) == ("back-plan.pdf", "application/pdf", phone.title()) and size > 1000
    assert not what.get("url") and said.inner_text() == ""


def test_a_share_sheet_that_is_closed_is_no_fault_and_a_lost_pdf_is(phone: Page) -> None:
    at_the_plan(phone, CAN)
    button, said = phone.locator("[data-share]"), phone.locator("#take-said")
    phone.route("**/plan.pdf", lambda route: route.fulfill(status=429, body="no"))
    button.click()
    expect(said).to_contain_text("That did not work")
    phone.unroute("**/plan.pdf")
    phone.evaluate("window.refuse = 'AbortError'")
    button.click()
    assert shared(phone, 1)["files"]
    assert said.inner_text() == ""


def test_a_kept_plan_shares_its_address(phone: Page) -> None:
    at_the_plan(phone, CAN)
    phone.evaluate("document.querySelector('[data-share]').dataset.url = '/kept/ABCD'")
    phone.locator("[data-share]").click()
    what = shared(phone, 1)
    assert what["url"].endswith("/kept/ABCD") and not what["files"]


def test_on_paper_everything_folded_is_open_and_afterwards_as_before(phone: Page) -> None:
    at_the_plan(phone, "window.print = () => { window.printed = true; };")
    phone.locator("#take [data-print]").click()
    assert phone.evaluate("window.printed")
    count = "() => document.querySelectorAll('.plan details:not([open])').length"
    phone.locator("#exercises .ex > summary").first.click()
    folded = phone.evaluate(count)
    assert folded > 0
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert phone.evaluate(count) == 0
    phone.evaluate("dispatchEvent(new Event('afterprint'))")
    assert phone.evaluate(count) == folded
