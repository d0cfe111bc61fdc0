"""Keeping a plan in a real browser: pressed, typed, scanned, changed and deleted; every page sound in every colour and at 320 px."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from planner.database.engines import open_database
from planner.database.sessions import writing
from planner.domain.journey import Journey
from planner.kept import plans
from planner.kept.codes import grouped, new_code
from planner.kept.plans import Body, Safe
from planner.library.reader import load
from tests.browser.conftest import PHONE
from tests.browser.person import DEFAULTS, DESK, click_through, finish, start
from tests.browser.test_access import sound
from tests.conftest import SECRET, a_database
from tests.people import well

pytestmark = pytest.mark.browser


def a_kept_plan(version: str = "older", days: int = 10, **answers: Any) -> str:
    """The address of a plan that was kept so many days ago."""
    library = load()
    found = {name: value for name, value in Journey(library, well(library)).reachable.items() if answers.get(name, "") is not None}
    body = Body(found | {name: value for name, value in answers.items() if value}, "GB", version, date.today() - timedelta(days=days))
    with writing(open_database(a_database())) as session:
        return f"/kept/{grouped(plans.keep(session, Safe(SECRET), body, date.today()))}"


@pytest.mark.parametrize(("scheme", "forced"), [("light", "none"), ("dark", "none"), ("dark", "active")])
def test_no_violation_on_any_page_and_nothing_runs_out_of_a_narrow_one(browser: Browser, site: str, scheme: Any, forced: Any) -> None:
    colours = {"color_scheme": scheme, "forced_colors": forced, "reduced_motion": "reduce"}
    phone = {**PHONE, "viewport": {"width": 320, "height": 640}}
    context = browser.new_context(**phone, **colours, base_url=site, bypass_csp=True)
    page = context.new_page()
    url, slip = a_kept_plan(), a_kept_plan()
    wrong: list[str] = []
    for path in (
        url,
        f"{url}/delete",
        f"{slip[:-1]}{'0' if slip[-1] != '0' else '1'}",
        a_kept_plan(days=15),
        a_kept_plan(duration=None),
        a_kept_plan(rf_saddle="yes"),
        f"/kept/{grouped(new_code())}",
        "/kept",
        "/kept/deleted",
        "/",
    ):
        page.goto(path)
        wrong += sound(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{path} is wider than the screen")
    page.goto(url)
    page.locator(".kept-card > summary").click()
    (seen,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.locator(".kept .qr").screenshot())))
    assert seen.text.endswith(url)
    page.get_by_role("button", name="Change my answers").click()
    page.wait_for_url("**/answers")  # a busy machine would leave for /keep before the answers are this browser's
    page.goto("/keep")
    wrong += sound(page)
    page.goto(slip)
    page.get_by_role("button", name="Change my answers").click()
    expect(page.locator("button[name=sure]")).to_be_visible()
    wrong += sound(page)
    context.close()
    assert not wrong


def keep_change_and_delete(page: Page) -> int | None:
    """The status of the plan's address once it is deleted."""
    start(page)
    click_through(page, DESK, DEFAULTS)
    finish(page)
    page.get_by_role("button", name="Keep this plan").click()
    page.wait_for_url("**/kept/*")
    code = page.locator(".kept-code").inner_text().strip()
    assert page.url.endswith(f"/kept/{code}")
    page.get_by_role("button", name="Change my answers").click()
    page.wait_for_url("**/answers")
    page.goto("/plan")
    page.get_by_role("button", name="Save these changes").click()
    page.wait_for_url(f"**/kept/{code}")
    page.goto("/kept")
    page.get_by_label("Your code").fill(code.lower().replace("-", " ")[:-1])
    page.get_by_role("button", name="Open").click()
    expect(page.locator("#code-error")).to_be_visible()
    page.get_by_label("Your code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Open").click()
    page.wait_for_url(f"**/kept/{code}")
    page.get_by_role("link", name="Delete this plan").click()
    page.get_by_role("button", name="Delete this plan").click()
    page.wait_for_url("**/kept/deleted")
    gone = page.goto(f"/kept/{code}")
    return gone.status if gone else None


def test_kept_changed_typed_and_deleted_on_a_phone(phone: Page) -> None:
    assert keep_change_and_delete(phone) == 404


def test_the_same_without_javascript(plain_phone: Page) -> None:
    assert keep_change_and_delete(plain_phone) == 404
