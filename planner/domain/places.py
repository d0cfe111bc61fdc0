"""Filling the places and the minutes of a plan with exercises. Source: clinical plan 2.2 and 2.3."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import add

from planner.domain.choose import Ranked
from planner.domain.doses import NO_MINUTES, Minutes, Steps, done, minutes_of_days, steps_for, together, weekly
from planner.domain.items import Dose, Evidence, Exercise
from planner.domain.ranking import Worse, beside_the_point, ladders, level_of
from planner.domain.required import Required
from planner.domain.rules import Reading, match_any
from planner.domain.training import Ladder

ALTERNATE_MINUTES = 5
"""With so few minutes, strength has its own days and movement the others."""
STRENGTH_DAYS, OTHER_DAYS = 3, 4


@dataclass
class Places:
    """The places of one plan while they are filled."""

    reading: Reading
    offered: int
    wanted: Required
    candidates: Sequence[Ranked[Exercise]]
    half: bool
    lower: Sequence[Ranked[Exercise]] = ()  # rungs below those; only what a need names is taken from here
    beside: int = 0
    chosen: list[Ranked[Exercise]] = field(default_factory=list)
    strong: set[str] = field(default_factory=set)  # ids whose dose is raised
    ahead: set[str] = field(default_factory=set)  # ids whose dose begins one step on
    early: set[str] = field(default_factory=set)  # and those that stay there
    known_days: dict[tuple[str, bool, bool, bool], Minutes] = field(default_factory=dict)  # of an id, by the three sets that hold it

    @cached_property
    def most_of(self) -> Mapping[str, int]:
        """How many there may be of the purposes that are counted."""
        return {purpose: self.wanted.most(purpose, self.count) for purpose in ("movement", "strength")}

    @cached_property
    def evidence(self) -> list[Evidence]:
        """What is known about exercises in people like this one."""
        return self.reading.library.evidence_table.rows_for(self.reading.words)

    @cached_property
    def worse(self) -> Worse:
        return Worse(self.reading)

    @cached_property
    def ladders(self) -> list[Ladder]:
        return ladders(self.reading)

    @cached_property
    def needed(self) -> frozenset[str]:
        return frozenset(name for need in self.wanted.needs for name in need)

    @cached_property
    def count(self) -> int:
        training = self.reading.library.training
        return min(training.places[str(self.offered)], training.most_places - self.beside)

    def fill(self) -> None:
        """The needs first, then the best that fit; then stronger doses, then one more place, until the minutes are used."""
        for need, tries in self.wanted.steps_of_needs:
            if len(self.chosen) < self.count and not any(one.item.id in need for one in self.chosen):
                any(self.take(ids) or self.take(ids, self.lower) for ids in tries)
        for purpose, number in self.numbers():
            while len(self.chosen) < self.count and self.holds(purpose) < number and self.take(purpose=purpose):
                pass
        if match_any(self.reading.library.training.ahead, self.reading.words) is not None and not self.held_down:
            self.go_ahead()
        while len(self.chosen) < self.count and self.take(share=True):
            pass
        if self.wanted.use_minutes and not self.half and self.reading.limits.highest_dose != "start":
            self.raise_doses()
            while self.used() < self.least_minutes and len(self.chosen) < self.most_places and self.take(share=True):
                pass
        self.begin_early()

    @property
    def held_down(self) -> bool:
        return self.half or self.reading.limits.highest_dose != "strong"

    def go_ahead(self) -> None:
        """People who train hard begin strength at `build`, as far as the minutes allow; a heavy load begins as for everybody."""
        for one in self.chosen:
            if self.may_go_ahead(one.item):
                self.ahead.add(one.item.id)
                if self.used() > self.offered:
                    self.ahead.discard(one.item.id)

    def begin_early(self) -> None:
        """Who trains hard and has no pain begins all strength at `build`; once the doses that go on to `strong` are known."""
        if self.held_down or match_any(self.reading.library.training.early, self.reading.words) is None:
            return
        begun = self.ahead | self.strong
        self.early |= {one.item.id for one in self.chosen if one.item.id not in begun and self.may_go_ahead(one.item)}

    def may_go_ahead(self, item: Exercise) -> bool:
        return item.purpose == "strength" and set(self.reading.library.training.ahead_without).isdisjoint(item.demands)

    def numbers(self) -> Iterator[tuple[str, int]]:
        """How many of movement and of strength there must be; the ladder of a goal that binds counts among the strength."""
        yield "movement", min(1, self.wanted.most("movement", self.count))
        training = self.reading.library.training
        goal = next(iter(training.goals.rows_for(self.reading.words)), None)
        if goal and goal.bound and len(self.chosen) < self.count:
            self.take(training.towards[goal.id][0], purpose="strength")
        yield "strength", max(min(1, self.wanted.most("strength", self.count)), self.wanted.least("strength", self.count))
        yield "movement", self.wanted.least("movement", self.count)

    @property
    def least_minutes(self) -> float:
        return self.offered * self.reading.library.training.share_of_minutes

    @property
    def most_places(self) -> int:
        """One place more than usual, where doses alone do not use the minutes; 5 minutes stay at 3."""
        return (
            self.count
            if self.offered == ALTERNATE_MINUTES
            else min(self.count + 2, self.reading.library.training.most_places - self.beside)
        )

    def take(
        self, ids: Collection[str] = (), among: Sequence[Ranked[Exercise]] | None = None, purpose: str = "", *, share: bool = False
    ) -> bool:
        """Adds the best exercise (of these ids, of this purpose) that the rules of the places and the minutes allow.

        `share`: one that is not strength only where strength keeps its share of the plan with it."""
        if share and self.holds("strength") < self.wanted.least("strength", len(self.chosen) + 1):
            purpose = "strength"
        wanted = [
            one
            for one in (self.candidates if among is None else among)
            if (not ids or one.item.id in ids) and (not purpose or one.item.purpose == purpose)
        ]
        taken = self.load(self.chosen)
        for one in self.best_first(wanted, hardest=among is not None):
            if self.may_join(one.item) and max(map(add, taken, self.days(one.item))) <= self.offered:
                self.chosen.append(one)
                return True
        return False

    def best_first(self, found: Sequence[Ranked[Exercise]], *, hardest: bool) -> list[Ranked[Exercise]]:
        """By points; of the rungs below the start rungs, the hardest first. One counts less where another place already has its
        purpose and a region of it."""
        held = frozenset().union(*(one.item.purpose_by_region for one in self.chosen))
        again = self.reading.library.training.points.again

        def rank(one: Ranked[Exercise]) -> tuple[int, int, bool, int]:
            points = one.points if held.isdisjoint(one.item.purpose_by_region) else one.points + again
            return -one.item.level if hardest else 0, -points, beside_the_point(one.item, self.reading), one.item.order

        return sorted(found, key=rank)

    def may_join(self, item: Exercise) -> bool:
        """Not chosen yet, no other rung of its line, and within the shares of the plan."""
        ids = {one.item.id for one in self.chosen}
        if item.id in ids or not self.wanted.allows(item):
            return False
        for ladder in self.ladders:
            if item.id in ladder.rungs:
                if ladder.most and len(ladder.rungs & ids) >= ladder.most:
                    return False
                if ladder.beside[item.id] & ids:
                    return False
        if item.purpose in self.most_of and self.holds(item.purpose) >= self.most_of[item.purpose]:
            return False
        return self.share_allows(item)

    def holds(self, purpose: str) -> int:
        return sum(one.item.purpose == purpose for one in self.chosen)

    def share_allows(self, item: Exercise) -> bool:
        """Exercises for the whole body, and those for no place that hurts, stay few."""
        training, words = self.reading.library.training, self.reading.words
        if only_whole(item, self.reading) and item.id not in self.needed:
            whole = [one.item for one in self.chosen if only_whole(one.item, self.reading)]
            neck = "neck" in words.get("area_focus", {})
            most = training.whole_for_neck[str(self.offered)] if neck else int(training.share_whole * self.count)
            if "pain_free" not in words and len(whole) >= most:
                return False
        return True

    def used(self) -> int:
        """Minutes of the fullest day."""
        return max(self.load(self.chosen))

    def load(self, chosen: Iterable[Ranked[Exercise]]) -> Minutes:
        """Minutes on each day, of all these together."""
        return together([NO_MINUTES, *(self.days(one.item) for one in chosen)])

    def days(self, item: Exercise) -> Minutes:
        """Minutes on each day with the steps that the exercise has now; none where it costs none."""
        key = (item.id, item.id in self.strong, item.id in self.ahead, item.id in self.early)
        if key not in self.known_days:
            free = self.reading.library.doses[item.dose].free
            self.known_days[key] = NO_MINUTES if free else minutes_of_days(self.weekly(item))
        return self.known_days[key]

    def steps(self, item: Exercise) -> Steps:
        strong, ahead, early = (item.id in names for names in (self.strong, self.ahead, self.early))
        return steps_for(self.reading.limits.highest_dose, half=self.half, strong=strong, ahead=ahead, early=early)

    def weekly(self, item: Exercise) -> tuple[Dose, ...]:
        """The dose of each week."""
        doses = self.reading.library.doses[item.dose]
        return spread(item, weekly(doses, self.steps(item)), self.offered, free=doses.free, once=once_a_day(item, self.reading))

    def raise_doses(self) -> None:
        """Strength goes on to `strong` while there are minutes left, for people of level 2 and more whose dose is not capped."""
        if level_of(self.reading) < 2 or self.held_down:
            return
        for one in self.chosen:
            if self.used() >= self.least_minutes:
                return
            if one.item.purpose == "strength" and one.item.id not in self.ahead:
                self.strong.add(one.item.id)
                if self.used() > self.offered:
                    self.strong.discard(one.item.id)


def once_a_day(item: Exercise, reading: Reading) -> bool:
    """True for an easy move of somebody whom nothing hurts: once a day is enough. Our own cautious rule."""
    training = reading.library.training
    return item.purpose in training.once_a_day_of and match_any(training.once_a_day, reading.words) is not None


def spread(item: Exercise, doses: tuple[Dose, ...], offered: int, *, free: bool = False, once: bool = False) -> tuple[Dose, ...]:
    """The doses on their days. With 5 minutes, strength has its own days and movement the others; what costs no minutes is done daily."""
    if once:
        doses = tuple(done(dose, times_a_day=1) for dose in doses)
    if offered != ALTERNATE_MINUTES or item.purpose == "ease" or free:
        return doses
    days = STRENGTH_DAYS if item.purpose in ("strength", "balance") else OTHER_DAYS
    return tuple(done(dose, days_a_week=min(days, dose.days_a_week)) for dose in doses)


def only_whole(item: Exercise, reading: Reading) -> bool:
    """True for an exercise that serves no place of this person's, only the whole body."""
    return reading.regions.intersection(item.regions) == {"whole"}
