"""How often to have a massage, how many, and when to stop: said once, from the plan's own numbers. Source: clinical plan 4.3."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from planner.domain.limits import MOST_OFTEN
from planner.domain.lines import Line, MassagePart, Plan
from planner.domain.model import FrequencyRow, Library, Massage, Schedule
from planner.languages.translate import gettext as _
from planner.outputs.said_once import brief
from planner.outputs.words import capital, freq_text, listed

LOOK_AFTER = 2  # sessions, where they are 2 weeks apart or more
SEVERAL = 2


def how_often(part: MassagePart) -> str:
    """In a few words: "every 2 weeks, 2 sessions at first"."""
    count = part.row.block if part.row else 0
    often = freq_text(part.freq)
    if not part.row or part.freq == "none" or not count:
        return often
    if part.freq not in MOST_OFTEN:
        return _("one session") if count == 1 else _("at most %(n)d sessions") % {"n": count}
    first = look_back(part)
    if 0 < first < count:
        return _("%(often)s, %(n)d sessions at first, %(most)d at most") % {"often": often, "n": first, "most": count}
    sessions = _("%(n)d sessions at most") if ends(part.row) else _("%(n)d sessions at first")
    return f"{often}, {sessions % {'n': count}}"


def pressure_asked(massage: MassagePart) -> str:
    """One number: with two, nobody knows which is the top."""
    return _("Pressure: ask for step %(ask)s of 5, no more") % {"ask": massage.pressure_ask}


def other_pressure(line: Line, part: MassagePart) -> str:
    """The pressure to ask for with another style: no firmer than with the first, but as that style works."""
    low, high = cast(Massage, line.item).pressure
    pressure = max(low, min(part.pressure_ask, high))
    return _("Ask for the same pressure.") if pressure == part.pressure_ask else f"{pressure_asked(replace(part, pressure_ask=pressure))}."


def kept_away(areas: Iterable[str]) -> str:
    """The places to keep away from, then each that may be touched lightly ("legs: light strokes only") as a sentence."""
    off, lightly = [one for one in areas if ": " not in one], [one for one in areas if ": " in one]
    return ". ".join(filter(None, (listed(off), *map(capital, lightly))))


def how_long(part: MassagePart, schedule: Schedule) -> str:
    """How often, how many and when to stop, as a paragraph."""
    counted = part.row and (part.freq in MOST_OFTEN or part.row.block >= SEVERAL)
    return " ".join(filter(None, (f"{capital(how_often(part))}." if counted else "", after_that(part, schedule))))


def after_that(part: MassagePart, schedule: Schedule) -> str:
    """What follows how often and how many, where these stand above it already."""
    if part.row is None:
        return ""
    once = part.row.block == 1 and part.freq not in MOST_OFTEN
    home = _("Then use your hands or a ball at home.") if once and part.home else ""
    after = look_back(part)
    stop = schedule.stop_after.replace("{N}", str(after)) if after else ""
    return " ".join(filter(None, (part.row.then, home, stop)))


def look_back(part: MassagePart) -> int:
    """After which session to ask whether it helps; 0 where it is not for pain, or a small number that ends by itself."""
    if part.row is None or part.freq not in MOST_OFTEN or part.row.block < SEVERAL or new_pain(part.row):
        return 0
    return part.row.block if part.freq == MOST_OFTEN[0] else LOOK_AFTER


def new_pain(row: FrequencyRow) -> bool:
    return "acute" in row.when.get("phase", ())


def ends(row: FrequencyRow) -> bool:
    """True where the sessions are all there are: with new pain, and in a flare."""
    return new_pain(row) or "recurrent" in row.when.get("phase", ())


def massage_review(plan: Plan, library: Library) -> tuple[str, ...]:
    """What clear help is, and how to have less; only for those who look back, and may go on."""
    part, schedule = plan.massage, library.schedule
    if part is None or part.row is None or not part.recommended or not look_back(part):
        return ()
    return schedule.review_massage if ends(part.row) else (*schedule.review_massage, schedule.step_down, schedule.step_up)


def why_so_often(plan: Plan) -> str:
    """Why so, in the words of its row. What is said of the length goes only to those who have it; a limit on how often is named."""
    part = plan.massage
    if part is None or part.row is None:
        return ""
    said = part.row.because if part.minutes >= part.row.minutes else brief(part.row.because, 1)
    budget = part.row.when.get("budget", ())
    limited = plan.limits.at_most != MOST_OFTEN[0] and "some" in budget and "flexible" not in budget
    return " ".join(filter(None, (said, _("Your health asks for at least 2 weeks between sessions.") if limited else "")))
