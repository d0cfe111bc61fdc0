"""The places in a calendar that a plan's four weeks have, whatever stands in them: what is imported later goes into the same ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from planner.domain.doses import WEEKS
from planner.languages.translate import gettext as _

UID_NAMESPACE = UUID(
    "3f1c7a52-4c0e-5b0b-9d54-6b61636b706c"
)  # the name space of our UIDs; a new one would double every event on a second import
EXERCISE_SLOTS, WALK_SLOT, MASSAGE_SLOT, REVIEW_SLOT = ("morning", "evening"), "walk", "massage", "review"
PATTERNS = 4  # different days of one week, at most


def new_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Backplan//Backplan//EN")
    calendar.add("version", "2.0")
    return calendar


def slots() -> list[str]:
    """Every place that any version of a plan can fill, but for the review, which each has."""
    names = (*EXERCISE_SLOTS, WALK_SLOT)
    return [f"{name} {week} {turn}" for name in names for week in range(WEEKS) for turn in range(PATTERNS)] + [MASSAGE_SLOT]


def emptied(made_on: date, *, code: str, changes: int) -> bytes:
    """Cancels every event that any version of a kept plan can have made. What stopped it may forbid the very exercise of tomorrow."""
    calendar = new_calendar()
    for slot in (*slots(), REVIEW_SLOT):
        calendar.add_component(cancelled(slot, made_on, code, changes + 1))
    return bytes(calendar.to_ical())


def new_event(slot: str, made_on: date, whose: str, changes: int) -> Event:
    made = Event()
    made.add("uid", uid_of(slot, whose))
    made.add("dtstamp", datetime.combine(made_on, time(), UTC))
    made.add("sequence", changes)
    return made


def cancelled(slot: str, made_on: date, whose: str, changes: int) -> Event:
    """What takes away an event of an earlier version. It names nothing: what stood there may be what is left out now."""
    made = new_event(slot, made_on, whose, changes)
    made.add("dtstart", made_on)
    made.add("summary", _("Not in my plan any more"))
    made.add("status", "CANCELLED")
    made.add("transp", "TRANSPARENT")
    made.add("class", "PRIVATE")
    return made


def uid_of(slot: str, whose: str) -> str:
    """The same place of the same kept plan keeps its UID, whatever changes. Hashed is only what the file shows, and a code
    too long to guess."""
    return f"{uuid5(UID_NAMESPACE, chr(0).join((whose, slot)))}@backplan"
