"""A therapist's own numbers on a row of the new sheet, by keys: taken with Enter, seen in the preview, told when they can't be right."""

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


def test_a_dose_is_typed_on_its_row(screen: Page, desk: Desk) -> None:
    """The dose opens, Enter takes it and prints nothing, the preview says it, and the row stays open and sound."""
    sign_in(screen, desk)
    screen.goto("/clinic/new")
    screen.keyboard.press("2")
    row = screen.locator("#items [data-row]").filter(has=screen.locator("input[name*=repeats]")).first
    dose = screen.locator(f"#{row.locator('.own-dose').get_attribute('id')}")
    dose.locator("summary").click()
    dose.get_by_label("Sets").fill("3")
    dose.get_by_label("Repeats").fill("7")
    dose.get_by_label("A line to this exercise").fill("Left first.")
    dose.get_by_label("Repeats").press("Enter")
    expect(dose.locator("summary")).to_contain_text("3 × 7")
    expect(screen.frame_locator("#preview").get_by_text("Left first.")).to_have_count(1)
    expect(dose.get_by_label("Repeats")).to_be_visible()
    assert not sound(screen)
    dose.get_by_label("Repeats").fill("70")
    screen.locator("#note").focus()
    expect(dose).to_contain_text("Repeats: type a whole number from 1 to 50")
    expect(dose.get_by_label("Repeats")).to_have_value("70")


def test_the_picture_and_the_keys_stay_beside_the_name(screen: Page, desk: Desk) -> None:
    """However tall an open dose makes its row, neither floats to the middle of it."""
    sign_in(screen, desk)
    screen.goto("/clinic/new")
    screen.keyboard.press("2")
    row = screen.locator("#items [data-row]").first
    row.locator(".own-dose > summary").click()
    name, field = row.locator(".what > span").first.bounding_box(), row.get_by_label("Sets").bounding_box()
    assert name and field
    for part in (row.locator(".thumb img"), row.locator("[data-do=swap]")):
        box = part.bounding_box()
        assert box and box["y"] < name["y"] + name["height"] and box["y"] + box["height"] < field["y"] + field["height"]
