"""What a plan can recommend: massages, exercises, habits, self-care and therapies."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, Literal

from planner.domain.terms import STRICT, Certainty, Lookup, Position, Purpose, Region, Start, Text, Verbatim


@dataclass(frozen=True)
class Suit:
    """Points for an item when `when` matches; `because` is printed after the person's own answer."""

    when: Lookup
    points: int
    because: Text
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Caveat:
    """A sentence added to an item's own when `when` matches. It never says the opposite of what the item says."""

    when: Lookup
    say: Text
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Item:
    """What every choosable thing has. `when`: eligible if any lookup matches (none = everybody)."""

    id: str
    title: Text
    sources: tuple[str, ...]
    demands: tuple[str, ...] = field(default=(), kw_only=True)  # of every moment of it; the limits read nothing else
    when: tuple[Lookup, ...] = field(default=(), kw_only=True)
    suits: tuple[Suit, ...] = field(default=(), kw_only=True)
    short: Text = field(default="", kw_only=True)  # one line for the sheet
    because: Text = field(default="", kw_only=True)  # printed when no answer of the person's led to it
    order: int = field(default=100, kw_only=True)  # ties in rank go to the lower
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Tested:
    """In whom something was tested. Outside of it the certainty is one level lower, and the plan says so. Empty = in all."""

    phases: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    groups: tuple[Lookup, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class KnownFor:
    """What is known about an item in people whom `when` names, in place of what is known in others. Source: clinical plan 9.1."""

    when: Lookup
    say: Text
    certainty: Certainty
    sources: tuple[str, ...]
    tested: Tested = field(default_factory=Tested)
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Supported(Item):
    """An item with evidence of its own."""

    certainty: Certainty
    evidence: Text  # one or two plain sentences: what was found, in whom
    tested: Tested = field(default_factory=Tested, kw_only=True)
    known_for: tuple[KnownFor, ...] = field(default=(), kw_only=True)  # the first that holds
    caveats: tuple[Caveat, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class Evidence:
    """What is known about exercises of a purpose and region. Of the rows that fit, the first tested in this person's phase is printed."""

    id: str
    say: Text
    certainty: Certainty
    purposes: tuple[Purpose, ...]
    regions: tuple[Region, ...]
    sources: tuple[str, ...]
    when: Lookup = field(default_factory=dict)
    exercises: tuple[str, ...] = ()  # of these alone, before any other row
    tested: Tested = field(default_factory=Tested)
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Massage(Supported):
    what: Text  # what is done, one or two sentences
    pressure: tuple[int, int]  # lowest and highest it works with, 1-4
    positions: tuple[Position, ...]  # usual first
    minutes: tuple[int, int]
    clothes: Text
    ask: Text  # how to ask for it, first person
    character: Literal["table", "clothed", "short", "firm"]  # alternatives differ in it
    mind: Text = ""  # what to look out for
    tags: tuple[str, ...] = ()  # for the therapist and for outside programs, when it is shown


@dataclass(frozen=True)
class Dose:
    """How much. Either repeats (with an optional hold) or `seconds` of going on. Times per side if `sides` is 2."""

    sets: int = 1
    repeats: int = 0
    hold_seconds: int = 0
    seconds: int = 0
    sides: int = 1
    ways: int = 1  # directions, each done so often
    times_a_day: int = 1
    days_a_week: int = 7
    rest_seconds: int = 30  # between sets
    note: Text = ""  # "sore leg first"
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class DoseClass:
    """The doses of exercises that are done alike. `free`: it costs no minutes of the day."""

    id: str
    start: Dose
    build: Dose
    strong: Dose
    free: bool = False
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT

    @cached_property
    def half(self) -> Dose:
        """One set of `start`, once a day."""
        return replace(self.start, sets=1, times_a_day=1)

    @cached_property
    def known(self) -> dict[Hashable, Any]:
        """Four weeks of it that were worked out before: there are few, and they are the same for everybody who does them."""
        return {}


@dataclass(frozen=True)
class Gentler:
    """A first dose made of the one amount that is given: so many parts of how many, rounded up."""

    sets: tuple[int, int]
    work: tuple[int, int]  # of repeats, and of every time in seconds
    times_a_day: int  # at most
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Frame:
    """One drawing of a picture: `start`, `end` or `then`, and what it shows, in one sentence."""

    id: str
    alt: Text


@dataclass(frozen=True)
class Picture:
    """What a picture says in words; how it is drawn stands beside it in poses.toml and is read by the figures alone."""

    id: str  # of the exercise or habit it shows, or massage_<position>
    frames: tuple[Frame, ...]
    shows: Literal["move", "compare", "steps", "rest"]
    felt: Text = ""  # finishes "You should feel it in"


@dataclass(frozen=True)
class Exercise(Item):
    """One rung, whole in itself. `easier` and `harder` name other exercises."""

    demands: tuple[str, ...] = field(kw_only=True)  # stated for every exercise, also where there is none
    regions: tuple[Region, ...]
    purpose: Purpose
    start: Start
    steps: tuple[Text, ...]
    dose: str  # id of its dose class
    easier: str = ""
    harder: str = ""
    level: int = 1  # activity level (1-4) at which a person may start on it
    stop_if: Text = ""  # only where it differs from the general line
    good_for: tuple[str, ...] = ()  # groups of people it is meant for, of ladders.toml
    needs: Literal["", "band", "bag_weights", "step_stairs"] = ""  # what the person must have
    starter: bool = False  # gentle enough while a clinician's check is awaited
    starter_for: tuple[Lookup, ...] = ()  # people for whom it is gentle enough then, where it is not for everybody
    also_called: tuple[Verbatim, ...] = ()  # what clinicians call it and type to find it, in any language; no two share one

    @property
    def names(self) -> tuple[str, ...]:
        """All that finds it."""
        return self.title, *self.also_called

    @property
    def seated(self) -> bool:
        """True for one that is done sitting, from beginning to end."""
        return self.start in ("any", "chair") and "standing" not in self.demands

    @cached_property
    def purpose_by_region(self) -> frozenset[tuple[Purpose, Region]]:
        """What it does, and where: two exercises that share one of these do much the same."""
        return frozenset((self.purpose, region) for region in self.regions if region != "whole")


@dataclass(frozen=True)
class Habit(Supported):
    tip: Text
    situation: str = ""  # at most two of one situation are shown
    alike: tuple[str, ...] = ()  # tips that say much the same: of these and this one the best alone is shown


@dataclass(frozen=True)
class SelfCare(Supported):
    say: Text
    limits: Text = ""


@dataclass(frozen=True)
class Therapy(Supported):
    what: Text
    dose_words: Text
    slot: Literal["first", "mind", "fold", "never"]  # which place of the plan it can have
    caution: Text = ""
    stance: Text = ""  # what guidelines say, also where they disagree
    title_in: dict[str, Text] = field(default_factory=dict)  # country -> what it is called there
    instead: tuple[str, ...] = ()  # therapies that are not advised, of which nothing is said beside this one
