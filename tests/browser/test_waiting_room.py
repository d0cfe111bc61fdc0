"""The waiting room in a real browser: the tablet forgets, Back shows nothing, and the desk is quick."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from planner.clinic.tables import Clinic
from planner.database.sessions import writing
from planner.web import at_clinic
from planner.web.patient import intake_pages
from tests.browser.conftest import Desk, opened, sign_in
from tests.browser.keystrokes import Person
from tests.browser.person import DEFAULTS, DESK, click_through
from tests.waiting import CONSENT

pytestmark = pytest.mark.browser
TABLET: Any = {"viewport": {"width": 1024, "height": 768}, "locale": "en-GB"}
DESKTOP: Any = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
PHONE_WITHOUT_SCRIPT: Any = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}


def consent_wanted(desk: Desk) -> None:
    with writing(desk.app.extensions["database"]) as rows:
        rows.execute(update(Clinic).values(consent=CONSENT))


def a_tablet_page(page: Page, desk: Desk) -> None:
    sign_in(page, desk)
    page.goto(f"{desk.url}/clinic/waiting-room")
    page.get_by_role("button", name="Make this the waiting-room tablet").click()
    page.wait_for_url("**/intake")


def answered(page: Page) -> str:
    """The word of somebody at the tablet, who signs with a finger."""
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/ask/**")
    click_through(page, DESK, DEFAULTS)
    page.wait_for_url("**/intake/consent")
    page.locator("#agree").check()
    box = page.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 70, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="Hand in my answers").click()
    page.wait_for_url("**/intake/word")
    return str(page.locator("[data-word]").get_attribute("data-word"))


def test_from_the_tablet_to_the_printed_sheet(browser: Browser, desk: Desk) -> None:
    consent_wanted(desk)
    for page in opened(browser.new_context(**TABLET), desk.url):
        a_tablet_page(page, desk)
        word = answered(page)
        page.get_by_role("button", name="Done, clear this screen").click()
        expect(page.get_by_role("button", name="Start")).to_be_visible()
        for _ in range(4):
            page.go_back()
            expect(page.get_by_role("button", name="Start")).to_be_visible()
            assert word not in page.content() and "Your answers" not in page.content()
        names = {one["name"] for one in page.context.cookies()}
        assert not names & {"answers", "cleared", "intake", "clinic"} and "tablet" in names
    for page in opened(browser.new_context(**DESKTOP), desk.url):
        sign_in(page, desk)
        page.goto(f"{desk.url}/clinic/new")
        person = Person(page)
        person.types(word.lower())
        person.presses("Enter", thinking=False)
        expect(page.locator(".ahead")).to_contain_text("on the tablet")
        person.presses("Space")
        person.presses("Control+Enter")
        page.wait_for_url("**/made")
        print(person.report("From word to sheet"))
        assert len(person.steps) <= 8 and person.seconds <= 30
        page.goto(page.url.removesuffix("/made"))
        expect(page.locator(".signature")).to_be_visible()


def test_a_tablet_that_nobody_touches_goes_back_to_its_start(browser: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_pages, "IDLE_SECONDS", 4)
    monkeypatch.setattr(intake_pages, "ASKED_BEFORE", 2)
    assert at_clinic.IDLE_SECONDS == 300
    for page in opened(browser.new_context(**TABLET), desk.url):
        a_tablet_page(page, desk)
        page.get_by_role("button", name="Start").click()
        page.wait_for_url("**/ask/**")
        expect(page.locator("#idle")).to_be_visible(timeout=8000)
        page.mouse.click(5, 5)
        expect(page.locator("#idle")).to_be_hidden()
        expect(page.get_by_role("button", name="Start")).to_be_visible(timeout=12000)


def test_without_javascript_a_typed_name_will_do(browser: Browser, desk: Desk) -> None:
    consent_wanted(desk)
    for page in opened(browser.new_context(**PHONE_WITHOUT_SCRIPT), desk.url):
        a_tablet_page(page, desk)
        page.get_by_role("button", name="Start").click()
        click_through(page, DESK, DEFAULTS)
        assert page.locator("canvas").is_hidden()
        page.locator("#agree").check()
        page.locator("#signed").fill("Ann Other")
        page.get_by_role("button", name="Hand in my answers").click()
        assert len(str(page.locator("[data-word]").get_attribute("data-word"))) == 4
