"""What of a plan moves from week to week: its exercises, its massage and its walk. Made without the rest of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.domain.days import Walking
from planner.domain.edits import Edits, edited_exercises, edited_massage
from planner.domain.exercises import Moves, moves
from planner.domain.journey import Journey
from planner.domain.lines import Line, MassagePart
from planner.domain.massage import massage_part
from planner.domain.walking import walked_at, walking


@dataclass(frozen=True)
class Course:
    """The exercises, massage and walk of one plan."""

    exercises: tuple[Line, ...]
    massage: MassagePart | None
    walk: Walking | None

    def section(self, name: str) -> tuple[Line, ...]:
        """As that of a Plan; it knows its exercises alone."""
        return self.exercises if name == "exercises" else ()


@dataclass(frozen=True)
class Courses:
    """The courses of one person, by what was changed on what the answers propose."""

    journey: Journey

    @cached_property
    def proposed(self) -> tuple[Moves, MassagePart]:
        return moves(self.journey.reading), massage_part(self.journey.reading, self.journey.triage.hold)[0]

    def of(self, edits: Edits) -> Course:
        """Nothing at all where triage leaves no plan."""
        if self.journey.triage.no_plan:
            return Course((), None, None)
        reading, (chosen, massage) = self.journey.reading, self.proposed
        if edits:
            chosen, massage = edited_exercises(reading, edits, chosen), edited_massage(reading, edits, massage)
        walk = walked_at(walking(reading), edits.walk_week, reading.library.schedule.check_ins.walk_most)
        return Course(chosen.lines, massage, walk)
