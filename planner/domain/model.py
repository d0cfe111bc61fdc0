"""The vocabulary: what content may say and what a plan is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

Lookup = Mapping[str, tuple[str, ...]]
"""A condition: every key must have any one of its words. Keys are question ids, fact names, `caution` or `caution_level`."""

Certainty = Literal["high", "moderate", "low", "very_low"]
Level = Literal["self_care", "see_clinician", "urgent", "emergency"]
CautionLevel = Literal["modify", "local", "clinician", "absolute"]
Position = Literal["prone", "supine", "side_lying", "seated", "semi_reclined"]
Start = Literal["supine", "prone", "side", "kneeling", "chair", "standing", "any"]
Frequency = Literal["none", "as_wanted", "weekly", "fortnightly", "monthly"]

LEVELS: tuple[Level, ...] = ("self_care", "see_clinician", "urgent", "emergency")
STRICT = {"extra": "forbid"}


@dataclass(frozen=True)
class Suit:
    """Points for an item when `when` matches; `because` is printed after the person's own answer."""

    when: Lookup
    points: int
    because: str
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Adapt:
    """Advice added to an item (and `dose = "beginner"` to hold the dose down) when `when` matches."""

    when: Lookup
    say: str
    dose: Literal["", "beginner"] = ""
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Option:
    id: str
    label: str  # as read on the page
    hint: str = ""
    said: str = ""  # as quoted back after "you said"; the label if empty
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Question:
    """One question. `kind`: one, many, scale (0-10), number. `default` is a list for `many`."""

    id: str
    kind: Literal["one", "many", "scale", "number", "areas", "select"]
    ask: str
    short: str  # its name on the answers page and in "because"
    default: str | int | tuple[str, ...]
    options: tuple[Option, ...] = ()
    ask_if: Lookup = field(default_factory=dict)
    hint: str = ""
    why: str = ""  # why we ask; shown beside the question
    tick: str = ""  # first-person label where the question is a tick on a page of ticks
    tick_hint: str = ""
    none: str = ""  # for `many`: the option id that means "none of these"
    ends: tuple[str, ...] = ()  # words under a scale: at 0, 5, 10
    own_words: str = ""  # id of an optional free-text answer that decides nothing
    own_words_label: str = ""
    own_words_max: int = 80
    reopens: Lookup = field(default_factory=dict)  # answer id -> questions whose recorded default is asked again
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Page:
    """Questions shown together. `ticks`: each question (or each option of a `many`) is one tick box, and a last
    button says none of them; a ticked `one` question is then asked on a page of its own."""

    id: str
    kind: Literal["ticks", "form"]
    title: str
    questions: tuple[str, ...]
    section: str = ""  # heading on the answers page
    hint: str = ""
    why: str = ""
    none: str = ""  # words of the last button on a page of ticks
    safety: bool = False
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Flag:
    """A red flag or a combination rule. Any of `when` fires it. `hold` stops massage until cleared.
    `lowered_by`: a lookup under which a `see_clinician` flag counts as self_care and holds nothing."""

    id: str
    level: Level
    when: tuple[Lookup, ...]
    say: str  # what to do, with {EMERG} {URGENT} {CRISIS} for the country's numbers
    because: str  # what it can mean, in plain words
    sources: tuple[str, ...]
    actions: tuple[str, ...] = ()
    hold: bool = False
    lowered_by: Lookup = field(default_factory=dict)
    phone: str = ""  # first-person sentence for the phone slip
    no_plan: bool = False  # no plan at all, whatever the level (a child)
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class LevelIf:
    when: Lookup
    level: CautionLevel
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Caution:
    """One condition and all that it changes. Several that apply: the strictest of each wins."""

    id: str
    title: str  # "Blood thinners"
    when: tuple[Lookup, ...]
    level: CautionLevel
    say: str  # printed on the plan
    sources: tuple[str, ...]
    family: str  # bleeding, bone, cancer, heart, surgery, skin, scent, nerve, pregnancy, age, joint, spine, touch, general
    cap: int = 4  # highest pressure, 0-4
    begin: int = 0  # pressure to ask for at first, if lower than the cap
    exclude: tuple[str, ...] = ()  # massage ids
    only: tuple[str, ...] = ()  # if set, every other massage is excluded
    positions_off: tuple[Position, ...] = ()
    positions_first: tuple[Position, ...] = ()
    position_note: str = ""
    minutes_max: int = 60
    level_if: tuple[LevelIf, ...] = ()
    tier: Literal["self_care", "see_clinician"] = "self_care"
    actions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tell: str = ""  # what to tell the therapist, first person
    exclude_selfcare: tuple[str, ...] = ()
    exclude_therapies: tuple[str, ...] = ()
    medical: bool = True  # False for age, touch and other non-medical limits
    order: int = 100
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Item:
    """What every choosable thing has. `when`: eligible if any lookup matches (none = everybody)."""

    id: str
    title: str
    sources: tuple[str, ...]
    certainty: Certainty
    evidence: str  # one or two plain sentences: what was found, in whom
    when: tuple[Lookup, ...] = field(default=(), kw_only=True)
    avoid: tuple[str, ...] = field(default=(), kw_only=True)  # fact names that exclude it
    suits: tuple[Suit, ...] = field(default=(), kw_only=True)
    adapt: tuple[Adapt, ...] = field(default=(), kw_only=True)
    tags: tuple[str, ...] = field(default=(), kw_only=True)
    short: str = field(default="", kw_only=True)  # one line for the sheet
    because: str = field(default="", kw_only=True)  # printed when no answer of the person's led to it
    order: int = field(default=100, kw_only=True)  # ties in rank go to the lower
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Massage(Item):
    what: str  # what is done, one or two sentences
    pressure: tuple[int, int]  # lowest and highest it works with, 1-4
    positions: tuple[Position, ...]  # usual first
    minutes: tuple[int, int]
    clothes: str
    ask: str  # how to ask for it, first person
    mind: str = ""  # what to look out for
    no_oil: bool = False


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
    note: str = ""  # "with your hands on the seat"
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Doses:
    beginner: Dose
    normal: Dose
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Figure:
    start: str
    end: str
    alt: str
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Exercise(Item):
    kind: Literal["movement", "strength", "relaxation"]  # strength includes control
    start: Start
    areas: tuple[str, ...]  # places it is for, in words of `areas`
    steps: tuple[str, ...]
    dose: Doses
    easier: str  # id of the exercise to offer instead when this one is excluded; "" if none
    easier_say: str  # how to make it easier
    stop_if: str
    progress: str = ""  # how to make it harder later
    leave_out_if: str = ""  # reasons we do not ask about: a sore wrist, a new hip
    starter: bool = False  # gentle enough while a clinician's check is awaited
    figure: Figure | None = None


