"""A clinic's own exercise in a browser: written on a telephone, found on the desk by its name, printed, and seen by the patient."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Desk, opened, shown_pdf, sign_in
from tests.browser.test_access import sound
from tests.pictures import from_a_phone

pytestmark = pytest.mark.browser
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}


def writes(page: Page, photo: Path) -> None:
    page.goto("/clinic/exercises/new")
    page.get_by_label("Name of the exercise").fill("Ball on the wall")
    page.get_by_label("Step 1").fill("Stand with your back to a wall and a ball behind you.")
    page.get_by_role("button", name="Save", exact=True).click()
    assert not sound(page)
    expect(page.locator(".oops li")).to_have_count(5)
    page.get_by_label("Step 2").fill("Bend your knees a little.")
    page.get_by_label("Begins", exact=True).select_option("standing")
    page.get_by_label("Is for", exact=True).select_option("strength")
    page.get_by_label("Low back", exact=True).check()
    page.locator("[name=demand][value=standing_free]").check()
    page.get_by_label("Photo or drawing").set_input_files(photo)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("cell", name="Standing, no hand")).to_be_visible()


def test_an_exercise_of_ones_own_from_the_telephone_to_the_patient(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(from_a_phone())
    wrong: list[str] = []
    for page in opened(browser.new_context(**PHONE, color_scheme="dark", base_url=desk.url, bypass_csp=True), desk.url):
        sign_in(page, desk)
        writes(page, photo)
        wrong += sound(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.locator(".own-acts a").first.click()
        wrong += sound(page)
    for page in opened(browser.new_context(**DESK, base_url=desk.url, bypass_csp=True), desk.url):
        sign_in(page, desk)
        page.goto("/clinic/new")
        page.keyboard.type("2")
        expect(page.locator("#items [data-row]").first).to_be_visible()
        page.locator("#items .do[data-do=remove]").last.click()
        page.locator("#adding > summary").click()
        page.locator("#query").fill("ball wall")
        expect(page.locator(".finds li", has_text="Ball on the wall")).to_contain_text("From your clinic")
        page.locator("#query").press("Enter")
        expect(page.locator("#items [data-row]", has_text="Ball on the wall")).to_be_visible()
        wrong += sound(page)
        page.locator("label:has(#checked-yes)").click()
        page.locator("#print").click()
        expect(page.get_by_role("heading", name="The sheet is ready")).to_be_visible()
        assert "Ball on the wall (from your clinic)" in page.locator("#chart").input_value()
        words = " ".join(shown_pdf(page).split())
        assert "Ball on the wall" in words and "From" in words
        code = page.locator("#code").inner_text()
    for page in opened(browser.new_context(**PHONE, base_url=desk.url, bypass_csp=True), desk.url):
        page.goto(f"/kept/{code}")
        line = page.locator("details.ex", has_text="Ball on the wall")
        line.locator("summary").first.click()
        photo_there = line.locator(".stills img")
        photo_there.scroll_into_view_if_needed()
        expect(photo_there).to_be_visible()
        assert photo_there.evaluate("one => one.complete && one.naturalWidth > 0")
        expect(line).to_contain_text("From your clinic.")
        wrong += sound(page)
    assert not wrong, wrong
