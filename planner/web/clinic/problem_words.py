"""What is wrong with a new sheet, or advised for it, in words."""

from __future__ import annotations

from planner.clinic.sheets.problems import Problem
from planner.clinic.sheets.typed_doses import BOUNDS
from planner.languages.translate import gettext as _
from planner.languages.translate import ngettext


def dose_labels() -> dict[str, str]:
    return {
        "sets": _("Sets"),
        "repeats": _("Repeats"),
        "seconds": _("Seconds"),
        "hold_seconds": _("Hold, seconds"),
        "sides": _("Sides"),
        "times_a_day": _("Times a day"),
        "days_a_week": _("Days a week"),
    }


def in_words(problems: tuple[Problem, ...]) -> dict[str, str]:
    """Field -> what to do about it; the first problem of a field."""
    found: dict[str, str] = {}
    for one in problems:
        found.setdefault(one.field, _problem_text(one))
    return found


def _problem_text(one: Problem) -> str:
    if one.what == "minutes":
        return over_text(one.number, one.words)
    if one.what == "dose":
        least, most = BOUNDS[one.words]
        return _("%(number)s: type a whole number from %(least)d to %(most)d") % {
            "number": dose_labels()[one.words],
            "least": least,
            "most": most,
        }
    return {
        "told": _("The line to this exercise is %(n)d characters too long"),
        "begin": _("Choose a pack, or tick where it hurts"),
        "checked": _("Say if red flags were checked in this session"),
        "signs": _("Tick the warning sign that you found"),
        "reference": _("Use at most %(n)d characters for the reference"),
        "note": _("The note is %(n)d characters too long"),
        "told_letters": _("Our paper has no letters for %(words)s in the line to this exercise"),
        "letters": _("Our paper has no letters for %(words)s in the note"),
        "many": _("Use at most %(n)d exercises"),
    }[one.what] % {"n": one.number, "words": " ".join(one.words)}


def over_text(over: int, enough: str) -> str:
    """What to do about minutes that are too many. `enough`: the fewest to choose that hold all; empty where none do."""
    if not enough:
        words = ngettext("%(n)d minute too many. Ease or remove an exercise", "%(n)d minutes too many. Ease or remove an exercise", over)
        return words % {"n": over}
    words = ngettext(
        "%(n)d minute too many. Choose %(minutes)s minutes, or ease or remove an exercise",
        "%(n)d minutes too many. Choose %(minutes)s minutes, or ease or remove an exercise",
        over,
    )
    return words % {"n": over, "minutes": enough}


def advice_text(purpose: str) -> str:
    """What of the plan that we propose is not on the sheet, and why we advise it. It is never printed."""
    return {
        "movement": _("No exercise on this sheet is for movement. We advise one: all else is there to help people move."),
        "strength": _("No exercise on this sheet is for strength or control. We advise one: growing stronger helps people do more."),
    }[purpose]
