"""Columns that are filled one after the other, laid out once. WeasyPrint lays them out twice: once to see how high they could be, which
only columns that are balanced need to know."""

from __future__ import annotations

from typing import Any

ANY_PAGE = {"break": "any", "page": None}


def lay_out_columns_once() -> None:
    """For this process. What it takes the place of is no public part of WeasyPrint: a test compares what both make."""
    from weasyprint.layout import block

    if block.columns_layout.__module__ != __name__:
        usual = block.columns_layout
        block.columns_layout = lambda *about: (filled_in_turn if is_filled_in_turn(about[1]) else usual)(*about)
        block.columns_layout.__module__ = __name__


def is_filled_in_turn(box: Any) -> bool:
    style = box.style
    plain = style["column_fill"] == "auto" and style["column_width"] == "auto" and style["direction"] == "ltr" and box.height == "auto"
    return plain and all(child.style["column_span"] != "all" for child in box.children)


def filled_in_turn(*about: Any) -> Any:
    """The box on this page and where it goes on: takes and gives what `columns_layout` of WeasyPrint does. `below`: pixels of the page that
    it may not have; `resume`: where it went on to from the page before."""
    from weasyprint.layout.block import block_box_layout, block_level_width, collapse_margin
    from weasyprint.layout.column import _create_column_box
    from weasyprint.layout.percent import percentage

    context, box, below, resume, around, empty, absolute, fixed, margins, *first_styles = about
    context.in_column = True
    box = box.copy_with_children(box.children)
    box.position_y += collapse_margin(margins)
    block_level_width(box, around)
    count, gap, top = box.style["column_count"], percentage(box.style["column_gap"], box.style, box.width), box.content_box_y()
    width = max(0, box.width - (count - 1) * gap) / count
    begun = next(iter(resume), 0) if resume else 0
    children = [child.copy() for child in box.children[begun:]]
    at, columns, next_page = ({0: resume[begun]} if resume else None), [], ANY_PAGE
    for number in range(count):
        column = _create_column_box(box, around, children, width, top)
        column.position_x += number * (width + gap)
        filled, at, next_page, *_ = block_box_layout(
            context, column, below, at, around, empty, absolute, fixed, None, *first_styles, False, None
        )
        if filled is None:
            context.in_column = False
            return None, (0, None), ANY_PAGE, [], False
        columns.append(filled)
        if at is None:
            break
    highest = max(column.margin_height() for column in columns)
    for column in columns:
        column.height = highest
    box.children = columns
    box.height = min(context.page_bottom - top - below, highest)
    context.in_column = False
    return box, ({begun + number: where for number, where in at.items()} if at else None), next_page, [], False
