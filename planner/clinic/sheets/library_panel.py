"""The library panel: what a therapist looks for, and which exercises, conditions and warning signs are called that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import get_args

from planner.clinic.lengths import SOUGHT
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import SheetForm, options, tickable
from planner.clinic.sheets.typed_doses import Fields
from planner.domain.answers import Value, chosen, default
from planner.domain.called import called, nearly_called, spelled
from planner.domain.doses import numbers_of
from planner.domain.edits import Choice
from planner.domain.exercises import new_line, typed_line
from planner.domain.from_clinic import ClinicExercise
from planner.domain.model import Exercise, Library, Purpose, Question, Region, Start, Toggle
from planner.domain.typed_text import one_line
from planner.outputs.words import capital

CARDS = 12  # exercises with a picture and a dose; the rest are a list of titles
SELECTS = {"region": get_args(Region), "position": get_args(Start), "purpose": get_args(Purpose)}
"""Field of the panel -> what it can be."""


@dataclass(frozen=True)
class Sought:
    """What is looked for; an empty field takes everything."""

    query: str = ""
    region: str = ""
    position: str = ""
    purpose: str = ""

    def __bool__(self) -> bool:
        return bool(spelled(self.query) or self.region or self.position or self.purpose)

    def takes(self, item: Exercise) -> bool:
        """By everything but its name."""
        here = not self.region or self.region in item.regions
        return here and self.position in ("", item.start) and self.purpose in ("", item.purpose)


def read_sought(posted: Fields) -> Sought:
    sent = {name: next(iter(posted.get(name, ())), "") for name in ("query", *SELECTS)}
    among = {name: sent[name] for name, known in SELECTS.items() if sent[name] in known}
    return Sought(one_line(sent["query"])[:SOUGHT], **among)


@dataclass(frozen=True)
class Panel:
    """What the panel shows for a form."""

    now: Proposal
    sought: Sought

    @cached_property
    def exercises(self) -> list[Choice]:
        """Those that are called that, the closest name first; without a search all that are not on the sheet, best first."""
        if not self.now.form.begun:
            return []
        held = self.now.library.exercises
        here = [one for one in self.now.exercises if self.sought.takes(held[one.item_id])]
        if not self.sought:
            return [one for one in here if one.item_id not in self.now.wanted]
        return (nearly_called if self.slipped else called)(self.sought.query, here, lambda one: held[one.item_id].names)

    @cached_property
    def slipped(self) -> bool:
        """True if no exercise and no box is called that, so that what would be but for a slip of the fingers is looked for."""
        query, held = self.sought.query, self.now.library.exercises.values()
        moves, boxes = called(query, held, lambda one: one.names), called(query, self.named_boxes, lambda one: one[1])
        return bool(spelled(query)) and not moves and not boxes

    @property
    def cards(self) -> list[Choice]:
        return self.exercises[:CARDS]

    @property
    def listed(self) -> list[Choice]:
        return self.exercises[CARDS:]

    @property
    def first(self) -> str:
        """What Enter adds: the first that is found by its name and may be added."""
        free = (one.id for one in self.exercises if one.state == "free" and one.item_id not in self.now.wanted)
        return next(free, "") if spelled(self.sought.query) else ""

    def is_own(self, choice: Choice) -> bool:
        """True for an exercise that the clinic wrote itself."""
        return isinstance(self.now.library.exercises[choice.item_id], ClinicExercise)

    def dose(self, choice: Choice) -> object:
        """To begin with, for this person."""
        reading, item = self.now.journey.reading, self.now.library.exercises[choice.item_id]
        line = new_line(choice.item_id, reading)
        return (typed_line(line, numbers_of(item.amount), reading) if isinstance(item, ClinicExercise) else line).doses[0]

    def also(self, choice: Choice) -> str:
        """The clinical name that was meant, where the title is another; else the usual one."""
        item = self.now.library.exercises[choice.item_id]
        look = nearly_called if self.slipped else called
        near = look(self.sought.query, item.names, lambda name: (name,)) if spelled(self.sought.query) else []
        name = next(iter((*near, *item.also_called)), "")
        return "" if name == item.title else name

    @cached_property
    def boxes(self) -> list[Toggle]:
        """Answers that are called that, of what this person is asked and whatever is ticked. None without a word to look for."""
        if not spelled(self.sought.query):
            return []
        look = nearly_called if self.slipped else called
        return [box for box, _names in look(self.sought.query, self.named_boxes, lambda one: one[1])]

    @cached_property
    def named_boxes(self) -> list[tuple[Toggle, tuple[str, ...]]]:
        """Every answer that has a box for this person, and what it is called."""
        library, names = self.now.library, {one.id: one.also_called for one in self.now.library.new_sheet.named}
        usual = {one.id: one.label for one in library.new_sheet.usual}
        found: dict[str, tuple[Toggle, tuple[str, ...]]] = {}
        for question in tickable(library):
            for box in boxes_of(question):
                if question.id in self.now.journey.asked or box.id in self.now.form.ticks:
                    found[box.id] = box, (box.label, usual.get(box.id, ""), question.short, *names.get(box.id, ()))
        return list(found.values())

    @property
    def conditions(self) -> list[Toggle]:
        return [one for one in self.boxes if one.id.partition(":")[0] not in self.now.library.new_sheet.signs]

    @property
    def signs(self) -> list[Toggle]:
        return [one for one in self.boxes if one.id.partition(":")[0] in self.now.library.new_sheet.signs]


def boxes_of(question: Question) -> list[Toggle]:
    """The answers of a question that have a box, each as it is said of a person."""
    labels = {option.id: capital(option.said or option.label) for option in question.options}
    return [Toggle(f"{question.id}:{name}", labels[name]) for name in options(question)]


def signs_of(library: Library, answers: Mapping[str, Value]) -> list[Toggle]:
    """The warning signs that somebody said they have."""
    held: Iterable[Question] = (library.questions[name] for name in library.new_sheet.signs)
    said = {one.id: chosen({one.id: default(one)} | dict(answers), one.id) for one in held}
    return [box for name in said for box in boxes_of(library.questions[name]) if box.id.partition(":")[2] in said[name]]


def ticked(form: SheetForm, library: Library, box: str) -> SheetForm:
    """The form with a box ticked, or not any more if it was. Of a question with one answer only one box stays ticked."""
    known = {one.id: question for question in tickable(library) for one in boxes_of(question)}
    if box not in known:
        return form
    alone = known[box].kind == "one"
    others = tuple(one for one in form.ticks if one != box and not (alone and one.partition(":")[0] == known[box].id))
    return replace(form, ticks=others if box in form.ticks else (*others, box))
