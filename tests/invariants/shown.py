"""What one person is shown: the plan's public JSON read by name, and every text that is printed from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

STOPS = ("emergency", "urgent")
RANK = ("self_care", "see_clinician", "urgent", "emergency")
FIRM_STYLES = frozenset("deep_tissue trigger_point sports thai".split())


@dataclass(frozen=True)
class Texts:
    """The plan as plain text, the sheet as HTML and the calendar as it is sent; empty where there is none."""

    plan: str = ""
    sheet: str = ""
    calendar: str = ""

    @cached_property
    def everything(self) -> str:
        """All that is printed, in plain words."""
        return "\n".join((self.plan, bare(self.sheet), re.sub(r"\r?\n[ \t]", "", self.calendar)))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Each printed sentence once, in the order of print; not the list of what is left out, which tells nobody to do anything."""
        told = re.sub(r"^Left out, and why\n-+\n.*?\n\n", "\n", self.everything, flags=re.S | re.M)
        flowing = re.sub(r"(?<=[a-z,])\n[ \t]*(?=[a-z0-9])", " ", told.replace("\\,", ","))
        found = (re.sub(r"\s+", " ", one).strip() for one in re.split(r"(?<=[.!?:])\s+|\n", flowing))
        return tuple(dict.fromkeys(one for one in found if one))


def bare(html: str) -> str:
    """The words of a page: no styles, scripts, pictures or tags; each block on a line of its own."""
    words = re.sub(r"<(style|script|svg|title)\b.*?</\1>", "\n", html, flags=re.S)
    words = re.sub(r"</?(?:b|strong|em|a|span|abbr|small)\b[^>]*>", "", words)
    return unescape(re.sub(r"<[^>]+>", "\n", words))


def saying(texts: Texts, pattern: str) -> Iterator[str]:
    """The printed sentences in which the pattern stands, in any case."""
    wanted = re.compile(pattern, re.I)
    return (one for one in texts.sentences if wanted.search(one))


def level(plan: dict[str, Any]) -> int:
    """0 self care, 1 see a clinician, 2 urgent, 3 emergency."""
    return RANK.index(plan["triage"]["level"])


def reasons(plan: dict[str, Any]) -> frozenset[str]:
    return frozenset(one["id"] for one in plan["triage"]["reasons"])


def lines(plan: dict[str, Any], *sections: str) -> list[dict[str, Any]]:
    return [one for one in plan["lines"] if not sections or one["section"] in sections]


def ids(plan: dict[str, Any], *sections: str) -> frozenset[str]:
    """Ids of the lines without their family: bridge, heat, yoga."""
    return frozenset(one["id"].partition(":")[2] for one in lines(plan, *sections))


def moves(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Exercises and the positions that ease."""
    return [one for one in plan["lines"] if one["id"].startswith("exercise:")]


def massage(plan: dict[str, Any]) -> dict[str, Any]:
    """The massage part; an empty one where the plan has none."""
    return plan.get("massage") or {"styles": [], "positions": [], "held": False, "declined": False, "tell": [], "freq": "none"}


def styles(plan: dict[str, Any]) -> frozenset[str]:
    return frozenset(one.removeprefix("massage:") for one in massage(plan)["styles"])


def demands(line: dict[str, Any]) -> frozenset[str]:
    return frozenset(line.get("demands", ()))


def limits(plan: dict[str, Any], kind: str) -> frozenset[str]:
    """The demands under `bars`, `ask` or `soft`, whether each is told by its id or with its words."""
    return frozenset(one if isinstance(one, str) else one.get("demand", one.get("id", "")) for one in plan.get("limits", {}).get(kind, ()))


def said_of(line: dict[str, Any]) -> str:
    """Every word of one line that tells somebody to do something."""
    parts = (line.get("title", ""), line.get("dose_text", ""), *line.get("steps", ()), *line.get("advice", ()))
    return " ".join(str(one) for one in parts)


def box(plan: dict[str, Any], which: str) -> str:
    """The stop box `now` or `today`, as words."""
    return "\n".join(one if isinstance(one, str) else " ".join(map(str, one.values())) for one in plan.get("stop_box", {}).get(which, ()))
