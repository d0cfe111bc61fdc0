"""How exercises are chosen, as content: ladders, what each goal and complaint asks for, and how places and minutes are filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from planner.domain.lookups import Table
from planner.domain.terms import STRICT, Lookup, Purpose, Region, Text
from planner.domain.ways import Way


@dataclass(frozen=True)
class Ladder:
    """Rungs of one purpose. `lines`: each from easiest to hardest; a plan holds at most one rung of a line.

    A line counts for a person only if `when` holds; an empty one always does."""

    id: str
    title: Text
    lines: tuple[tuple[str, ...], ...]
    when: Lookup = field(default_factory=dict)
    most: int = 0  # exercises of the whole ladder in one plan; 0 = no limit
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @cached_property
    def rungs(self) -> frozenset[str]:
        return frozenset(name for line in self.lines for name in line)

    @cached_property
    def beside(self) -> Mapping[str, frozenset[str]]:
        """Rung -> every rung of the lines that it stands on, itself too."""
        return {name: frozenset().union(*(line for line in self.lines if name in line)) for name in self.rungs}


@dataclass(frozen=True)
class GoalPath:
    """What a goal asks for. `first` and `second`: ladders (or exercises) that gain points."""

    id: str
    when: Lookup
    first: tuple[str, ...]
    because: Text = ""  # without one, the goal gives points and is no reason that is printed
    they: Text = ""  # the same of several exercises
    second: tuple[str, ...] = ()
    bound: bool = False  # one of `first` is a strength place of the plan
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Gain:
    """What makes it worse, and the ladders or exercises that gain points from it. `spares`: demands that are just what makes it worse,
    `but` for these exercises."""

    id: str
    when: Lookup
    gains: tuple[str, ...]
    because: Text = ""  # empty only where nothing gains
    they: Text = ""  # the same of several exercises
    spares: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @cached_property
    def spared(self) -> frozenset[str]:
        return frozenset(self.spares)


@dataclass(frozen=True)
class MeantFor:
    """People whom an exercise's `good_for` names."""

    id: str
    when: tuple[Lookup, ...]
    points: int
    because: Text
    they: Text = ""  # the same of several exercises
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class UsualSet:
    """The exercises one would usually give for a region."""

    region: Region
    exercises: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Requirement:
    """What a plan of such a person must hold. The first that matches counts, and every one with `plus` besides.

    `movement`, `strength`: fewest and most places; a share of the places where below 1 (rounded up). `needs`: of each, one, or the
    first that may be done with `in_order`. `sooner`: of a need, these are tried first, in this order. `only`: nothing else.
    `strength_only`: no other strength, but for what a need or a goal that binds asks for. `level_most`: no rung above it. Source:
    clinical plan 2.3 and 8."""

    id: str
    when: tuple[Lookup, ...]
    plus: bool = False
    ease: int = 0
    movement: tuple[float, float] = (0, 9)
    strength: tuple[float, float] = (0, 9)
    needs: tuple[tuple[str, ...], ...] = ()
    in_order: bool = False
    sooner: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    strength_only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    level_most: int = 4
    use_minutes: bool = True  # fill at least `share_of_minutes`
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    def span(self, purpose: str) -> tuple[float, float]:
        """Fewest and most places of movement or of strength."""
        return self.movement if purpose == "movement" else self.strength


