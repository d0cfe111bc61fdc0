"""A therapist with a queue: the first visit and the next one, by mouse and keys, by keys alone, by touch, and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from planner.outputs.changed import changed_text
from tests.browser.conftest import Desk, opened, shown_pdf, sign_in
from tests.browser.keystrokes import Person
from tests.browser.test_access import sound
from tests.clinics import PASSWORD

pytestmark = pytest.mark.browser
SCREEN: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}
TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}, "locale": "en-GB", "has_touch": True, "is_mobile": True}
EMAIL = "therapist@a.example"
NOTE = "Ease off if the left leg talks."
SMALL_FOR_A_FINGER = """() => [...document.querySelectorAll('.form :is(a[href], button, select, textarea, summary, .chip)')].filter(e => {
  const box = e.getBoundingClientRect(), inline = getComputedStyle(e).display == 'inline';
  return box.width && !inline && (box.height < 32 || box.width < 32); }).map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture
def screen(browser: Browser, desk: Desk) -> Iterator[Page]:
    yield from opened(browser.new_context(**SCREEN, base_url=desk.url), desk.url)


@pytest.fixture
def tablet(browser: Browser, desk: Desk) -> Iterator[Page]:
    yield from opened(browser.new_context(**TABLET, base_url=desk.url), desk.url)


def settled(page: Page) -> None:
    """The preview shows what the form says, and it fits. The printer is asked anew for each change, one after the other."""
    fits = str(page.locator("#fit").get_attribute("data-fits")).partition("{")[0]
    expect(page.locator("#fit")).to_contain_text(fits, timeout=20_000)


def signs_in(me: Person) -> None:
    me.page.goto("/clinic/sign-in")
    me.types(EMAIL)
    me.presses("Tab", thinking=False)
    me.types(PASSWORD)
    me.presses("Enter", thinking=False)
    expect(me.page.get_by_role("heading", name="New sheet")).to_be_visible()


def prints(me: Person) -> str:
    """Ends on the sheet's own page, which fetches the PDF. Its words."""
    with me.page.expect_response("**/sheet.pdf"):
        me.presses("Control+Enter")
    expect(me.page.get_by_role("heading", name="The sheet is ready")).to_be_visible()
    return shown_pdf(me.page)


def test_a_first_visit_and_the_next(screen: Page) -> None:
    me = Person(screen)
    signs_in(me)
    me.presses("2")
    expect(screen.locator("#checked-yes")).to_be_focused()
    me.presses("Space")
    me.clicks(screen.locator("label:has(#tick-risk_bone\\:osteoporosis)"), "thin bones")
    expect(screen.locator("#pressure-3")).to_have_count(0)
    me.clicks(screen.locator("#items .do[data-do=swap]").first, "swap the first exercise")
    expect(screen.locator("#reset")).to_be_visible()
    me.clicks(screen.locator("#note"), "the note")
    me.types(NOTE)
    settled(screen)
    names = screen.locator("#items [data-row] .what > span").all_text_contents()
    words = prints(me)
    assert NOTE in words and all(name in words for name in names)
    print("\n" + me.report("First visit, mouse and keys"))
    assert len(me.steps) <= 12 and me.seconds <= 90

    code = screen.locator("#code").inner_text()
    screen.goto("/clinic/new")
    again = Person(screen)
    again.scans(code)
    expect(screen.locator("#digits")).to_be_focused()
    again.types("2412")
    again.presses("Enter", thinking=False)
    expect(screen.locator("#checked-yes")).to_be_focused()
    expect(screen.locator("#state")).to_contain_text(changed_text(["why:few"]))
    again.presses("Space")
    words = prints(again)
    assert changed_text(["why:few"]).split(",")[0] in words
    print(again.report("Next visit"))
    assert len(again.steps) <= 5 and again.seconds <= 35


def test_by_keys_alone(screen: Page) -> None:
    me = Person(screen)
    signs_in(me)
    me.types("desk")
    me.presses("Enter", thinking=False)
    expect(screen.locator("#checked-yes")).to_be_focused()
    me.presses("Space")
    expect(screen.locator("#checked-yes")).to_be_checked()
    settled(screen)
    words = prints(me)
    assert "Goal" in words
    print("\n" + me.report("First visit, keys alone"))
    assert len(me.steps) <= 12 and me.seconds <= 90


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def tab_to(page: Page, name: str) -> None:
    for _ in range(120):
        if focused(page) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} can't be reached with Tab")


def test_every_control_has_a_key(screen: Page, desk: Desk) -> None:
    sign_in(screen, desk)
    screen.goto("/clinic/new")
    screen.keyboard.type("1")
    expect(screen.locator("#checked-yes")).to_be_focused()
    rows = screen.locator("#items [data-row]")
    first = rows.first.locator(".do").first
    name = str(first.get_attribute("id"))
    tab_to(screen, name)
    before, dose = rows.count(), rows.first.locator(".own-dose summary .num").inner_text()
    screen.keyboard.press("+")
    expect(rows.first.locator(".own-dose summary .num")).not_to_have_text(dose)
    expect(screen.locator(f"#{name}")).to_be_focused()
    screen.keyboard.press("-")
    expect(rows.first.locator(".own-dose summary .num")).to_have_text(dose)
    expect(screen.locator(f"#{name}")).to_be_focused()
    title = rows.first.locator(".what > span").inner_text()
    screen.keyboard.press("s")
    expect(rows.first.locator(".what > span")).not_to_have_text(title)
    expect(rows.locator(".do[data-do=swap]:focus")).to_be_visible()
    screen.keyboard.press("x")
    expect(rows).to_have_count(before - 1)
    expect(rows.locator(".do:focus")).to_be_visible()
    for name in ("less-all", "more-all", "reset", "given-today", "next_weeks", "reference", "note", "print"):
        tab_to(screen, name)


