"""Faults of the two tables that safety and training rest on: demands against conditions, and rungs against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.domain.called import spelled
from planner.domain.model import Library

STARTER_DEMANDS = frozenset({"floor", "lying_back", "lying_side", "standing", "walking", "leg_power"})
"""All that a starter may ask of the body. Source: clinical safety, section 2."""


MEDICINES = {"tablets": "nsaid_tablet", "gel": "nsaid_gel", "paracetamol": "paracetamol"}
"""What a part of the words about medicines asks of the body."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the file (relative to the content folder), the path inside it, and why."""

    file: str
    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.reason}"


def limit_faults(library: Library) -> Iterator[Fault]:
    """A demand that nothing makes and nothing limits, and a clinician's yes that nobody is named for."""
    limited = {name for one in library.conditions.values() for name in (*one.bars, *one.ask, *one.soft)}
    kinds = (library.massages, library.exercises, library.habits, library.selfcare, library.therapies)
    made = {name for held in kinds for item in held.values() for name in item.demands}
    made |= {MEDICINES[row.part] for row in library.medicine.values() if row.part in MEDICINES}
    for name in library.demands:
        if name not in limited | made:
            yield Fault("demands.toml", name, "no item makes this demand and no condition limits it")
    for one in library.conditions.values():
        if one.ask and not one.ask_who:
            yield Fault(f"limits/{one.id}.toml", "ask_who", "something waits for a clinician's yes, but no clinician is named")


def rung_faults(library: Library) -> Iterator[Fault]:
    """Links that lead back to where they began, and starters that ask too much."""
    for item in library.exercises.values():
        file = f"exercises/{item.id}.toml"
        for link in ("easier", "harder"):
            if item.id in chain(library, item.id, link):
                yield Fault(file, link, "the rungs go round in a circle")
        if (item.starter or item.starter_for) and (more := set(item.demands) - STARTER_DEMANDS):
            yield Fault(file, "starter", f"a starter may not ask for {', '.join(sorted(more))}")


def name_faults(library: Library) -> Iterator[Fault]:
    """A clinical name that finds two exercises: typed in full, it is to mean one."""
    owners: dict[tuple[str, ...], str] = {spelled(item.title): item.id for item in library.exercises.values()}
    for item in library.exercises.values():
        for name in item.also_called:
            file, words = f"exercises/{item.id}.toml", spelled(name)
            if not words:
                yield Fault(file, "also_called", "a name without a letter or a number")
            elif words in owners:
                yield Fault(file, "also_called", f"{name!r} is a name of {owners[words]!r} already")
            else:
                owners[words] = item.id


def share_faults(library: Library) -> Iterator[Fault]:
    """A gentler dose that would be no gentler, or nothing at all."""
    less = library.policy.gentler
    for name in ("sets", "work"):
        some, whole = getattr(less, name)
        if not 0 < some <= whole:
            yield Fault("policy.toml", f"gentler.{name}", "a share is more than nothing and at most the whole")
    if less.times_a_day < 1:
        yield Fault("policy.toml", "gentler.times_a_day", "it is done once a day at least")


def chain(library: Library, name: str, link: str) -> list[str]:
    """The rungs that a link leads to, in turn, until it ends or comes round."""
    found: list[str] = []
    while (name := getattr(library.exercises[name], link)) and name in library.exercises and name not in found:
        found.append(name)
    return found
