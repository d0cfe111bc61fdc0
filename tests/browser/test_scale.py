"""The 0 to 10 scales on a phone, a narrow phone and a screen: where each number stands, and how large it is to a finger."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page

from tests.browser.person import LIBRARY, start
from tests.browser.test_journey import one_page
from tests.people import well

pytestmark = pytest.mark.browser
LASTING = well(LIBRARY, duration="gt12w")  # new pain is asked one number, lasting pain three
SCALES = """() => [...document.querySelectorAll('main fieldset')].map(one => [...one.querySelectorAll('input[type=radio]')])
  .filter(radios => radios.length > 9).map(radios => ({
    numbers: radios.map(radio => radio.value),
    targets: radios.map(radio => radio.labels[0].getBoundingClientRect().toJSON()),
    words: [...document.getElementById(radios[0].getAttribute('aria-describedby')).children].map(
      e => ({text: e.innerText.trim(), ...e.getBoundingClientRect().toJSON()}))}))"""
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
HIGH = "() => document.documentElement.scrollHeight"


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def box(found: dict[str, Any]) -> Box:
    return Box(found["left"], found["top"], found["right"], found["bottom"])


def boxes(scale: dict[str, Any]) -> list[Box]:
    return [box(found) for found in scale["targets"]]


def shape(targets: list[Box]) -> list[tuple[float, ...]]:
    """Where each target stands, seen from the first one, to half a pixel."""
    left, top = targets[0][:2]
    return [tuple(round(2 * edge) / 2 for edge in (one.left - left, one.top - top, one.right - left, one.bottom - top)) for one in targets]


def rows(targets: list[Box]) -> list[int]:
    """How many targets stand in each row, from the top."""
    tops = [round(one.top) for one in targets]
    return [tops.count(top) for top in sorted(set(tops))]


@pytest.fixture
def scales_page(phone: Page) -> Page:
    """The first page with a 0 to 10 scale."""
    start(phone)
    while not phone.evaluate(SCALES):
        one_page(phone, LASTING)
    return phone


@pytest.mark.parametrize(("width", "expected"), [(320, [6, 5]), (390, [6, 5]), (1280, [11])])
def test_eleven_numbers_in_order_each_fit_for_a_finger(scales_page: Page, width: int, expected: list[int]) -> None:
    scales_page.set_viewport_size({"width": width, "height": 844})
    scales = scales_page.evaluate(SCALES)
    assert len(scales) == 3 and not scales_page.evaluate(WIDE)
    for scale in scales:
        targets = boxes(scale)
        assert scale["numbers"] == [str(n) for n in range(11)]
        assert rows(targets) == expected
        assert all((one.top, one.left) < (after.top, after.left) for one, after in pairwise(targets)), "out of reading order"
        assert all(one.right - one.left >= 24 and one.bottom - one.top >= 44 for one in targets), shape(targets)
        assert not any(one.overlaps(other) for one, other in combinations(targets, 2)), shape(targets)
        assert all(one.left >= 0 and one.right <= width for one in targets), "outside the screen"
        assert shape(targets) == shape(boxes(scales[0])), "the scales differ in shape"
        words_at_the_ends(scale, targets)


def words_at_the_ends(scale: dict[str, Any], targets: list[Box]) -> None:
    """Above the numbers, so that they are read first: at both ends of the row, each with its number."""
    words = scale["words"]
    assert all(box(one).bottom <= targets[0].top for one in words)
    assert abs(words[0]["left"] - targets[0].left) < 1
    assert abs(words[-1]["right"] - max(one.right for one in targets)) < 1
    assert [words[0]["text"][:2], words[-1]["text"][:3]] == ["0 ", "10 "]


def test_a_phone_shows_three_scales_on_little_more_than_a_screen(scales_page: Page) -> None:
    """1,237 px when it was measured; 1,759 with the words below each scale, and 4,030 with every number in a row of its own."""
    assert scales_page.evaluate(HIGH) <= 1300


def test_a_scale_alone_is_eleven_buttons_and_one_press_answers_it(phone: Page) -> None:
    start(phone)
    while not phone.url.endswith("/ask/pain"):
        one_page(phone)
    found = phone.locator("button[name=peg_p]").evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    targets = [box(one) for one in found]
    assert len(targets) == 11 and rows(targets) == [6, 5]
    assert all(one.right - one.left >= 24 and one.bottom - one.top >= 44 for one in targets)
    phone.locator("#peg_p-7").click()
    phone.wait_for_url("**/ask/worse")
    phone.get_by_role("link", name="Back", exact=True).click()
    phone.wait_for_url("**/ask/pain")
    assert phone.locator(".tile.was").get_attribute("value") == "7"
