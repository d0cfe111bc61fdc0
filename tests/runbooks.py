"""The pages of `deploy/` that an operator follows, and the commands in them, by heading."""

from __future__ import annotations

import re

from planner.folders import ROOT

RUNBOOKS = {one.name: one.read_text("utf-8") for one in sorted((ROOT / "deploy").glob("*.md"))}
ALL_RUNBOOKS = "\n".join(RUNBOOKS.values())


def commands_of(page: str, heading: str) -> list[str]:
    """The lines of all blocks under a heading."""
    (section,) = re.findall(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", RUNBOOKS[page], re.M | re.S)
    return [line for block in re.findall(r"^```\n(.*?)^```", section, re.M | re.S) for line in block.splitlines()]


def by_the_service(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("sudo")]
