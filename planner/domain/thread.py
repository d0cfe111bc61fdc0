"""What a person says of their plan from week to week: the days they did, the check-ins, and what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import takewhile

from planner.domain.edits import Edits
from planner.domain.massage_worth import MassageTold
from planner.domain.review import HIGHEST, WORSE, Before, ReadBack, Verdict
from planner.domain.schedule import CheckInRules, ReviewRules

MOST_PAIN = 10
"""As bad as one can imagine."""
LOWEST_OF = 3
"""Times of which the lowest pain counts."""
WEEK = timedelta(days=7)
DAYS_KEPT = timedelta(days=60)
"""For how long it is kept what was done on a day."""
Shown = tuple[tuple[str, str], ...]
"""Title and dose of each exercise, as words."""


@dataclass(frozen=True)
class CheckIn:
    """What a person says of the last 7 days. Pain is 0 to 10. Names are ids of exercises."""

    days: int
    pain: int
    best: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    easy: tuple[str, ...] = ()
    much: tuple[str, ...] = ()


def both_said(one: CheckIn, other: CheckIn) -> CheckIn:
    """Two phones, one week: what asks for less counts, whichever came first. The same twice is the same."""
    much, least = _either(one.much, other.much), _either(one.least, other.least)
    easy = tuple(name for name in one.easy if name in other.easy and name not in (*much, *least))
    return CheckIn(min(one.days, other.days), max(one.pain, other.pain), _either(one.best, other.best), least, easy, much)


def _either(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))


@dataclass(frozen=True)
class WeekTold:
    """A check-in that counted. `week`: which it was, since the plan began. `moved`: doses, exercises or massage changed for it.
    `shown`: title and dose of each exercise until then, as words. `also`: all that was said for this week, if more than once."""

    week: int
    on: date
    said: CheckIn
    verdict: Verdict
    moved: bool
    before: Edits
    after: Edits
    shown: Shown = ()
    also: tuple[CheckIn, ...] = ()


@dataclass(frozen=True)
class Diary:
    """All that is kept of a person's days. `done`: ids of what was done, by day. `edits`: what the plan came to; None before a check-in.
    `massages`: sessions by a therapist, oldest first."""

    begun: date
    done: Mapping[date, tuple[str, ...]] = field(default_factory=dict)
    entries: tuple[WeekTold, ...] = ()
    edits: Edits | None = None
    massages: tuple[MassageTold, ...] = ()

    @property
    def last(self) -> WeekTold | None:
        return self.entries[-1] if self.entries else None

    def day(self, on: date) -> int:
        """The number of a day, from 1."""
        return max(1, (on - self.begun).days + 1)

    def days_done(self, until: date) -> int:
        """Days of the last 7 on which something was done."""
        return sum(bool(self.done.get(until - timedelta(days=back))) for back in range(7))

    def ticked(self, on: date, names: Sequence[str], *, off: bool = False) -> Diary:
        """With these done on a day, or not done after all. The same twice changes nothing."""
        rest = tuple(name for name in self.done.get(on, ()) if name not in names)
        now = rest if off else tuple(sorted({*rest, *names}))
        days = {day: done for day, done in self.done.items() if day != on and day + DAYS_KEPT > on}
        return replace(self, done={**days, on: now} if now else days)


def week_due(rules: CheckInRules, diary: Diary, on: date) -> int | None:
    """The week that waits for its check-in; None where none does, or a later one was said."""
    over = [week for week in rules.weeks if diary.begun + week * WEEK <= on]
    said = max((entry.week for entry in diary.entries), default=0)
    return over[-1] if over and over[-1] > said else None


def next_look(rules: CheckInRules, diary: Diary, on: date) -> date | None:
    """The day of the next check-in after `on`; None after the last."""
    return next((day for week in rules.weeks if (day := diary.begun + week * WEEK) > on), None)


@dataclass(frozen=True)
class Told:
    """What was said at one time: the pain, what it came to, and the day of the plan that it was about."""

    on: date
    pain: int
    verdict: Verdict
    since: date


def gone_before(rules: ReviewRules, base: int, told: Sequence[Told], since: date, on: date) -> Before:
    """Pain and weeks up to a day. Weekly looks add up: that it is the same counts from the first plan of which it was said.

    `since`: the day of the plan that is looked at now."""
    known = [(told[0].since if told else since, base), *((one.on, one.pain) for one in told)]
    calm = list(takewhile(lambda one: one[1] <= rules.settled_pain, reversed(known)))
    still = list(takewhile(lambda one: one.verdict == "same", reversed(told)))
    return Before(
        base=base,
        last=known[-1][1],
        low=min(pain for _day, pain in known[-LOWEST_OF:]),
        weeks=weeks_between(still[-1].since if still else since, on),
        calm=weeks_between(calm[-1][0], on) if calm else 0,
        worse=bool(told) and told[-1].verdict in WORSE,
    )


def weeks_between(since: date, on: date) -> int:
    return max(0, (on - since).days) // 7


def told_in(diary: Diary) -> tuple[Told, ...]:
    """The check-ins of a diary, as what was told."""
    days = [diary.begun, *(entry.on for entry in diary.entries)]
    return tuple(Told(entry.on, entry.said.pain, entry.verdict, since) for entry, since in zip(diary.entries, days, strict=False))


def pain_line(base: int | None, diary: Diary) -> tuple[tuple[date, int], ...]:
    """Pain by day from the beginning, for a line that can be drawn. Without a pain to begin with it starts at the first check-in."""
    first = ((diary.begun, base),) if base is not None else ()
    return (*first, *((entry.on, entry.said.pain) for entry in diary.entries))


def as_read_back(said: CheckIn, printed: Sequence[str]) -> ReadBack:
    """A check-in as the digits on a sheet say it. `printed`: the ids of its exercises, in its order; what is not among them, or has no
    number of one digit, is 0."""

    def place(names: Sequence[str]) -> int:
        return next((number for number, name in enumerate(printed[:HIGHEST], 1) if name in names), 0)

    return ReadBack(said.days, min(said.pain, HIGHEST), place(said.best), place(said.easy))
