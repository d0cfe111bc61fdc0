"""What a plan is made of: triage, lines with their reasons, what was left out, and the plan itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from planner.domain.answers import Value
from planner.domain.days import Day, Help, MassageDay, Today, Walking
from planner.domain.items import Dose, Exercise, Habit, Massage, SelfCare, Therapy
from planner.domain.limits import Limits
from planner.domain.model import Condition, Flag, FrequencyRow, Level
from planner.domain.terms import Certainty, DoseStep, Frequency, Position

FAMILIES = {
    "massage": "massage",
    "exercises": "exercise",
    "ease": "exercise",
    "habits": "posture",
    "selfcare": "selfcare",
    "therapies": "therapy",
}
"""Section of a plan -> the token family of its lines' ids."""


class Because(NamedTuple):
    """One reason. `question` and `answer` are empty on a line that everybody gets."""

    say: str
    question: str = ""  # the question's short name
    answer: str = ""  # the person's own answer, as quoted back
    question_id: str = ""


Reasons = Sequence[Because]


class Reason(NamedTuple):
    """A flag that fired. `lowered` if a clinician has already checked this pain."""

    flag: Flag
    because: Reasons
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
class Rung:
    """Another exercise that this person may do instead; `short` is how, in a sentence."""

    id: str
    title: str
    short: str


class Line(NamedTuple):
    """One recommendation. `id` is its token family and id, e.g. `exercise:bridge`."""

    id: str
    section: str  # massage, exercises, ease (positions that ease it), habits, selfcare, therapies
    title: str
    item: Massage | Exercise | Habit | SelfCare | Therapy
    because: Reasons
    certainty: Certainty
    sources: tuple[str, ...]
    evidence: str = ""  # what was found, in words
    not_tested: str = ""  # a phase or region of this person's that it was not tested in; "tested_" and a region: there alone
    advice: tuple[str, ...] = ()  # more that holds for this person
    points: int = 0  # how well it suits this person
    minutes: int = 0  # a day, at the fullest of the four weeks; exercises only
    doses: tuple[Dose, ...] = ()  # of week 1 to 4; exercises only
    dose_steps: tuple[DoseStep, ...] = ()
    after: Dose | None = None  # the dose from week 5, where there is no harder exercise to go on to
    typed: bool = False  # the doses are a therapist's own numbers; then the steps are those that were proposed
    told: str = ""  # a line of the therapist's own
    easier: Rung | None = None
    harder: Rung | None = None
    initials: str = ""  # of the therapist who added it although something spoke against it
    set_aside: Reasons = ()  # what that was
    set_aside_for: tuple[str, ...] = ()  # titles of the conditions that said so

    @property
    def item_id(self) -> str:
        return self.item.id

    @property
    def exercise(self) -> Exercise:
        """The item, where it is an exercise. TypeError on any other line."""
        if not isinstance(self.item, Exercise):
            raise TypeError(f"{self.id} is no exercise")
        return self.item

    @property
    def dose(self) -> Dose | None:
        """The dose to begin with; None on lines that have none."""
        return self.doses[0] if self.doses else None

    @property
    def dose_step(self) -> str:
        return self.dose_steps[0] if self.dose_steps else ""

    @property
    def short(self) -> str:
        """What to do, in one sentence."""
        return self.item.short

    @property
    def steps(self) -> tuple[str, ...]:
        """How to do it; exercises only."""
        return self.item.steps if isinstance(self.item, Exercise) else ()


class LeftOut(NamedTuple):
    """Something that is not on the plan, and why. `id` as that of a Line."""

    id: str
    title: str
    because: Reasons


class ConditionNote(NamedTuple):
    """A condition that applies, with the answers that led to it."""

    condition: Condition
    because: Reasons
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
    row_because: Reasons
    tell: tuple[str, ...]  # sentences to say to the therapist
    areas_off: tuple[str, ...]  # places the therapist keeps away from
    notes: Sequence[ConditionNote]
    home: bool

    @property
    def recommended(self) -> bool:
        """True when there is a massage to ask for: not held, not declined, and a style is left."""
        return bool(self.styles) and not self.held and not self.declined


@dataclass(frozen=True)
class GoalWay:
    """The way to the goal, as far as this person may go it. `start`: the step that the plan starts on, from 0; `first`: its words alone;
    `go_on`: when to go on."""

    steps: tuple[str, ...] = ()
    start: int = 0
    first: str = ""
    go_on: str = ""

    @property
    def ahead(self) -> tuple[str, ...]:
        """The steps from the one that the plan starts on."""
        return self.steps[self.start :]


@dataclass(frozen=True)
class Plan:
    """Everything that any page or document prints, in one place."""

    triage: Triage
    headline: str
    lead: str
    goal: str  # an answer id of `goal`; "" or "none" when there is none
    goal_label: str
    goal_words: str
    goal_way: GoalWay
    today: tuple[Today, ...]
    massage: MassagePart | None
    lines: tuple[Line, ...]  # every line of every section, massage styles included
    left_out: Sequence[LeftOut]
    tokens: tuple[str, ...]
    tags: tuple[str, ...]
    limits: Limits
    stop_box: Help
    medicines: tuple[str, ...]
    expect: tuple[str, ...]
    move_on: tuple[str, ...]  # when to stop, and when to do more or less of the exercises
    review: tuple[str, ...]  # what to look at in the four weeks, and what follows
    work: tuple[str, ...]
    flare: tuple[str, ...]
    massage_day: MassageDay
    walk: Walking | None
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
    not_after: date
    folded: tuple[Line, ...] = ()  # tips that a fold of the plan holds, never the sheet
    asked: tuple[Line, ...] = ()  # therapies that people also ask about: facts, no advice
    not_advised: tuple[Therapy, ...] = ()
    answers: Mapping[str, Value] = field(default_factory=dict, compare=False)  # those that count, own words with them

    def section(self, name: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.section == name)
