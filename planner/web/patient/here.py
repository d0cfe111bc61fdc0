"""Where this person is: their journey from the draft's answers, and the address to go on with."""

from __future__ import annotations

from planner.domain.journey import Journey
from planner.domain.steps import Steps
from planner.web.render import draft, library


def journey() -> Journey:
    return Journey(library(), draft().answers)


def next_url(here: Journey, done: str = "/plan") -> str:
    """Where to go now: the first open step, or the stop page, or where there is nothing left to ask (`done`)."""
    if here.stopped:
        return "/stop"
    step = Steps(here).next()
    return f"/ask/{step}" if step else done
