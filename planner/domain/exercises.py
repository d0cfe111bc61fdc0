"""The exercises of a plan: allowed, ranked, and fitted into the minutes the person has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from planner.domain.choose import Ranked, barred, eligible, line_of, ranked
from planner.domain.lines import LeftOut, Line
from planner.domain.model import Dose, Exercise
from planner.domain.rules import Reading, match
from planner.domain.terms import STARTS

SECONDS_A_REPEAT = 3
SECONDS_TO_SET_UP = 15


def minutes_a_day(dose: Dose) -> int:
    """Whole minutes that a dose takes on a day it is done, set-up included; at least 1."""
    one = dose.seconds or dose.repeats * (dose.hold_seconds + SECONDS_A_REPEAT)
    total = dose.times_a_day * (dose.sets * dose.sides * one + SECONDS_TO_SET_UP)
    return max(1, -(-total // 60))


@dataclass(frozen=True)
class Dosed:
    """An exercise that may be shown, with the doses it can have, fullest first."""

    ranked: Ranked[Exercise]
    doses: tuple[tuple[str, Dose], ...]

    @property
    def item(self) -> Exercise:
        return self.ranked.item

    @property
    def least(self) -> int:
        return min(minutes_a_day(dose) for _, dose in self.doses)

    def fitting(self, room: int) -> tuple[str, Dose] | None:
        """The fullest dose that fits into `room` minutes."""
        return next((one for one in self.doses if minutes_a_day(one[1]) <= room), None)


def exercise_lines(reading: Reading, *, starters_only: bool) -> tuple[tuple[Line, ...], list[LeftOut]]:
    """The exercises, in the order they are done, and those left out for a reason of the person's own."""
    allowed, left_out = allowed_exercises(reading)
    if starters_only:
        allowed = [one for one in allowed if one.item.starter]
    offered = minutes_offered(reading)
    count = reading.library.policy.exercises_for_minutes[str(offered)]
    chosen = fit(dosed(allowed, reading), offered, count, first=seated_walk(reading))
    lines = [exercise_line(one, level, dose, reading, allowed) for one, level, dose in chosen]
    return tuple(sorted(lines, key=lambda one: STARTS.index(getattr(one.item, "start", "any")))), left_out


def minutes_offered(reading: Reading) -> int:
    return int(next(iter(reading.words.get("minutes", {"5": ()}))))


def seated_walk(reading: Reading) -> str:
    """The exercise that stands in for walking when the person uses a chair; else empty."""
    return reading.library.policy.seated_walk if "chair_only" in reading.words else ""


def allowed_exercises(reading: Reading) -> tuple[list[Ranked[Exercise]], list[LeftOut]]:
    """Exercises for this person's places, less those that a fact or their start position rules out."""
    allowed: list[Exercise] = []
    left_out: list[LeftOut] = []
    for item in reading.library.exercises.values():
        if not eligible(item, reading):
            continue
        if why := barred(item, reading, starts_barred(reading, item)):
            left_out.append(LeftOut(f"exercise:{item.id}", item.title, why))
        else:
            allowed.append(item)
    return ranked(allowed, reading), left_out


def starts_barred(reading: Reading, item: Exercise) -> tuple[str, ...]:
    """Facts that rule out the position an exercise starts from."""
    return tuple(name for limit in reading.library.policy.start_limits if item.start in limit.starts for name in limit.avoid)


def dosed(allowed: Iterable[Ranked[Exercise]], reading: Reading) -> list[Dosed]:
    """Each exercise with its doses: the full one first where the person is ready for it, and the beginner's."""
    ready = "normal" in reading.words.get("dose_level", {})
    return [Dosed(one, doses_for(one.item, ready, reading)) for one in allowed]


def doses_for(item: Exercise, ready: bool, reading: Reading) -> tuple[tuple[str, Dose], ...]:
    held_down = any(one.dose == "beginner" for one in item.adapt if match(one.when, reading.words) is not None)
    beginner = ("beginner", item.dose.beginner)
    return (("normal", item.dose.normal), beginner) if ready and not held_down else (beginner,)


def fit(options: list[Dosed], offered: int, count: int, first: str = "") -> list[tuple[Ranked[Exercise], str, Dose]]:
    """The places filled. Where full doses leave places empty, beginners' doses are tried and the fuller plan wins."""
    full = fill(options, offered, count, first)
    if len(full) == count:
        return full
    small = fill([Dosed(one.ranked, one.doses[-1:]) for one in options], offered, count, first)
    return max(full, small, key=len)


def fill(options: list[Dosed], offered: int, count: int, first: str) -> list[tuple[Ranked[Exercise], str, Dose]]:
    """Fills the places: `first` if given, one for movement, one for strength, then the best that still fit."""
    chosen: list[tuple[Dosed, str, Dose]] = []
    needs: list[Callable[[Dosed], bool]] = [
        lambda one: one.item.id == first,
        lambda one: one.item.kind == "movement",
        lambda one: one.item.kind == "strength",
    ]
    needs = needs if first else needs[1:]
    for index, need in enumerate(needs):
        if not any(need(one) for one, _, _ in chosen):
            later = sum(min((one.least for one in options if other(one)), default=0) for other in needs[index + 1 :])
            take(options, chosen, need, offered - later)
    while len(chosen) < count and take(options, chosen, lambda one: True, offered):
        pass
    return [(one.ranked, level, dose) for one, level, dose in chosen]


def take(options: list[Dosed], chosen: list[tuple[Dosed, str, Dose]], need: Callable[[Dosed], bool], offered: int) -> bool:
    """Adds the best exercise that `need` accepts, fits, and is no easier or harder version of one already chosen."""
    used = sum(minutes_a_day(dose) for _, _, dose in chosen)
    for one in options:
        if need(one) and not any(related(one.item, other.item) for other, _, _ in chosen) and (dose := one.fitting(offered - used)):
            chosen.append((one, *dose))
            return True
    return False


def related(one: Exercise, other: Exercise) -> bool:
    """True for an exercise and itself, its easier version, or another version of the same."""
    return one.id in (other.id, other.easier) or other.id == one.easier


def exercise_line(one: Ranked[Exercise], level: str, dose: Dose, reading: Reading, allowed: list[Ranked[Exercise]]) -> Line:
    """An exercise as a line, with its dose, the easier version that is allowed, and the words that stand in place of its own."""
    adapts = [adapt for adapt in one.item.adapt if match(adapt.when, reading.words) is not None]
    return line_of(
        one,
        "exercises",
        reading,
        minutes=minutes_a_day(dose),
        dose=dose,
        dose_level=level,
        easier=next((other.item.title for other in allowed if other.item.id == one.item.easier), ""),
        hide=tuple(frame for adapt in adapts for frame in adapt.hide),
        told=next((adapt for adapt in adapts if adapt.steps), None),
    )
