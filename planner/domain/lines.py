"""What a plan is made of: triage, lines with their reasons, what was left out, and the plan itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.model import (
    Adapt,
    Caution,
    Certainty,
    Dose,
    Exercise,
    Flag,
    Frequency,
    FrequencyRow,
    Habit,
    Level,
    Massage,
    Position,
    SelfCare,
    Therapy,
)

FAMILIES = {"massage": "massage", "exercises": "exercise", "habits": "posture", "selfcare": "selfcare", "therapies": "therapy"}
"""Section of a plan -> the token family of its lines' ids."""


@dataclass(frozen=True)
class Because:
    """One reason. `question` and `answer` are empty on a line that everybody gets."""

    say: str
    question: str = ""  # the question's short name
    answer: str = ""  # the person's own answer, as quoted back
    question_id: str = ""


@dataclass(frozen=True)
class Reason:
    """A flag that fired. `lowered` if a clinician has already checked this pain."""

    flag: Flag
    because: tuple[Because, ...]
    level: Level
    hold: bool


@dataclass(frozen=True)
class Triage:
    level: Level
    reasons: tuple[Reason, ...]  # those at the highest level first
    hold: bool  # a flag stops massage until cleared
    actions: tuple[str, ...]
    no_plan: bool  # neither massage nor exercise may be shown: stopped, or a child

    @property
    def stops(self) -> bool:
        """True when there may be no plan, only the urgency card."""
        return self.level in ("urgent", "emergency")

    @property
    def stopping(self) -> tuple[Reason, ...]:
        """The reasons that leave no plan: those at the level of the card, or else those of a child."""
        return tuple(one for one in self.reasons if (one.level == self.level if self.stops else one.flag.no_plan))


@dataclass(frozen=True)
class Line:
    """One recommendation. `id` is its token family and id, e.g. `exercise:bridge`."""

    id: str
    section: str  # massage, exercises, habits, selfcare, therapies
    title: str
    item: Massage | Exercise | Habit | SelfCare | Therapy
    because: tuple[Because, ...]
    certainty: Certainty
    sources: tuple[str, ...]
    advice: tuple[str, ...] = ()  # adaptations for this person
    points: int = 0  # how well it suits this person
    minutes: int = 0  # a day; exercises only
    dose: Dose | None = None  # exercises only
    dose_level: str = ""
    easier: str = ""  # title of the easier version, if that is allowed
    hide: tuple[str, ...] = ()  # frames of its picture that this person should not copy
    told: Adapt | None = None  # the adaptation whose words stand in place of the item's own
    initials: str = ""  # of the therapist who added it although something spoke against it

    @property
    def item_id(self) -> str:
        return self.item.id

    @property
    def short(self) -> str:
        """What to do, in one sentence."""
        return self.told.short if self.told else self.item.short

    @property
    def steps(self) -> tuple[str, ...]:
        """How to do it; exercises only."""
        return self.told.steps if self.told else self.item.steps if isinstance(self.item, Exercise) else ()


@dataclass(frozen=True)
class LeftOut:
    """Something that is not on the plan, and why. `id` as that of a Line."""

    id: str
    title: str
    because: tuple[Because, ...]


@dataclass(frozen=True)
class CautionNote:
    """A caution that applies, with the answers that led to it."""

    caution: Caution
    because: tuple[Because, ...]
    held: bool  # it stops massage for now


@dataclass(frozen=True)
class MassagePart:
    """The massage section. When `held`, there is no style; `notes` say why. `home` is the self-massage line id or empty."""

    held: bool
    declined: bool  # the person wants no touch
    styles: tuple[Line, ...]  # the first choice, then up to two alternatives
    pressure_max: int  # 1-4; 0 when held
    pressure_ask: int  # what to ask for at first
    positions: tuple[Position, ...]
    position_notes: tuple[str, ...]
    minutes: int
    freq: Frequency
    row: FrequencyRow | None
    row_because: tuple[Because, ...]
    tell: tuple[str, ...]  # sentences to say to the therapist
    notes: tuple[CautionNote, ...]
    home: bool

    @property
    def recommended(self) -> bool:
        """True when there is a massage to ask for: not held, not declined, and a style is left."""
        return bool(self.styles) and not self.held and not self.declined


@dataclass(frozen=True)
class Day:
    """One day of the schedule: ids of exercises due, a massage, minutes of walking (0 = none)."""

    exercises: tuple[str, ...]
    massage: bool
    walk: int


@dataclass(frozen=True)
class Today:
    title: str
    text: str
    line: str  # id of the line it comes from


@dataclass(frozen=True)
class Plan:
    """Everything that any page or document prints, in one place."""

    triage: Triage
    headline: str
    lead: str
    goal: str  # an answer id of `goal`; "" or "none" when there is none
    goal_label: str
    goal_words: str
    today: tuple[Today, ...]
    massage: MassagePart | None
    lines: tuple[Line, ...]  # every line of every section, massage styles included
    left_out: tuple[LeftOut, ...]
    tokens: tuple[str, ...]
    tags: tuple[str, ...]
    minutes_offered: int
    minutes_used: int
    weeks: tuple[tuple[Day, ...], ...]  # four weeks of seven days, Monday first
    limited: str  # "", "starters" or "breathing": why there are few exercises
    notes: tuple[str, ...]  # e.g. see a GP if not easing in two weeks
    country: str
    lang: str
    content_version: str
    reviewed: date
    made_on: date
    review_on: date

    def section(self, name: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.section == name)
