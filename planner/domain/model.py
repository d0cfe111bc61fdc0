"""The vocabulary of content: everything that may stand in the content folder, and the Library that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.domain.asking import Flag, Fold, Option, Page, Question, TickGroup
from planner.domain.conditions import Condition, Demand, DemandGroup, LevelIf
from planner.domain.early import FLAGGED, PLANNED, READ, Early
from planner.domain.general import (
    Action,
    Advice,
    Country,
    FactWords,
    MedicineRow,
    Myth,
    Pack,
    Sentence,
    Source,
    StopBox,
)
from planner.domain.items import (
    Caveat,
    Dose,
    DoseClass,
    Evidence,
    Exercise,
    Frame,
    Habit,
    Item,
    Massage,
    Picture,
    SelfCare,
    Suit,
    Supported,
    Tested,
    Therapy,
)
from planner.domain.lookups import Table
from planner.domain.plan_tables import PlanTables
from planner.domain.policy import Policy, TagRule, Wording
from planner.domain.schedule import ChangeRow, FrequencyRow, Schedule, StaleRow, WalkingRow
from planner.domain.sheet_page import NewSheetPage, Toggle
from planner.domain.signed import Clinician, Signed
from planner.domain.terms import LEVELS, CautionLevel, Certainty, DoseStep, Frequency, Level, Lookup, Position, Purpose, Region, Start, Tier
from planner.domain.training import Training
from planner.domain.waiting import CheckFirst

__all__ = [
    "LEVELS",
    "Action",
    "Advice",
    "CautionLevel",
    "Caveat",
    "Certainty",
    "ChangeRow",
    "CheckFirst",
    "Clinician",
    "Condition",
    "Country",
    "Demand",
    "DemandGroup",
    "Dose",
    "DoseClass",
    "DoseStep",
    "Evidence",
    "Exercise",
    "FactWords",
    "Flag",
    "Fold",
    "Frame",
    "Frequency",
    "FrequencyRow",
    "Habit",
    "Item",
    "Level",
    "LevelIf",
    "Library",
    "Lookup",
    "Massage",
    "MedicineRow",
    "Myth",
    "NewSheetPage",
    "Option",
    "Pack",
    "Page",
    "Picture",
    "Policy",
    "Position",
    "Purpose",
    "Question",
    "Region",
    "Schedule",
    "SelfCare",
    "Sentence",
    "Signed",
    "Source",
    "StaleRow",
    "Start",
    "StopBox",
    "Suit",
    "Supported",
    "TagRule",
    "Tested",
    "Therapy",
    "TickGroup",
    "Tier",
    "Toggle",
    "Training",
    "WalkingRow",
    "Wording",
]


@dataclass(frozen=True)
class Library:
    """All content, checked. Every mapping keeps file order."""

    questions: Mapping[str, Question]
    pages: tuple[Page, ...]
    flags: Mapping[str, Flag]
    actions: Mapping[str, Action]
    facts: Mapping[str, FactWords]
    demands: Mapping[str, Demand]
    groups: Mapping[str, DemandGroup]
    conditions: Mapping[str, Condition]
    massages: Mapping[str, Massage]
    exercises: Mapping[str, Exercise]
    doses: Mapping[str, DoseClass]
    evidence: Mapping[str, Evidence]
    training: Training
    habits: Mapping[str, Habit]
    selfcare: Mapping[str, SelfCare]
    therapies: Mapping[str, Therapy]
    pictures: Mapping[str, Picture]
    packs: Mapping[str, Pack]
    new_sheet: NewSheetPage
    sources: Mapping[str, Source]
    countries: Mapping[str, Country]
    myths: Mapping[str, Myth]
    schedule: Schedule
    policy: Policy
    advice: Advice
    stop_box: StopBox
    signed: Signed
    medicine: Mapping[str, MedicineRow]
    stale: Mapping[str, StaleRow]
    changes: Mapping[str, ChangeRow]
    version: str
    reviewed: date

    @cached_property
    def in_asking_order(self) -> tuple[Question, ...]:
        return tuple(self.questions[name] for page in self.pages if not page.again for name in page.questions)

    @cached_property
    def on_the_way(self) -> tuple[Question, ...]:
        """The same without those that are asked instead of a later one."""
        return tuple(one for one in self.in_asking_order if not one.stands_for)

    @cached_property
    def page(self) -> Mapping[str, Page]:
        """The pages by their ids."""
        return {one.id: one for one in self.pages}

    @cached_property
    def page_of_question(self) -> Mapping[str, Page]:
        """Question -> the page that asks it first."""
        return {name: one for one in reversed(self.pages) if not one.again for name in one.questions}

    @cached_property
    def at_times_impossible(self) -> frozenset[str]:
        """Questions of which other answers can leave only the default."""
        return frozenset(one.id for one in self.questions.values() if one.impossible)

    @cached_property
    def with_retired(self) -> tuple[Question, ...]:
        """Questions that had other options once."""
        return tuple(one for one in self.questions.values() if one.retired)

    @cached_property
    def reopening(self) -> tuple[Question, ...]:
        """Questions an answer to which asks others again."""
        return tuple(one for one in self.questions.values() if one.reopens)

    @cached_property
    def stand_ins(self) -> tuple[Question, ...]:
        """Questions that an urgent card asks instead of later ones."""
        return tuple(one for one in self.in_asking_order if one.stands_for)

    @cached_property
    def with_own_words(self) -> Mapping[str, Question]:
        """Ids of free-text answers that decide nothing, with the question each belongs to."""
        return {question.own_words: question for question in self.questions.values() if question.own_words}

    @cached_property
    def flag_table(self) -> Table[Flag]:
        return Table.of(self.flags.values())

    @cached_property
    def checkable_table(self) -> Table[Flag]:
        """Flags that a clinician's earlier check lowers."""
        return Table.of(one for one in self.flags.values() if one.lowered_by)

    @cached_property
    def condition_table(self) -> Table[Condition]:
        return Table.of(self.conditions.values())

    @cached_property
    def clearable(self) -> Table[Condition] | None:
        """Conditions of which a clinician's yes may open something; None where one of them rests on a flag."""
        some = [one for one in self.conditions.values() if one.may_be_cleared]
        keys = {key for one in some for lookup in (*one.when, *(rise.when for rise in one.level_if)) for key in lookup}
        return None if keys & {"flag", "hold"} else Table.of(some)

    @cached_property
    def early(self) -> Early:
        """Everything that is looked up for a plan but its walk, with what is not known when the answers are."""
        tables, checks = self.tables, self.policy.checks
        plan = (tables.of_person.whole, READ), (tables.of_plan.whole, PLANNED), (tables.of_medicine.whole, PLANNED)
        return Early(((self.flag_table, frozenset()), (self.condition_table, FLAGGED), *plan, (checks, PLANNED)))

    @cached_property
    def question_of_flag(self) -> Mapping[str, str]:
        """A flag, or a condition that is one -> the question whose answers fire it, where it is called after one; else itself."""
        return {name: next((one for one in self.questions if name.startswith(f"{one}_")), name) for name in (*self.flags, *self.conditions)}

    @cached_property
    def limiting_keys(self) -> frozenset[str]:
        """All that flags and conditions look up."""
        more = [one.when for held in self.conditions.values() for one in held.level_if]
        more += [one.when for held in self.conditions.values() for one in held.words_if]
        more += [one.lowered_by for one in self.flags.values()]
        return frozenset((*self.flag_table.asking, *self.condition_table.asking, *(key for lookup in more for key in lookup)))

    @cached_property
    def tables(self) -> PlanTables:
        """What a plan is chosen by and worded with."""
        sections: dict[str, Mapping[str, Item]] = {
            "massage": self.massages,
            "exercises": self.exercises,
            "habits": self.habits,
            "selfcare": self.selfcare,
            "therapies": self.therapies,
        }
        by_kind = self.training, self.policy, self.schedule, self.advice, self.stop_box
        return PlanTables(sections, self.evidence, *by_kind, self.medicine, self.stale)
