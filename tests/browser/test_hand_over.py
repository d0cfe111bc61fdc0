"""Handing over in a real browser: the link copied and shared, and a code read by the camera, which asks at the press alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from planner.library.reader import load
from tests.browser.conftest import PHONE, Desk, sign_in
from tests.browser.test_access import sound
from tests.browser.test_kept import a_kept_plan
from tests.checking_in import phone as other_phone
from tests.checking_in import sends
from tests.conftest import Linted
from tests.rooms import opened as opened_sheet
from tests.sheet_forms import a_body, a_handout

pytestmark = pytest.mark.browser
FAKE = "--use-fake-device-for-media-stream"
READER = """window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect(video) {
    if (!(video.videoWidth > 0)) throw new Error("no picture yet");
    window.seen = (window.seen || 0) + 1;
    return window.seen < 3 ? [] : [{ rawValue: window.menu ? "https://example.org/menu" : "SEEN" }];
  }
};"""
"""What a phone's browser has and this one lacks: it finds nothing at first, then a square: of a menu while the test says so, else ours."""
SHARES = "navigator.share = async (what) => { window.shared = what; };"
MAY = "navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'yes', (fault) => fault.name)"


@pytest.fixture(scope="module")
def with_camera(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    args = [*browser_type_launch_args["args"], FAKE]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": args})
    yield browser
    browser.close()


def on_a_phone(browser: Browser, site: str, seen: str = "", **more: Any) -> Page:
    page = browser.new_context(**{**PHONE, "base_url": site, **more}).new_page()
    if seen:
        page.add_init_script(READER.replace("SEEN", seen))
    page.set_default_timeout(15000)
    return page


def test_the_patients_camera_reads_the_code(with_camera: Browser, site: str) -> None:
    url = a_kept_plan(load().version)
    page = on_a_phone(with_camera, site, f"https://elsewhere.example{url}", permissions=["camera"])
    page.goto("/kept")
    page.evaluate("window.menu = true")
    assert page.locator("video").count() == 0, "no camera before it is pressed"
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.get_by_text("This is not the square of a plan.")).to_be_visible()
    page.evaluate("window.menu = false")
    page.wait_for_url(f"{site}{url}")
    page.context.close()


def test_who_says_no_types_the_code(with_camera: Browser, site: str) -> None:
    page = on_a_phone(with_camera, site, "x", permissions=[])
    page.goto("/kept")
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.get_by_text("The camera did not start. Type the code.")).to_be_visible()
    expect(page.get_by_label("Your code")).to_be_focused()
    expect(page.get_by_role("button", name="Scan with the camera")).to_be_enabled()
    page.context.close()


def test_it_can_be_stopped(with_camera: Browser, site: str) -> None:
    page = on_a_phone(with_camera, site, "nothing of ours", permissions=["camera"])
    page.goto("/kept")
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.locator("video")).to_be_visible()
    track = page.evaluate_handle("document.querySelector('video').srcObject.getTracks()[0]")
    page.get_by_role("button", name="Stop the camera").click()
    expect(page.locator("video")).to_have_count(0)
    assert track.get_property("readyState").json_value() == "ended"
    page.context.close()


def test_there_is_no_button_without_the_browsers_help_and_no_camera_elsewhere(with_camera: Browser, site: str) -> None:
    page = on_a_phone(with_camera, site, permissions=["camera"])
    page.goto("/kept")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Scan with the camera")).to_be_hidden()
    assert page.evaluate(MAY) == "yes"
    page.goto(a_kept_plan(load().version))
    assert page.evaluate(MAY) == "NotAllowedError", "the policy shuts it on every other page"
    page.context.close()


def test_the_therapists_camera_opens_the_sheet_with_what_was_told_at_home(with_camera: Browser, desk: Desk) -> None:
    body = replace(a_body(load(), peg_p=5), made=date.today() - timedelta(days=8))
    name = a_handout(desk.app.extensions["database"], desk.home, body, reference="R 7")
    code = opened_sheet(desk.app.extensions["database"], desk.home, name).code
    url = "/kept/" + "-".join(code[at : at + 4] for at in range(0, len(code), 4))
    desk.app.test_client_class = Linted
    sends(other_phone(desk.app, load()), url, days="5", pain="3")
    page = on_a_phone(with_camera, desk.url, desk.url + url, permissions=["camera"])
    sign_in(page, desk)
    page.goto("/clinic/new")
    page.get_by_role("button", name="Scan with the camera").click()
    page.wait_for_url(f"**/clinic/repeat/{name}")
    expect(page.get_by_role("heading", name="Told at home")).to_be_visible()
    expect(page.get_by_role("img", name="Pain out of 10")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("side", ["patient", "therapist"])
def test_the_link_is_copied_and_shared_without_a_word_of_health(with_camera: Browser, desk: Desk, side: str) -> None:
    page = on_a_phone(with_camera, desk.url, permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script(SHARES)
    name = a_handout(desk.app.extensions["database"], desk.home)
    sign_in(page, desk)
    page.goto(f"/clinic/sheets/{name}/made")
    if side == "patient":
        page.goto(page.get_by_label("The link").input_value())
        page.locator(".kept-card > summary").click()
    link = page.get_by_label("The link").input_value()
    assert link.startswith(f"{desk.url}/kept/")
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("#share-said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == link
    page.locator(".hand-over").get_by_role("button", name="Share").click()
    assert page.evaluate("window.shared") == {"url": link, "title": "Here is the link. Whoever has it can open the page."}
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_hand_overs_are_sound_at_320_px(with_camera: Browser, desk: Desk, scheme: Any) -> None:
    narrow = {"viewport": {"width": 320, "height": 640}, "color_scheme": scheme, "bypass_csp": True, "reduced_motion": "reduce"}
    page = on_a_phone(with_camera, desk.url, "x", permissions=["camera"], **narrow)
    name = a_handout(desk.app.extensions["database"], desk.home)
    sign_in(page, desk)
    wrong: list[str] = []
    for path in (f"/clinic/sheets/{name}/made", "link", "/kept", "/clinic/repeat", "/clinic/new"):
        page.goto(page.get_by_label("The link").input_value() if path == "link" else path)
        if path == "link":
            page.locator(".kept-card > summary").click()
        if path == "/kept":
            page.get_by_role("button", name="Scan with the camera").click()
            expect(page.locator("video")).to_be_visible()
        wrong += sound(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{path} is wider than the screen")
    page.context.close()
    assert not wrong, "\n".join(wrong)
