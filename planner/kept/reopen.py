"""Opening a kept plan again: its answers under today's content, and the plan they make now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from planner.domain.answers import remembered
from planner.domain.edits import Edits
from planner.domain.journey import Journey
from planner.domain.lines import Plan
from planner.domain.lookups import Words
from planner.domain.model import Country, Library
from planner.domain.plan import plan_of
from planner.domain.staleness import Stale, gone_stale, not_after
from planner.domain.thread import Diary, next_look
from planner.kept.plans import Kept


@dataclass(frozen=True)
class Reopened:
    """A kept plan read against a library. `usual_country`: whose numbers it gets where the kept one is not known any more."""

    kept: Kept
    library: Library
    usual_country: str

    @cached_property
    def journey(self) -> Journey:
        """The answers under today's content: what it no longer knows is asked again."""
        return Journey(self.library, remembered(self.library, self.kept.body.answers))

    @property
    def country(self) -> Country:
        countries = self.library.countries
        return countries.get(self.kept.body.country) or countries[self.usual_country]

    @property
    def edits(self) -> Edits:
        """What the last check-in came to; before one, as it was kept."""
        diary = self.kept.diary
        return self.kept.body.edits if diary is None or diary.edits is None else diary.edits

    @cached_property
    def plan(self) -> Plan | None:
        """Built anew, and dated as it was kept: the four weeks began on that day. None where today's content asks more."""
        if self.journey.missing:
            return None
        body = self.kept.body
        made = plan_of(self.journey, on=body.made, country=self.country.id, edits=self.edits)
        return replace(made, not_after=not_after(self.library.tables.stale.rows_for(self.words), body.answered))

    @property
    def words(self) -> Words:
        """What the rows of old answers look up: the answers, and what triage makes of them."""
        level: Mapping[str, Mapping[str, tuple[()]]] = {"level": {self.journey.triage.level: ()}}
        return {**self.journey.reading.words, **level}

    def stale(self, today: date) -> Stale:
        """What has to be asked again before the plan shows."""
        return gone_stale(self.library.stale, self.words, self.kept.body.answered, today)

    @property
    def stopped(self) -> bool:
        """True while a new sign, or what the answers mean by today's content, speaks against every plan."""
        return self.kept.body.stopped is not None or self.journey.triage.no_plan

    def plan_to_show(self, today: date) -> Plan | None:
        """The plan; None where today's content asks more or says stop, or answers are too old, and a page has to say so first. Once its
        first review is over, it says the day of the next look."""
        plan = None if self.stopped or self.stale(today).rows else self.plan
        return replace(plan, review_on=self.next_review(today)) if plan and plan.review_on < today else plan

    def next_review(self, today: date) -> date:
        """The next check-in's day. After the last one it is as far off as a first review is."""
        schedule = self.library.schedule
        diary = self.kept.diary or Diary(self.kept.body.made)
        return next_look(schedule.check_ins, diary, today) or today + timedelta(days=schedule.review_days)

    @property
    def updated(self) -> bool:
        """True if the content has changed since the plan was kept."""
        return self.kept.body.content_version != self.library.version
