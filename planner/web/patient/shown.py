"""Which page a press belongs to: every form carries a sealed mark of the page that was drawn, and when.

The second half of a double press lands on the next page before anybody can have read it. It must not answer that page."""

from __future__ import annotations

import time
from typing import Literal

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer

from planner.domain.steps import Step

READING_SECONDS = 1.0
"""Nobody reads a page of red flags in less. The setting of the same name, 0, is for tests that press at once."""

CHOICE_SECONDS = 0.4
"""The second half of a double press comes sooner than this. For pages where each row is the button that answers."""

Misplaced = Literal["", "other page", "too soon"]


def mark(step: str) -> str:
    """What the form of this step carries: its id and the moment it was drawn, in thousandths of a second."""
    return str(sealer().dumps([step, round(time.time() * 1000)]))


def misplaced(at: Step) -> Misplaced:
    """Why what was sent is no answer to this step; empty if it is one."""
    wait = seconds_for(at)
    sent = request.form.get("shown", "")
    if not sent:
        return "other page" if wait and at.page.safety and at.is_ticks else ""
    try:
        step, drawn = sealer().loads(sent)
    except (BadData, TypeError, ValueError):
        return "other page"
    if step != at.id:
        return "other page"
    return "too soon" if time.time() * 1000 - drawn < wait * 1000 else ""


def seconds_for(at: Step) -> float:
    """How long a page must have been there before a press on it counts: longest where it can deny a red flag."""
    if at.page.safety:
        return reading_seconds()
    return min(reading_seconds(), CHOICE_SECONDS) if at.is_choice else 0


def reading_seconds() -> float:
    return float(current_app.config.get("READING_SECONDS", READING_SECONDS))


def sealer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="shown")
