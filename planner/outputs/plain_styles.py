"""Styles in less time. What no rule sets is known at once: WeasyPrint works it out when it is first asked for, through every case that a
value can be, and a plan asks fifty thousand times. And rules for what no paper has, which hold for every element, are left out."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

WORKED_OUT = ("position", "float", "display", "page")
"""Rest on one another, or on what is around them."""
DRAWN_LINES = ("border_top", "border_right", "border_bottom", "border_left", "outline")
"""Their width is none while their style is none."""
ASKED_OF_ALL = "anchor"
"""Asked of each style as soon as it is made, also of those that nothing else asks."""
OF_DECORATIONS = "text_decoration_"
NOT_ON_PAPER = re.compile(r"/\* (Notes|Form fields) \*/.*?(?=/\*)", re.DOTALL)  # sections of WeasyPrint's own styles


def usual_styles() -> str:
    """What WeasyPrint does with elements that we say nothing of, less what no paper has: notes, forms, and markers but of lists."""
    usual = (files("weasyprint") / "css" / "html5_ua.css").read_text("utf-8")
    return NOT_ON_PAPER.sub("", usual).replace("\n::marker", "\nli::marker")


def know_what_no_rule_sets() -> None:
    """For this process. What it takes the place of is no public part of WeasyPrint: a test compares every value."""
    from weasyprint import css

    if css.ComputedStyle.__module__ != __name__:
        css.ComputedStyle, css.AnonymousStyle = plain_styles(css)


def plain_styles(css: Any) -> tuple[type, type]:
    """The two kinds of styles that WeasyPrint makes, each with a start."""
    plain = {name: value for name, value in css.INITIAL_VALUES.items() if is_plain(css, name)} | dict.fromkeys(map(width, DRAWN_LINES), 0)
    set_by = what_sets(plain)
    handed_down = {name for name in css.INHERITED if not name.startswith(OF_DECORATIONS)}

    class PlainStyle(css.ComputedStyle):  # type: ignore[misc]  # WeasyPrint has no types
        started = False

        def __missing__(self, name: str) -> Any:
            if name in handed_down and name not in self.cascaded and self.parent_style is not None:
                value = self[name] = self.parent_style[name]
                return value
            if self.started or (name == ASKED_OF_ALL and name not in self.cascaded):
                return super().__missing__(name)
            self.started = True
            own = dict(self)
            self.update(plain)
            for rule in self.cascaded:
                for value_set in set_by.get(rule, ()):
                    self.pop(value_set, None)
            self.update(own)
            return self[name]

    class PlainAnonymous(css.AnonymousStyle):  # type: ignore[misc]
        def __init__(self, parent: Any) -> None:
            super().__init__(parent)
            self.update(plain)

    return PlainStyle, PlainAnonymous


def is_plain(css: Any, name: str) -> bool:
    """True if it is what it is for every element on which no rule sets it."""
    kept = name in css.INHERITED or name in css.INITIAL_NOT_COMPUTED or name in WORKED_OUT
    return not kept and not name.startswith(OF_DECORATIONS)


def what_sets(names: Any) -> dict[str, set[str]]:
    """Property that a rule may have -> those of `names` that it has a say in, in text of either direction."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS

    found: dict[str, set[str]] = {name: {name} for name in names}
    for line in DRAWN_LINES:
        found.setdefault(f"{line}_style", set()).add(width(line))
    for name, logical in PHYSICAL_FUNCTIONS.items():
        for direction in ("ltr", "rtl"):
            found.setdefault(logical(block="ttb", inline=direction), set()).update(found.get(name, ()))
    return found


def width(line: str) -> str:
    return f"{line}_width"
