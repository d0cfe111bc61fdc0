"""Filling the places and the minutes of a plan with exercises. Source: clinical plan 2.2 and 2.3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from operator import add

from planner.domain.choose import Ranked
from planner.domain.doses import NO_MINUTES, Minutes, Steps, steps_for, together
from planner.domain.evidence import by_purpose
from planner.domain.items import Evidence, Exercise
from planner.domain.lazy import Lazy
from planner.domain.ranking import Worse, level_of, only_whole
from planner.domain.required import Required
from planner.domain.rules import Reading, match_any
from planner.domain.terms import Purpose, Region
from planner.domain.timed import ALTERNATE_MINUTES, Timed, moves_once, timed


@dataclass
class Places:
    """The places of one plan while they are filled."""

    reading: Reading
    worse: Worse
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
    closed: set[str] = field(default_factory=set)  # ids that are chosen, or that a rung among the chosen leaves no place for
    done: set[tuple[Purpose, Region]] = field(default_factory=set)  # what the chosen do, and where
    purposes: Counter[str] = field(default_factory=Counter)  # how many of each are chosen
    whole: int = 0  # how many of the chosen serve the whole body alone
    filled: Minutes = ()  # minutes on each day of all chosen; none where they are to be added up again

    @Lazy
    def most_of(self) -> Mapping[str, int]:
        """How many there may be of the purposes that are counted."""
        return {purpose: self.wanted.most(purpose, self.count) for purpose in ("movement", "strength")}

    @Lazy
    def most_whole(self) -> int:
        """How many may serve the whole body alone. Where nothing hurts, as many as there are places."""
        training, words = self.reading.library.training, self.reading.words
        if "pain_free" in words:
            return training.most_places
        neck = "neck" in words.get("area_focus", {})
        return training.whole_for_neck[str(self.offered)] if neck else int(training.share_whole * self.count)

    @Lazy
    def evidence(self) -> Mapping[str, list[Evidence]]:
        """Purpose -> what is known about exercises in people like this one."""
        return by_purpose(self.reading.holds.rows(self.reading.library.tables.evidence))

    @Lazy
    def once(self) -> bool:
        return moves_once(self.reading)

    @Lazy
    def needed(self) -> frozenset[str]:
        return frozenset(name for need in self.wanted.needs for name in need)

    @Lazy
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
        """People who train hard begin strength at `build`, as far as the minutes allow: first what their goal puts first on a short day.
        A heavy load begins as for everybody."""
        ahead = self.reading.library.policy.short_day.first.get(str(self.reading.answers.get("goal", "")), ())
        for one in sorted(self.chosen, key=lambda one: one.item.id not in ahead):
            if self.may_go_ahead(one.item):
                self.fits(one.item.id, self.ahead)

    def begin_early(self) -> None:
        """Who trains hard and has no pain begins all strength at `build`; once the doses that go on to `strong` are known."""
        if self.held_down or match_any(self.reading.library.training.early, self.reading.words) is None:
            return
        begun = self.ahead | self.strong
        self.early |= {one.item.id for one in self.chosen if one.item.id not in begun and self.may_go_ahead(one.item)}
        self.filled = ()

    def may_go_ahead(self, item: Exercise) -> bool:
        return item.purpose == "strength" and set(self.reading.library.training.ahead_without).isdisjoint(item.demands)

    def numbers(self) -> Iterator[tuple[str, int]]:
        """How many of movement and of strength there must be; the ladder of a goal that binds counts among the strength."""
        yield "movement", min(1, self.wanted.most("movement", self.count))
        training = self.reading.library.training
        goal = self.reading.holds.first(training.goals)
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
        fitting = self.joining(self.candidates if among is None else among)
        if ids:
            fitting = [one for one in fitting if one.item.id in ids]
        if purpose:
            fitting = [one for one in fitting if one.item.purpose == purpose]
        if not fitting:
            return False
        tried: set[Minutes] = set()  # many are dosed alike: where one does not fit, none does
        for one in sorted(fitting, key=self.hardness) if among is not None else self.best_first(fitting):
            days = self.timed(one.item).days
            if days not in tried:
                both = tuple(map(add, self.minutes, days))
                if max(both) <= self.offered:
                    self.join(one, both)
                    return True
                tried.add(days)
        return False

    def join(self, one: Ranked[Exercise], minutes: Minutes) -> None:
        """Takes it in. `minutes`: of all, with it."""
        name = one.item.id
        self.chosen.append(one)
        self.filled = minutes
        self.purposes[one.item.purpose] += 1
        self.done |= one.item.purpose_by_region
        self.whole += only_whole(one.item, self.reading)
        self.closed.add(name)
        for ladder in self.reading.ladders:
            if name in ladder.rungs:
                self.closed |= ladder.beside[name]
                if ladder.most and sum(other.item.id in ladder.rungs for other in self.chosen) >= ladder.most:
                    self.closed |= ladder.rungs

    def best_first(self, found: Sequence[Ranked[Exercise]]) -> Iterable[Ranked[Exercise]]:
        """By points. One counts less where another place already has its purpose and a region of it. `found`: by points as they are, so
        that both kinds are in order, and the best of both is mostly the last that is looked at."""
        done = self.done
        new = [one for one in found if done.isdisjoint(one.item.purpose_by_region)]
        if len(new) == len(found):
            return found
        return merge(new, [one for one in found if not done.isdisjoint(one.item.purpose_by_region)], key=self.rank)

    def rank(self, one: Ranked[Exercise]) -> tuple[int, bool, int]:
        """By points, as exercises are ranked, less what counts as once more."""
        item = one.item
        points = one.points if self.done.isdisjoint(item.purpose_by_region) else one.points + self.reading.library.training.points.again
        return -points, item.regions[0] not in self.reading.words.get("regions", ()), item.order

    def hardness(self, one: Ranked[Exercise]) -> tuple[int, tuple[int, bool, int]]:
        """Of the rungs below the start rungs, the hardest first."""
        return -one.item.level, self.rank(one)

    def joining(self, among: Sequence[Ranked[Exercise]]) -> list[Ranked[Exercise]]:
        """Of these, the ones not chosen yet, with no other rung of their line in the plan, and within its shares."""
        closed, full = self.closed, {name for name, most in self.most_of.items() if self.purposes[name] >= most}
        found = [one for one in among if one.item.id not in closed and one.item.purpose not in full]
        if self.whole < self.most_whole:
            return found
        return [one for one in found if one.item.id in self.needed or not only_whole(one.item, self.reading)]

    def holds(self, purpose: str) -> int:
        return self.purposes[purpose]

    @property
    def minutes(self) -> Minutes:
        """Minutes on each day of the four weeks, of all chosen."""
        if not self.filled:
            self.filled = together([NO_MINUTES, *(self.timed(one.item).days for one in self.chosen)])
        return self.filled

    def used(self) -> int:
        """Minutes of the fullest day."""
        return max(self.minutes)

    def fits(self, name: str, raised: set[str]) -> None:
        """Raises the dose of an exercise, as far as the minutes allow. `raised`: the ids that go with it."""
        before = self.minutes
        raised.add(name)
        self.filled = ()
        if self.used() > self.offered:
            raised.discard(name)
            self.filled = before

    def timed(self, item: Exercise) -> Timed:
        """The doses with the steps that the exercise has now."""
        once = self.once and item.purpose in self.reading.library.training.once_a_day_of
        return timed(item, self.reading.library.doses[item.dose], self.steps(item), self.offered, once=once)

    def steps(self, item: Exercise) -> Steps:
        strong, ahead, early = item.id in self.strong, item.id in self.ahead, item.id in self.early
        return steps_for(self.reading.limits.highest_dose, half=self.half, strong=strong, ahead=ahead, early=early)

    def raise_doses(self) -> None:
        """Strength goes on to `strong` while there are minutes left, for people of level 2 and more whose dose is not capped."""
        if level_of(self.reading) < 2 or self.held_down:
            return
        for one in self.chosen:
            if self.used() >= self.least_minutes:
                return
            if one.item.purpose == "strength" and one.item.id not in self.ahead:
                self.fits(one.item.id, self.strong)