def test_work_is_not_left_by_accident(screen: Page, desk: Desk) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    screen.on("dialog", stay)
    sign_in(screen, desk)
    screen.goto("/clinic/new")
    screen.locator("#packs button").nth(1).click()
    screen.get_by_role("link", name="Sheets").click()
    assert asked == [], "a pack alone is one click"
    screen.goto("/clinic/new")
    screen.locator("#note").fill(NOTE)
    screen.get_by_role("link", name="My account").click(no_wait_after=True)
    screen.wait_for_timeout(500)
    assert asked == ["beforeunload"] and screen.locator("#note").input_value() == NOTE


def test_by_touch_on_a_tablet(tablet: Page) -> None:
    me = Person(tablet, touch=True)
    tablet.goto("/clinic/sign-in")
    me.types(EMAIL)
    me.clicks(tablet.locator("#password"), "password")
    me.types(PASSWORD)
    me.clicks(tablet.get_by_role("button", name="Sign in", exact=True), "sign in")
    me.clicks(tablet.locator("#packs button").nth(1), "a pack")
    expect(tablet.locator("#items [data-row]").first).to_be_visible()
    small = tablet.evaluate(SMALL_FOR_A_FINGER)
    assert not small, "\n".join(small)
    me.clicks(tablet.locator("label:has(#checked-yes)"), "red flags checked")
    me.clicks(tablet.locator("label:has(#tick-risk_blood\\:anticoagulant)"), "blood thinner")
    expect(tablet.locator("#pressure-3")).to_have_count(0)
    me.clicks(tablet.locator("#items .do[data-do=remove]").last, "remove the last exercise")
    settled(tablet)
    with tablet.expect_response("**/sheet.pdf"):
        me.clicks(tablet.locator("#print"), "print")
    assert "Goal" in shown_pdf(tablet)
    print("\n" + me.report("First visit, touch"))
    assert len(me.steps) <= 12 and me.seconds <= 90


def test_without_javascript(browser: Browser, desk: Desk) -> None:
    for page in opened(browser.new_context(**SCREEN, base_url=desk.url, java_script_enabled=False), desk.url):
        sign_in(page, desk)
        page.goto("/clinic/new")
        page.get_by_role("button", name="Low back, desk").click()
        page.locator("label:has(#checked-yes)").click()
        page.locator("#note").fill(NOTE)
        page.locator("#items .do[value^=swap]").first.click()
        assert page.locator("#note").input_value() == NOTE and page.locator("#checked-yes").is_checked()
        page.get_by_role("button", name="Show the sheet").click()
        expect(page.frame_locator("#preview").get_by_role("heading", level=1)).to_contain_text("Goal")
        page.get_by_role("button", name="Print sheet").click()
        expect(page.get_by_role("heading", name="The sheet is ready")).to_be_visible()
        assert NOTE in page.locator("#chart").input_value() and NOTE in shown_pdf(page)


@pytest.mark.parametrize(("width", "scheme", "forced"), [(320, "dark", "none"), (390, "light", "active"), (1280, "light", "none")])
def test_nobody_is_shut_out(browser: Browser, desk: Desk, width: int, scheme: Any, forced: Any) -> None:
    size = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "forced_colors": forced}
    page, wrong = browser.new_context(**size, base_url=desk.url, bypass_csp=True).new_page(), []
    sign_in(page, desk)

    def judge() -> None:
        wrong.extend(sound(page))
        if not page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
            wrong.append(f"{page.url}: scrolls sideways")

    page.goto("/clinic/new")
    judge()
    page.locator("#print").click()
    expect(page.locator(".oops")).to_be_visible()
    judge()
    page.locator("#packs button").nth(1).click()
    expect(page.locator("#items [data-row]").first).to_be_visible()
    for name in ("more", "styles", "adding", "saving"):
        page.locator(f"#{name} > summary").click()
    judge()
    page.locator("#adding button[value^=ask]").first.click()
    judge()
    page.get_by_role("button", name="I have checked this").click()
    expect(page.locator("#items [data-row]")).to_have_count(5)  # the one added takes more minutes than there are
    page.locator("#items .do[data-do=remove]").last.click()
    expect(page.locator("#items [data-row]")).to_have_count(4)
    page.locator("label:has(#checked-yes)").click()
    page.locator("#print").click()
    expect(page.get_by_role("heading", name="The sheet is ready")).to_be_visible()
    judge()
    for path in ("repeat", "repeat/" + (sheet := page.url.split("/")[-2]), f"sheets/{sheet}", "sheets", "packs", "slip"):
        page.goto(f"/clinic/{path}")
        judge()
    page.context.close()
    assert not wrong, "\n".join(sorted(set(wrong)))
