"""The vocabulary of content: everything that may stand in the content folder, and the Library that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.asking import Caution, Flag, LevelIf, Option, Page, Question
from planner.domain.general import (
    Action,
    Advice,
    Country,
    FactWords,
    FrequencyRow,
    Myth,
    NewSheetPage,
    Pack,
    Policy,
    Schedule,
    Source,
    StartLimit,
    TagRule,
    Toggle,
    Wording,
)
from planner.domain.items import Adapt, Dose, Doses, Exercise, Frame, Habit, Item, Massage, Picture, SelfCare, Suit, Therapy
from planner.domain.terms import LEVELS, CautionLevel, Certainty, Frequency, Level, Lookup, Position, Start

__all__ = [
    "LEVELS",
    "Action",
    "Adapt",
    "Advice",
    "Caution",
    "CautionLevel",
    "Certainty",
    "Country",
    "Dose",
    "Doses",
    "Exercise",
    "FactWords",
    "Flag",
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
    "Myth",
    "NewSheetPage",
    "Option",
    "Pack",
    "Page",
    "Picture",
    "Policy",
    "Position",
    "Question",
    "Schedule",
    "SelfCare",
    "Source",
    "Start",
    "StartLimit",
    "Suit",
    "TagRule",
    "Therapy",
    "Toggle",
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
    cautions: Mapping[str, Caution]
    massages: Mapping[str, Massage]
    exercises: Mapping[str, Exercise]
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
    version: str
    reviewed: date
