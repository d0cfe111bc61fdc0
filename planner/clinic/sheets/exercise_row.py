"""An exercise as a row of the new sheet's form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.clinic.sheets.typed_doses import numbers_shown
from planner.domain.doses import numbers_of
from planner.domain.edits import State
from planner.domain.lines import Reasons
from planner.domain.model import Dose


@dataclass(frozen=True)
class ExerciseRow:
    """An exercise on the form. `fits`: it is on the sheet; else `because` or the minutes are in the way."""

    id: str
    title: str
    dose: Dose  # to begin with
    doses: tuple[Dose, ...]  # of week 1 to 4
    level: str
    minutes: int
    fits: bool
    state: State
    because: Reasons = ()
    initials: str = ""
    typed: bool = False  # in the therapist's own numbers
    told: str = ""  # a line of the therapist's own
    held: bool = False  # what was typed is more than this person's limits allow, and was brought down
    wrong: Mapping[str, str] = field(default_factory=dict)  # number -> what was typed and can't be a dose

    @property
    def numbers(self) -> dict[str, int]:
        return numbers_of(self.dose)

    @property
    def was(self) -> str:
        """The numbers as they are shown now."""
        return numbers_shown(self.numbers)
