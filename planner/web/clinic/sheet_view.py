"""What the new-sheet page shows beside the plan: packs, boxes to tick, lists to choose from, notes, and what is wrong, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from planner.clinic.sheets.exercise_row import ExerciseRow
from planner.clinic.sheets.given_minutes import MINUTES, ids, minutes_to_choose
from planner.clinic.sheets.library_panel import Panel, Sought, boxes_of
from planner.clinic.sheets.loading import massage_out
from planner.clinic.sheets.pack_order import PlacedPack
from planner.clinic.sheets.packs import OwnPack
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import AREAS, SheetForm, hidden, tickable
from planner.clinic.sheets.typed_doses import field_of
from planner.clinic.sheets.usual_doses import UsualDoses, usual_for
from planner.domain.edits import Choice
from planner.domain.model import Library, Pack, Question, Toggle
from planner.languages.translate import gettext as _
from planner.outputs.words import dose_text, says
from planner.web.clinic.pack_choice import dropped_texts, key_options, note_of
from planner.web.clinic.panel_words import found_text, selects
from planner.web.clinic.problem_words import advice_text, dose_labels, over_text


@dataclass(frozen=True)
class Group:
    """The boxes of one question. `single`: only one of them can be true."""

    title: str
    options: tuple[Toggle, ...]
    single: bool


@dataclass(frozen=True)
class Listed:
    """A question as a list to choose from, or as a line to type."""

    id: str
    short: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    longest: int = 0


@dataclass(frozen=True)
class SheetView:
    """All that the templates need of a form."""

    now: Proposal
    own: list[OwnPack] = field(default_factory=list)
    packs: list[PlacedPack] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changed: str = ""
    title: str = ""  # typed as the name of a pack
    key: str = ""  # chosen for it
    sought: Sought = field(default_factory=Sought)  # in the library panel
    before: Mapping[str, str] = field(default_factory=dict)  # line id -> initials of who insisted on it at an earlier visit
    usual_doses: UsualDoses = field(default_factory=dict)  # of whoever is signed in

    @property
    def form(self) -> SheetForm:
        return self.now.form

    @property
    def library(self) -> Library:
        return self.now.library

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Keys that a new pack may have, with what each chooses now."""
        return key_options(self.packs)

    def leaves_note(self, pack: Pack | OwnPack) -> bool:
        """True if choosing this pack can change no note: then the parts of the page that are swapped will do."""
        note = pack.programme.note if isinstance(pack, OwnPack) and pack.programme else ""
        return not note and not note_of(self.form.pack, self.own)

    @property
    def massage_out(self) -> list[str]:
        """What was chosen of the massage, and this person can't have."""
        return dropped_texts(tuple(massage_out(self.now, self.form.edits.style, self.form.edits.pressure))) if not self.now.stops else []

    @property
    def hidden(self) -> list[tuple[str, str]]:
        return hidden(self.form)

    @property
    def areas(self) -> tuple[Any, ...]:
        return self.library.questions[AREAS].options

    @property
    def minutes(self) -> tuple[str, ...]:
        return minutes_to_choose(self.library)

    @property
    def minutes_now(self) -> str:
        """The choice that is made; none of more than the answer that it stands on."""
        said = self.form.minutes or str(self.library.questions[MINUTES].default)
        more = self.form.edits.minutes if said == max(ids(self.library.questions[MINUTES]), key=int) else 0
        return str(more or said)

    @property
    def too_many(self) -> str:
        """What to do where the minutes do not hold what is wanted; empty where they do."""
        return over_text(self.now.too_many, self.now.enough) if self.now.too_many > 0 else ""

    @property
    def advised(self) -> tuple[str, ...]:
        return tuple(advice_text(purpose) for purpose in self.now.advised)

    @property
    def usual(self) -> tuple[Toggle, ...]:
        """The cautions in sight, and any that the answers make worth asking: a clinician's yes to massage, say."""
        return self.library.new_sheet.usual

    @cached_property
    def panel(self) -> Panel:
        return Panel(self.now, self.sought)

    @property
    def selects(self) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
        return selects(self.panel)

    @property
    def found(self) -> str:
        return found_text(self.panel)

    @property
    def groups(self) -> list[Group]:
        """The other boxes: of questions that this person would be asked, and whatever is ticked."""
        return self._groups(question for question in tickable(self.library) if question.id not in self.library.new_sheet.signs)

    @property
    def signs(self) -> list[Group]:
        """The warning signs, the same way."""
        return self._groups(self.library.questions[name] for name in self.library.new_sheet.signs)

    def _groups(self, questions: Iterable[Question]) -> list[Group]:
        seen = {one.id for one in self.usual}
        found = []
        for question in questions:
            boxes = tuple(box for box in boxes_of(question) if box.id not in seen)
            if boxes and (question.id in self.now.journey.asked or any(box.id in self.form.ticks for box in boxes)):
                found.append(Group(question.short, boxes, question.kind == "one"))
        return found

    @property
    def ticked_more(self) -> int:
        """How many boxes are ticked that are not in sight."""
        seen = {one.id for one in self.usual}
        return sum(box.id in self.form.ticks for group in self.groups for box in group.options if box.id not in seen)

    @property
    def choices(self) -> list[Listed]:
        answers = self.now.journey.answers
        found = (self.library.questions[name] for name in self.library.new_sheet.choices)
        return [Listed(one.id, one.short, str(answers[one.id]), _labels(one)) for one in found]

    @property
    def words(self) -> list[Listed]:
        """Where the person's own words go."""
        found = [question for question in self.library.questions.values() if question.own_words]
        return [
            Listed(
                one.own_words,
                _("%(name)s, in their own words") % {"name": one.short},
                self.form.words.get(one.own_words, ""),
                (),
                one.own_words_max,
            )
            for one in found
        ]

    @property
    def dose_labels(self) -> dict[str, str]:
        """The numbers of a dose, in the order in which a therapist says them."""
        return dose_labels()

    def usual_dose(self, row: ExerciseRow) -> str:
        """The therapist's usual dose of a row, where it is another than what stands there."""
        numbers: dict[str, Any] = dict(usual_for(self.usual_doses, row.id, row.numbers))
        return dose_text(replace(row.dose, **numbers)) if numbers else ""

    @property
    def any_usual(self) -> bool:
        return any(map(self.usual_dose, self.now.rows))

    @staticmethod
    def dose_field(exercise: str, what: str) -> str:
        return field_of(exercise, what)

    @property
    def styles(self) -> list[Any]:
        return list(self.library.massages.values())

    @property
    def told(self) -> str:
        """What printing does now."""
        if self.now.checked == "no":
            return _("Red flags were not checked, so nothing is kept.")
        return _("The text for your notes comes with it.") if self.now.ready else ""

    def added_before(self, line: str) -> str:
        """What is asked of something that was insisted on at an earlier visit; empty for the rest, and once it was asked again."""
        if line not in self.before or line in self.form.edits.insisted:
            return ""
        return _("Added last time by %(initials)s. Checked again today?") % {"initials": self.before[line]}

    @staticmethod
    def because(choice: Choice) -> str:
        return next(iter(says(choice.because)), "")


def _labels(question: Question) -> tuple[tuple[str, str], ...]:
    if question.options:
        return tuple((option.id, option.label) for option in question.options)
    return tuple((number, number) for number in ids(question))
