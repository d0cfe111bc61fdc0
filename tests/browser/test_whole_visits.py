"""Visits from the empty page to the paper in hand and the text in the clinic's own notes: what a therapist presses, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from planner.library.reader import load
from tests.browser.conftest import Desk, opened, sign_in
from tests.browser.keystrokes import Person
from tests.browser.person import DEFAULTS, answer_page
from tests.checking_in import phone, sends
from tests.conftest import Linted
from tests.people import well
from tests.rooms import opened as opened_sheet
from tests.sheet_forms import a_body, a_handout

pytestmark = pytest.mark.browser
SCREEN: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "locale": "en-GB",
    "permissions": ["clipboard-read", "clipboard-write"],
}
NOTE = "Ease off if the left leg talks."
UNSURE = well(load(), rf_weight_loss="unsure", country="GB")


@pytest.fixture
def screen(browser: Browser, desk: Desk) -> Iterator[Page]:
    """New sheet, on a morning on which the therapist has signed in."""
    for page in opened(browser.new_context(**SCREEN, base_url=desk.url), desk.url):
        sign_in(page, desk)
        page.goto("/clinic/new")
        yield page


def printers_window(page: Page, times: int) -> None:
    """It has opened so often on this page. The first PDF of a server that has just begun is a slow one."""
    for _ in range(600):
        if page.evaluate("window.dialogs") == times:
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate("window.dialogs"))


def paper_in_hand(me: Person) -> None:
    """Prints, says yes to the printer's window, and copies the text for the notes."""
    me.presses("Control+Enter")
    expect(me.page.get_by_role("heading", name="The sheet is ready")).to_be_visible()
    printers_window(me.page, 1)
    me.presses("Enter")  # in the printer's window; here it is the button that has the focus
    printers_window(me.page, 2)
    me.clicks(me.page.get_by_role("button", name="Copy", exact=True), "copy the text")
    expect(me.page.locator("#copied")).to_have_text("Copied")
    assert me.page.evaluate("navigator.clipboard.readText()") == me.page.locator("#chart").input_value()


def test_a_first_visit(screen: Page) -> None:
    me = Person(screen)
    me.presses("2")
    expect(screen.locator("#checked-yes")).to_be_focused()
    me.presses("Space")
    me.clicks(screen.locator("label:has(#tick-risk_bone\\:osteoporosis)"), "thin bones")
    expect(screen.locator("#pressure-3")).to_have_count(0)
    me.clicks(screen.locator("#items .do[data-do=swap]").first, "swap the first exercise")
    expect(screen.locator("#reset")).to_be_visible()
    me.clicks(screen.locator("#note"), "the note")
    me.types(NOTE)
    paper_in_hand(me)
    print("\n" + me.report("First visit, paper in hand and text copied"))
    assert len(me.steps) <= 12 and me.seconds <= 90


@pytest.mark.parametrize("digits", ["", "54219"], ids=["told by phone", "told on paper"])
def test_the_next_visit(screen: Page, desk: Desk, digits: str) -> None:
    name, code = a_sheet_of_last_week(desk, told=not digits)
    me = Person(screen)
    me.scans(code)
    screen.wait_for_url(f"**/repeat/{name}")
    expect(screen.locator("#digits")).to_be_focused()
    if digits:
        me.types(sum_right(digits))
    else:
        expect(screen.get_by_role("heading", name="Told at home")).to_be_visible()
        me.presses("Enter")
    screen.wait_for_url("**/new?again=*")
    expect(screen.locator("#checked-yes")).to_be_focused()
    me.presses("Space")
    paper_in_hand(me)
    print("\n" + me.report("Next visit, paper in hand and text copied"))
    assert len(me.steps) <= 6 and me.seconds <= 35


def a_sheet_of_last_week(desk: Desk, *, told: bool) -> tuple[str, str]:
    """A sheet and its code; the patient has checked in on the phone, or not."""
    engine = desk.app.extensions["database"]
    name = a_handout(engine, desk.home, replace(a_body(load(), peg_p=5), made=date.today() - timedelta(days=8)), reference="R 7")
    code = opened_sheet(engine, desk.home, name).code
    shown = "-".join(code[at : at + 4] for at in range(0, len(code), 4))
    if told:
        desk.app.test_client_class = Linted
        sends(phone(desk.app, load()), f"/kept/{shown}", days="5", pain="3")
    return name, shown


def sum_right(digits: str) -> str:
    """The four digits, and the last digit of their sum, as the foot of the sheet asks."""
    return digits[:4] + str(sum(map(int, digits[:4])) % 10)


def test_from_the_waiting_room_to_the_sheet(screen: Page, browser: Browser, desk: Desk) -> None:
    """The patient was not sure of one sign."""
    screen.goto("/clinic/waiting-room")
    screen.get_by_role("button", name="New intake").click()
    screen.get_by_role("button", name="Copy the link").click()
    expect(screen.locator("#copied")).to_have_text("Copied")
    link = screen.evaluate("navigator.clipboard.readText()")
    word = word_of(browser, desk, link)
    screen.goto("/clinic/new")
    me = Person(screen)
    me.types(word.lower())
    me.presses("Enter", thinking=False)
    me.clicks(screen.locator(".not-sure").get_by_role("button", name="No", exact=False).last, "no, not that sign")
    expect(screen.locator(".not-sure")).to_have_count(0)
    me.clicks(screen.locator("label:has(#checked-yes)"), "red flags checked")
    paper_in_hand(me)
    print("\n" + me.report("From word to paper and text"))
    assert len(me.steps) <= 8 and me.seconds <= 30


def word_of(browser: Browser, desk: Desk, link: str) -> str:
    for page in opened(browser.new_context(base_url=desk.url, locale="en-GB"), desk.url):
        page.goto(link)
        page.get_by_role("button", name="Start").click()
        page.wait_for_url("**/ask/**")
        while "/ask/" in page.url:
            answer_page(page, UNSURE, DEFAULTS)
        page.get_by_role("button", name="Hand in my answers").click()
        return str(page.locator("[data-word]").get_attribute("data-word"))
    raise AssertionError


def test_a_sheet_that_is_opened_again_does_not_print(screen: Page) -> None:
    """Pressed as fast as fingers go: the pack is not there yet when the tick is set, nor the tick's answer when it prints."""
    screen.keyboard.press("2")
    screen.locator("label:has(#checked-yes)").click()
    screen.keyboard.press("Control+Enter")
    screen.wait_for_url("**/made", wait_until="commit")  # its frame waits for the paper
    printers_window(screen, 1)
    screen.reload()
    expect(screen.locator("#print-it")).to_be_focused()
    screen.wait_for_timeout(500)
    assert screen.evaluate("window.dialogs") is None
