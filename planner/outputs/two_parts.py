"""The pages of a plan: page 1 closes up until it is a single page, and the others drop words until there are few enough.

Page 1 ends with a break that is always there, so it and the others are laid out apart, each as often as it needs. The others are laid out
behind empty pages, whose place the real ones then take."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from math import inf
from typing import Any

from planner.outputs.first_page import DOUBT, TIGHTEST, expected_blanks, least_step
from planner.outputs.pages_taken import (
    DOUBT_IN_LARGE,
    IN_LARGE_PRINT,
    LAST_IN_LARGE,
    ORDINARY,
    PAGES_DOUBT,
    PAGES_HOPE,
    expected_pages,
    pages_used,
)
from planner.outputs.sheet_rows import blank_of, on_roll

PLAN_STEPS = (0, 2, 4, 6)
"""Steps by which a plan drops words: classes fit-0 to fit-6 on <html> (paper.css)."""
STEPS_IN_LARGE = (4, 5, 6, 7, 8)
"""The same in large print, which drops at once what can best be missed."""
PLAN_MOST, MOST_IN_LARGE = 5, 12
"""Pages that it may have while it can still drop words."""
USUAL_EXERCISES = 5
EXERCISES = re.compile(r'<body class="full n(\d+) ')
UNPRINTED = re.compile(r"<svg.*?</svg>|<[^>]*>|\s+(?=\s)", re.DOTALL)
CUT = re.compile(r"\bcut-(\d)")
FIT, ONE, SECOND_PAGE = 'class="fit-0', ' one-0"', '<hr id="page-2">'
PAGE_1, FOUR_WEEKS_TABLE, TABLE_ROW = '<div class="t top">', '<table class="grid4">', "<tr"
"""Where page 1 begins, below what stands on every page; its table of weeks; a row."""
EMPTY_PAGE = '<div style="break-after: page"></div>'


def plan_pages(html: str, lay_out: Callable[[str], Any]) -> Any:
    """The document, with as many words as it has room for. `lay_out`: what lays out a text."""
    first, found, rest = html.partition(SECOND_PAGE)
    if not found:
        return lay_out(html)
    page_1 = FirstPage(first, lay_out)
    head = first.partition(PAGE_1)[0].replace(ONE, f' one-{page_1.step}"', 1)  # a few words of the other pages go by it too
    most = most_pages(html)

    @cache
    def at(step: int) -> Any:
        return lay_out(at_step_of(f"{head}{EMPTY_PAGE * len(page_1.pages(step))}{SECOND_PAGE}{rest}", step))

    expected = [most - len(page_1.pages(0)) - taken for taken in expected_pages(f"{head}{SECOND_PAGE}{rest}", PLAN_STEPS, ORDINARY)]
    number = least_step(lambda one: most - pages_used(at(PLAN_STEPS[one])), expected, PAGES_DOUBT, PAGES_HOPE)
    step = PLAN_STEPS[number]
    return with_first_page(at(step), page_1.pages(step))


def large_pages(html: str, lay_out: Callable[[str], Any]) -> Any:
    """The same in large print, which has no page 1 for the fridge."""

    @cache
    def at(step: int) -> Any:
        return lay_out(at_step_of(html, step))

    *taken, last = expected_pages(html, STEPS_IN_LARGE, IN_LARGE_PRINT)
    expected = [MOST_IN_LARGE - pages for pages in (*taken, last * LAST_IN_LARGE)]
    return at(STEPS_IN_LARGE[least_step(lambda one: MOST_IN_LARGE - pages_used(at(STEPS_IN_LARGE[one])), expected, DOUBT_IN_LARGE)])


class FirstPage:
    """Page 1. `step`: how far it closes up; at the last it may be longer than a page all the same."""

    def __init__(self, first: str, lay_out: Callable[[str], Any]) -> None:
        self.lay_out, self.text = lay_out, f"{first}</body></html>"
        self.roll, self.high = on_roll(self.text)
        self.cuts = {int(cut) for cut in CUT.findall(first)}
        self.closed_up = cache(self.closed_up_anew)
        above, _, weeks = first.partition(PAGE_1)[2].partition(FOUR_WEEKS_TABLE)
        self.step = least_step(self.blank, expected_blanks(weeks.count(TABLE_ROW), signs_of(above), "size: Letter" in first), DOUBT)

    def closed_up_anew(self, step: int, fit: int) -> Any:
        """On a roll, to see how much is too much; as it will be where there is no further step."""
        text = self.roll if step < TIGHTEST else self.text
        return self.lay_out(at_step_of(text.replace(ONE, f' one-{step}"', 1), fit))

    def blank(self, step: int) -> float:
        pages = self.closed_up(step, 0)
        return blank_of(pages, self.high) if len(pages.pages) == 1 else -inf

    def pages(self, fit: int) -> Any:
        """Its pages where the plan drops words up to a step. Few have any of these on page 1, and the tightest none."""
        cuts = [cut for cut in self.cuts if cut <= fit and self.step < TIGHTEST]
        return self.closed_up(self.step, max(cuts, default=0)).pages


def with_first_page(document: Any, pages: Any) -> Any:
    """The document with these contents on its first pages. What stands at their foot is right already."""
    from weasyprint.document import Page

    for number, page in enumerate(pages):
        sheet = document.pages[number]._page_box
        sheet.children = (page._page_box.children[0], *sheet.children[1:])
        document.pages[number] = Page(sheet)
    return document


def at_step_of(html: str, step: int) -> str:
    return html.replace(FIT, f'class="fit-{step}', 1)


def signs_of(html: str) -> int:
    """How many characters are printed."""
    return len(UNPRINTED.sub("", html))


def most_pages(html: str) -> int:
    """How many pages a plan may have: one more for one of six or seven exercises."""
    many = next((int(found[1]) for found in [EXERCISES.search(html)] if found), 0) > USUAL_EXERCISES
    return PLAN_MOST + many
