"""The form of one massage: its day, and the pain before it, right after it and on the next morning."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from flask import request

from planner.domain.massage_worth import MassageTold
from planner.domain.thread import MOST_PAIN
from planner.languages.translate import gettext as _
from planner.web.patient.check_in_form import number

OLDEST = timedelta(days=182)
"""How long ago a massage may be: the half year that a plan is followed."""
NUMBERS = ("before", "after", "morning")
PAINS = tuple(map(str, range(MOST_PAIN + 1)))


@dataclass(frozen=True)
class MassageForm:
    """What was typed, and what is wrong with it. `was`: the session that is put right, as the page showed it; None for a new one.
    `blank`: names of the numbers that were said to be not known."""

    typed_day: str = ""
    was: MassageTold | None = None
    before: int | None = None
    after: int | None = None
    morning: int | None = None
    blank: tuple[str, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, one: MassageTold) -> MassageForm:
        blank = tuple(name for name in NUMBERS[1:] if getattr(one, name) is None)
        return cls(one.on.isoformat(), one, one.before, one.after, one.morning, blank)

    @classmethod
    def new(cls, today: date) -> MassageForm:
        """For a massage of today, whose next morning is still to come."""
        return cls(typed_day=today.isoformat(), blank=("morning",))

    @classmethod
    def sent(cls, today: date) -> MassageForm:
        before, after, morning = (number(name, MOST_PAIN) for name in NUMBERS)
        blank = tuple(name for name in NUMBERS[1:] if request.form.get(name) == "")
        day, was = request.form.get("day", "").strip()[:20], read_session(request.form.get("was", ""))
        form = cls(day, was, before, after, morning, blank)
        return replace(form, errors=form.faults(today))

    @property
    def carried(self) -> str:
        """What the page showed, to be sent back with it: "2026-11-29 6 4 -"."""
        shown = (getattr(self.was, name) for name in NUMBERS)
        return " ".join([self.was.on.isoformat(), *("-" if one is None else str(one) for one in shown)]) if self.was else ""

    @property
    def day(self) -> date | None:
        return read_as_day(self.typed_day)

    @property
    def said(self) -> MassageTold:
        """ValueError while the day or the pain before is missing."""
        if self.day is None or self.before is None:
            raise ValueError("day and pain before")
        return MassageTold(self.day, self.before, self.after, self.morning)

    def faults(self, today: date) -> dict[str, str]:
        """What to say beside which field."""
        missing = {
            "before": _("Choose a number for your pain before, 0 to 10"),
            "after": _("Choose a number for your pain right after, 0 to 10, or “Not known”"),
            "morning": _("Choose a number for the next morning, 0 to 10, or “Not yet”"),
        }
        wrong = {name: words for name, words in missing.items() if getattr(self, name) is None and name not in self.blank}
        if self.day == today and self.morning is not None:
            wrong["morning"] = _("The morning after is still to come. Choose “Not yet”")
        return day_fault(self.day, today) | wrong

    def clashes(self) -> MassageForm:
        """The same, where the day has another session."""
        return replace(self, errors={"day": _("You wrote down other numbers for this day. Change those, or choose another day")})


def day_fault(day: date | None, today: date) -> dict[str, str]:
    if day is None:
        return {"day": _("Write the day of the massage, as in 2026-11-29")}
    if day > today:
        return {"day": _("This day is still to come. Write down a massage that you have had")}
    return {"day": _("This day is more than half a year ago")} if day < today - OLDEST else {}


def read_as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_session(text: str) -> MassageTold | None:
    """What `carried` wrote; None where it is anything else."""
    day, *numbers = text.split() or [""]
    on, shown = read_as_day(day), [int(one) if one in PAINS else None for one in numbers]
    return MassageTold(on, shown[0], *shown[1:]) if on and len(shown) == len(NUMBERS) and shown[0] is not None else None
