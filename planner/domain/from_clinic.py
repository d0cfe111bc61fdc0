"""Exercises that a clinic wrote for its own patients, beside those of the library: limits hold for them by the demands that they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from planner.domain.items import Dose, DoseClass, Exercise, Gentler
from planner.domain.model import Library
from planner.domain.terms import Lookup

Held = TypeVar("Held")
OWN = "own_"
"""Begins the id of a clinic's own exercise, in sheets, packs and forms; no exercise of the library is called so."""
NOBODY: tuple[Lookup, ...] = ({"from_clinic": ("proposed",)},)
"""For whom a clinic's exercise is proposed unasked. No answer is called that: a therapist adds it, or it is not there."""


@dataclass(frozen=True, kw_only=True)
class ClinicExercise(Exercise):
    """`id`: of this wording of it. Changing it makes another one, and what was printed keeps the one that it was printed with."""

    amount: Dose  # as the clinic gives it
    less: Gentler  # how much of it is the first dose
    mark: str  # "From your clinic."
    proof: str  # that nobody here has looked at how sure it is
    heir: str = ""  # the wording that stands in its place now; itself while it is the newest, and empty once it was removed
    photo: str = ""  # where its picture is: an address, or the picture itself as one
    size: tuple[int, int]  # of the picture, in pixels

    @property
    def offered(self) -> bool:
        """False for one that was removed or changed since."""
        return self.heir == self.id

    @property
    def doses(self) -> DoseClass:
        """Its amount, and a gentler one for those whom a limit holds to the first dose. It never grows by itself."""
        return DoseClass(self.dose, gentler(self.amount, self.less), self.amount, self.amount)


def gentler(dose: Dose, less: Gentler) -> Dose:
    """The share of a dose that its content says; at least one of everything that there is."""
    return replace(
        dose,
        sets=share(dose.sets, less.sets),
        repeats=share(dose.repeats, less.work),
        seconds=share(dose.seconds, less.work),
        hold_seconds=share(dose.hold_seconds, less.work),
        times_a_day=min(dose.times_a_day, less.times_a_day),
    )


def share(amount: int, parts: tuple[int, int]) -> int:
    some, whole = parts
    return -(-amount * some // whole)


def with_own(library: Library, own: Iterable[ClinicExercise]) -> Library:
    """The library with a clinic's exercises at its end. What was looked up in it before need not be looked up again."""
    more = {one.id: replace(one, when=NOBODY) for one in own}
    if not more:
        return library
    doses = {one.dose: one.doses for one in more.values()}
    ready = library.tables, library.early  # made once: what is meant for nobody holds in none of them
    made = replace(library, exercises={**library.exercises, **more}, doses={**library.doses, **doses})
    known = {one.name for one in fields(library)}
    vars(made).update({name: value for name, value in vars(library).items() if name not in known})
    vars(made)["tables"], vars(made)["early"] = ready
    return made


def heir_of(library: Library, name: str) -> str:
    """The exercise that stands in the place of one today: itself, or its newest wording; empty where there is none."""
    item = library.exercises.get(name)
    return item.heir if isinstance(item, ClinicExercise) else name if item else ""


def title_of(library: Library, name: str) -> str:
    """What an exercise is called; one that is not there any more by its id in words, and another clinic's not at all."""
    item = library.exercises.get(name)
    return item.title if item else "" if name.startswith(OWN) else name.replace("_", " ")


def in_the_words_of_today(library: Library, named: Mapping[str, Held]) -> dict[str, Held]:
    """What is kept by exercise, by the one that stands in its place today; without those that are no more."""
    return {heir: value for name, value in named.items() if (heir := heir_of(library, name))}
