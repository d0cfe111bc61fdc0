"""The colours of a drawing: one letter for each kind of part, and what the letters look like on light, dark and paper."""

from __future__ import annotations

import re
from collections.abc import Mapping

LETTERS = {
    **{"skin": "s", "skin_far": "S", "top": "t", "top_far": "T", "legs": "l", "legs_far": "L", "hair": "h", "hair_far": "h"},
    **{"eye": "e", "mouth": "m", "crease": "r", "ear": "E", "nose": "n", "shade": "d", "feel": "f", "hatch": "H"},
    **{"prop": "p", "prop_dark": "P", "soft": "o", "soft_dark": "O", "cushion": "c"},
    **{"arrow": "a", "arrow_edge": "A", "head": "b", "head_edge": "B"},
}

Rules = Mapping[str, Mapping[str, str]]
LINEN, INK, THREAD, NIGHT = "#f0ebdf", "#12343a", "#efa51f", "#0e2124"
GROUP = {"stroke": LINEN, "stroke-width": "6", "stroke-linejoin": "round", "stroke-linecap": "round"}
"""What every part has unless its letter says otherwise: the thin gap between parts is the page's own colour."""
SCREEN: Rules = {
    "e": {"fill": "#2b211c", "stroke": "none"},
    "m": {"fill": "none", "stroke": "#2b211c", "stroke-opacity": ".55", "stroke-width": "4"},
    "r": {"fill": "none"},
    "E": {"stroke": "none"},
    "n": {"stroke": "none"},
    "d": {"fill": "#000", "fill-opacity": ".14", "stroke": "none"},
    "f": {"fill": THREAD, "fill-opacity": ".92", "stroke": "none"},
    "H": {"fill": "none", "stroke": INK, "stroke-width": "4.5"},
    "p": {"fill": "#cbbb9d", "stroke": "#a8977a", "stroke-width": "3"},
    "P": {"fill": "#a8977a", "stroke": "#a8977a", "stroke-width": "3"},
    "o": {"fill": "#dbd2bd", "stroke": "#c4b99f", "stroke-width": "3"},
    "O": {"fill": "#c4b99f", "stroke": "#c4b99f", "stroke-width": "3"},
    "c": {"fill": "#fbf8f1", "stroke": "#6b7a76", "stroke-width": "4"},
    "a": {"fill": "none", "stroke": THREAD, "stroke-width": "11"},
    "A": {"fill": "none", "stroke": INK, "stroke-width": "18"},
    "b": {"fill": THREAD, "stroke": "none"},
    "B": {"fill": INK, "stroke": INK, "stroke-width": "9"},
}
DARK: Rules = {
    "l": {"fill": "#d3c9b6"},
    "L": {"fill": "#a59d8c"},
    "m": {"stroke-opacity": ".8"},
    "p": {"fill": "#5d6f6c", "stroke": "#83a09b"},
    "P": {"fill": "#45585a", "stroke": "#83a09b"},
    "o": {"fill": "#2d4a4d", "stroke": "#3d5f62"},
    "O": {"fill": "#3d5f62", "stroke": "#3d5f62"},
    "c": {"fill": "#b4c4bd", "stroke": "#0e2124"},
    "A": {"stroke": "#0a181b"},
    "B": {"fill": "#0a181b", "stroke": "#0a181b"},
}
PAPER: Rules = {
    "s": {"fill": "#fff", "stroke": "#000", "stroke-width": "7"},
    "S": {"fill": "#fff", "stroke": "#000", "stroke-width": "5"},
    "t": {"fill": "#d9e2df", "stroke": "#000", "stroke-width": "7"},
    "T": {"fill": "#d9e2df", "stroke": "#000", "stroke-width": "5"},
    "l": {"fill": "#000", "stroke": "#fff", "stroke-width": "7"},
    "L": {"fill": "#444", "stroke": "#fff", "stroke-width": "7"},
    "h": {"fill": "#000", "stroke": "#000", "stroke-width": "5"},
    "e": {"fill": "#000", "stroke": "none"},
    "m": {"fill": "none", "stroke": "#000", "stroke-width": "4"},
    "r": {"fill": "none", "stroke": "#fff", "stroke-width": "6"},
    "E": {"fill": "#fff", "stroke": "#000", "stroke-width": "4"},
    "n": {"fill": "none", "stroke": "#000", "stroke-width": "3"},
    "f": {"fill": "#fff", "stroke": "#000", "stroke-width": "4"},
    "H": {"fill": "none", "stroke": "#000", "stroke-width": "5"},
    "p": {"fill": "#fff", "stroke": "#000", "stroke-width": "5"},
    "P": {"fill": "#ccc", "stroke": "#000", "stroke-width": "5"},
    "o": {"fill": "#e6e6e6", "stroke": "#000", "stroke-width": "4"},
    "O": {"fill": "#ccc", "stroke": "#000", "stroke-width": "4"},
    "c": {"fill": "#fff", "stroke": "#000", "stroke-width": "5"},
    "a": {"fill": "none", "stroke": "#000", "stroke-width": "11"},
    "A": {"fill": "none", "stroke": "#fff", "stroke-width": "22"},
    "b": {"fill": "#000", "stroke": "none"},
    "B": {"fill": "#fff", "stroke": "#fff", "stroke-width": "13"},
}


def screen_style(ink: Mapping[str, str]) -> str:
    """The style sheet inside a drawing for screens: the person's own colours, then light, then dark."""
    own = {LETTERS[name]: {"fill": colour} for name, colour in ink.items()}
    far = {"E": {"fill": ink["skin_far"]}, "n": {"fill": ink["skin_far"]}}
    light = {letter: {**own.get(letter, {}), **far.get(letter, {}), **SCREEN.get(letter, {})} for letter in {**own, **far, **SCREEN}}
    dark = {**DARK, "h": {"fill": _lifted(ink["hair"])}}
    return f"{_rule('g', GROUP)}{_rules(light)}@media(prefers-color-scheme:dark){{{_rule('g', {'stroke': NIGHT})}{_rules(dark)}}}"


def _lifted(colour: str) -> str:
    """Very dark hair would vanish on a dark page."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return colour if sum(parts) > 200 else "#6b5446"


def _rules(rules: Rules) -> str:
    return "".join(_rule(f".{letter}", looks) for letter, looks in sorted(rules.items()))


def _rule(selector: str, looks: Mapping[str, str]) -> str:
    return f"{selector}{{{';'.join(f'{name}:{value}' for name, value in looks.items())}}}"


def on_paper(svg: str, pale_hair: bool = False) -> str:
    """The same drawing as black line art: classes become attributes, since paper knows no style sheet; no shades."""
    rules = {**PAPER, "h": {**PAPER["h"], "fill": "#fff"}} if pale_hair else PAPER
    body = re.sub(r"<style>.*?</style>", "", svg)
    body = re.sub(rf'<path class="{LETTERS["shade"]}"[^>]*/>', "", body)
    return re.sub(r'class="(\w)"', lambda found: " ".join(f'{name}="{value}"' for name, value in rules[found[1]].items()), body)
