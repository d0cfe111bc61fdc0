"""Colours of a clinic on white paper: whether they can be read, and the nearest darker shade that can."""

from __future__ import annotations

import re

USUAL_INK = "#12343a"
LEAST = 4.5  # contrast of text, WCAG 2.2 success criterion 1.4.3
COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
Rgb = tuple[int, int, int]


def as_hex(text: str) -> str:
    """'#rrggbb' of a colour typed as #rgb, rrggbb or in capitals; empty if it is anything else."""
    text = "#" + text[:20].strip().lower().removeprefix("#")
    if not COLOUR.fullmatch(text):
        return ""
    return text if len(text) == 7 else "#" + "".join(one * 2 for one in text[1:])


def contrast(ink: str) -> float:
    """The contrast of '#rrggbb' against white, from 1 to 21, as WCAG counts it."""
    return 1.05 / (luminance(parts(ink)) + 0.05)


def can_be_read(ink: str) -> bool:
    return contrast(ink) >= LEAST


def darker(ink: str) -> str:
    """The lightest shade of the same hue that can be read; the colour itself if it can."""
    least, most = 0, 255
    while least < most:  # the largest share of 255 that will do
        middle = (least + most + 1) // 2
        least, most = (middle, most) if can_be_read(shade(ink, middle)) else (least, middle - 1)
    return shade(ink, least)


def shade(ink: str, share: int) -> str:
    """The colour mixed with black; `share` of 255 is the colour itself."""
    return "#" + "".join(f"{one * share // 255:02x}" for one in parts(ink))


def parts(ink: str) -> Rgb:
    red, green, blue = (int(ink[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def luminance(colour: Rgb) -> float:
    """From 0 (black) to 1 (white)."""
    red, green, blue = (one / 255 / 12.92 if one <= 10 else ((one / 255 + 0.055) / 1.055) ** 2.4 for one in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