@dataclass(frozen=True)
class Due:
    """Who needs an exercise of a purpose that others are not given. Source: clinical plan 2.2, "where due"."""

    purpose: Purpose
    when: tuple[Lookup, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Points:
    """What counts for an exercise, and how much. Source: clinical plan 2.5."""

    region: int
    two_regions: int
    goal_first: int
    goal_second: int
    worse: int
    usual: int
    equipment: int
    spared: int  # it asks for what makes it worse
    again: int  # another place already has this purpose and region
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Training:
    """The whole policy of exercises. Source: clinical plan 1.4 and 2."""

    places: Mapping[str, int]  # minutes offered -> places
    most_places: int
    share_whole: float  # of the places may be exercises for the whole body; the others serve a place that hurts
    share_of_minutes: float
    purposes_counted: tuple[Purpose, ...]  # that fill a place
    outside: tuple[str, ...]  # exercises beside the places, and beside the minutes
    whole_for_neck: Mapping[str, int]  # minutes -> exercises for the whole body when only neck or upper back hurt
    half: tuple[Lookup, ...]  # who starts with half
    once_a_day: tuple[Lookup, ...]  # who moves once a day, where others do so twice
    once_a_day_of: tuple[Purpose, ...]  # and the exercises that this is about
    ahead: tuple[Lookup, ...]  # who starts strength one step on
    early: tuple[Lookup, ...]  # who does so with all of it, and without pain
    ahead_without: tuple[str, ...]  # demands of which nobody does
    effort: tuple[str, ...]  # demands of hard training
    grows_on: tuple[Purpose, ...]  # purposes that go on to the strong dose where there is no harder rung
    grows_from: int  # and the least level of activity for it
    easing: tuple[str, ...]  # ease rungs, best first where nothing else decides
    bed_or_mat: Text  # in the steps of a lying exercise
    bed_alone: Text  # and what stands there for those whom `bed_when` names: no mat on the floor
    bed_when: tuple[Lookup, ...]
    points: Points
    because_region: Text
    because_usual: Text
    ladder: tuple[Ladder, ...]
    goal: tuple[GoalPath, ...]
    way: tuple[Way, ...]
    worse: tuple[Gain, ...]
    group: tuple[MeantFor, ...]
    usual: tuple[UsualSet, ...]
    require: tuple[Requirement, ...]
    due: tuple[Due, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @cached_property
    def rungs(self) -> Mapping[str, frozenset[str]]:
        """Ladder -> its rungs, of all its lines."""
        return {ladder.id: ladder.rungs for ladder in self.ladder}

    @cached_property
    def beside(self) -> Mapping[str, frozenset[str]]:
        """Exercise -> every rung of every line that it stands on, itself too."""
        names = frozenset().union(*self.rungs.values())
        return {name: frozenset().union(*(ladder.beside.get(name, ()) for ladder in self.ladder)) for name in names}

    @cached_property
    def requirements(self) -> Table[Requirement]:
        return Table.of(self.require)

    @cached_property
    def ways(self) -> Table[Way]:
        return Table.of(self.way)

    @cached_property
    def groups(self) -> Table[MeantFor]:
        return Table.of(self.group)

    @cached_property
    def ladder_table(self) -> Table[Ladder]:
        return Table.single(self.ladder)

    @cached_property
    def goals(self) -> Table[GoalPath]:
        return Table.single(self.goal)

    @cached_property
    def gains(self) -> Table[Gain]:
        return Table.single(self.worse)

    @cached_property
    def usual_in(self) -> Mapping[str, frozenset[str]]:
        """Region -> the exercises that one would usually give for it."""
        regions = {one.region for one in self.usual}
        return {region: frozenset(name for one in self.usual if one.region == region for name in one.exercises) for region in regions}

    @cached_property
    def towards(self) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
        """Goal -> the exercises that gain most by it, and those that gain a little."""
        return {goal.id: (self.members(goal.first), self.members(goal.second)) for goal in self.goal}

    @cached_property
    def goal_points(self) -> Mapping[str, Mapping[str, int]]:
        """Goal -> the points that an exercise has by it."""
        much, some = self.points.goal_first, self.points.goal_second
        return {name: {**dict.fromkeys(second, some), **dict.fromkeys(first, much)} for name, (first, second) in self.towards.items()}

    @cached_property
    def gained(self) -> Mapping[str, frozenset[str]]:
        """What makes it worse -> the exercises that gain by it."""
        return {gain.id: self.members(gain.gains) for gain in self.worse}

    @cached_property
    def of_several(self) -> Mapping[str, str]:
        """What one exercise is there for -> the same, said of several."""
        rows: tuple[GoalPath | Gain | MeantFor, ...] = (*self.goal, *self.worse, *self.group)
        return {row.because: row.they for row in rows if row.they}

    def members(self, names: Iterable[str]) -> frozenset[str]:
        """Exercise ids of a list that names ladders and exercises."""
        return frozenset(one for name in names for one in self.rungs.get(name, (name,)))
