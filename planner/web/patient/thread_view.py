"""What a kept plan's page says of today: which day it is, what is due, what is done, and whether a check-in waits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from planner.domain.doses import WEEKS
from planner.domain.lines import Plan
from planner.domain.massage_worth import waits_for_morning
from planner.domain.thread import Diary, next_look, week_due
from planner.kept.reopen import Reopened
from planner.languages.translate import gettext as _
from planner.outputs.massage_words import counts_massages
from planner.outputs.thread_words import days_of, dose_words_of

WALK_TICK = "walk"
"""The name under which the walk of a day is ticked; exercises have the id of their line."""


@dataclass(frozen=True)
class DueToday:
    """One thing of today. `name` is what a tick sends; `line`: the id that the page leads to."""

    name: str
    title: str
    text: str
    line: str
    done: bool


@dataclass(frozen=True)
class DayPage:
    """Today on a kept plan. `day` from 1; `week`: whose check-in waits, if one does; `passed`: days before today, of the 28.
    `massages`: whether they are written down; `morning`: the number of the one whose next morning is asked for, from 1."""

    day: int
    on: date
    due: tuple[DueToday, ...]
    week: int | None
    next_look: date | None
    told: bool
    stitches: tuple[str, ...] = field(default=())
    massages: bool = False
    morning: int = 0

    @property
    def done(self) -> int:
        return self.stitches.count("on")

    @property
    def all_done(self) -> bool:
        return all(one.done for one in self.due)


def diary_here(here: Reopened) -> Diary:
    """The diary as it is, or as it begins with the plan."""
    return here.kept.diary or Diary(here.kept.body.made)


def day_page(here: Reopened, plan: Plan, today: date) -> DayPage:
    diary, rules = diary_here(here), here.library.schedule.check_ins
    return DayPage(
        day=diary.day(today),
        on=today,
        due=due_today(plan, diary, today),
        week=week_due(rules, diary, today),
        next_look=next_look(rules, diary, today),
        told=bool(diary.entries),
        stitches=days_of(diary.begun, diary, today),
        massages=counts_massages(plan),
        morning=len(diary.massages) if counts_massages(plan) and waits_for_morning(diary.massages, today) else 0,
    )


def week_now(plan: Plan, today: date) -> int:
    """The week of the plan that today is in, from 0; the fourth goes on."""
    return max(0, min(WEEKS - 1, (today - plan.made_on).days // 7))


def due_today(plan: Plan, diary: Diary, today: date) -> tuple[DueToday, ...]:
    if not plan.weeks:
        return ()
    week, done = week_now(plan, today), diary.done.get(today, ())
    day = plan.weeks[week][today.weekday()]
    found = [
        DueToday(line.id, line.title, dose_words_of(line, week), line.id, line.id in done)
        for line in plan.section("exercises")
        if line.id in day.exercises
    ]
    if plan.walk and day.walk:
        title = _("Push %(n)s minutes") if plan.walk.pushing else _("Walk %(n)s minutes")
        found.append(DueToday(WALK_TICK, title % {"n": day.walk}, _("At a pace at which you can still talk"), "weeks", WALK_TICK in done))
    return tuple(found)


def as_kept(here: Reopened) -> Reopened:
    """The plan as it was kept, without what check-ins made of it."""
    return replace(here, kept=replace(here.kept, diary=None))
