"""A plan's four weeks as an iCalendar file (RFC 5545), to be read by any calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby

from icalendar import Alarm, Event

from planner.domain.days import Day
from planner.domain.doses import minutes_a_day
from planner.domain.lines import Line, MassagePart, Plan
from planner.domain.model import Country, Library
from planner.domain.typed_text import one_line
from planner.languages.translate import N_, using_language
from planner.languages.translate import gettext as _
from planner.outputs.arrange import country_of
from planner.outputs.calendar_places import (
    EXERCISE_SLOTS,
    MASSAGE_SLOT,
    REVIEW_SLOT,
    WALK_SLOT,
    cancelled,
    emptied,
    new_calendar,
    new_event,
    slots,
)
from planner.outputs.form import Beside, Form, PlanFailed
from planner.outputs.massage_sessions import pressure_asked
from planner.outputs.moving import use_until
from planner.outputs.words import date_text, dose_text, numbers

CALENDAR_FILE = Form(
    ending="ics",
    type="text/calendar; charset=utf-8",
    link=N_("Four weeks for your calendar"),
    place="take",
    write=lambda plan, library, beside: to_ics(plan, library, code=beside.code, changes=beside.changes, whose=whose_text(beside)).decode(),
    takes_back=lambda made_on, beside: emptied(made_on, code=beside.code, changes=beside.changes).decode(),
)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SESSIONS = (time(8), time(18))  # a dose of several times a day is done in both
WALK = time(12, 30)
REMIND = timedelta(minutes=-10)
REMIND_ALL_DAY = timedelta(hours=9)  # that morning
LINES_PROPERTY = "X-BACKPLAN-LINES"


class NoCalendar(PlanFailed):
    """There is nothing to put into a calendar: triage stopped the plan. The message is one line."""


@dataclass(frozen=True)
class CalendarEntry:
    """What one event says. `at` is None for a whole day; `minutes` is 0 then. `lines` are ids of the plan's lines."""

    title: str
    at: time | None
    minutes: int = 0
    details: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Series:
    """An entry on `first` and, if `rule` says so, on later days. Rules are RFC 5545 recurrence parts. `slot`: its place in the four
    weeks, whatever stands there: a calendar that is imported again puts the new in the place of the old."""

    slot: str
    entry: CalendarEntry
    first: date
    rule: tuple[tuple[str, object], ...] = ()


def to_ics(plan: Plan, library: Library, *, code: str = "", changes: int = 0, whose: tuple[str, ...] = ()) -> bytes:
    """The exercise sessions, walks and massages of the four weeks, and the review day. Day 1 is the plan's date.

    Times are floating, with no time zone: eight in the morning stays eight in the morning when the clocks change and
    wherever the person travels. Titles say nothing about pain or answers; a calendar is often shared. `whose`: sentences about the
    clinic whose sheet it is, for the day of the review. `code` (of a kept
    plan) only makes the UIDs that person's own, so that a second import adds nothing and two people's plans stay two. `changes`: how
    often that plan was changed; then the file also cancels every place that it leaves empty, whatever stood there before. Same
    plan, same bytes. NoCalendar if triage stopped the plan.
    """
    if plan.triage.no_plan:
        raise NoCalendar("there is no calendar, because this plan says to get help first")
    calendar = new_calendar()
    with using_language(plan.lang):
        found = list(every(plan, library, whose))
        lines = " ".join(dict.fromkeys(line for series in found for line in series.entry.lines))
        belongs = code or f"{plan.made_on} {lines}"
        for series in found:
            calendar.add_component(event(series, plan.made_on, belongs, changes))
        for slot in slots() if changes else ():
            if slot not in {series.slot for series in found}:
                calendar.add_component(cancelled(slot, plan.made_on, belongs, changes))
    return bytes(calendar.to_ical())


def every(plan: Plan, library: Library, whose: tuple[str, ...]) -> Iterator[Series]:
    for name, at in zip(EXERCISE_SLOTS, SESSIONS, strict=True):
        yield from weekly(name, plan, partial(exercise_entry, plan, at))
    yield from weekly(WALK_SLOT, plan, partial(walk_entry, plan, country_of(plan, library)))
    if plan.massage and plan.massage.recommended:
        yield from massages(plan, plan.massage)
    until = use_until(plan)
    made = _("Made on %(made)s.") % {"made": date_text(plan.made_on)}
    yield Series(REVIEW_SLOT, CalendarEntry(_("Look at my plan again"), None, details=(f"{made} {until}", *whose)), plan.review_on)


def whose_text(beside: Beside) -> tuple[str, ...]:
    """Where the next visit is, and the note of the sheet."""
    clinic = beside.clinic
    where = [one for one in (clinic.name, clinic.phone, clinic.address) if one] if clinic else []
    note = _("Note: %(note)s") % {"note": beside.note} if beside.note else ""
    return tuple(filter(None, (", ".join(where), note)))


