"""A sheet on a roll of paper: laid out once, it says what stays blank at other lengths, and its rows grow without another layout.

Pictures and the space between rows change no line of words: a row is as high as its words or its pictures, whichever is more. So what a
layout at those lengths would come to can be added up, and each box moved to where that layout would put it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from planner.outputs.fit import PX, Lengths

ROWS_THAT_GROW = {"move": 2.0, "brief": 1.0}
"""Kinds of rows (sheet.css), and how many times each has the space of a row."""

PAGE_RULE = re.compile(r"@page { size: (A4|Letter) }")
PAGE_SIZES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Millimetres: wide and high."""
ROLL = 3  # pages: no sheet is longer at any step


@dataclass(frozen=True)
class GrowingPicture:
    """A drawing in a row. `natural`: how high it would be as wide as its place (CSS pixels)."""

    box: Any
    natural: float
    tall: bool

    def height(self, at: Lengths) -> float:
        return min(self.natural, (at.tall if self.tall else at.wide) / PX)


@dataclass(frozen=True)
class Row:
    """A row that can grow. `words`: how high its words are (CSS pixels); `spaces`: as in ROWS_THAT_GROW."""

    box: Any
    words: float
    pictures: tuple[GrowingPicture, ...]
    spaces: float

    def height(self, at: Lengths) -> float:
        """CSS pixels, without its lines."""
        return max(self.words, *(one.height(at) for one in self.pictures), 0.0) + self.spaces * at.row / PX


class SheetOnARoll:
    """A sheet that was laid out with `lengths`, on paper that goes on below the `page` millimetres that it is meant to have."""

    def __init__(self, document: Any, lengths: Lengths, page: float) -> None:
        self.document, self.lengths = document, lengths
        self.sheet = document.pages[0]._page_box
        self.body = self.sheet.children[0].children[0]
        self.below = self.sheet.margin_height() - page / PX
        self.left = blank_of(document, page)
        self.rows = [growing_row(box, spaces) for kind, spaces in ROWS_THAT_GROW.items() for box in rows_called(self.body, kind)]

    def blank(self, at: Lengths) -> float:
        """Millimetres that stay blank at these lengths; less than none: it is too long."""
        return self.left - PX * sum(self.growth(row, at) for row in self.rows)

    def growth(self, row: Row, at: Lengths) -> float:
        return row.height(at) - row.height(self.lengths)

    def on_paper(self, at: Lengths) -> Any:
        """The page at these lengths. It is the same sheet: nobody asks it for others afterwards."""
        from weasyprint.document import Page
        from weasyprint.layout.background import layout_backgrounds

        self.move(self.body, 0.0, {id(row.box): row for row in self.rows}, at)
        self.sheet.height -= self.below
        layout_backgrounds(self.sheet, get_image_from_uri=None)  # they know their places; our styles have no images
        self.document.pages[:] = [Page(self.sheet)]
        return self.document

    def move(self, box: Any, down: float, growing: dict[int, Row], at: Lengths) -> float:
        """Moves a box, and what stands below a row that grows further still; by how much the box grew."""
        if row := growing.get(id(box)):
            box.translate(dy=down)
            return self.grow(row, at)
        if not any(id(one) in growing for one in box.descendants()):
            box.translate(dy=down)
            return 0.0
        box.position_y += down
        more = 0.0
        for child in box.children:
            more += self.move(child, down + more, growing, at)
        box.height += more
        return more

    def grow(self, row: Row, at: Lengths) -> float:
        """What is in a row stands in its middle."""
        more = self.growth(row, at)
        row.box.height += more
        for cell in row.box.children:
            cell.padding_bottom += more
            for child in cell.children:
                child.translate(dy=more / 2)
        for picture in row.pictures:
            height = picture.height(at)
            picture.box.translate(dy=(picture.box.height - height) / 2)
            picture.box.height = height
        return more


def on_roll(html: str) -> tuple[str, float]:
    """A document for a roll of paper, and how many millimetres high its page was."""
    wide, high = PAGE_SIZES[found[1] if (found := PAGE_RULE.search(html)) else "A4"]
    return PAGE_RULE.sub(f"@page {{ size: {wide}mm {high * ROLL}mm }}", html, count=1), high


def blank_of(document: Any, page: float) -> float:
    """Millimetres that stay blank below what is on a roll, of a page that is so high; less than none: it is too long."""
    if len(document.pages) > 1:
        return -inf
    sheet = document.pages[0]._page_box
    used = end_of(sheet.children[0].children[0]) + sheet.margin_height() - sheet.content_box_y() - sheet.height
    blank: float = page - used * PX
    return blank


def rows_called(body: Any, kind: str) -> Iterator[Any]:
    """Rows of tables in the order of the page. The row of an element that is a table itself has that element's class."""
    for box in body.descendants():
        if type(box).__name__ == "TableRowBox" and kind in classes(box):
            yield box


def growing_row(box: Any, spaces: float) -> Row:
    drawn = tuple(
        GrowingPicture(one, one.width / one.replacement.get_intrinsic_size(1, 16)[2], "tall" in classes(cell))
        for cell in box.children
        for one in cell.descendants()
        if hasattr(one, "replacement")
    )
    return Row(box, max((cell.height for cell in box.children if "seen" not in classes(cell)), default=0.0), drawn, spaces)


def classes(box: Any) -> list[str]:
    return (box.element.get("class") or "").split() if box.element is not None else []


def end_of(box: Any) -> float:
    """Where the content of a box ends (CSS pixels from the top of the page)."""
    inside = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    if not inside or type(box).__name__ in ("TableRowBox", "LineBox"):
        return float(box.position_y + box.margin_height())
    return end_of(inside[-1])
