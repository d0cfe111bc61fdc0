"""Without a connection: the bar that says so, trying again by itself, and what is never sent again unasked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import person
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser
BAR = "#cut-off"


@pytest.fixture
def cut(browser: Browser, site: str) -> Iterator[Page]:
    """A phone whose connection may go: what the browser complains of then is no fault, but an error of a script is."""
    context = browser.new_context(**PHONE, base_url=site)
    page, wrong = context.new_page(), list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert not wrong, "\n".join(wrong)


def on_the_second_page(page: Page) -> str:
    """A person who has answered one page. The address of the next."""
    person.start(page)
    person.answer_page(page, person.DESK, person.DEFAULTS)
    return page.url


def press_on(page: Page) -> None:
    picked = person.choices(page, person.DESK, person.DEFAULTS)
    for field in (one for one in picked if one["type"] != "submit"):
        page.locator(f"label:has(#{field['id']})").first.click()
    page.locator(person.way_on(page, picked)).click()


def test_a_press_without_a_connection_says_so_and_goes_through_when_it_is_back(cut: Page) -> None:
    here = on_the_second_page(cut)
    cut.context.set_offline(True)
    press_on(cut)
    expect(cut.locator(BAR)).to_be_visible()
    expect(cut.get_by_role("alert").filter(has_text="No connection")).to_be_visible()
    box = cut.locator(f"{BAR} button").bounding_box()
    assert box and box["height"] >= 44
    assert cut.url == here and cut.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut.context.set_offline(False)
    cut.wait_for_url(lambda url: url != here, timeout=20_000)
    expect(cut.locator(BAR)).to_be_hidden()


def test_pressing_try_now_does_not_wait(cut: Page) -> None:
    here = on_the_second_page(cut)
    cut.route("**/ask/**", lambda route: route.abort())
    press_on(cut)
    expect(cut.locator(BAR)).to_be_visible()
    cut.unroute("**/ask/**")
    cut.locator(f"{BAR} button").click()
    cut.wait_for_url(lambda url: url != here, timeout=2_000)


def test_the_page_of_a_proxy_is_no_answer(cut: Page) -> None:
    here = on_the_second_page(cut)
    heading = cut.locator("h1").inner_text()

    def broken(route: Route) -> None:
        route.fulfill(status=502, body="<html><body><h1>502 Bad Gateway</h1></body></html>", content_type="text/html")

    cut.route("**/ask/**", broken)
    press_on(cut)
    expect(cut.locator(BAR)).to_be_visible()
    assert cut.url == here and cut.locator("h1").inner_text() == heading
    cut.unroute("**/ask/**")
    cut.wait_for_url(lambda url: url != here, timeout=20_000)


def test_only_answers_are_sent_again_by_themselves(cut: Page) -> None:
    on_the_second_page(cut)
    cut.goto("/clear")
    sent: list[str] = []

    def refuse(route: Route) -> None:
        sent.append(route.request.method)
        route.abort()

    cut.route("**/clear", refuse)
    cut.get_by_role("button", name="Yes, clear them").click()
    expect(cut.locator(BAR)).to_be_visible()
    cut.wait_for_timeout(4_500)
    assert sent == ["POST"]
    cut.locator(f"{BAR} button").click()
    cut.wait_for_timeout(300)
    assert sent == ["POST", "POST"]


def test_the_menu_by_keyboard_and_by_touch(cut: Page) -> None:
    on_the_second_page(cut)
    expect(cut.locator("h1")).to_be_focused()  # a swapped page takes the focus once, when it has settled
    summary = cut.locator("details.menu > summary")
    summary.focus()
    cut.keyboard.press("Enter")
    expect(cut.get_by_role("link", name="Clear my answers")).to_be_visible()
    heights = cut.eval_on_selector_all("details.menu nav a", "all => all.map(one => one.getBoundingClientRect().height)")
    assert len(heights) == 7 and min(heights) >= 44
    cut.keyboard.press("Escape")
    expect(cut.get_by_role("link", name="Clear my answers")).to_be_hidden()
    assert cut.evaluate("document.activeElement.tagName") == "SUMMARY"
    summary.click()
    cut.get_by_role("link", name="Clear my answers").click()
    cut.get_by_role("button", name="Yes, clear them").click()
    cut.get_by_role("button", name="Undo: bring my answers back").click()
    cut.wait_for_url("**/ask/**")
    assert "/ask/age" not in cut.url
