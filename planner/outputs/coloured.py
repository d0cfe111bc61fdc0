"""Drawn people on paper, in their own colours: every colour stands inside a black outline, so a photocopy in one bit keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planner.figures.ink import LETTERS, THREAD

OUTLINE, WHITE = "#000", "#fff"
PALER = {"skin": 0.12, "skin_far": 0.12, "top": 0.25, "top_far": 0.25, "legs_far": 0.12}
"""How much white goes into a colour that is printed, by the part of the person. Source: the art direction's notes on paper."""
DARK_SKIN = 330
"""Skin whose red, green and blue come to less has white eyes and a white mouth."""
WIDTHS = {"skin": "7", "skin_far": "5", "top": "7", "top_far": "5", "legs": "7", "legs_far": "7", "hair": "5"}
ALWAYS: Mapping[str, Mapping[str, str]] = {
    "crease": {"fill": "none", "stroke": WHITE, "stroke-width": "6"},
    "feel": {"fill": THREAD, "stroke": OUTLINE, "stroke-width": "4"},
    "hatch": {"fill": "none", "stroke": OUTLINE, "stroke-width": "6"},
    "prop": {"fill": WHITE, "stroke": OUTLINE, "stroke-width": "5"},
    "prop_dark": {"fill": "#ccc", "stroke": OUTLINE, "stroke-width": "5"},
    "soft": {"fill": "#e6e6e6", "stroke": OUTLINE, "stroke-width": "4"},
    "soft_dark": {"fill": "#ccc", "stroke": OUTLINE, "stroke-width": "4"},
    "cushion": {"fill": WHITE, "stroke": OUTLINE, "stroke-width": "5"},
    "arrow": {"fill": "none", "stroke": THREAD, "stroke-width": "11"},
    "arrow_edge": {"fill": "none", "stroke": OUTLINE, "stroke-width": "21"},
    "head": {"fill": THREAD, "stroke": "none"},
    "head_edge": {"fill": OUTLINE, "stroke": OUTLINE, "stroke-width": "11"},
}
OWN = re.compile(r"\.(\w)\{fill:(#[0-9a-f]{6})")


def on_coloured_paper(svg: str) -> str:
    """A drawing for screens with its colours as attributes, since the renderer of paper reads no style sheet in it; no shades."""
    style, body = re.match(r".*?<style>(.*?)@media", svg, re.DOTALL), re.sub(r"<style>.*?</style>", "", svg, flags=re.DOTALL)
    rules = _rules(dict(OWN.findall(style[1])) if style else {})
    body = re.sub(rf'<path class="{LETTERS["shade"]}"[^>]*/>', "", body)
    return re.sub(r'class="(\w)"', lambda found: " ".join(f'{name}="{value}"' for name, value in rules[found[1]].items()), body)


def _rules(own: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """Letter -> its looks, from the colours of this person."""
    looks: dict[str, Mapping[str, str]] = {LETTERS[part]: rule for part, rule in ALWAYS.items()}
    for part, width in WIDTHS.items():
        edge = WHITE if part.startswith("legs") else OUTLINE
        fill = paler(own.get(LETTERS[part], WHITE), PALER.get(part, 0))
        looks[LETTERS[part]] = {"fill": fill, "stroke": edge, "stroke-width": width}
    skin = own.get(LETTERS["skin"], WHITE)
    marks = WHITE if sum(channels(skin)) < DARK_SKIN else OUTLINE
    looks[LETTERS["eye"]] = {"fill": marks, "stroke": "none"}
    looks[LETTERS["mouth"]] = {"fill": "none", "stroke": marks, "stroke-width": "4"}
    looks[LETTERS["ear"]] = {"fill": looks[LETTERS["skin_far"]]["fill"], "stroke": OUTLINE, "stroke-width": "4"}
    looks[LETTERS["nose"]] = {"fill": "none", "stroke": OUTLINE, "stroke-width": "3"}
    return looks


def channels(colour: str) -> tuple[int, ...]:
    """Red, green and blue, 0 to 255."""
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) if len(colour) == 7 else (255, 255, 255)


def paler(colour: str, share: float) -> str:
    """The colour with this share of white in it."""
    return "#" + "".join(f"{round(one + (255 - one) * share):02x}" for one in channels(colour))
