"""What holds for every plan: sources, facts in words, schedule, policy, countries, myths and advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from planner.domain.terms import STRICT, Frequency, Lookup, Start, Text, Verbatim


@dataclass(frozen=True)
class Source:
    id: str
    title: Verbatim  # of a published work, in its own language
    publisher: Verbatim  # a name
    year: int  # 0 where a page carries no year
    url: str
    checked: date
    found: Text
    certainty: Verbatim  # one of `Certainty` is printed in our words; anything else is for those who read the file
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class FactWords:
    """A fact in words. `words`: every word it can give -> how to say it. `because` is printed when it excludes."""

    id: str
    means: Text
    words: Mapping[str, Text]
    because: Text = ""
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


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
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class ReviewRules:
    """When what came back on a sheet changes the next one. Pain is 0 to 10; a share is of the pain before."""

    worse_points: int
    better_points: int
    changed_share: float  # worse or better, as well
    settled_pain: int  # at most
    weeks_to_progress: int
    weeks_to_stop: int
    few_days: int  # fewer than these of 7
    few_exercises: int  # are what is left then
    light_pressure: int  # the most while somebody gets worse
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Schedule:
    frequency: tuple[FrequencyRow, ...]
    step_down: Text
    step_up: Text
    stop_after: Text
    stop_at_once: tuple[Text, ...]
    normal: Text
    walk_minutes: tuple[int, int, int, int]  # for most people, week 1 to 4, a day
    walk_minutes_gentle: tuple[int, int, int, int]
    walk_days: tuple[int, int, int, int]
    review_days: int
    review: tuple[Text, ...]  # what to check, and what follows
    review_rules: ReviewRules
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class StartLimit:
    starts: tuple[Start, ...]
    avoid: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


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
class Policy:
    """How many of each kind, and how the minutes are spent."""

    exercises_for_minutes: Mapping[str, int]
    alternatives: int
    habits: int
    selfcare: int
    selfcare_usual: int  # more than these are shown only if they have `selfcare_must` points
    selfcare_must: int
    therapies: int
    start_limits: tuple[StartLimit, ...]
    always_selfcare: tuple[str, ...]
    seated_walk: str
    home_massage: str
    only_breathing: str
    highest_pressure: int
    held_because: Text  # when a flag, not a caution, holds massage
    pressure_because: Text  # when the person's own wish for light pressure leaves a style out
    no_room_because: Text  # when a therapist's changes do not fit the minutes
    overridable: tuple[str, ...]  # `avoid` facts that a therapist may set aside, with initials
    headline: tuple[Wording, ...] = ()
    lead: tuple[Wording, ...] = ()
    note: tuple[Wording, ...] = ()  # every one that matches is printed
    tag: tuple[TagRule, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Pack:
    """A named set of answers a therapist starts from. Questions it does not name take their default."""

    id: str
    title: Text
    answers: Mapping[str, str | int | tuple[str, ...]]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Toggle:
    """A caution that is one press away. `id`: "question:option"."""

    id: str
    label: Text
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class NewSheetPage:
    """What a therapist can set on the new-sheet page. `ticks`: questions as boxes to tick; `choices`: as lists to choose from."""

    ticks: tuple[str, ...]
    choices: tuple[str, ...]
    usual: tuple[Toggle, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Country:
    id: str
    name: Text
    emergency: Text
    urgent: Text = ""  # number or service for "today"
    crisis: str = ""
    crisis_name: Text = ""
    urgent_name: Text = ""
    hospital: Text = ""  # what the emergency department is called there
    paper: Literal["A4", "Letter"] = "A4"
    finder: tuple[Text, ...] = ()  # how to check a therapist there
    languages: tuple[str, ...] = ()  # browser language tags that suggest it, e.g. en-GB
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Action:
    """What triage asks for. `heading` stands on the card that says so, `say` in lists. `beats`: what it takes the place of."""

    id: str
    heading: Text
    say: Text
    beats: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Myth:
    id: str
    claim: Text
    truth: Text
    sources: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Advice:
    """Short lists that everybody gets: preparing for a massage, finding a therapist, flare-ups, stop signs."""

    before: tuple[Text, ...]
    during: tuple[Text, ...]
    after: tuple[Text, ...]
    seek_help: tuple[Text, ...]
    questions: tuple[Text, ...]
    walk_away: tuple[Text, ...]
    flare: tuple[Text, ...]
    stop_emergency: tuple[Text, ...]
    stop_today: tuple[Text, ...]
    while_you_wait_emergency: tuple[Text, ...]
    while_you_wait_urgent: tuple[Text, ...]
    expect: tuple[Text, ...]
    sources: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT
