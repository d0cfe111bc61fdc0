"""Moments by this site's own clock: that of the machine it runs on."""

from __future__ import annotations

import time
from datetime import datetime


def clock_text(moment: datetime) -> str:
    """The day and the minute, as lists of events have them: "2026-11-21 09:05". `moment` has a time zone; what is shown is the site's."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def clock_name() -> str:
    """What the clock is called, in winter and in summer: "GMT/BST"; "UTC" where it is the same all year."""
    return "/".join(dict.fromkeys(time.tzname if time.daylight else time.tzname[:1]))
