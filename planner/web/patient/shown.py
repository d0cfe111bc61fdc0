"""Which page a press belongs to: every form carries a sealed mark of the page that was drawn, and when.

The second half of a double press lands on the next page before anybody can have read it. It must not answer that page."""

from __future__ import annotations

import time
from typing import Literal

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer

from planner.domain.steps import Step
from planner.web.carried import marking_by, secrets_now

READING_SECONDS = 1.0
"""Nobody reads a page of red flags in less. The setting of the same name, 0, is for tests that press at once."""

CHOICE_SECONDS = 0.4
"""The second half of a double press comes sooner than this. For pages where each row is the button that answers."""

Misplaced = Literal["", "other page", "too soon"]


def mark(step: str) -> str:
    """What the form of this step carries: its id and the moment it was drawn, in thousandths of a second."""
    return str(sealer().dumps([step, round(time.time() * 1000)]))


def misplaced(at: Step) -> Misplaced:
    """Why what was sent is no answer to this step; empty if it is one. A page that was drawn well after now was drawn by another
    machine, whose clock is ahead: that must keep nobody from saying that it is an emergency."""
    wait = seconds_for(at)
    if not request.form.get("shown", ""):
        return "other page" if wait and at.page.safety and at.is_ticks else ""
    age = age_of(at.id)
    if age is None:
        return "other page"
    return "too soon" if -wait <= age < wait else ""


def pressed_at_once(place: str) -> bool:
    """Whether a form with the mark of `place` was sent by a press that was meant for the page before it."""
    age = age_of(place)
    wait = min(reading_seconds(), CHOICE_SECONDS)
    return age is not None and -wait <= age < wait


def age_of(place: str) -> float | None:
    """Seconds since the form that was sent was drawn; None if it has no mark of this place."""
    try:
        marked, drawn = sealer().loads(request.form.get("shown", ""))
    except (BadData, TypeError, ValueError):
        return None
    return time.time() - drawn / 1000 if marked == place else None


def seconds_for(at: Step) -> float:
    """How long a page must have been there before a press on it counts: longest where it can deny a red flag."""
    if at.page.safety:
        return reading_seconds()
    return min(reading_seconds(), CHOICE_SECONDS) if at.is_choice else 0


def settling_ms() -> int:
    """For how long a new page takes no press: the browser drops the second half of a double press."""
    return round(min(reading_seconds(), CHOICE_SECONDS) * 1000)


def reading_seconds() -> float:
    return float(current_app.config.get("READING_SECONDS", READING_SECONDS))


def sealer() -> URLSafeSerializer:
    return marking_by(tuple(secrets_now()), "shown")
