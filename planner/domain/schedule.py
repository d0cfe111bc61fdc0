"""What goes by time: how often massage, how much walking, when to look again, and how long answers stay true."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from planner.domain.items import Caveat
from planner.domain.lookups import Table
from planner.domain.terms import STRICT, Frequency, Lookup, Text


@dataclass(frozen=True)
class FrequencyRow:
    """A row of the frequency table. The first that matches says how often; the lowest `minutes` of all that match holds."""

    id: str
    when: Lookup
    freq: Frequency
    minutes: int
    block: int  # sessions before the review; 0 = no block
    then: Text
    because: Text
    sources: tuple[str, ...]
    wait: Text = ""  # what stands before all else about the massage
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class ReviewRules:
    """When what came back on a sheet changes the next one. Pain is 0 to 10. Source: clinical safety 7.6 to 7.8, clinical plan 10."""

    worse_points: int
    better_points: int
    settled_pain: int  # at most
    mild_pain: int  # who began with this or less is better at `settled_pain`
    severe_pain: int  # from here on half, no firm massage, and a clinician
    weeks_to_progress: int
    weeks_to_stop: int
    few_days: int  # fewer than these of 7
    few_exercises: int  # are what is left then
    light_pressure: int  # the most while somebody gets worse
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class CheckInRules:
    """When somebody who kept a plan is asked how it went, and how far it moves at once. Source: clinical plan 2.6 and 2.7."""

    weeks: tuple[int, ...]  # since it began
    steps_at_once: int  # exercises that take a harder step because they felt easy
    walk_most: int  # minutes a day that a walk grows to
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class WalkingRow:
    """How much to walk (or push), week by week. The first that matches holds; no minutes = words alone. Source: clinical plan 2.7."""

    id: str
    when: tuple[Lookup, ...]
    say: Text
    minutes: tuple[int, ...] = ()  # a day, all bouts together, week 1 to 4
    bouts: tuple[int, ...] = ()  # into how many walks they are parted
    days: tuple[int, ...] = ()  # a week
    then: Text = ""
    today: Text = ""  # among the things of today, where the walk is not for every day; {MIN}: minutes
    rests: bool = False  # the minutes are of one outing, with rests between its walks
    seated: bool = False  # pushing, an arm bike or punches: no word of walking
    grows: int = 0  # minutes more with each week after week 4 that went well, up to `walk_most`
    training: tuple[Text, ...] = ()  # what of a person's own training goes on now, and what comes back when; a line each
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Schedule:
    frequency: tuple[FrequencyRow, ...]
    walking: tuple[WalkingRow, ...]
    before_walks: tuple[Caveat, ...]  # said before walks that have minutes
    step_down: Text
    step_up: Text
    stop_after: Text
    stop_at_once: tuple[Text, ...]
    normal: Text
    normal_from: int  # step of pressure, 1 to 5
    review_days: int
    review_massage: tuple[Text, ...]  # what to check, and what follows, for plans with a massage
    review_rules: ReviewRules
    check_ins: CheckInRules
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @cached_property
    def frequencies(self) -> Table[FrequencyRow]:
        return Table.single(self.frequency)

    @cached_property
    def walks(self) -> Table[WalkingRow]:
        return Table.of(self.walking)


@dataclass(frozen=True)
class StaleRow:
    """How many days an answer stays true, for whom, and which pages ask again. `hidden_after`: days until exercises wait for it.
    `exact`: no tick renews it. `dated`: words that are said with their date once they are old."""

    id: str
    days: int
    pages: tuple[str, ...]
    when: tuple[Lookup, ...] = ()
    hidden_after: int = 0
    exact: bool = False
    dated: Lookup = field(default_factory=dict)
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class ChangeRow:
    """What may have changed since a plan was made, as a tick: for whom it is no question, and which pages ask about it."""

    id: str
    tick: Text
    pages: tuple[str, ...]
    unless: tuple[Lookup, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
