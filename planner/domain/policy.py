"""What holds for every plan: how many of each kind, who is told what, headlines and tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from planner.domain.general import Sentence
from planner.domain.items import Gentler
from planner.domain.lookups import Table
from planner.domain.terms import STRICT, Lookup, Purpose, Text
from planner.domain.waiting import CheckFirst


@dataclass(frozen=True)
class TagRule:
    """A tag for the therapist or for outside programs that no caution carries. Any of `when` sets it."""

    id: str
    when: tuple[Lookup, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Wording:
    """A headline or lead; the first whose `when` matches is printed."""

    id: str
    when: Lookup
    text: Text
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Heard:
    """Something that a plan takes up where a goal in somebody's own words holds one of these `words`."""

    id: str
    means: Text  # for the page of rules
    words: tuple[Text, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class ShortDay:
    """Of `many` exercises or more, which count most: the best of each purpose. `without`: tag -> the purpose that it does not count.
    `first`: goal -> exercises that come before these. `unsaid`: tags of people whose plan says already which are for a short day."""

    many: int
    purposes: tuple[Purpose, ...]
    without: Mapping[str, Purpose] = field(default_factory=dict)
    first: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsaid: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Policy:
    """How many of each kind, and how the minutes are spent."""

    alternatives: int
    alternative_points: int  # fewest points of the person's own that an alternative style needs
    habits: int
    habit_points: int  # a habit with fewer is not shown
    habits_without_pain: int
    habit_points_without_pain: int
    habits_of_one_situation: int
    selfcare: int
    always_selfcare: tuple[str, ...]
    short_day: ShortDay
    home_massage: str
    only_breathing: str
    highest_pressure: int
    gentler: Gentler  # the first dose of an exercise that a clinic gives one amount of
    areas_off: tuple[Text, ...]  # places that every therapist keeps away from
    areas_off_where: tuple[Sentence, ...]  # and those with somebody of this kind
    not_worked_on: tuple[str, ...]  # answers of `areas` that no style is asked to work on
    calm: tuple[Lookup, ...]  # whose massage is for calm alone
    calm_pressure: int  # and the most that they ask for
    nights: tuple[Lookup, ...]  # who gets more than one tip about sleep
    rest_first: tuple[Lookup, ...]  # who reads what to rest from before any exercise
    ease_first: tuple[Lookup, ...]  # whose first thing today is a position that eases it
    held_because: Text  # when a flag, not a condition, holds massage
    pressure_because: Text  # when a condition keeps the pressure down
    pressure_wish: Text  # when massage is for calm alone, or the person's own wish for light pressure leaves a style out
    position_because: Text  # when no position of a style is left
    tier_because: Text  # when only starters (or breathing) are allowed
    no_room_because: Text  # when a therapist's changes do not fit the minutes
    walk_title: Text
    walk_today: Text  # {MIN}: minutes
    walk_often: Text  # {N} times, {MIN} minutes each
    walk_with: tuple[Sentence, ...]  # what somebody takes along on the walk of today
    walk_either: tuple[Sentence, ...]  # in place of the line of the walk, for who has time for one thing; {MIN}: minutes
    push_title: Text
    push_today: Text
    push_often: Text
    start_here: Text  # stands beside the step to a goal on which the plan starts
    medicine_when: tuple[Lookup, ...]  # who is told about medicines
    heard: tuple[Heard, ...] = ()
    check_first: tuple[CheckFirst, ...] = ()
    headline: tuple[Wording, ...] = ()
    lead: tuple[Wording, ...] = ()
    note: tuple[Wording, ...] = ()  # every one that matches is printed
    tag: tuple[TagRule, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @cached_property
    def headlines(self) -> Table[Wording]:
        return Table.single(self.headline)

    @cached_property
    def leads(self) -> Table[Wording]:
        return Table.single(self.lead)

    @cached_property
    def walk_tables(self) -> tuple[Table[Sentence], Table[Sentence]]:
        """What somebody takes along, and what stands in place of the line of the walk."""
        return Table.of(self.walk_with), Table.of(self.walk_either)

    @cached_property
    def notes(self) -> Table[Wording]:
        return Table.single(self.note)

    @cached_property
    def tags(self) -> Table[TagRule]:
        return Table.of(self.tag)

    @cached_property
    def checks(self) -> Table[CheckFirst]:
        return Table.of(self.check_first)
