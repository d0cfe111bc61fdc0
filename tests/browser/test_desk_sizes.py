"""The therapist's pages on the screens that clinics have: the preview beside the form or one press away, and no empty frame on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Desk, opened, sign_in

pytestmark = pytest.mark.browser
FINGER: dict[str, Any] = {**PHONE, "has_touch": True, "is_mobile": True}
NARROW: dict[str, Any] = {"viewport": {"width": 1024, "height": 768}, "locale": "en-GB"}
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}


@pytest.fixture
def screen(request: pytest.FixtureRequest, browser: Browser, desk: Desk) -> Iterator[Page]:
    """A sheet begun with a pack, on a screen of its own size."""
    for page in opened(browser.new_context(**request.param, base_url=desk.url), desk.url):
        sign_in(page, desk)
        page.goto("/clinic/new")
        page.locator("#packs [data-key='2']").click()
        expect(page.locator("#items [data-row]").first).to_be_visible()
        yield page


@pytest.mark.parametrize("screen", [NARROW], indirect=True)
def test_at_1024_the_preview_is_one_press_away(screen: Page) -> None:
    paper, there = screen.locator("#preview"), screen.get_by_role("link", name="See the preview")
    expect(there).to_be_in_viewport(ratio=1)
    expect(paper).not_to_be_in_viewport()
    there.click()
    expect(paper).to_be_in_viewport(ratio=0.9)
    expect(screen.frame_locator("#preview").locator(".move").first).to_be_in_viewport()
    screen.get_by_role("link", name="Back to the form").click()
    expect(screen.locator("#items [data-row]").first).to_be_in_viewport()


@pytest.mark.parametrize("screen", [WIDE], indirect=True)
def test_at_1280_it_stands_beside(screen: Page) -> None:
    expect(screen.locator("#preview")).to_be_in_viewport(ratio=0.5)
    expect(screen.get_by_role("link", name="See the preview")).to_be_hidden()
    expect(screen.locator(".keys")).to_contain_text("Print with Ctrl Enter")
    expect(screen.locator(".keys .kbd").first).to_be_visible()


@pytest.mark.parametrize("screen", [FINGER], indirect=True)
def test_on_a_phone_there_are_no_keys_and_no_frame_but_a_link(screen: Page) -> None:
    expect(screen.locator(".keys .kbd").first).to_be_hidden()
    assert screen.locator(".keys").inner_text().strip() == "Same as last time"
    screen.locator("label:has(#checked-yes)").click()
    screen.locator("#print").click()
    expect(screen.get_by_role("heading", name="The sheet is ready")).to_be_visible()
    assert screen.locator("iframe").count() == 0 and screen.locator("[data-print-frame]").is_hidden()
    link = screen.get_by_role("link", name="Open the PDF")
    expect(link).to_be_visible()
    assert "quiet" not in str(link.get_attribute("class")), "it is the thing to do"
    screen.get_by_role("link", name="Sheets").click()
    screen.locator("#sheets tbody a").first.click()
    expect(screen.get_by_role("link", name="Open the PDF")).to_be_visible()
    assert screen.locator("iframe").count() == 0, "nor where it is printed again"


@pytest.mark.parametrize("screen", [WIDE], indirect=True)
def test_on_a_desk_the_pdf_stands_beside(screen: Page) -> None:
    screen.locator("#checked-yes").check(force=True)
    screen.locator("#print").click()
    expect(screen.locator("[data-print-frame] iframe")).to_be_visible()
