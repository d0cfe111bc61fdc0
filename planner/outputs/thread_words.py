"""What a check-in came to, in words: what it means, what changes and why, the pain as a line, and one line for a chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.course import Course
from planner.domain.doses import WEEKS
from planner.domain.lines import Line, Plan
from planner.domain.massage import FREQUENCIES
from planner.domain.model import Library
from planner.domain.schedule import ReviewRules
from planner.domain.thread import Diary, Shown, WeekTold, pain_line
from planner.languages.translate import gettext as _
from planner.languages.translate import ngettext
from planner.outputs.said_doses import dose_said, when_said
from planner.outputs.words import capital, date_text, listed, uncapital


@dataclass(frozen=True)
class Moved:
    """One thing that changes. `line`: the exercise that it is now, if it is one; `instead`: the title of the one it replaces."""

    title: str
    text: str
    line: Line | None = None
    instead: str = ""


def headline_of(entry: WeekTold, rules: ReviewRules) -> str:
    """What the week came to, in a few words."""
    if entry.said.pain >= rules.severe_pain:
        return _("Strong pain: do half.")
    return {
        "worse": _("More pain: we ease off."),
        "worse_again": _("More pain again: do half."),
        "same": _("About the same. Keep on."),
        "stuck": _("No change in 4 weeks."),
        "better": _("Less pain. Keep on."),
        "settled": _("Hardly any pain now."),
    }[entry.verdict]


def next_step_of(entry: WeekTold, rules: ReviewRules) -> str:
    """Whom to see; empty where nobody is needed."""
    if entry.said.pain >= rules.severe_pain or entry.verdict == "worse_again":
        return _("See a doctor or physio this week. Tell them how your pain has changed.")
    if entry.verdict == "stuck":
        return _("See a doctor or physio by week 6. Show them this page.")
    return ""


def said_of(entry: WeekTold, base: int | None) -> str:
    """The numbers that were given."""
    days = ngettext("You did something on %(num)s of 7 days.", "You did something on %(num)s of 7 days.", entry.said.days)
    pain = _("Pain %(now)s now.") if base is None else _("Pain %(base)s at the start, %(now)s now.")
    twice = _("We were told twice. What asks for less counts.") if entry.also else ""
    return " ".join(filter(None, (pain % {"base": base, "now": entry.said.pain}, days % {"num": entry.said.days}, twice)))


def why_not_up(entry: WeekTold, rules: ReviewRules) -> str:
    """Why nothing went up, for those who may have hoped for it."""
    if entry.said.days == 0:
        return _("Nothing is harder after a week without it. Pick one exercise, and begin again today.")
    if entry.said.days < rules.few_days:
        return _("Few days were done, so nothing is harder. Three days or more move it on.")
    return ""


def changes_of(entry: WeekTold, before: Course, after: Course, rules: ReviewRules) -> tuple[Moved, ...]:
    """What is different from the week before: exercises, the walk, the massage."""
    was = {line.item_id: line for line in before.exercises}
    now = {line.item_id: line for line in after.exercises}
    found = [_new(line, was, entry) for name, line in now.items() if name not in was]
    found += [_dosed(line, was[name], entry) for name, line in now.items() if name in was and line.doses != was[name].doses]
    replaced = {one.instead for one in found}
    found += [
        Moved(line.title, _("We leave it out for now."), line)
        for name, line in was.items()
        if name not in now and line.title not in replaced
    ]
    return (*found, *_walk(before, after), *_massage_moves(before, after, rules))


def _new(line: Line, was: dict[str, Line], entry: WeekTold) -> Moved:
    harder = next((one for one in was.values() if one.harder and one.harder.id == line.item_id and one.item_id in entry.said.easy), None)
    easier = next((one for one in was.values() if one.easier and one.easier.id == line.item_id and one.item_id in entry.said.much), None)
    old, why = (harder, _("It was easy.")) if harder else (easier, _("It was too much.")) if easier else (None, "")
    return Moved(line.title, f"{dose_words_of(line)}. {why}".strip(), line, old.title if old else "")


def _dosed(line: Line, was: Line, entry: WeekTold) -> Moved:
    if line.item_id in entry.said.much:
        why = _("It was too much.")
    elif line.item_id in entry.said.easy:
        why = _("It was easy.")
    else:
        why = _("Your week went well.") if more(line, was) else _("More pain, so less to do.")
    return Moved(line.title, _("Now %(dose)s. %(why)s") % {"dose": dose_words_of(line, small=True), "why": why}, line)


def more(line: Line, was: Line) -> bool:
    one, other = line.doses[0], was.doses[0]
    return (one.sets * (one.seconds or one.repeats * (one.hold_seconds + 1)), one.days_a_week) > (
        other.sets * (other.seconds or other.repeats * (other.hold_seconds + 1)),
        other.days_a_week,
    )


def dose_words_of(line: Line, week: int = 0, *, small: bool = False) -> str:
    """The dose of one week (from 0) and when it is due, in words."""
    dose = line.doses[min(week, WEEKS - 1)]
    words = f"{dose_said(dose)}, {uncapital(when_said(dose))}"
    return words if small else capital(words)


def _walk(before: Course, after: Course) -> tuple[Moved, ...]:
    if not (before.walk and after.walk and before.walk.minutes and after.walk.minutes) or before.walk.minutes[0] == after.walk.minutes[0]:
        return ()
    title = _("Push %(n)s minutes") if after.walk.pushing else _("Walk %(n)s minutes")
    text = ngettext("On %(num)s day a week. It was %(old)s minutes.", "On %(num)s days a week. It was %(old)s minutes.", after.walk.days[0])
    return (Moved(title % {"n": after.walk.on(0)}, text % {"num": after.walk.days[0], "old": before.walk.on(0)}),)


def _massage_moves(before: Course, after: Course, rules: ReviewRules) -> tuple[Moved, ...]:
    old, new = before.massage, after.massage
    if not (old and new and old.recommended and new.recommended):
        return ()
    found = []
    if new.pressure_ask < old.pressure_ask:
        found.append(_("Ask for lighter pressure while it hurts more."))
    if new.freq == "none" and old.freq != "none":
        found.append(_("No more massage: it changed nothing."))
    elif new.styles[0].id != old.styles[0].id:
        found.append(_("Try another style: %(title)s.") % {"title": new.styles[0].title})
    elif new.freq != old.freq and new.freq in FREQUENCIES:
        found.append(_("One step less often, as you need it less."))
    return (Moved(_("Massage"), " ".join(found)),) if found else ()


def shown_words(plan: Plan, week: int) -> Shown:
    """The exercises of a plan as they are kept to be read later. `week`: from 0."""
    return tuple((line.title, dose_words_of(line, week)) for line in plan.section("exercises") if line.doses)


def thread_line(diary: Diary, base: int | None, library: Library) -> str:
    """The check-ins in one line, for a chart; empty where there are none."""
    if not diary.entries:
        return ""
    helped = [library.exercises[name].title for name in diary.entries[-1].said.best if name in library.exercises]
    values = {
        "num": len(diary.entries),
        "date": date_text(diary.entries[-1].on),
        "pain": ", ".join(str(pain) for _day, pain in pain_line(base, diary)),
        "days": ", ".join(str(entry.said.days) for entry in diary.entries),
    }
    text = _("Check-ins at home: %(num)s, the last on %(date)s. Pain %(pain)s. Days of 7: %(days)s.") % values
    return " ".join(filter(None, (text, _("Most useful: %(titles)s.") % {"titles": listed(helped)} if helped else "")))


@dataclass(frozen=True)
class Point:
    """A place on the drawn line: x and y in hundredths, the pain, and its words."""

    x: int
    y: int
    pain: int
    label: str


def points_of(base: int | None, diary: Diary) -> tuple[Point, ...]:
    """The pain as a line across 300 by 100: 0 at the bottom, 10 on top."""
    line = pain_line(base, diary)
    step = 300 // max(1, len(line) - 1)
    weeks = ([0] if base is not None else []) + [entry.week for entry in diary.entries]
    return tuple(Point(place * step, 100 - 10 * pain, pain, _label(weeks[place])) for place, (_day, pain) in enumerate(line))


def _label(week: int) -> str:
    return _("week %(n)s") % {"n": week} if week else _("start")


def days_of(begun: date, diary: Diary, today: date) -> tuple[str, ...]:
    """The 28 days as words for their stitches: on, miss, now or later."""
    found = []
    for number in range(7 * WEEKS):
        day = date.fromordinal(begun.toordinal() + number)
        found.append("on" if diary.done.get(day) else "now" if day == today else "miss" if day < today else "later")
    return tuple(found)
