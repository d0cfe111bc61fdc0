"""Somebody presses everything twice: the second press lands on the next page, and neither answers nor ticks anything there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, an_app, opened, running
from tests.browser.person import DEFAULTS, DESK, choices, finish, start, way_on
from tests.conftest import a_database

pytestmark = pytest.mark.browser
TWICE_MS, READ_MS = 90, 1100
CHECKED = "() => [...document.querySelectorAll('main form :is([type=checkbox], [type=radio]):checked')].map(box => box.id)"


@pytest.fixture(scope="module")
def careful_site() -> Iterator[str]:
    """A site with its own waiting times: others in these tests let a machine press at once."""
    with running(an_app(a_database())) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def presser(request: pytest.FixtureRequest, browser: Browser, careful_site: str) -> Iterator[Page]:
    context = browser.new_context(**PHONE, base_url=careful_site, java_script_enabled=request.param)
    yield from opened(context, careful_site)


def press_twice(page: Page, selector: str) -> None:
    button = page.locator(selector)
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    place = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(*place)
    page.wait_for_timeout(TWICE_MS)
    page.mouse.click(*place)


def test_who_presses_everything_twice_gets_the_plan_of_who_presses_once(presser: Page) -> None:
    """Every page is met once or more, none is passed over, and with script nothing is ticked by the second press."""
    script = bool(presser.evaluate("() => typeof htmx === 'object'"))
    pace = presser.context.new_cdp_session(presser)
    pace.send("Animation.enable")
    start(presser)
    met: list[str] = []
    while len(met) < 60:
        presser.wait_for_timeout(READ_MS)  # the page is there, also on a slow machine, and is read
        if "/ask/" not in presser.url:
            break
        step = presser.url.rsplit("/", 1)[1]
        picked = choices(presser, DESK, DEFAULTS)
        ticked = presser.evaluate(CHECKED) if step not in met else []
        wanted = {field["id"] for field in picked}
        if script:
            assert set(ticked) <= wanted | set(preselected(presser)), step
        for one in set(ticked) - wanted - set(preselected(presser)):
            presser.locator(f"label:has(#{one})").first.click()
        met.append(step)
        for field in picked:
            if field["type"] != "submit" and not presser.locator(f"#{field['id']}").is_checked():
                presser.locator(f"label:has(#{field['id']})").first.click()
        pace.send("Animation.setPlaybackRate", {"playbackRate": int(script)})  # a busy machine brings the second press late
        press_twice(presser, way_on(presser, picked))
        presser.wait_for_load_state()
        pace.send("Animation.setPlaybackRate", {"playbackRate": 1})
    assert presser.url.endswith(("/plan", "/answers")), "nothing was kept, and no link was followed"
    assert [step for step in ("age", "safety1", "safety2", "safety3", "where", "duration", "moving", "day") if step not in met] == []
    assert len(finish(presser)) > 8


def preselected(page: Page) -> list[str]:
    """What the server had chosen already: answers of before, and the country."""
    found: list[str] = page.evaluate("() => [...document.querySelectorAll('main form [checked]')].map(box => box.id)")
    return found


def test_a_new_page_takes_no_press_in_its_first_moments_also_without_script(browser: Browser, careful_site: str) -> None:
    """The moments are held still, so that the test does not depend on how quick the machine is. Keys are taken at once."""
    with browser.new_context(**PHONE, base_url=careful_site, java_script_enabled=False) as context:
        page = context.new_page()
        moments = context.new_cdp_session(page)
        moments.send("Animation.enable")
        moments.send("Animation.setPlaybackRate", {"playbackRate": 0})
        page.goto("/")
        begin = page.locator("main a, main button").first
        box = begin.bounding_box()
        assert box
        place = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.click(*place)
        page.wait_for_timeout(READ_MS)
        assert page.url == f"{careful_site}/", "the press was meant for the page before"
        begin.press("Enter")
        page.wait_for_url("**/ask/*")
        page.goto("/")
        moments.send("Animation.setPlaybackRate", {"playbackRate": 1})
        page.wait_for_timeout(READ_MS)
        page.mouse.click(*place)
        page.wait_for_url("**/ask/*")
