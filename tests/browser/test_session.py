"""Exercise with me: one exercise at a time with a clock, by tap and by keyboard; the same steps on one page without JavaScript."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, opened
from tests.browser.test_kept import a_kept_plan

pytestmark = pytest.mark.browser
WATCH = """() => { window.said = []; new MutationObserver(() => window.said.push(document.querySelector('[data-say]').textContent))
  .observe(document.querySelector('[data-say]'), {childList: true}); }"""
MOTION: list[tuple[Literal["no-preference", "reduce"], bool]] = [("no-preference", True), ("reduce", False)]
AWAKE = """() => { window.locks = 0; Object.defineProperty(navigator, 'wakeLock', {value: {request: async () => {
  window.locks += 1; return {release: async () => { window.locks -= 1; }}; }}}); }"""


SPOKEN = """() => { window.spoken = []; window.hushed = 0;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const voice = {speak: said => window.spoken.push(said.text), cancel: () => { window.hushed += 1; }};
  Object.defineProperty(window, 'speechSynthesis', {value: voice}); }"""


def to_session(page: Page, **answers: Any) -> None:
    page.goto(f"{a_kept_plan(minutes='20', **answers)}/session")


@pytest.fixture
def session(browser: Browser, site: str) -> Iterator[Page]:
    for page in opened(browser.new_context(**PHONE, base_url=site), site):
        page.add_init_script(f"({AWAKE})()")
        page.add_init_script(f"({SPOKEN})()")
        page.clock.install()
        to_session(page)
        expect(page.locator("[data-turn]:visible")).to_have_count(1)  # the script has begun
        page.evaluate(WATCH)
        yield page


def test_without_javascript_it_is_a_page_of_steps(plain_phone: Page) -> None:
    to_session(plain_phone)
    turns = plain_phone.locator("[data-turn]")
    assert turns.count() >= 1  # those of the day: strength has three days a week
    for index in range(turns.count()):
        expect(turns.nth(index)).to_be_visible()
        assert turns.nth(index).locator("ol.in-order li").count() >= 2
        assert turns.nth(index).locator("img").first.get_attribute("alt")
    expect(plain_phone.locator("[data-drive]")).to_be_hidden()
    expect(plain_phone.locator("[data-clock]")).to_be_hidden()
    easier = plain_phone.locator(".s-instead a").first
    box = easier.bounding_box()
    assert box and box["height"] >= 44, "a link to the easier exercise, large enough to tap"
    easier.click()
    plain_phone.wait_for_url("**/exercises/*")
    plain_phone.go_back()
    plain_phone.get_by_role("button", name="About right").click()
    plain_phone.wait_for_url("**/session/done")


def test_one_exercise_at_a_time_with_a_clock(session: Page) -> None:
    turns, words = session.locator("[data-turn]"), json.loads(str(session.locator("[data-session]").get_attribute("data-words")))
    assert session.locator("[data-turn]:visible").count() == 1
    session.get_by_role("button", name="Start").click()
    expect(session.locator("[data-now]:visible")).to_contain_text(words["ready"])
    session.clock.run_for(5_000)
    first = session.locator("[data-now]:visible").text_content()
    assert first and words["ready"] not in first
    session.get_by_role("button", name="Pause").click()
    before = session.locator("[data-clock]").text_content()
    session.clock.run_for(5_000)
    assert session.locator("[data-clock]").text_content() == before, "the clock stands while paused"
    session.get_by_role("button", name="Go on").click()
    session.clock.run_for(10 * 60_000)
    expect(session.locator("[data-now]:visible")).to_contain_text(words["done"])
    for _ in range(turns.count()):
        session.locator("[data-next]").click()
    expect(session.locator("[data-after] h2")).to_be_focused()


def test_announced_and_not_shouted(session: Page) -> None:
    session.get_by_role("button", name="Start").click()
    session.clock.run_for(60_000)
    said = session.evaluate("() => window.said")
    assert 2 <= len(said) <= 26, said
    assert any("Let go" in one for one in said), "letting go is announced too"
    assert all(one != other for one, other in itertools.pairwise(said)), "nothing is said twice running"


def test_the_screen_stays_awake_only_while_it_runs(session: Page) -> None:
    session.get_by_role("button", name="Start").click()
    session.wait_for_function("() => window.locks === 1")
    assert session.get_by_role("button", name="Pause").is_visible()
    session.get_by_role("button", name="Pause").click()
    session.wait_for_function("() => window.locks === 0")
    assert session.evaluate("window.locks") == 0, "given back once, not twice"


def test_sound_can_be_switched_off(session: Page) -> None:
    sound = session.get_by_role("button", name="Sound")
    expect(sound).to_have_attribute("aria-pressed", "true")
    sound.click()
    expect(sound).to_have_attribute("aria-pressed", "false")


def test_by_keyboard_alone(session: Page) -> None:
    title = session.locator("[data-turn]:visible h2").text_content()
    session.keyboard.press("ArrowRight")
    assert session.locator("[data-turn]:visible h2").text_content() != title
    session.keyboard.press("ArrowLeft")
    assert session.locator("[data-turn]:visible h2").text_content() == title
    session.keyboard.press("Space")
    expect(session.locator("[data-now]:visible")).to_be_visible()


def test_the_other_side_is_turned_over(session: Page) -> None:
    turned = ".other-side .pic img"
    for _ in range(session.locator("[data-turn]").count()):
        if session.locator("[data-turn]:visible").get_attribute("data-sides") == "2":
            break
        session.locator("[data-next]").click()
    session.get_by_role("button", name="Start").click()
    for _ in range(200):
        session.clock.run_for(1_000)
        if session.locator(turned).count():
            break
    assert "matrix(-1" in session.locator(turned).last.evaluate("e => getComputedStyle(e).transform")
