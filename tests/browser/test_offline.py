"""A kept plan without a network: as one file that asks for nothing, and as a copy in the browser that the person chose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE, opened
from tests.browser.test_access import sound
from tests.browser.test_kept import a_kept_plan
from tests.browser.test_session_screen import PARTS, SIZES

pytestmark = pytest.mark.browser
LOOKS = """() => { const look = getComputedStyle(document.querySelector('.btn'));
  return [look.minHeight, look.backgroundColor, look.fontFamily, look.borderRadius]; }"""
MOST_BYTES = 400_000
HELD = """async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
  localStorage.length, (await indexedDB.databases()).length]"""
"""All that outlives the window. What htmx notes of the current address ends with it."""
NOTHING = [0, 0, 0, 0]


def saved(page: Page, folder: Path) -> Path:
    """The file, as the person gets it."""
    page.goto(a_kept_plan(minutes="20"))
    page.locator(".save-here summary").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Save on this phone").click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


@pytest.fixture
def file(phone: Page, tmp_path: Path) -> Path:
    return saved(phone, tmp_path)


@pytest.fixture
def alone(browser: Browser, file: Path) -> Iterator[Page]:
    """The file in a browser that has no network and has never seen the site; whatever it asks for fails the test."""
    context = browser.new_context(**PHONE)
    context.set_offline(True)
    asked: list[str] = []
    for page in opened(context, f"file://{file}"):
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"file://{file}")
        expect(page.locator("[data-open]")).to_be_visible()
        asked.clear()
        yield page
        assert {url for url in asked if not url.startswith("data:")} <= {f"file://{file}"}, asked


def test_the_file_is_small_and_names_nothing_that_it_would_fetch(file: Path) -> None:
    text = file.read_text("utf-8")
    assert file.name == "back-plan.html" and len(file.read_bytes()) < MOST_BYTES
    assert "default-src 'none'" in text and "connect-src" not in text
    assert "unsafe" not in text.partition("<style>")[0], "its one style and its one script are named by their hashes"
    assert not [word for word in ("<link", "@import", "srcset=", "<iframe", ' src="http', ' src="/', "url(") if word in text]


def test_the_file_has_pictures_movement_and_a_clock_without_a_network(alone: Page) -> None:
    for row in alone.locator("details.ex").all():
        row.locator("summary").first.click()
        for image in row.locator(".stills img").all():
            image.scroll_into_view_if_needed()
            alone.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
            assert image.get_attribute("alt")
    alone.locator("[data-open]").click()
    for image in alone.locator("[data-turn]:visible .pic img").all():
        alone.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
    alone.get_by_role("button", name="Start").click()
    expect(alone.locator("[data-count]")).not_to_be_empty()
    expect(alone.locator("[data-turn]:visible .s-figure")).to_be_visible()
    alone.wait_for_function("() => Number(document.querySelector('.s-figure[data-at]').dataset.at) > 0")
    alone.locator("[data-ease]").click()
    for image in alone.locator("[data-turn]:visible .pic img").all():
        alone.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
    alone.locator("[data-leave]").click()
    expect(alone.locator(".plan")).to_be_visible()
    expect(alone.locator("[data-open]")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_clock_of_the_file_is_in_sight(alone: Page, width: int, height: int) -> None:
    alone.set_viewport_size({"width": width, "height": height})
    assert alone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    alone.locator("[data-open]").click()
    for part in PARTS:
        box = alone.locator(part).bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= height and box["height"] >= 44, (part, box)


def test_ticks_stay_in_the_file_s_own_storage(alone: Page) -> None:
    box = alone.locator(".s-today input:visible").first
    box.check()
    alone.locator(".s-weeks summary").click()
    other = alone.locator(".s-weeks input").nth(3)
    other.check()
    for where in (box, other):
        area = where.locator("xpath=..").bounding_box()
        assert area and area["height"] >= 44
    alone.reload()
    expect(alone.locator(".s-today input:visible").first).to_be_checked()
    expect(alone.locator(".s-weeks input").nth(3)).to_be_checked()
    expect(alone.locator(".s-weeks input").nth(4)).not_to_be_checked()
    alone.locator(".s-today input:visible").first.uncheck()
    alone.reload()
    expect(alone.locator(".s-today input:visible").first).not_to_be_checked()


def test_a_file_that_has_grown_old_says_so_and_hides_the_exercises(alone: Page) -> None:
    until = date.fromisoformat(str(alone.locator("[data-until]").get_attribute("data-until")))
    for day, is_old in ((until, False), (until + timedelta(days=1), True)):
        alone.clock.set_fixed_time(f"{day.isoformat()}T12:00:00")
        alone.reload()
        expect(alone.locator("[data-old]")).to_be_visible(visible=is_old)
        expect(alone.locator("#exercises")).to_be_visible(visible=not is_old)
        expect(alone.locator("[data-open]")).to_be_visible(visible=not is_old)
        expect(alone.locator("#stopif")).to_be_visible()


@pytest.mark.parametrize(("scheme", "forced"), [("light", "none"), ("dark", "none"), ("dark", "active")])
def test_the_file_has_no_violation(browser: Browser, file: Path, scheme: Any, forced: Any) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme=scheme, forced_colors=forced, bypass_csp=True)
    page = context.new_page()
    page.goto(f"file://{file}")
    expect(page.locator("[data-open]")).to_be_visible()
    wrong = sound(page)
    page.locator("[data-open]").click()
    wrong += sound(page)
    context.close()
    assert not wrong


def test_the_file_without_javascript_is_the_plan(browser: Browser, file: Path) -> None:
    context = browser.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{file}")
    expect(page.locator("#exercises")).to_be_visible()
    expect(page.locator("[data-session]")).to_be_hidden()
    expect(page.locator("[data-ticks]")).to_be_hidden()
    context.close()


def kept_here(context: BrowserContext, url: str) -> Page:
    """The page of a kept plan, with a copy in this browser."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(url)
    page.locator(".save-here summary").click()
    assert page.evaluate(HELD) == NOTHING, "nothing before it is chosen"
    page.get_by_role("button", name="Open this page without a network").click()
    expect(page.get_by_role("button", name="Delete the copy from this browser")).to_be_focused(timeout=20_000)
    return page


