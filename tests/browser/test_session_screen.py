"""The screen of a session: clock and stills in sight at every size, a figure that moves with the clock, a voice, an easier way."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import PHONE, opened
from tests.browser.test_access import sound
from tests.browser.test_session import MOTION, session, to_session

__all__ = ["session"]  # the page that these tests look at

pytestmark = pytest.mark.browser
SIZES = [(390, 664), (320, 700), (844, 390), (1280, 800)]
"""Windows in which the clock has to be in sight: phones with the browser's bars, a phone on its side, a laptop."""
PARTS = ("[data-clock]", "[data-go]", "[data-next]", "[data-ease]")
TITLES = "[...document.querySelectorAll('[data-stop] > [data-turn]')].map(one => one.dataset.title)"
EASIER = """[...document.querySelectorAll('[data-stop]')]
  .map(one => one.querySelector('template')?.content.firstElementChild.dataset.title || null)"""
NAMED = "[...document.querySelectorAll('[data-stop]')].map(one => one.querySelector('.s-instead a')?.textContent || null)"
AT = "[data-turn]:visible .s-figure:visible"
HERE = "[...document.querySelectorAll('.s-figure')].find(one => one.closest('[data-turn]').checkVisibility())"
DRAWN = f"() => {HERE}?.shadowRoot?.querySelector('g[class^=k]')"
"""The figure of the exercise in sight has come and is drawn; until then there is nothing that could move."""


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_clock_is_in_sight_before_and_after_start(browser: Browser, site: str, width: int, height: int, scheme: Any) -> None:
    """Clock, buttons and the easier exercise stand in the window as it is, and nothing is under 44 px or runs out of the side."""
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=site, color_scheme=scheme, bypass_csp=True)
    for page in opened(context, site):
        to_session(page)
        expect(page.locator("[data-turn]:visible")).to_have_count(1)
        for moment in ("before", "running"):
            if moment == "running":
                page.get_by_role("button", name="Start").click()
                expect(page.locator("[data-count]")).not_to_be_empty()
            for part in PARTS:
                box = page.locator(part).bounding_box()
                assert box and box["y"] >= 0 and box["y"] + box["height"] <= height, (moment, part, box)
                assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] >= 44, (moment, part, box)
            assert page.evaluate("scrollY === 0 && document.documentElement.scrollWidth <= innerWidth"), moment
            stills = page.locator("[data-turn]:visible .pic img")
            assert stills.count() >= 1
            for image in stills.all():
                still = image.bounding_box()
                assert image.get_attribute("alt") and still and still["height"] >= 40 and still["y"] + still["height"] <= height, moment
            assert not sound(page), moment


