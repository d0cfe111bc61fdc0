"""What a plan can recommend: massages, exercises, habits, self-care and therapies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from planner.domain.terms import STRICT, Certainty, Lookup, Position, Start, Text


@dataclass(frozen=True)
class Suit:
    """Points for an item when `when` matches; `because` is printed after the person's own answer."""

    when: Lookup
    points: int
    because: Text
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Adapt:
    """Advice added to an item (and `dose = "beginner"` to hold the dose down) when `when` matches.

    Where the advice takes something out of the item's own words, `short` and `steps` stand in their place: nobody reads both."""

    when: Lookup
    say: Text
    dose: Literal["", "beginner"] = ""
    hide: tuple[str, ...] = ()  # frames of the picture that this person should not copy
    short: Text = ""
    steps: tuple[Text, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Item:
    """What every choosable thing has. `when`: eligible if any lookup matches (none = everybody)."""

    id: str
    title: Text
    sources: tuple[str, ...]
    certainty: Certainty
    evidence: Text  # one or two plain sentences: what was found, in whom
    when: tuple[Lookup, ...] = field(default=(), kw_only=True)
    avoid: tuple[str, ...] = field(default=(), kw_only=True)  # fact names that exclude it
    suits: tuple[Suit, ...] = field(default=(), kw_only=True)
    adapt: tuple[Adapt, ...] = field(default=(), kw_only=True)
    short: Text = field(default="", kw_only=True)  # one line for the sheet
    because: Text = field(default="", kw_only=True)  # printed when no answer of the person's led to it
    order: int = field(default=100, kw_only=True)  # ties in rank go to the lower
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Massage(Item):
    what: Text  # what is done, one or two sentences
    pressure: tuple[int, int]  # lowest and highest it works with, 1-4
    positions: tuple[Position, ...]  # usual first
    minutes: tuple[int, int]
    clothes: Text
    ask: Text  # how to ask for it, first person
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
    times_a_day: int = 1
    days_a_week: int = 7
    note: Text = ""  # "with your hands on the seat"
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Doses:
    beginner: Dose
    normal: Dose
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
    kind: Literal["movement", "strength", "relaxation"]  # strength includes control
    start: Start
    steps: tuple[Text, ...]
    dose: Doses
    easier: str  # id of the exercise to offer instead when this one is excluded; "" if none
    easier_say: Text  # how to make it easier
    stop_if: Text
    progress: Text = ""  # how to make it harder later
    leave_out_if: Text = ""  # reasons we do not ask about: a sore wrist, a new hip
    starter: bool = False  # gentle enough while a clinician's check is awaited


@dataclass(frozen=True)
class Habit(Item):
    tip: Text


@dataclass(frozen=True)
class SelfCare(Item):
    say: Text
    limits: Text = ""


@dataclass(frozen=True)
class Therapy(Item):
    what: Text
    dose_words: Text
    kind: Literal["movement", "mind_body", "hands_on", "needling", "cream", "not_recommended"]
    caution: Text = ""
    stance: Text = ""  # what guidelines say, also where they disagree
