"""Stylesheets: a class name belongs to one component, and a component to one stylesheet."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "static" / "css"
PAPER = {"paper.css", "sheet.css", "large.css", "preview.css"}
"""They dress the plan and the sheet once more, and never stand on a page beside the others."""
SHARED = {"base.css", "parts.css", "pictures.css"}
"""What they define may be adapted inside a component of a page: `.kept .acts`."""
CLASS = re.compile(r"\.([a-z][\w-]*)")
FIRST = re.compile(r"[^#.]*\.([a-z][\w-]*)")
"""The class that a selector begins with; one that begins with an id touches that one place only."""


def selectors(css: str) -> list[str]:
    """The selectors of a stylesheet, list by list: no comments, strings, declarations or at-rules."""
    bare = re.sub(r'/\*.*?\*/|"[^"]*"|url\([^)]*\)', "", css, flags=re.S)
    return [found.strip() for found in re.findall(r"[^{};]+(?={)", bare) if not found.strip().startswith("@")]


def outside_brackets(selector: str) -> str:
    """`:root:not(:has(.held)) .turn` begins with `.turn`."""
    shorter = re.sub(r"\([^()]*\)", "", selector)
    return selector if shorter == selector else outside_brackets(shorter)


def places(folder: Path = FOLDER) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Class names, each with the screen stylesheets where it begins a rule, and with those that name it at all."""
    begun, named = defaultdict(set), defaultdict(set)
    for path in sorted(folder.glob("*.css")):
        for selector in [] if path.name in PAPER else selectors(path.read_text("utf-8")):
            for one in outside_brackets(selector).split(","):
                if first := FIRST.match(one):
                    begun[first[1]].add(path.name)
            for name in CLASS.findall(selector):
                named[name].add(path.name)
    return begun, named


def test_a_class_begins_rules_in_one_stylesheet_alone() -> None:
    begun, _ = places()
    twice = [f".{name} begins rules in {' and '.join(sorted(found))}" for name, found in sorted(begun.items()) if len(found) > 1]
    assert not twice, "Two components with one name break each other: give one a name of its own.\n" + "\n".join(twice)


def test_the_component_of_one_page_is_named_in_no_other_stylesheet() -> None:
    begun, named = places()
    owned = {name: found for name, found in sorted(begun.items()) if not found & SHARED}
    others = {name: sorted(named[name] - found) for name, found in owned.items()}
    reached = [f".{name} of {' and '.join(owned[name])} is named in {' and '.join(found)}" for name, found in others.items() if found]
    assert not reached, "Its rules reach in there: give one a name of its own, or move it to parts.css.\n" + "\n".join(reached)
