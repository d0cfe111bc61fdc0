"""A person in front of the browser: reads the form that is there and answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Page

from planner.domain.journey import ask_order
from planner.library.reader import load
from tests.people import well

LIBRARY = load()
DEFAULTS: dict[str, Any] = {question.id: question.default for question in ask_order(LIBRARY)}
DESK = well(LIBRARY, duration="lt4w", day=("desk",))
FIELDS = """() => [...document.querySelectorAll('main form[action^="/ask/"] :is(input, button)')]
  .filter(e => e.id && ['radio', 'checkbox', 'submit'].includes(e.type))
  .map(e => ({type: e.type, name: e.name, value: e.value, id: e.id}))"""
FOLDED = "id => { const fold = document.getElementById(id).closest('details:not([open])'); return fold ? fold.id : '' }"


def start(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Start").first.click()
    page.wait_for_url("**/ask/**")


def finish(page: Page) -> list[str]:
    """The plan that the last page made; returns the ids of its lines. From the list of answers by its button."""
    page.wait_for_url(lambda url: url.endswith(("/plan", "/answers")))
    if page.url.endswith("/answers"):
        page.get_by_role("link", name="Make my plan").click()
        page.wait_for_url("**/plan")
    return list(page.evaluate("() => [...document.querySelectorAll('[data-line]')].map(e => e.dataset.line)"))


def wanted(field: Mapping[str, str], answers: Mapping[str, Any], defaults: Mapping[str, Any]) -> bool:
    """Whether this person ticks this box or chooses this option."""
    if field["name"] == "tick":
        return bool(answers[field["value"]] != defaults[field["value"]])
    if field["name"] == "harmless":
        return bool(answers[field["value"]] == LIBRARY.questions[field["value"]].tick_known)
    value = answers[field["name"]]
    return field["value"] in value if isinstance(value, tuple) else field["value"] == str(value)


def choices(page: Page, answers: Mapping[str, Any], defaults: Mapping[str, Any]) -> list[dict[str, str]]:
    """The boxes and options to choose on this page."""
    ticks = page.locator("main form.ticks").count() > 0
    found = [field for field in page.evaluate(FIELDS) if wanted(field, answers, defaults)]
    return [field for field in found if not (ticks and field["value"] == "none")]


def click_through(page: Page, answers: Mapping[str, Any], defaults: Mapping[str, Any]) -> list[int]:
    """Answers every page by tapping, from the first question to the plan. Returns the taps of each page."""
    taps = []
    while "/ask/" in page.url:
        taps.append(answer_page(page, answers, defaults))
    return taps


def answer_page(page: Page, answers: Mapping[str, Any], defaults: Mapping[str, Any]) -> int:
    """Answers the page that is open, and no more. Returns its taps: folds to open, rows to tick, and the button."""
    picked, taps = choices(page, answers, defaults), 1
    for field in (one for one in picked if one["type"] != "submit"):
        if fold := page.evaluate(FOLDED, field["id"]):
            page.locator(f"#{fold} > summary").click()
            taps += 1
        page.locator(f"label:has(#{field['id']})").first.click()
        taps += 1
    go_on(page, picked, press=lambda selector: page.locator(selector).click())
    return taps


def type_through(page: Page, answers: Mapping[str, Any], defaults: Mapping[str, Any]) -> None:
    """Answers every page by keyboard alone."""
    while "/ask/" in page.url:
        picked = choices(page, answers, defaults)
        for field in (one for one in picked if one["type"] != "submit"):
            if fold := page.evaluate(FOLDED, field["id"]):
                press_by_keyboard(page, f"#{fold} > summary")
            reach(page, field)
        go_on(page, picked, press=lambda selector: press_by_keyboard(page, selector))


def way_on(page: Page, picked: list[dict[str, str]]) -> str:
    """The selector of the button that answers this page."""
    row = next((f"#{field['id']}" for field in picked if field["type"] == "submit"), "")
    none = page.locator("main form.ticks").count() > 0 and not picked
    return row or ("main form .acts button[name=none]" if none else "main form .acts button:not([name])")


def go_on(page: Page, picked: list[dict[str, str]], *, press: Callable[[str], None]) -> None:
    """Presses the row that is the answer; else Continue, or "None of these" where nothing is ticked. Waits for the next page."""
    before = page.url
    press(way_on(page, picked))
    page.wait_for_url(lambda url: url != before)
    page.wait_for_load_state()


def reach(page: Page, field: Mapping[str, str]) -> None:
    """Tabs to a field and chooses it: Space for a box, arrows inside a group of radio buttons."""
    for _ in range(120):
        page.keyboard.press("Tab")
        active = page.evaluate("() => ({name: document.activeElement.name, id: document.activeElement.id})")
        if active["id"] == field["id"]:
            page.keyboard.press("Space")
            return
        if field["type"] == "radio" and active["name"] == field["name"]:
            for _ in range(20):
                page.keyboard.press("ArrowDown")
                if page.evaluate("() => document.activeElement.id") == field["id"]:
                    return
    raise AssertionError(f"the keyboard never reached {field['id']}")


def press_by_keyboard(page: Page, selector: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard never reached {selector}")
