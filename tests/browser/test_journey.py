"""The whole journey in a real browser: by tap, by keyboard, without JavaScript, at 320 px, and doing it wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.person import DEFAULTS, DESK, LIBRARY, answer_page, click_through, finish, start, type_through
from tests.people import well

pytestmark = pytest.mark.browser


def test_by_tap_and_without_javascript_the_same_plan(phone: Page, plain_phone: Page) -> None:
    lines = []
    for page in (phone, plain_phone):
        start(page)
        taps = click_through(page, DESK, DEFAULTS)
        lines.append(finish(page))
        assert len(taps) <= 14 and 1 + sum(taps) <= 25, taps
    assert lines[0] == lines[1]
    assert any(line.startswith("exercise:") for line in lines[0])


WORDS = "() => (document.querySelector('main form').innerText.match(/\\S*[a-z]\\S*/gi) || []).length"
READ, PRESS = 240, 2  # words a minute, seconds a tap


PERSON_A: dict[str, Any] = {
    "duration": "lt4w",
    "goal": "sitting",
    "peg_p": 4,
    "worse_with": ("sitting", "bending"),
    "pressure_pref": "firm",
    "budget": "some",
}
WALKS: list[tuple[dict[str, Any], int, int]] = [({"duration": "4to12w"}, 14, 1000), (PERSON_A, 14, 1000), ({"duration": "gt12w"}, 15, 1100)]


@pytest.mark.parametrize(("person", "most_pages", "most_words"), WALKS, ids=["well", "person a", "lasting pain"])
def test_a_well_person_is_through_in_14_pages_25_taps_and_the_minutes_that_the_start_page_says(
    phone: Page, person: dict[str, Any], most_pages: int, most_words: int
) -> None:
    """Everybody's way. Pain of over 12 weeks before the age of 60 has one page of signs more. 33 taps, 18 pages and 1,541 words before."""
    phone.goto("/")
    promised = int(next(word for word in phone.locator(".promise").inner_text().split() if word.isdigit()))
    start(phone)
    words, taps, pages = 0, 1, 0
    while "/ask/" in phone.url:
        words, pages = words + phone.evaluate(WORDS), pages + 1
        taps += answer_page(phone, well(LIBRARY, **person), DEFAULTS)
    assert phone.url.endswith("/plan")
    assert (pages <= most_pages, taps <= 25, words <= most_words) == (True, True, True), (pages, taps, words)
    assert words / READ + taps * PRESS / 60 <= promised + 0.5


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
    answer_page(page, answers, DEFAULTS)


def test_an_emergency_sign_leaves_at_once_and_back_keeps_the_answer(phone: Page) -> None:
    start(phone)
    one_page(phone)
    phone.locator("label:has(#tick-rf_saddle)").click()
    phone.get_by_role("button", name="Continue").click()
    phone.wait_for_url("**/stop")
    assert not phone.locator("[data-line]").count()
    assert phone.get_by_role("link", name="Call 999").count() == 1
    phone.goto("/plan")
    phone.wait_for_url("**/stop")
    phone.goto("/ask/rf_saddle")
    assert "Your answer" in phone.locator("#rf_saddle-yes").inner_text()


def test_the_known_reason_shows_under_its_tick_and_asks_nothing_more(phone: Page) -> None:
    start(phone)
    one_page(phone)
    reason = phone.locator("label:has(#harmless-rf_saddle)")
    assert not reason.is_visible()
    phone.locator("label:has(#tick-rf_saddle)").click()
    reason.click()
    phone.get_by_role("button", name="Continue").click()
    phone.wait_for_url("**/ask/safety2")
    phone.go_back()
    assert phone.locator("#harmless-rf_saddle").is_checked()


def test_back_shows_what_was_chosen_and_enter_in_own_words_chooses_no_row(phone: Page) -> None:
    start(phone)
    while not phone.url.endswith("/ask/goal"):
        one_page(phone)
    assert not phone.locator(".pick.was").count()
    phone.locator("details.opens > summary").click()
    phone.get_by_label("Your own words").fill("my garden")
    phone.keyboard.press("Enter")
    phone.wait_for_selector(".oops")
    assert phone.get_by_label("Your own words").input_value() == "my garden"
    phone.locator("#goal-sleep").click()
    phone.wait_for_url("**/ask/applies")
    phone.get_by_role("link", name="Back", exact=True).click()
    phone.wait_for_url("**/ask/goal")
    assert phone.locator(".pick.was").get_attribute("value") == "sleep"
    assert phone.get_by_label("Your own words").input_value() == "my garden"


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
