"""A dose in words, as a person says it: "5 times each side, hold 2 seconds", "3 days a week"."""

from __future__ import annotations

from planner.domain.lines import Line
from planner.domain.model import Dose
from planner.languages.translate import gettext as _
from planner.languages.translate import ngettext
from planner.outputs.words import capital, days_text, times_text

WHOLE_MINUTES = 120
"""Seconds from which a time is said in minutes, if it is so many whole ones."""


def dose_said(dose: Dose) -> str:
    """How much at one go."""
    hold = _("hold %(time)s") % {"time": time_said(dose.hold_seconds)} if dose.hold_seconds and not dose.seconds else ""
    much = " ".join(filter(None, (amount(dose), _("each side") if dose.sides == 2 else "")))
    return ", ".join(filter(None, (much, hold, dose.note)))


def amount(dose: Dose) -> str:
    """So many seconds, times, or rounds of them. Source: clinical plan 10, which wants no "2 x 8"."""
    if dose.seconds:
        time = time_said(dose.seconds)
        return _("%(n)d times %(time)s") % {"n": dose.sets, "time": time} if dose.sets > 1 else time
    if dose.sets > 1:
        return _("%(sets)d rounds of %(n)d") % {"sets": dose.sets, "n": dose.repeats}
    return ngettext("%(n)d time", "%(n)d times", dose.repeats) % {"n": dose.repeats}


def time_said(seconds: int) -> str:
    if seconds >= WHOLE_MINUTES and seconds % 60 == 0:
        return ngettext("%(n)d minute", "%(n)d minutes", seconds // 60) % {"n": seconds // 60}
    return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}


def when_said(dose: Dose) -> str:
    """How often: "Twice a day, 3 days a week"."""
    parts = [times_text(dose.times_a_day)] if dose.times_a_day > 1 or dose.days_a_week == 7 else []
    return capital(", ".join([*parts, *([days_text(dose)] if dose.days_a_week < 7 else [])]))


def later_said(line: Line) -> str:
    """The dose of weeks 3 and 4, where it is another than that of weeks 1 and 2, and the one after week 4 where there is one."""
    if line.section == "ease":
        return ""
    then = _("Weeks 3 and 4: the same.") if len(set(line.dose_steps)) > 1 else ""  # the others have more then
    if len(set(line.doses)) > 1:
        then = _("Weeks 3 and 4: %(dose)s.") % {"dose": in_a_row(line.doses[-1])}
    after = _("After week 4: %(dose)s.") % {"dose": in_a_row(line.after)} if line.after else ""
    return " ".join(filter(None, (then, after)))


def in_a_row(dose: Dose) -> str:
    """How much and how often, within a sentence."""
    return f"{dose_said(dose)}, {when_said(dose)[:1].lower()}{when_said(dose)[1:]}"
