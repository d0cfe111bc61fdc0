"""Which day it is where the person is. A day begins in Auckland half a day before it begins where this site's machine stands."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from planner.web.cookies import cookie_of_script

ZONE_COOKIE = "zone"
"""Set by a script of ours, where the browser's day is another than the site's: the name of its time zone, and nothing else."""
LONGEST_NAME = 40


def today_here() -> date:
    """The person's own day where their browser has said its time zone; else the day of this site's clock."""
    zone = zone_called(cookie_of_script(ZONE_COOKIE)[:LONGEST_NAME])
    return datetime.now(zone).date() if zone else date.today()


@lru_cache(700)
def zone_called(name: str) -> ZoneInfo | None:
    """The zone of this name; None if there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):  # no such zone, or no name of one
        return None
