"""What a patient answered ahead, as the therapist sees it beside the new sheet: red flags on top, then what they were not sure about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.clinic.sheets.sheet_form import SheetForm, options, tickable
from planner.clinic.waiting_room.answered_ahead import AnsweredAhead
from planner.clinic.waiting_room.intakes import find_intake
from planner.clinic.waiting_room.opened_ahead import as_boxes
from planner.domain.answers import TICKED, chosen, remembered
from planner.domain.journey import Journey
from planner.domain.model import Library, Question
from planner.domain.rules import said
from planner.languages.translate import gettext as _
from planner.outputs.words import quoted
from planner.web import storage as database
from planner.web.clinic.access import now, signed_in
from planner.web.patient.your_answers import AnswerRow, sections
from planner.web.render import library


@dataclass(frozen=True)
class NotSure:
    """Something to be asked. `choices`: (question:option, label) of the answers that settle it; none where the sheet has no box for it."""

    words: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AheadView:
    """`form` is the sheet as it is now: what was settled there is no longer open."""

    ahead: AnsweredAhead
    library: Library
    form: SheetForm

    @cached_property
    def journey(self) -> Journey:
        return Journey(self.library, remembered(self.library, self.ahead.answers))

    @property
    def stopped(self) -> str:
        """What the patient's own page said, if it stopped them."""
        here = self.journey
        if not here.stopped:
            return ""
        return {
            "emergency": _("Emergency. The questions stopped: their page told them to call for help now."),
            "urgent": _("Urgent. The questions stopped: their page told them to be seen today."),
        }.get(here.triage.level, _("The questions stopped. There is no plan for them without a clinician."))

    @property
    def flags(self) -> list[str]:
        """The red flags that count, the gravest first, in the patient's words; each once. What they were not sure about stands there."""
        unsure = {said(self.library, name, word) for name in self.journey.asked for word in self.library.new_sheet.not_sure}
        causes = (one for reason in self.journey.triage.reasons for one in reason.because if one.answer and one.answer not in unsure)
        return list(dict.fromkeys(map(quoted, causes)))

    @property
    def not_sure(self) -> list[NotSure]:
        found = []
        boxes = as_boxes(self.ahead, self.library)
        for question in self.journey.asked.values():
            ticked = self.ahead.answers.get(question.id) == TICKED
            unsure = [word for word in chosen(boxes, question.id) if ticked or word in self.library.new_sheet.not_sure]
            if unsure and self._is_open(question, unsure):
                words = question.tick if ticked else said(self.library, question.id, unsure[0])
                found.append(NotSure(words, self._choices(question)))
        return found

    def _is_open(self, question: Question, unsure: list[str]) -> bool:
        return question not in tickable(self.library) or any(f"{question.id}:{word}" in self.form.ticks for word in unsure)

    def _choices(self, question: Question) -> tuple[tuple[str, str], ...]:
        if question.kind != "one" or question.id not in {one.id for one in tickable(self.library)}:
            return ()
        known = (option for option in question.options if option.id not in self.library.new_sheet.not_sure)
        return tuple((f"{question.id}:{option.id}", option.label) for option in known if self._has_box(question, option.id))

    @staticmethod
    def _has_box(question: Question, option: str) -> bool:
        return option in options(question) or option == question.default

    @property
    def own_words(self) -> list[tuple[str, str]]:
        asked = self.library.with_own_words
        return [(question.short, str(self.ahead.answers[name])) for name, question in asked.items() if self.ahead.answers.get(name)]

    @property
    def sections(self) -> list[tuple[str, list[AnswerRow]]]:
        return sections(self.journey)


def ahead_of(form: SheetForm) -> AheadView | None:
    """What the form began with, as long as it waits in this clinic; None once it is over, or where the form began otherwise."""
    if not form.intake:
        return None
    with database.reading() as rows:
        found = find_intake(rows, database.safe(), form.intake, now(), signed_in().clinic_id)
    return AheadView(found.ahead, library(), form) if found and found.ahead else None
