"""What a form comes to: the plan, its exercises as rows to change, what may be added, and what is still in the way of printing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from planner.clinic.lengths import NOTE, REFERENCE
from planner.clinic.sheets.exercise_row import ExerciseRow
from planner.clinic.sheets.given_minutes import minutes_to_choose
from planner.clinic.sheets.problems import NAMED_LETTERS, Problem, dose_problems
from planner.clinic.sheets.sheet_form import SheetForm, answers_of, with_minutes
from planner.domain.answers import Value
from planner.domain.doses import fullest_day, numbers_of
from planner.domain.edits import MOST_EXERCISES, Choice, Edits, edited_line, exercise_choices, massage_choices
from planner.domain.from_clinic import heir_of
from planner.domain.journey import Journey
from planner.domain.lines import Line, Plan
from planner.domain.model import Library
from planner.domain.plan import plan_of
from planner.domain.ranking import related
from planner.outputs.glyphs import unprintable

ADVISED_PURPOSES = ("movement", "strength")
STRUCK = 2  # exercises left out that are shown unasked


@dataclass(frozen=True)
class Proposal:
    """A form read against the content. Everything is derived; nothing is stored."""

    library: Library
    form: SheetForm
    country: str
    on: date
    lang: str = "en"

    @cached_property
    def answers(self) -> dict[str, Value]:
        """The answers that count."""
        return self.journey.reachable

    @cached_property
    def journey(self) -> Journey:
        return Journey(self.library, answers_of(self.form, self.library, self.country))

    @cached_property
    def plan(self) -> Plan:
        return self.plan_with(self.form.edits)

    def plan_with(self, edits: Edits) -> Plan:
        return plan_of(self.journey, on=self.on, lang=self.lang, country=self.country, edits=edits)

    @cached_property
    def proposed(self) -> Plan:
        """Before the therapist's changes."""
        return self.plan_with(Edits(minutes=self.form.edits.minutes))

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """Boxes of warning signs that are ticked, also of those that were there before and change nothing now."""
        return tuple(one for one in self.form.ticks if one.partition(":")[0] in self.library.new_sheet.signs)

    @cached_property
    def checked(self) -> str:
        """What was said of red flags. "None found" does not stand beside a sign that counts."""
        counts = {one.question_id for reason in self.plan.triage.reasons for one in reason.because}
        found = self.form.checked == "yes" and not counts.isdisjoint(self.library.new_sheet.signs)
        return "found" if found else self.form.checked

    @property
    def stops(self) -> bool:
        return self.plan.triage.no_plan

    @property
    def ready(self) -> bool:
        """True once there is something to print. A stop needs no place that hurts: an emergency ends the questions before that one."""
        return self.form.begun or self.stops

    @cached_property
    def exercises(self) -> tuple[Choice, ...]:
        """Every exercise of the library, best first; none where triage stops the plan. Of a clinic's own those that it offers today, and
        whatever is on the sheet."""
        found = () if self.stops else exercise_choices(self.journey.reading)
        return tuple(one for one in found if one.item_id in self.wanted or heir_of(self.library, one.item_id) == one.item_id)

    @cached_property
    def massages(self) -> tuple[Choice, ...]:
        return () if self.stops else massage_choices(self.journey.reading, flag_hold=self.plan.triage.hold)

    def choice(self, name: str) -> Choice | None:
        """What may be said of a line, by its id; None if there is no such line."""
        return next((one for one in (*self.exercises, *self.massages) if one.id == name), None)

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """Ids of the exercises that are meant to be on the sheet."""
        return self.form.edits.exercises or tuple(line.item_id for line in self.proposed.section("exercises"))

    @cached_property
    def rows(self) -> tuple[ExerciseRow, ...]:
        """The exercises in the order and with the numbers of the paper, then those wanted that are not on it."""
        states = {one.id: one for one in self.exercises}
        shown = [self._row(line, states) for line in self.plan.section("exercises")]
        there = {row.id for row in shown}
        return (
            *shown,
            *(self._missing(states[f"exercise:{name}"]) for name in self.wanted if name not in there and f"exercise:{name}" in states),
        )

    def _missing(self, choice: Choice) -> ExerciseRow:
        proposed = {line.id: line for line in self.proposed.section("exercises")}
        line = edited_line(choice, self.journey.reading, self.form.edits, proposed)
        return replace(self._row(line, {choice.id: choice}), fits=False, because=choice.because, initials="")

    def _row(self, line: Line, states: Mapping[str, Choice]) -> ExerciseRow:
        state = states[line.id].state if line.id in states else "free"
        said = (line.title, line.doses[0], line.doses, line.dose_step, line.minutes)
        held = line.typed and numbers_of(line.doses[0]) != dict(self.form.edits.typed[line.item_id])
        wrong = self.form.wrong.get(line.item_id, {})
        return ExerciseRow(line.item_id, *said, True, state, line.because, line.initials, line.typed, line.told, held, wrong)

    @cached_property
    def struck(self) -> tuple[Choice, ...]:
        """The best exercises that something speaks against, to show why they are not proposed."""
        out = {one.id for one in self.plan.left_out} - {f"exercise:{name}" for name in self.wanted}
        return tuple(one for one in self.exercises if one.state != "free" and one.id in out)[:STRUCK]

    @property
    def minutes(self) -> int:
        """Minutes of the fullest day of all that is wanted, also where it does not fit."""
        return fullest_day(row.doses for row in self.rows if row.minutes and (row.fits or self._allowed(row)))

    def _allowed(self, row: ExerciseRow) -> bool:
        return row.state == "free" or (row.state == "ask" and f"exercise:{row.id}" in self.form.edits.insisted)

    def fits(self, edits: Edits) -> bool:
        """True when all the exercises of `edits` are on the sheet."""
        there = {line.item_id for line in self.plan_with(edits).section("exercises")}
        return set(edits.exercises) <= there

    def related(self, one: str, others: tuple[str, ...]) -> bool:
        """True if an exercise is a version of one of the others."""
        return any(related(one, other, self.journey.reading) for other in others)

    @cached_property
    def frozen(self) -> Edits:
        """The edits with every exercise and dose as printed, so that the paper's numbers mean the same in a year."""
        lines = self.plan.section("exercises")
        doses = {line.item_id: line.dose_step for line in lines}
        typed = {line.item_id: numbers_of(line.doses[0]) for line in lines if line.typed}
        told = {line.item_id: line.told for line in lines if line.told}
        insisted = tuple(line.id for line in self.plan.lines if line.initials)
        names = tuple(line.item_id for line in lines)
        return replace(self.form.edits, exercises=names, doses=doses, typed=typed, told=told, insisted=insisted)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All that must be put right before printing, in the order of the page."""
        found: list[Problem] = []
        if not self.ready:
            found.append(Problem("pack", "begin"))
        if not self.form.checked:
            found.append(Problem("checked", "checked"))
        if self.form.checked == "found" and not self.signs:
            found.append(Problem("signs", "signs"))
        if self.form.begun and not self.stops:
            found += self._exercise_problems()
        if len(self.form.reference) > REFERENCE:
            found.append(Problem("reference", "reference", REFERENCE))
        return (*found, *self._note_problems())

    @cached_property
    def wrong_doses(self) -> tuple[Problem, ...]:
        """What was typed on the rows and can't be printed."""
        return tuple(problem for row in self.rows for problem in dose_problems(row))

    @property
    def wrong_words(self) -> tuple[Problem, ...]:
        """What was typed on the rows and in the note and can't be kept."""
        return (*self.wrong_doses, *self._note_problems())

    def _note_problems(self) -> Iterator[Problem]:
        if len(self.form.note) > NOTE:
            yield Problem("note", "note", len(self.form.note) - NOTE)
        if letters := unprintable(self.form.note):
            yield Problem("note", "letters", words=letters[:NAMED_LETTERS])

    def _exercise_problems(self) -> list[Problem]:
        if wrong := self.wrong_doses:
            return list(wrong)
        if self.too_many > 0:
            return [Problem("items", "minutes", self.too_many, self.enough)]
        if len([row for row in self.rows if row.fits or self._allowed(row)]) > MOST_EXERCISES:
            return [Problem("items", "many", MOST_EXERCISES)]
        return []

    @cached_property
    def advised(self) -> tuple[str, ...]:
        """Purposes that we propose for this person and that no exercise on the sheet has. They stand in the way of nothing."""
        if not self.form.begun or self.stops:
            return ()
        there, ours = ({line.exercise.purpose for line in plan.section("exercises")} for plan in (self.plan, self.proposed))
        return tuple(purpose for purpose in ADVISED_PURPOSES if purpose in ours - there)

    @property
    def too_many(self) -> int:
        """Minutes that are wanted and not given; below nothing where there is room."""
        return 0 if self.stops or not self.form.begun else self.minutes - self.plan.minutes_offered

    @cached_property
    def enough(self) -> str:
        """The fewest minutes to choose in which all that is wanted fits; empty where it fits now, or in none."""
        return next((one for one in self._more_to_choose() if self.given(one).too_many <= 0), "") if self.too_many > 0 else ""

    def _more_to_choose(self) -> Iterator[str]:
        return (one for one in minutes_to_choose(self.library) if int(one) > self.plan.minutes_offered)

    def given(self, minutes: str) -> Proposal:
        """The same exercises with other minutes a day."""
        form = replace(self.form, edits=replace(self.form.edits, exercises=self.wanted))
        return replace(self, form=with_minutes(form, self.library, minutes))
