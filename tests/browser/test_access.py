"""Axe on every page, in light and dark; targets, titles and headings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.addresses import public_pages
from tests.browser.conftest import PHONE
from tests.browser.person import DEFAULTS, LIBRARY, answer_page, start
from tests.conftest import an_app
from tests.people import well

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], selectors: false})"
"""Without selectors: nobody reads the path to an element, and working out one for each of them took a fifth of the time."""
LOOKS: tuple[tuple[Literal["light", "dark"], Literal["none", "active"]], ...] = (
    ("light", "none"),
    ("dark", "none"),
    ("light", "active"),
    ("dark", "active"),
)
"""What a person may have set for every page."""
SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(e => {
  const box = (e.labels && e.labels[0] && /radio|checkbox/.test(e.type) ? e.labels[0] : e).getBoundingClientRect();
  const inline = e.tagName == 'A' && getComputedStyle(e).display == 'inline';
  return box.width && box.height && !inline && (box.width < 24 || box.height < 24); }).map(e => e.outerHTML.slice(0, 90))"""
LONG = well(
    LIBRARY,
    areas=("neck_shoulders", "low_back"),
    rf_claudication="yes_known",
    known=("stenosis",),
    health=("clot_past", "osteoporosis"),
    pregnancy="t2",
    stress="high",
    worse_with=("standing_walking_arching",),
    age_band="18_39",
    rf_inflam=("psoriasis",),
    liked_before=("swedish",),
)


def sound(page: Page) -> list[str]:
    """What axe and our own rules find wrong on the page that is open."""
    page.evaluate(AXE)
    return seen(page)


def seen(page: Page) -> list[str]:
    found = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in page.evaluate(RUN, TAGS)["violations"]]
    found += [f"target under 24 px: {one}" for one in page.evaluate(SMALL)]
    if page.locator("h1").count() != 1:
        found.append("not one h1")
    return [f"{page.url}: {one}" for one in found]


def sound_in_every_look(page: Page) -> list[str]:
    """The same in light and dark, with the page's own colours and with forced ones. Getting to a page takes longer than looking at it."""
    page.evaluate(AXE)
    wrong: list[str] = []
    for scheme, forced in LOOKS:
        page.emulate_media(color_scheme=scheme, forced_colors=forced)
        wrong += [f"{scheme}, forced colours {forced}: {one}" for one in seen(page)]
    return wrong


@pytest.fixture
def looked_at(browser: Browser, site: str) -> Iterator[Page]:
    """A phone that does without movement, into which axe may be put."""
    context = browser.new_context(**PHONE, reduced_motion="reduce", base_url=site, bypass_csp=True)
    yield context.new_page()
    context.close()


ONLY_IN_THE_DARK = """<!doctype html><html lang="en"><title>Words</title><style>body { background: #fff; color: #111 }
@media (prefers-color-scheme: dark) { body { background: #000 } }</style><main><h1>Words</h1><p>Seen by day</p></main>"""


def test_words_that_are_lost_in_one_look_are_found_there(looked_at: Page) -> None:
    """Control: the looks are really put on, one after the other."""
    looked_at.set_content(ONLY_IN_THE_DARK)
    assert {one.split(",")[0] for one in sound_in_every_look(looked_at)} == {"dark"}


def test_no_violation_on_any_public_page(looked_at: Page) -> None:
    wrong: list[str] = []
    for path in [*public_pages(an_app()), "/nowhere"]:
        looked_at.goto(path)
        wrong += sound_in_every_look(looked_at)
    assert not wrong


def test_no_violation_on_the_way_to_the_plan_and_on_it(looked_at: Page) -> None:
    page, wrong, titles = looked_at, [], set()
    page.goto("/ask/age")
    while "/ask/" in page.url:
        wrong += sound_in_every_look(page)
        titles.add(page.title())
        answer_page(page, LONG, DEFAULTS)
    assert page.url.endswith("/plan") and len(titles) > 15
    for path in ("/answers", "/plan", "/plan/session"):
        page.goto(path)
        wrong += sound_in_every_look(page)
    page.goto("/ask/applies")
    for group in page.locator("details.opens > summary").all():
        group.click()
    wrong += sound_in_every_look(page)
    page.goto("/ask/practical")
    for fold in page.locator("details.opens > summary").all():
        fold.click()
    wrong += sound_in_every_look(page)
    page.goto("/ask/rf_chest")
    page.locator("#rf_chest-yes").click()
    page.wait_for_url("**/stop")
    wrong += sound_in_every_look(page)
    page.goto("/slip")
    wrong += sound_in_every_look(page)
    assert not wrong


HEARD_AS_ONE = """() => [...document.querySelectorAll('main :is(.row, summary, .todo a, .ends, .sect > h2)')].filter(one => {
  const parts = [...one.querySelectorAll('small, .gist, .todo a > span, h2 > small')].filter(part => part.textContent.trim());
  return parts.some(part => { const before = document.createRange(); before.setStart(one, 0); before.setEndBefore(part);
    return before.toString().trim() && !/[.,:?!]$/.test(before.toString().trim()); }); }).map(one => one.innerText)"""


def test_two_lines_that_are_heard_as_one_have_a_pause_between(phone: Page, site: str) -> None:
    """A row and its hint are one name for a screen reader: "trouble breathing. Or back, arm or jaw pain", never one long word."""
    start(phone)
    wrong: list[str] = []
    while "/ask/" in phone.url:
        wrong += phone.evaluate(HEARD_AS_ONE)
        answer_page(phone, LONG, DEFAULTS)
    wrong += phone.evaluate(HEARD_AS_ONE)
    assert wrong == []
    heard = phone.locator("main").aria_snapshot()
    assert "exercises, " in heard and "Monday: " in heard


SIDEWAYS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
TWICE = "() => { document.documentElement.style.fontSize = '200%' }"
UNFOLD = "() => document.querySelectorAll('main details').forEach(one => { one.removeAttribute('name'); one.open = true })"
RUN_OVER = """() => [...document.querySelectorAll('.s-bar, .s-turns, .s-clock, .s-drive, .s-easy')].filter(one => one.offsetParent)
  .map(one => one.getBoundingClientRect()).some((box, i, all) => i && box.top < all[i - 1].bottom - 1)"""


@pytest.mark.parametrize("width", [320, 390])
def test_with_letters_twice_as_large_nothing_runs_out_of_the_side(phone: Page, width: int) -> None:
    """Folds closed and open, on every page of the way and of the site, and nothing in a session covers something else."""
    phone.set_viewport_size({"width": width, "height": 700})
    wrong: list[str] = []

    def look() -> None:
        phone.evaluate(TWICE)
        for _folds in ("closed", "open"):
            wrong.extend([phone.url] if phone.evaluate(SIDEWAYS) else [])
            phone.evaluate(UNFOLD)

    for path in public_pages(an_app()):
        phone.goto(path)
        look()
    start(phone)
    while "/ask/" in phone.url:
        look()
        phone.reload()
        answer_page(phone, LONG, DEFAULTS)
    for path in ("/plan", "/answers", "/plan/session"):
        phone.goto(path)
        look()
    assert not phone.evaluate(RUN_OVER)
    assert wrong == []