def weekly(name: str, plan: Plan, entry_of: Callable[[int, Day], CalendarEntry | None]) -> Iterator[Series]:
    """The same entries on the same weekdays become one series, for as many weeks running as nothing changes."""
    weeks = [tuple(entry_of(number, day) for day in week) for number, week in enumerate(plan.weeks)]
    for pattern, run in groupby(enumerate(weeks), key=lambda numbered: numbered[1]):
        numbers = [number for number, _week in run]
        start = plan.made_on + timedelta(weeks=numbers[0])
        for turn, entry in enumerate(dict.fromkeys(filter(None, pattern))):
            days = [day for day in range(7) if pattern[day] == entry]
            first = min(next_on(start, day) for day in days)
            yield Series(f"{name} {numbers[0]} {turn}", entry, first, every_week(days, len(numbers)))


def next_on(start: date, weekday: int) -> date:
    """The first such weekday (Monday 0) from `start` on."""
    return start + timedelta(days=(weekday - start.weekday()) % 7)


def every_week(days: list[int], weeks: int) -> tuple[tuple[str, object], ...]:
    # A number of times, not a last moment: a floating UNTIL is read as UTC by some, east and west of which a day comes or goes.
    return ("freq", "WEEKLY"), ("count", len(days) * weeks), ("byday", [WEEKDAYS[day] for day in days])


def exercise_entry(plan: Plan, at: time, week: int, day: Day) -> CalendarEntry | None:
    """The exercises due on a day at one of the two SESSIONS, with that week's dose; those done once a day are all in the morning."""
    today = [line for line in plan.section("exercises") if line.id in day.exercises]
    evening = [line for line in today if line.doses[week].times_a_day > 1]
    due = today if at == SESSIONS[0] else evening
    if not due:
        return None
    # Minutes of a line are its whole day's. The two sessions share them, so that together they keep to the minutes offered.
    later = max(1, minutes_in(week, evening) // 2) if evening else 0
    minutes = later if due is evening else max(1, minutes_in(week, today) - later)
    return CalendarEntry(
        title=_("Back exercises, %(n)d min") % {"n": minutes},
        at=at,
        minutes=minutes,
        details=tuple(f"{line.title}: {dose_text(line.doses[week])}" for line in due),
        lines=tuple(line.id for line in due),
    )


def minutes_in(week: int, lines: Iterable[Line]) -> int:
    """Minutes a day that these exercises take in a week (from 0); some cost none."""
    return sum(minutes_a_day(line.doses[week]) for line in lines if line.minutes)


def walk_entry(plan: Plan, country: Country, _week: int, day: Day) -> CalendarEntry | None:
    """A walk, or a push for somebody in a chair."""
    if not day.walk or plan.walk is None:
        return None
    line = next((line for line in plan.section("selfcare") if line.item_id == "walk"), None)
    title = _("Push, %(n)d min") if plan.walk.pushing else _("Walk, %(n)d min")
    return CalendarEntry(title % {"n": day.walk}, WALK, day.walk, (numbers(country, plan.walk.whole),), (line.id,) if line else ())


def massages(plan: Plan, massage: MassagePart) -> Iterator[Series]:
    """Whole days, since the therapist's diary sets the hour. The schedule spaces them evenly."""
    days = [day for week in range(len(plan.weeks)) for day in massage_days(plan, week)]
    if not days:
        return
    style = massage.styles[0]
    entry = CalendarEntry(_("Massage"), None, 0, (style.title, pressure_asked(massage)), (style.id,))
    gap = (days[1] - days[0]).days // 7 if len(days) > 1 else 0
    rule: tuple[tuple[str, object], ...] = (("freq", "WEEKLY"), ("interval", gap), ("count", len(days)))
    yield Series(MASSAGE_SLOT, entry, days[0], rule if gap else ())


def massage_days(plan: Plan, week: int) -> list[date]:
    start = plan.made_on + timedelta(weeks=week)
    return [next_on(start, number) for number, day in enumerate(plan.weeks[week]) if day.massage]


def event(series: Series, made_on: date, whose: str, changes: int) -> Event:
    entry, made = series.entry, new_event(series.slot, made_on, whose, changes)
    made.add("summary", one_line(entry.title))  # the library guards against line feeds only
    if entry.at is None:
        made.add("dtstart", series.first)
        made.add("dtend", series.first + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
    else:
        starts = datetime.combine(series.first, entry.at)
        made.add("dtstart", starts)
        made.add("dtend", starts + timedelta(minutes=entry.minutes))
    if series.rule:
        made.add("rrule", dict(series.rule))
    if entry.details:
        made.add("description", "\n".join(one_line(detail) for detail in entry.details))
    if entry.lines:
        made.add(LINES_PROPERTY, " ".join(entry.lines))
    made.add("class", "PRIVATE")
    made.add_component(reminder(entry))
    return made


def reminder(entry: CalendarEntry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(entry.title))
    alarm.add("trigger", REMIND if entry.at else REMIND_ALL_DAY)
    return alarm