FURTHER = "before => [...document.querySelectorAll('[data-turn]')].some(one => one.scrollTop > before)"
REST = "one => one.scrollHeight - one.scrollTop - one.clientHeight"
AT_REST = """one => new Promise(done => { let last = -1; const look = () => {
  if (one.scrollTop === last) return done(true); last = one.scrollTop; setTimeout(look, 100); }; look(); })"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_what_does_not_fit_is_said_and_one_press_away(browser: Browser, site: str, width: int, height: int) -> None:
    """Steps below the edge of the screen have a button that goes there; where all is in sight there is none."""
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=site, reduced_motion="reduce")
    for page in opened(context, site):
        to_session(page)
        more, turn = page.get_by_role("button", name="More below"), page.locator("[data-turn]:visible")
        expect(turn).to_have_count(1)
        page.wait_for_load_state("networkidle")
        hidden = turn.evaluate(REST)
        expect(more).to_be_visible(visible=hidden >= 8)
        assert hidden > 40 or height > 700, "on a phone there is more than fits"
        for _ in range(12):
            if turn.evaluate(REST) < 8:
                break
            before = turn.evaluate("one => one.scrollTop")
            more.click()
            page.wait_for_function(FURTHER, arg=before)
            assert turn.evaluate(AT_REST)
        expect(more).to_be_hidden()
        assert turn.evaluate(REST) < 8
        page.get_by_role("button", name="Start").click()
        expect(more).to_be_visible(visible=turn.evaluate(REST) >= 8)


def test_both_stills_are_described_while_the_figure_moves(session: Page) -> None:
    session.get_by_role("button", name="Start").click()
    session.clock.run_for(6_000)
    expect(session.locator(AT)).to_be_visible()
    snapshot = session.locator("[data-turn]:visible").aria_snapshot()
    for image in session.locator("[data-turn]:visible .pic img").all():
        assert str(image.get_attribute("alt")) in snapshot


def test_the_figure_moves_with_the_clock(session: Page) -> None:
    """In the pose of the phase: the end while it holds, the start again after letting go, and it stands while paused."""
    words = json.loads(str(session.locator("[data-session]").get_attribute("data-words")))
    for _ in range(session.locator("[data-stop]").count() - 1):
        if int(str(session.locator("[data-turn]:visible").get_attribute("data-repeats"))):
            break
        session.locator("[data-next]").click()
    session.wait_for_function(DRAWN)
    turn, figure = session.locator("[data-turn]:visible"), session.locator("[data-turn]:visible .s-figure")
    hold = int(str(turn.get_attribute("data-hold")))
    phase, seconds = (words["hold"], hold) if hold else (words["move"], 4)
    last = figure.evaluate("one => one.shadowRoot.querySelectorAll('g[class^=k]').length") - 1
    session.clock.pause_at(datetime.now() + timedelta(minutes=5))  # from here on, time goes only when it is told to
    session.get_by_role("button", name="Start").click()
    session.clock.run_for(4_100)
    assert phase in str(session.locator("[data-now]").text_content())
    session.clock.run_for(600)
    session.get_by_role("button", name="Pause").click()
    middle = str(figure.get_attribute("data-at"))
    assert 0 < int(middle) < last
    session.clock.run_for(3_000)
    assert figure.get_attribute("data-at") == middle, "it stands while paused"
    session.get_by_role("button", name="Go on").click()
    session.clock.run_for(seconds * 1_000 - 100)
    assert figure.get_attribute("data-at") == str(last), "at the end of the movement: the pose of the end"
    session.clock.run_for(200)
    assert words["letgo"] in str(session.locator("[data-now]").text_content())
    session.clock.run_for(2_600)
    assert figure.get_attribute("data-at") == "0", "let go: the pose of the start"
    shown = "one => [...one.shadowRoot.querySelectorAll('g[class^=k]')].filter(g => getComputedStyle(g).display !== 'none').length"
    assert figure.evaluate(shown) == 1, "one moment at a time"


def test_a_figure_that_comes_late_takes_up_the_pose_of_the_clock(browser: Browser, site: str) -> None:
    """On a slow line the clock has begun before the drawing is there: it then stands where the words say, not at the start."""
    waiting: list[Route] = []

    def held_back(route: Route) -> None:
        waiting.append(route)

    for page in opened(browser.new_context(**PHONE, base_url=site, reduced_motion="reduce"), site):
        page.route("**/*-move.svg*", held_back)
        page.clock.install()
        to_session(page)
        page.clock.pause_at(datetime.now() + timedelta(minutes=5))
        page.get_by_role("button", name="Start").click()
        page.clock.run_for(4_100)
        assert waiting, "the drawing is still on its way"
        for one in waiting:
            one.continue_()
        page.wait_for_function(DRAWN)
        last = page.evaluate(f"{HERE}.shadowRoot.querySelectorAll('g[class^=k]').length - 1")
        assert last > 0
        page.wait_for_function(f"last => {HERE}.dataset.at === String(last)", arg=last)


def test_with_less_motion_it_goes_from_pose_to_pose(browser: Browser, site: str) -> None:
    for page in opened(browser.new_context(**PHONE, base_url=site, reduced_motion="reduce"), site):
        page.clock.install()
        to_session(page)
        figure = page.locator("[data-turn]:visible .s-figure")
        page.wait_for_function(DRAWN)
        page.evaluate(f"""() => {{ window.poses = new Set(); const one = {HERE};
          const seen = new MutationObserver(() => window.poses.add(one.dataset.at));
          seen.observe(one, {{attributes: true, attributeFilter: ['data-at']}}); }}""")
        page.get_by_role("button", name="Start").click()
        page.clock.run_for(20_000)
        last = figure.evaluate("one => one.shadowRoot.querySelectorAll('g[class^=k]').length") - 1
        assert page.evaluate("[...window.poses].sort()") == sorted({"0", str(last)}), "no moment between the two"


def test_the_voice_speaks_only_when_it_is_chosen(session: Page) -> None:
    voice = session.get_by_role("button", name="Voice")
    expect(voice).to_have_attribute("aria-pressed", "false")
    session.get_by_role("button", name="Start").click()
    session.clock.run_for(10_000)
    assert session.evaluate("window.spoken") == []
    voice.click()
    expect(voice).to_have_attribute("aria-pressed", "true")
    session.clock.run_for(10_000)
    spoken = session.evaluate("window.spoken")
    assert len(spoken) >= 3 and session.locator("[data-say]").text_content() in spoken, "the same words as for a screen reader"
    before = session.evaluate("window.hushed")
    voice.click()
    assert session.evaluate("window.hushed") > before
    session.clock.run_for(10_000)
    assert session.evaluate("window.spoken") == spoken


def test_too_much_eases_this_exercise_and_those_that_follow(session: Page) -> None:
    """By the rungs that the plan names; and the person may go back to the full one."""
    titles = session.evaluate(TITLES)
    easier = session.evaluate(EASIER)
    named = session.evaluate(NAMED)
    assert easier == named and any(easier), "what eases is what the plan names"
    session.locator("[data-ease]").click()
    now = session.evaluate(TITLES)
    assert now == [rung or title for rung, title in zip(easier, titles, strict=True)]
    assert all(rung in str(session.locator("[data-say]").text_content()) for rung in easier if rung)
    if easier[0]:
        expect(session.locator("[data-turn]:visible h2")).to_have_text(easier[0])
        session.locator("[data-ease]").click()
        expect(session.locator("[data-turn]:visible h2")).to_have_text(titles[0])


def test_the_moving_picture_is_one_of_its_own(browser: Browser, site: str) -> None:
    for motion, moves in MOTION:
        for page in opened(browser.new_context(**PHONE, base_url=site, reduced_motion=motion), site):
            page.goto("/exercises/bridge")
            for _ in range(2):
                for image in page.locator(".pics img").all():
                    expect(image).to_be_visible()
                    assert str(image.get_attribute("alt")) in page.locator(".pics").aria_snapshot()
                expect(page.locator(".play img")).to_be_hidden()
                if not moves:
                    expect(page.locator(".play")).to_be_hidden()
                    break
                summary = page.locator(".play summary")
                box = summary.bounding_box()
                assert box and box["height"] >= 44
                summary.focus()
                page.keyboard.press("Enter")
                expect(page.locator(".play img")).to_be_visible()
                assert page.locator(".pics img").first.is_visible() and page.locator(".pics img").last.is_visible()
                page.keyboard.press("Enter")
