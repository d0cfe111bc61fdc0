"""How many pages of a plan its words take: what should be expected before it is laid out, and what a layout used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from planner.outputs.parsed import parsed
from planner.outputs.sheet_rows import end_of


class Rates(NamedTuple):
    """Pages that a plan takes: any of them, for each character, for one in the columns, for each paragraph, item or heading, for Letter."""

    base: float
    wide: float
    narrow: float
    block: float
    letter: float


ORDINARY = Rates(-0.113, 0.00031, 0.0002, 0.0107, 0.113)
"""After page 1. Fitted to 300 random plans at four steps; two thirds are within a sixth of a page."""
IN_LARGE_PRINT = Rates(-1.15, 0.00037, 0.00037, 0.0515, 0.2)
"""All pages. Fitted to 22 random plans at five steps; two thirds are within two thirds of a page."""
LAST_IN_LARGE = 0.9  # of these: the last step has smaller headings and pictures too
PAGES_DOUBT, PAGES_HOPE = 0.3, 0.15
"""Pages: by how much the difference of two steps may be wrong, and by how much too many is worth a look all the same."""
DOUBT_IN_LARGE = 0.5
BLOCKS = {"p", "li", "h2", "h3", "h4", "tr"}
NEVER_CUT = 9  # no step goes so far


def expected_pages(html: str, steps: Sequence[int], rates: Rates) -> list[float]:
    """What a document takes at each of these steps."""
    taken = [0.0] * (NEVER_CUT + 1)
    for element in parsed(html).find("body"):
        add_pages(element, NEVER_CUT, rates.wide, rates, taken)
    base = rates.base + rates.letter * ("size: Letter" in html)
    return [base + sum(taken[step + 1 :]) for step in steps]


def add_pages(element: Any, cut: int, sign: float, rates: Rates, taken: list[float]) -> None:
    """Adds what an element takes to what goes with its step (cut-1 to cut-8)."""
    if "}" in element.tag:  # a drawing
        return
    for name in (element.get("class") or "").split():
        if name.startswith("cut-"):
            cut = min(cut, int(name[4:]))
        elif name == "flow":
            sign = rates.narrow
    taken[cut] += sign * len(element.text or "") + rates.block * (element.tag in BLOCKS)
    for child in element:
        add_pages(child, cut, sign, rates, taken)
        taken[cut] += sign * len(child.tail or "")


def pages_used(document: Any) -> float:
    """How many pages a plan takes, the last one as far down as its words go; that of columns on average."""
    sheet = document.pages[-1]._page_box
    body = sheet.children[0].children[0]
    top = sheet.content_box_y()
    columns = [box for box in body.descendants() if getattr(box, "is_column", False)]
    end = end_of(body)
    if columns:
        used = sum(end_of(column) - column.position_y for column in columns)
        end = columns[0].position_y + used / columns[0].style.parent_style["column_count"]
    share: float = (end - top) / sheet.height
    return len(document.pages) - 1 + max(0.001, min(1.0, share))
