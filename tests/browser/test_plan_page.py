"""The plan's page as it is met: how long it is, what stands first, what opens, and what a printer and a screen reader get of it."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from planner.domain.lines import Plan
from planner.domain.plan import build
from planner.outputs.said_doses import dose_said
from planner.outputs.words import numbers
from tests.browser.at_the_plan import answered
from tests.browser.person import LIBRARY
from tests.people import well

pytestmark = pytest.mark.browser
LONGEST, FIRST, SIDES = 6000, 1000, 8
"""Pixels at 390 with everything closed, pixels above the first exercise, sides of paper."""
BAR = 60
"""Pixels of the bar at the bottom of a phone."""
PEOPLE: dict[str, dict[str, Any]] = {
    "desk": {"duration": "lt4w", "day": ("desk",), "goal": "sitting", "peg_p": 4, "worse_with": ("sitting", "bending")},
    "pregnant": {"pregnancy": "t2", "areas": ("buttock_hip", "low_back")},
    "bones": {"age_band": "60_74", "areas": ("mid_back",), "health": ("anticoagulant", "osteoporosis"), "mobility": "no_floor"},
    "strong": {"areas": ("neck_shoulders", "upper_back", "low_back"), "peg_p": 8, "peg_e": 8, "peg_g": 8, "stress": "high"},
    "well": {},
    "way": {"goal": "sport"},
    "check": {"goal": "sport", "peg_p": 8, "peg_e": 8, "peg_g": 8},
    "worried": {
        "goal": "sleep",
        "duration": "gt12w",
        "peg_p": 7,
        "known": ("widespread_pain",),
        "stress": "high",
        "worry_move": "yes",
        "minutes": "5",
    },
}
"""The three last have steps to a goal, the last two a check too, and the last one all that is good to know besides."""
FIVE = ("pregnant", "strong", "check")  # those with five exercises, the fullest plans
TOP = "e => e.getBoundingClientRect().top + scrollY"


def plan_of(name: str) -> Plan:
    return build(LIBRARY, well(LIBRARY, country="GB", **PEOPLE[name]), on=date.today())


@pytest.mark.parametrize("name", PEOPLE)
def test_today_first_and_the_rest_within_reach(phone: Page, site: str, name: str) -> None:
    answered(phone, site, **PEOPLE[name])
    assert len(plan_of(name).section("exercises")) == 5 or name not in FIVE
    assert phone.evaluate("document.documentElement.scrollHeight") <= LONGEST
    assert phone.locator(".plan details[open]").count() == 0
    assert phone.locator(".ex").first.evaluate(TOP) < FIRST
    seen = 844 - BAR
    assert phone.locator(".today .btn").evaluate("e => e.getBoundingClientRect().bottom") < seen, "what to do, on the first screen"
    assert phone.get_by_role("link", name="Now: 999").evaluate(TOP) < seen - 44, "whom to call, on the first screen"
    assert phone.get_by_role("button", name="Keep it").evaluate(TOP) < 900


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_way_to_the_goal_is_one_line_on_a_phone_and_whole_when_opened_or_wide(
    phone: Page, plain_phone: Page, site: str, script: bool
) -> None:
    page = phone if script else plain_phone
    answered(page, site, **PEOPLE["way"])
    way = plan_of("way").goal_way
    steps = way.ahead
    assert len(steps) > 2 and steps[0].startswith(f"{way.first} ")
    expect(page.locator(".way summary")).to_contain_text(f"Step 1 of {len(steps)}: {way.first}")
    expect(page.locator(".ladder li:visible")).to_have_count(0)
    page.locator(".way summary").click()
    expect(page.locator(".ladder li:visible")).to_have_text(steps)
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".ladder li:visible")).to_have_text(steps)
    expect(page.locator(".way")).to_be_hidden()


@pytest.mark.parametrize("name", PEOPLE)
def test_its_lines_are_the_plans_lines_once_each_in_words(phone: Page, site: str, name: str) -> None:
    plan = plan_of(name)
    answered(phone, site, **PEOPLE[name])
    assert sorted(phone.evaluate("[...document.querySelectorAll('[data-line]')].map(e => e.dataset.line)")) == sorted(
        line.id for line in plan.lines
    )
    for line in plan.lines:
        row = phone.locator(f'[data-line="{line.id}"]')
        words = str(row.text_content())
        assert line.title in words and all(step in words for step in line.steps)
        assert not line.dose or line.section == "ease" or dose_said(line.dose) in words
        assert row.locator(".why-fold").count() == 1, "one fold for reason, certainty and source"
    box = str(phone.locator("#stopif").text_content())
    signs = (*plan.stop_box.now, *plan.stop_box.today)
    assert [sign for sign in signs if numbers(LIBRARY.countries["GB"], sign) not in box] == []


def test_an_exercise_opens_in_place_with_both_stills_and_closes_the_other(phone: Page, site: str) -> None:
    answered(phone, site, **PEOPLE["pregnant"])
    rows = phone.locator("#exercises .ex")
    for index in range(2):
        rows.nth(index).locator("summary").first.press("Enter")
        stills = rows.nth(index).locator(".pic img:not(.moving)")
        assert stills.count() == 2
        for still in (stills.first, stills.last):
            expect(still).to_be_visible()
            assert str(still.get_attribute("alt")) in rows.nth(index).aria_snapshot()
        assert rows.nth(index).locator(".why-fold > div").is_hidden()
        rows.nth(index).locator(".why-fold > summary").click()
        expect(rows.nth(index).get_by_text("certainty")).to_be_visible()
    assert phone.locator(".ex[open]").count() == 1


def test_a_closed_row_is_heard_whole(phone: Page, site: str) -> None:
    answered(phone, site, **PEOPLE["pregnant"])
    line = plan_of("pregnant").section("exercises")[0]
    heard = phone.locator("#exercises .ex").first.aria_snapshot()
    assert line.title in heard and line.dose and dose_said(line.dose) in heard and line.steps[0] not in heard


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_what_to_do_today_leads_to_how(phone: Page, plain_phone: Page, site: str, script: bool) -> None:
    page = phone if script else plain_phone
    answered(page, site, **PEOPLE["pregnant"])
    first = plan_of("pregnant").today[0].line
    page.locator(".todo a").first.click()
    row = page.locator(f'[data-line="{first}"]')
    assert -1 <= row.evaluate("e => e.getBoundingClientRect().top") < 800
    if script:
        expect(row.locator("ol.in-order")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_five_places_under_the_thumb(phone: Page, plain_phone: Page, site: str, script: bool) -> None:
    page = phone if script else plain_phone
    answered(page, site)
    places = page.locator(".tabs a")
    assert places.count() == 5
    for index in range(5):
        box = places.nth(index).bounding_box()
        assert box and box["height"] >= 56 and box["width"] >= 60 and abs(box["y"] + box["height"] - 844) < 2
    for name, place in (("Massage", "#massage"), ("Save", "#keep"), ("Get help", "#stopif"), ("Exercises", "#exercises")):
        page.locator(".tabs").get_by_role("link", name=name).click()
        expect(page.locator(place)).to_be_in_viewport()
    assert page.locator(".tabs").get_by_role("link", name="Massage").count() == 1
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".tabs")).to_be_hidden()
    expect(page.locator(".toc")).to_be_visible()
    answered(page, site, budget="none")
    assert page.locator(".tabs a").count() == 4, "a place for a massage only where there is one"


@pytest.mark.parametrize("name", PEOPLE)
def test_printed_without_script_every_fold_is_open(plain_phone: Page, site: str, tmp_path: Path, name: str) -> None:
    answered(plain_phone, site, **PEOPLE[name])
    paper = tmp_path / "page.pdf"
    plain_phone.pdf(path=paper, format="A4", margin={"top": "12mm", "bottom": "12mm", "left": "12mm", "right": "12mm"})
    sides = subprocess.run(["pdfinfo", paper], capture_output=True, text=True, check=True).stdout.split("Pages:")[1].split()[0]
    assert int(sides) <= SIDES
    words = " ".join(subprocess.run(["pdftotext", "-raw", paper, "-"], capture_output=True, text=True, check=True).stdout.split())
    plan = plan_of(name)
    flat = words.replace("- ", "-")
    wanted = [step for line in plan.lines for step in line.steps] + list(plan.expect)
    wanted += [numbers(LIBRARY.countries["GB"], sign) for sign in (*plan.stop_box.now, *plan.stop_box.today)]
    assert [one for one in wanted if one.replace("- ", "-") not in flat] == []


def test_printed_with_script_the_folds_of_one_name_are_all_open_and_afterwards_as_before(phone: Page, site: str) -> None:
    answered(phone, site, **PEOPLE["pregnant"])
    phone.locator("#exercises .ex > summary").nth(1).click()
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert phone.locator(".ex:not([open])").count() == 0
    phone.evaluate("dispatchEvent(new Event('afterprint'))")
    assert phone.locator(".ex[open]").count() == 1 and phone.locator(".ex:not([name])").count() == 0
    assert phone.locator("#exercises .ex").nth(1).get_attribute("open") is not None