def test_nothing_is_kept_in_the_browser_before_it_is_chosen(phone: Page) -> None:
    url = a_kept_plan(minutes="20")
    for path in ("/", url, f"{url}/session", "/exercises/bridge"):
        phone.goto(path)
        phone.wait_for_load_state("networkidle")
        assert phone.evaluate(HELD) == NOTHING, path


def test_the_copy_opens_without_a_network_and_only_this_plan(browser: Browser, site: str) -> None:
    url, other = a_kept_plan(minutes="20"), a_kept_plan()
    context = browser.new_context(**PHONE, base_url=site)
    page = kept_here(context, url)
    styled = page.evaluate(LOOKS)
    context.set_offline(True)
    page.goto(url)
    expect(page.locator("#exercises")).to_be_visible()
    assert page.evaluate(LOOKS) == styled and float(styled[0].removesuffix("px")) >= 44, "with its styles"
    page.goto(f"{url}/session")
    page.get_by_role("button", name="Start").click()
    page.wait_for_function("() => Number(document.querySelector('.s-figure[data-at]')?.dataset.at) > 0")
    for image in page.locator("[data-turn]:visible .pic img").all():
        page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(other)
    context.close()


def test_the_copy_goes_when_told_and_with_the_plan(browser: Browser, site: str) -> None:
    url = a_kept_plan()
    context = browser.new_context(**PHONE, base_url=site)
    page = kept_here(context, url)
    page.get_by_role("button", name="Delete the copy from this browser").click()
    expect(page.get_by_role("button", name="Open this page without a network")).to_be_focused()
    assert page.evaluate(HELD) == NOTHING
    page.close()
    page = kept_here(context, url)
    page.goto(f"{url}/delete")
    page.get_by_role("button", name="Delete this plan").click()
    page.wait_for_url("**/kept/deleted")
    page.wait_for_function("async () => !(await caches.keys()).length")
    assert page.evaluate(HELD) == NOTHING
    context.close()


def test_a_copy_that_has_grown_old_shows_no_plan(browser: Browser, site: str) -> None:
    context = browser.new_context(**PHONE, base_url=site)
    url = a_kept_plan()
    page = kept_here(context, url)
    page.evaluate(
        """async home => { const cache = await caches.open(`kept:${home}`); const about = await (await cache.match(`${home}?until`)).json();
        await cache.put(`${home}?until`, new Response(JSON.stringify({...about, until: '2020-01-01'}))); }""",
        url,
    )
    context.set_offline(True)
    page.goto(url)
    expect(page.get_by_text("This copy is too old to use.")).to_be_visible()
    assert not page.locator("#exercises").count()
    context.close()
