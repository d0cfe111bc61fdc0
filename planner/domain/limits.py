"""What all conditions of a person allow together: the strictest of each. Source: clinical safety, section 2."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from planner.domain.active import Active
from planner.domain.conditions import NOT_BY_EXERCISE, Condition
from planner.domain.lazy import Lazy
from planner.domain.lookups import Words
from planner.domain.terms import DOSE_STEPS, TIERS, DoseStep, Frequency, Position, Tier

PRESSURE = {"light": 2, "medium": 3, "firm": 4}
MOST_OFTEN: tuple[Frequency, ...] = ("weekly", "fortnightly", "monthly")
Force = Literal["bar", "ask", "soft"]
FORCES: tuple[Force, ...] = ("bar", "ask", "soft")
"""bar: nobody can open it. ask: a clinician's yes opens it. soft: a therapist who has examined the person may."""


class Against(NamedTuple):
    """One demand of an item that a condition does not allow."""

    demand: str
    active: Active
    force: Force


@dataclass(frozen=True)
class Limits:
    """`bars`, `ask`, `soft`: demand -> the first condition that says so, strictest first. `held`: conditions that stop massage."""

    bars: Mapping[str, Active]
    ask: Mapping[str, Active]
    soft: Mapping[str, Active]
    exercise_cleared: bool
    massage_cleared: bool
    tier: Tier
    tier_before: Tier  # without a yes to exercise: massage rests on it, so that a yes to exercise opens no massage
    dose_cap: DoseStep
    cap: int
    begin: int
    minutes: int
    at_most: Frequency
    positions_off: frozenset[Position]
    held: tuple[Active, ...]

    @property
    def highest_dose(self) -> DoseStep:
        """No dose goes above this. With starters or breathing alone it is `start`. Source: clinical safety 7.3 and invariant 3."""
        return self.dose_cap if self.tier == "all" else "start"

    def against(self, demands: Iterable[str], *, massage: bool = False) -> tuple[Against, ...]:
        """What speaks against an item with these demands, strictest first. A clinician's yes opens what is on `ask`."""
        shut = self.shut_to_massage if massage else self.shut
        found = [shut[name] for name in demands if name in shut]
        if len(found) > 1:
            found.sort(key=lambda one: FORCES.index(one.force))
        return tuple(found)

    def strictest(self, demands: tuple[str, ...], *, massage: bool = False) -> str:
        """The demand that the strictest of what is against them speaks against; empty where nothing is."""
        ranks = self._ranks_of_massage if massage else self._ranks
        return min(filter(ranks.__contains__, demands), key=ranks.__getitem__, default="")

    @Lazy
    def _ranks(self) -> Mapping[str, int]:
        """Every demand that something speaks against -> how strict that is, 0 the strictest."""
        return {name: FORCES.index(one.force) for name, one in self.shut.items()}

    @Lazy
    def _ranks_of_massage(self) -> Mapping[str, int]:
        return {name: FORCES.index(one.force) for name, one in self.shut_to_massage.items()}

    @Lazy
    def shut(self) -> Mapping[str, Against]:
        """Every demand that something speaks against, with the strictest that does."""
        return self._shut({name: one for name, one in self.ask.items() if not self.exercise_cleared or name in NOT_BY_EXERCISE})

    @Lazy
    def shut_to_massage(self) -> Mapping[str, Against]:
        return self._shut({} if self.massage_cleared else self.ask)

    @Lazy
    def shut_at_all(self) -> frozenset[str]:
        """Every demand that something speaks against, of an exercise or of a massage."""
        return frozenset((*self.shut, *self.shut_to_massage))

    def _shut(self, waiting: Mapping[str, Active]) -> Mapping[str, Against]:
        tables: tuple[tuple[Force, Mapping[str, Active]], ...] = (("soft", self.soft), ("ask", waiting), ("bar", self.bars))
        return {name: Against(name, one, force) for force, table in tables for name, one in table.items()}


def limits_of(active: tuple[Active, ...], words: Words, highest_pressure: int) -> Limits:
    """The union of bars, asks and softs; the lowest cap, minutes, frequency, dose and tier. `active`: strictest first."""
    conditions = [one.condition for one in active]
    cleared = "yes" in words.get("exercise_cleared", {})
    wish = next((PRESSURE[word] for word in words.get("pressure_pref", {}) if word in PRESSURE), 4)
    cap = min([highest_pressure, wish, *[one.cap for one in conditions]])
    bars, asks, soft = _first(active)
    seldom = {one.at_most for one in conditions if one.at_most}
    doses = {dose_cap(one, cleared=cleared) for one in conditions if one.dose}
    tiers, after = {one.tier for one in conditions}, {one.tier_cleared for one in conditions}
    return Limits(
        bars=bars,
        ask=asks,
        soft=soft,
        exercise_cleared=cleared,
        massage_cleared="yes" in words.get("massage_cleared", {}),
        tier_before=min(tiers, key=TIERS.index, default="all"),
        tier=min(after if cleared else tiers, key=TIERS.index, default="all"),
        dose_cap=min(doses, key=DOSE_STEPS.index, default="strong"),
        cap=cap,
        begin=min([cap, *[one.begin for one in conditions if one.begin]]),
        minutes=min([60, *[one.minutes_max for one in conditions]]),
        at_most=max(seldom, key=MOST_OFTEN.index) if seldom else "weekly",
        positions_off=frozenset([place for one in conditions for place in one.positions_off]),
        held=tuple([one for one in active if one.held]),
    )


def dose_cap(condition: Condition, *, cleared: bool) -> DoseStep:
    """The highest dose. A cap for the first weeks only lets `build` follow; so does a clinician's yes where the condition asks for one."""
    if not condition.dose:
        return "strong"
    if condition.dose == "start" and (condition.dose_weeks or (cleared and condition.ask)):
        return "build"
    return condition.dose


def _first(active: tuple[Active, ...]) -> tuple[dict[str, Active], dict[str, Active], dict[str, Active]]:
    """Demand -> the first condition that bars it, that asks about it, and that leaves it out by default. What is barred is no more."""
    bars: dict[str, Active] = {}
    for one in active:
        for demand in one.condition.bars:
            bars.setdefault(demand, one)
    asks: dict[str, Active] = {}
    soft: dict[str, Active] = {}
    for one in active:
        for demand in one.condition.ask:
            if demand not in bars:
                asks.setdefault(demand, one)
        for demand in one.condition.soft:
            if demand not in bars:
                soft.setdefault(demand, one)
    return bars, asks, soft
