"""The plan that somebody gets, and its printed text, cut as tests read it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.text import to_text
from tests.people import well

ON = date(2026, 11, 28)


def plan_for(library: Library, **answers: Any) -> Plan:
    return build(library, well(library) | answers, on=ON)


def text_for(library: Library, **answers: Any) -> str:
    return re.sub(r"\s+", " ", to_text(plan_for(library, **answers), library))


def flat(text: str) -> str:
    """Text without its line breaks."""
    return " ".join(text.split())


def under(text: str, name: str) -> str:
    """What stands under a heading of the text, whose spaces are one."""
    return text.partition(f" {name} ---")[2].strip("- ").partition(" ---")[0]


def between(text: str, begin: str, end: str) -> str:
    return text[text.index(begin) : text.index(end)]


def stop_box_words(text: str) -> str:
    """What stands in the stop box."""
    return under(text, "Stop, and get help")


def no_massage(text: str) -> str:
    """What follows the heading "Massage" of a plan without one, up to the next heading."""
    found = re.search(r" Massage -+ (.*?) (?:Four weeks) -+", text)
    return found[1] if found else ""


def signs_for_today(library: Library, **who: Any) -> str:
    """The signs with which this person gets help today."""
    return " ".join(plan_for(library, **who).stop_box.today)


def titles(plan: Any, section: str = "exercises") -> list[str]:
    return [line.title for line in plan.section(section)]


def exercise_ids(plan: Plan) -> set[str]:
    return {line.item_id for line in plan.section("exercises")}


def certainty(library: Library, name: str, **answers: Any) -> str:
    return next(line.certainty for line in plan_for(library, **answers).section("exercises") if line.title == name)
