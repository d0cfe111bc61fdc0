"""What a plan is chosen by and worded with, as tables made once of the content: what is looked up together is joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from planner.domain.general import MEDICINE_PARTS, Advice, MedicineRow, StopBox
from planner.domain.items import Evidence, Item, Suit
from planner.domain.lookups import Joined, Table
from planner.domain.policy import Policy
from planner.domain.schedule import Schedule, StaleRow
from planner.domain.training import Training

HANDS_ON = "touch"
"""The demand of a massage, also of one's own: it goes by a yes to massage."""
Demanding = Mapping[str, frozenset[str]]


def demanding(items: Iterable[Item]) -> Demanding:
    """Demand -> the ids of the items that make it."""
    found: dict[str, set[str]] = {}
    for item in items:
        for name in item.demands:
            found.setdefault(name, set()).add(item.id)
    return {name: frozenset(some) for name, some in found.items()}


@dataclass(frozen=True)
class PlanTables:
    """`sections`: section of a plan -> the items that it can hold, by their ids."""

    sections: Mapping[str, Mapping[str, Item]]
    known: Mapping[str, Evidence]
    training: Training
    policy: Policy
    schedule: Schedule
    advice: Advice
    stop_box: StopBox
    medicine_rows: Mapping[str, MedicineRow]
    stale_rows: Mapping[str, StaleRow]

    @cached_property
    def items(self) -> Mapping[str, Table[Any]]:
        """Section -> its items, by whom they are meant for."""
        return {section: Table.of(items.values()) for section, items in self.sections.items()}

    @cached_property
    def suits(self) -> Mapping[str, Table[tuple[str, Suit]]]:
        """Section -> the ids of its items, with what suits whom of each."""
        return {
            section: Table(tuple(((item.id, suit), (suit.when,)) for item in items.values() for suit in item.suits))
            for section, items in self.sections.items()
        }

    @cached_property
    def demanding(self) -> Mapping[str, tuple[Demanding, Demanding]]:
        """Section -> demand -> the ids of its items that make it: of those that do not touch, and of those that do."""
        return {
            section: (
                demanding(one for one in items.values() if HANDS_ON not in one.demands),
                demanding(one for one in items.values() if HANDS_ON in one.demands),
            )
            for section, items in self.sections.items()
        }

    @cached_property
    def worsened(self) -> Mapping[str, frozenset[str]]:
        """What makes it worse -> the exercises that ask for just that."""
        exercises = self.sections["exercises"].values()
        return {
            gain.id: frozenset(one.id for one in exercises if one.id not in gain.but and not gain.spared.isdisjoint(one.demands))
            for gain in self.training.worse
        }

    @cached_property
    def evidence(self) -> Table[Evidence]:
        return Table.single(self.known.values())

    @cached_property
    def stale(self) -> Table[StaleRow]:
        return Table.of(self.stale_rows.values())

    @cached_property
    def medicine(self) -> tuple[Table[MedicineRow], ...]:
        """One for each part, in the order in which they are printed."""
        return tuple(Table.of(row for row in self.medicine_rows.values() if row.part == part) for part in MEDICINE_PARTS)

    @cached_property
    def of_person(self) -> Joined:
        """All that is looked up by what a person says, before there is a plan."""
        training, policy = self.training, self.policy
        trained = (training.requirements, training.groups, training.ladder_table, training.goals, training.gains)
        more = (policy.tags, *policy.walk_tables, self.schedule.frequencies)
        return Joined((*self.items.values(), *self.suits.values(), self.evidence, *trained, *more))

    @cached_property
    def of_plan(self) -> Joined:
        """All that is looked up by what a plan came to."""
        policy = self.policy
        said = (policy.headlines, policy.leads, policy.notes, self.training.ways, self.stale)
        return Joined((*said, *self.stop_box.tables, *self.advice.tables.values()))

    @cached_property
    def of_medicine(self) -> Joined:
        return Joined(self.medicine)