@dataclass(frozen=True)
class Habit(Item):
    tip: str
    situation: str  # desk, standing, driving, lifting, carer_parent, sleep, pregnancy, athlete, neck, carrying, wheelchair


@dataclass(frozen=True)
class SelfCare(Item):
    say: str
    limits: str = ""


@dataclass(frozen=True)
class Therapy(Item):
    what: str
    dose_words: str
    kind: Literal["movement", "mind_body", "hands_on", "needling", "cream", "not_recommended"]
    caution: str = ""
    stance: str = ""  # what guidelines say, also where they disagree


@dataclass(frozen=True)
class Source:
    id: str
    title: str
    publisher: str
    year: int  # 0 where a page carries no year
    url: str
    checked: date
    found: str
    certainty: str
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class FactWords:
    """A fact in words. `words`: every word it can give -> how to say it. `because` is printed when it excludes."""

    id: str
    means: str
    words: Mapping[str, str]
    because: str = ""
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class FrequencyRow:
    """A row of the frequency table. The first that matches says how often; the lowest `minutes` of all that match holds."""

    id: str
    when: Lookup
    freq: Frequency
    minutes: int
    block: int  # sessions before the review; 0 = no block
    then: str
    because: str
    sources: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Schedule:
    frequency: tuple[FrequencyRow, ...]
    step_down: str
    step_up: str
    stop_after: str
    stop_at_once: tuple[str, ...]
    normal: str
    walk_minutes: tuple[int, int, int, int]  # for most people, week 1 to 4, a day
    walk_minutes_gentle: tuple[int, int, int, int]
    walk_days: tuple[int, int, int, int]
    review_days: int
    review: tuple[str, ...]  # what to check, and what follows
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
    text: str
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
    left_out: int
    start_limits: tuple[StartLimit, ...]
    always_selfcare: tuple[str, ...]
    seated_walk: str
    home_massage: str
    only_breathing: str
    highest_pressure: int
    held_because: str  # when a flag, not a caution, holds massage
    pressure_because: str  # when the person's own wish for light pressure leaves a style out
    headline: tuple[Wording, ...] = ()
    lead: tuple[Wording, ...] = ()
    note: tuple[Wording, ...] = ()  # every one that matches is printed
    tag: tuple[TagRule, ...] = ()
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Country:
    id: str
    name: str
    emergency: str
    urgent: str = ""  # number or service for "today"
    crisis: str = ""
    crisis_name: str = ""
    urgent_name: str = ""
    hospital: str = ""  # what the emergency department is called there
    paper: Literal["A4", "Letter"] = "A4"
    finder: tuple[str, ...] = ()  # how to check a therapist there
    languages: tuple[str, ...] = ()  # browser language tags that suggest it, e.g. en-GB
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Myth:
    id: str
    claim: str
    truth: str
    sources: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Advice:
    """Short lists that everybody gets: preparing for a massage, finding a therapist, flare-ups, stop signs."""

    before: tuple[str, ...]
    during: tuple[str, ...]
    after: tuple[str, ...]
    seek_help: tuple[str, ...]
    questions: tuple[str, ...]
    walk_away: tuple[str, ...]
    flare: tuple[str, ...]
    stop_emergency: tuple[str, ...]
    stop_today: tuple[str, ...]
    while_you_wait_emergency: tuple[str, ...]
    while_you_wait_urgent: tuple[str, ...]
    expect: tuple[str, ...]
    sources: tuple[str, ...]
    __pydantic_config__: ClassVar[dict[str, str]] = STRICT


@dataclass(frozen=True)
class Library:
    """All content, checked. Every mapping keeps file order."""

    questions: Mapping[str, Question]
    pages: tuple[Page, ...]
    flags: Mapping[str, Flag]
    facts: Mapping[str, FactWords]
    cautions: Mapping[str, Caution]
    massages: Mapping[str, Massage]
    exercises: Mapping[str, Exercise]
    habits: Mapping[str, Habit]
    selfcare: Mapping[str, SelfCare]
    therapies: Mapping[str, Therapy]
    sources: Mapping[str, Source]
    countries: Mapping[str, Country]
    myths: Mapping[str, Myth]
    schedule: Schedule
    policy: Policy
    advice: Advice
    version: str
    reviewed: date
