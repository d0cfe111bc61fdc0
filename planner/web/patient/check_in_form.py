"""The form of a check-in: how it went in the last 7 days. Days and pain are enough; the rest may stay empty."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import request

from planner.domain.model import Library
from planner.domain.thread import MOST_PAIN, CheckIn
from planner.languages.translate import gettext as _

MOST_DAYS = 7
FIELDS = ("week", "days", "pain", "best", "least", "easy", "much")


@dataclass(frozen=True)
class CheckInForm:
    """What was typed, and what is wrong with it. `week`: which check-in the form was drawn for; 0 where it does not say."""

    week: int = 0
    days: int | None = None
    pain: int | None = None
    best: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    easy: tuple[str, ...] = ()
    much: tuple[str, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def sent(cls, library: Library) -> CheckInForm:
        """Names that are no exercise are left out; what is both easy and too much is too much."""
        names = {one: tuple(name for name in request.form.getlist(one) if name in library.exercises) for one in FIELDS[3:]}
        names["easy"] = tuple(name for name in names["easy"] if name not in names["much"])
        days, pain = number("days", MOST_DAYS), number("pain", MOST_PAIN)
        errors = {} if days is not None else {"days": _("Choose the number of days, 0 to 7")}
        errors |= {} if pain is not None else {"pain": _("Choose a number for your pain, 0 to 10")}
        return cls(number("week", 99) or 0, days, pain, **names, errors=errors)

    @property
    def said(self) -> CheckIn:
        """ValueError while days or pain are missing."""
        if self.days is None or self.pain is None:
            raise ValueError("days and pain")
        return CheckIn(self.days, self.pain, self.best[:1], self.least[:1], tuple(sorted(self.easy)), tuple(sorted(self.much)))


def number(name: str, most: int) -> int | None:
    """A whole number from 0 to `most`; None if it is anything else."""
    text = request.form.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 and int(text) <= most else None


def sent_on() -> list[tuple[str, str]]:
    """What was typed, to be carried over a page that asks something first."""
    return [(name, value) for name in FIELDS for value in request.form.getlist(name)[:20] if value]
