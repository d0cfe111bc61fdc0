"""Drawn people on paper, in their own colours: every colour stands inside a black outline, so a photocopy in one bit keeps it.

The letters are those of planner/figures/ink.py: s skin, t top, l legs (large letters: the far side), h hair, e eye, m mouth,
E ear, n nose, r crease, d shade, f where it is felt, H its hatch, p o c things, a b arrows and A B their edges."""

from __future__ import annotations

import re
from collections.abc import Mapping

OUTLINE, WHITE, MARIGOLD = "#000", "#fff", "#efa51f"
PALER = {"s": 0.12, "S": 0.12, "t": 0.25, "T": 0.25, "L": 0.12}
"""How much white goes into a colour that is printed. Source: the art direction's notes on paper."""
DARK_SKIN = 330
"""Skin whose red, green and blue come to less has white eyes and a white mouth."""
OWN_WIDTHS = {"s": "7", "S": "5", "t": "7", "T": "5", "l": "7", "L": "7", "h": "5"}
SAME_FOR_ALL: Mapping[str, Mapping[str, str]] = {
    "r": {"fill": "none", "stroke": WHITE, "stroke-width": "6"},
    "n": {"fill": "none", "stroke": OUTLINE, "stroke-width": "3"},
    "f": {"fill": MARIGOLD, "stroke": OUTLINE, "stroke-width": "4"},
    "H": {"fill": "none", "stroke": OUTLINE, "stroke-width": "6"},
    "p": {"fill": WHITE, "stroke": OUTLINE, "stroke-width": "5"},
    "P": {"fill": "#ccc", "stroke": OUTLINE, "stroke-width": "5"},
    "o": {"fill": "#e6e6e6", "stroke": OUTLINE, "stroke-width": "4"},
    "O": {"fill": "#ccc", "stroke": OUTLINE, "stroke-width": "4"},
    "c": {"fill": WHITE, "stroke": OUTLINE, "stroke-width": "5"},
    "a": {"fill": "none", "stroke": OUTLINE, "stroke-width": "21"},  # black: on a photocopier marigold falls apart into dots
    "A": {"fill": "none", "stroke": WHITE, "stroke-width": "37"},  # and parted from dark clothes, where black on black is nothing
    "b": {"fill": OUTLINE, "stroke": OUTLINE, "stroke-width": "11"},
    "B": {"fill": WHITE, "stroke": WHITE, "stroke-width": "27"},
}
OWN_COLOUR = re.compile(r"\.(\w)\{fill:(#[0-9a-f]{6})")
SHADE = re.compile(r'<path class="d"[^>]*/>')


def on_coloured_paper(svg: str) -> str:
    """A drawing for screens with its colours as attributes, since the renderer of paper reads no style sheet in it; no shades."""
    style = re.match(r".*?<style>(.*?)@media", svg, re.DOTALL)
    looks = _looks(dict(OWN_COLOUR.findall(style[1])) if style else {})
    body = SHADE.sub("", re.sub(r"<style>.*?</style>", "", svg, flags=re.DOTALL))
    return re.sub(r'class="(\w)"', lambda found: " ".join(f'{name}="{value}"' for name, value in looks[found[1]].items()), body)


def _looks(own: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """Letter -> how it is drawn, from the colours of this person."""
    looks = dict(SAME_FOR_ALL)
    for letter, width in OWN_WIDTHS.items():
        fill = paler(own.get(letter, WHITE), PALER.get(letter, 0))
        looks[letter] = {"fill": fill, "stroke": WHITE if letter in "lL" else OUTLINE, "stroke-width": width}
    marks = WHITE if sum(channels(own.get("s", WHITE))) < DARK_SKIN else OUTLINE
    looks["e"] = {"fill": marks, "stroke": "none"}
    looks["m"] = {"fill": "none", "stroke": marks, "stroke-width": "4"}
    looks["E"] = {"fill": looks["S"]["fill"], "stroke": OUTLINE, "stroke-width": "4"}
    return looks


def channels(colour: str) -> tuple[int, ...]:
    """Red, green and blue, 0 to 255."""
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) if len(colour) == len("#rrggbb") else (255, 255, 255)


def paler(colour: str, share: float) -> str:
    """The colour with this share of white in it."""
    return "#" + "".join(f"{round(one + (255 - one) * share):02x}" for one in channels(colour))
