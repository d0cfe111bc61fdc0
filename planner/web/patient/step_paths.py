"""The steps of a journey, and their addresses. None names a flag: a page that only those who ticked it see is "more", with its number."""

from __future__ import annotations

from flask import g

from planner.domain.journey import Journey
from planner.domain.lazy import Lazy
from planner.domain.steps import Steps, page_called

MORE = "more-"


class LookedAtOnce(Steps):
    """Steps whose first open one is looked for once: what may be seen, where to go on and what a page says of itself rest on it."""

    @Lazy
    def _upto(self) -> str | None:
        return super().first_open()

    def first_open(self) -> str | None:
        return self._upto


def steps_of(here: Journey) -> Steps:
    """The steps of a journey, laid out once in a request."""
    known: list[Steps] = g.setdefault("steps", [])
    found = next((steps for steps in known if steps.journey is here), None)
    if found is None:
        known.append(found := LookedAtOnce(here))
    return found


def step_path(here: Journey, step: str) -> str:
    """Where a step of this journey is. Addresses stand in logs and in histories of shared browsers; an answer must not."""
    own = own_steps(here) if page_called(here.library, step) is None else []
    return f"/ask/{MORE}{own.index(step) + 1}" if step in own else f"/ask/{step}"


def step_named(here: Journey, name: str) -> str | None:
    """The step that an address means: an id, or the number of a page of its own. None where this journey has no such page."""
    if not name.startswith(MORE):
        return name
    number, own = name.removeprefix(MORE), own_steps(here)
    inside = number.isascii() and number.isdecimal() and len(number) < 4 and 1 <= int(number) <= len(own)
    return own[int(number) - 1] if inside else None


def own_steps(here: Journey) -> list[str]:
    """The steps of ticked questions, in asking order."""
    return [step for step in steps_of(here).ids if page_called(here.library, step) is None]
