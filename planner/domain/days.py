"""What a plan says of its days: today, the walk, the four weeks, around a massage, and when to get help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

LONG_WALKS = (10, 20)
"""Minutes without a rest that a step towards a goal asks for."""


@dataclass(frozen=True)
class Walking:
    """The walk of a plan. `minutes`: a day, of week 1 to 4; empty where there are words alone. `pushing`: for somebody in a chair."""

    say: str
    minutes: tuple[int, ...]
    bouts: tuple[int, ...]
    days: tuple[int, ...]
    then: str
    pushing: bool
    rests: bool = False  # its walks are parts of one outing
    today: str = ""  # what is said of it today, where it is not for every day; {MIN}: minutes
    grows: int = 0  # minutes more with each good week after week 4
    training: tuple[str, ...] = ()  # what of their own training goes on now, and what comes back when

    @property
    def whole(self) -> str:
        """All that is said of it in one paragraph, where a list has no room."""
        return " ".join((self.say, *self.training))

    @property
    def words(self) -> set[str]:
        """What a lookup may ask a plan for: that there are minutes, and how long one goes without a rest in week 1."""
        if not self.minutes:
            return set()
        if self.pushing:
            return {"push"}
        longest = self.minutes[0] // self.bouts[0]
        return {"walk", *(f"walk_{least}" for least in LONG_WALKS if longest >= least)}

    def parted(self, week: int) -> tuple[int, int]:
        """How many walks a day in a week (from 0), and the minutes of each."""
        number = self.bouts[week] if self.bouts else 1
        return number, self.on(week) // number

    def on(self, week: int) -> int:
        """Minutes a day in a week (from 0); 0 where there is no schedule."""
        return self.minutes[week] if self.minutes else 0


@dataclass(frozen=True)
class Help:
    """When to get help, in words: at once, and today. `ring`: those of `today` that name whom to ring; they come first in it."""

    now: tuple[str, ...]
    today: tuple[str, ...]
    ring: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """What is for the service of the day, where no sentence names somebody else."""
        return self.today[len(self.ring) :]


@dataclass(frozen=True)
class MassageDay:
    """What to do around a massage; empty where there is none."""

    before: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    seek_help: tuple[str, ...] = ()  # when to get help after it
    trained: tuple[str, ...] = ()  # in what the therapist is trained
    questions: tuple[str, ...] = ()  # to ask before booking


class Day(NamedTuple):
    """One day of the schedule: ids of exercises due, a massage, minutes of walking (0 = none)."""

    exercises: tuple[str, ...]
    massage: bool
    walk: int


@dataclass(frozen=True)
class Today:
    title: str
    text: str
    line: str  # id of the line it comes from
