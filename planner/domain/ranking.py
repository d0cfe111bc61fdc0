"""Which exercises a person may start on, and how well each suits them. Source: clinical plan 2.1, 2.4, 2.5."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planner.domain.choose import Hit, Ranked, left_out_of
from planner.domain.conditions import Condition
from planner.domain.items import Exercise
from planner.domain.lines import LeftOut
from planner.domain.rules import Reading, match_any
from planner.domain.terms import TIERS, Pairs


def level_of(reading: Reading) -> int:
    """The person's level, 1 to 4; 1 while only starters are allowed."""
    if reading.limits.tier != "all":
        return 1
    return int(next(iter(reading.words.get("level", {"1": ()}))))


def meant(reading: Reading) -> list[Exercise]:
    """Exercises for this person's kind, and for their places or the whole body."""
    regions = reading.regions
    return [item for item in reading.meant("exercises") if not regions.isdisjoint(item.regions)]


def of_this_person(reading: Reading) -> tuple[list[Exercise], Sequence[LeftOut]]:
    """Exercises for this person's places and kind that no limit bars, and those that one does."""
    barred, items = reading.barred("exercises"), meant(reading)
    left_out = left_out_of("exercises", reading, [one for one in items if one.id in barred])
    allowed = [one for one in items if one.id not in barred and has_equipment(one, reading)]
    if reading.limits.tier != "all" or reading.regions_off:
        allowed = [one for one in allowed if in_tier(one, reading)]
    return allowed, left_out


def in_tier(item: Exercise, reading: Reading) -> bool:
    """True when the tier of this person's limits lets the item in: all, starters, breathing alone, or none; and no condition rests all of
    its regions."""
    if reading.regions_off and any(off.issuperset(item.regions) for off in reading.regions_off):
        return False
    tier = reading.limits.tier
    if tier == "starters":
        return is_starter(item, reading)
    return tier == "all" or (tier == "breathing" and item.id == reading.library.policy.only_breathing)


def is_starter(item: Exercise, reading: Reading) -> bool:
    """True when it is gentle enough for this person while a check is awaited."""
    meant_for = bool(item.starter_for) and match_any(item.starter_for, reading.words) is not None
    others = (one.condition for one in reading.conditions if not of_its_people(item, one.condition))
    return item.starter or (meant_for and not any(waits(one, reading) for one in others))


def waits(condition: Condition, reading: Reading) -> bool:
    """True where a condition keeps this person to starters, or to less."""
    tier = condition.tier_cleared if reading.limits.exercise_cleared else condition.tier
    return TIERS.index(tier) <= TIERS.index("starters")


def of_its_people(item: Exercise, condition: Condition) -> bool:
    """True for a condition of the people for whom an exercise is a starter, and no other: a pack never lifts a limit. Source: clinical
    plan 8."""
    named = {key for lookup in item.starter_for for key in lookup}
    return all(named & set(lookup) for lookup in condition.when)


def has_equipment(item: Exercise, reading: Reading) -> bool:
    """A band is something to have; a bag to fill or a step is in every home. Source: clinical plan 2.5."""
    return item.needs != "band" or "band" in reading.words.get("equipment", {})


def only_whole(item: Exercise, reading: Reading) -> bool:
    """True for an exercise that serves no place of this person's, only the whole body."""
    return reading.regions.intersection(item.regions) == {"whole"}


def start_rungs(allowed: Sequence[Exercise], reading: Reading, worse: Worse) -> list[Exercise]:
    """Of each line the highest rung at or below the person's level that asks for nothing that makes it worse, or else the highest; and
    what stands on no line."""
    level = level_of(reading)
    held = {item.id: item for item in allowed if item.level <= level}
    climbed = (line for ladder in reading.ladders if not ladder.rungs.isdisjoint(held) for line in ladder.lines)
    lines = [rungs for line in climbed if (rungs := [name for name in line if name in held])]
    begun = {next((name for name in reversed(line) if name not in worse.worsened), line[-1]) for line in lines}
    passed = {name for line in lines for name in line} - begun
    return [item for item in held.values() if item.id not in passed]


def related(one: str, other: str, reading: Reading) -> bool:
    """True for two rungs of one line: a plan holds one of them."""
    return other in reading.library.training.beside.get(one, ())


def ranked_exercises(items: Iterable[Exercise], reading: Reading, worse: Worse) -> list[Ranked[Exercise]]:
    """Exercises by points, highest first; of equals those meant first of all for a place that hurts, then by file order: knee rolls come
    after others for the middle of the back."""
    merits = Merits(reading, worse)
    hurt, points, why = merits.hurt, merits.points, merits.hits
    found = [Ranked(item, points(item), reading, why) for item in items]
    return sorted(found, key=lambda one: (-one.points, one.item.regions[0] not in hurt, one.item.order))


def not_due(reading: Reading) -> frozenset[str]:
    """Purposes that only some need, and not this person. Whoever waits for a check is given what there is."""
    if reading.limits.tier != "all":
        return frozenset()
    due = reading.library.training.due
    needed = {one.purpose for one in due if match_any(one.when, reading.words) is not None}
    return frozenset(one.purpose for one in due) - needed


class Worse:
    """What makes it worse, as this person said."""

    def __init__(self, reading: Reading) -> None:
        library = reading.library
        self.gains = reading.holds.with_answers(library.training.gains)
        self.answered_by = frozenset().union(*(library.training.gained[gain.id] for gain, _said in self.gains))
        self.worsened = frozenset().union(*(library.tables.worsened[gain.id] for gain, _said in self.gains))
        """Exercises that ask for just what makes it worse."""


class Merits:
    """What speaks for exercises, and against them, with this person: looked up once for all of them."""

    def __init__(self, reading: Reading, worse: Worse) -> None:
        words, training = reading.words, reading.library.training
        self.reading, self.training, self.worse = reading, training, worse
        self.hurt: Mapping[str, Pairs] = words.get("regions", {})
        self.pain_free = "pain_free" in words
        self.equipment = words.get("equipment", {})
        self.groups = reading.holds.with_answers(training.groups)
        self.group_names = frozenset([group.id for group, _said in self.groups])
        goals = reading.holds.with_answers(training.goals)[:1]
        self.goal = goals[0][0] if goals else None
        self.towards = training.goal_points[self.goal.id] if self.goal else {}
        self.wished = wished(goals[0][1]) if self.goal and self.goal.because else ()
        usual = [] if self.pain_free else [training.usual_in[region] for region in self.hurt if region in training.usual_in]
        self.usual: frozenset[str] = frozenset().union(*usual)
        self._serving: dict[tuple[str, ...], tuple[int, Pairs]] = {}

    def points(self, item: Exercise) -> int:
        """What speaks for an exercise, in points; it has fewer where it asks for just what makes it worse."""
        points, name = self.training.points, item.id
        number, _pairs = self.serving(item.regions)
        found = 0 if not number or self.pain_free else points.two_regions if number > 1 else points.region
        if name in self.worse.worsened:
            found += points.spared
        elif number and name in self.worse.answered_by:
            found += points.worse
        if name in self.towards:
            found += self.towards[name]
        if name in self.usual:
            found += points.usual
        if item.needs and item.needs in self.equipment:
            found += points.equipment
        if item.good_for and not self.group_names.isdisjoint(item.good_for):
            found += sum([group.points for group, _said in self.groups if group.id in item.good_for])
        return found

    def hits(self, item: Exercise) -> list[Hit]:
        """All that an exercise has its points for."""
        return [*self._for_place(item, worsens=item.id in self.worse.worsened), *self._for_person(item)]

    def serving(self, regions: tuple[str, ...]) -> tuple[int, Pairs]:
        """How many of these regions hurt, and the answers that say so."""
        if (known := self._serving.get(regions)) is None:
            hurt = [region for region in regions if region in self.hurt]
            known = self._serving[regions] = len(hurt), tuple([pair for region in hurt for pair in self.hurt[region]])
        return known

    def _for_place(self, item: Exercise, *, worsens: bool) -> list[Hit]:
        """Points for the regions that hurt, for the goal, and for what makes it worse."""
        training, points, name = self.training, self.training.points, item.id
        number, pairs = self.serving(item.regions)
        found: list[Hit] = []
        if number and not self.pain_free:
            found.append((points.two_regions if number > 1 else points.region, item.because or training.because_region, pairs))
        if self.goal and name in self.towards:
            found.append((self.towards[name], self.goal.because or item.because, self.wished))
        if number and not worsens and name in self.worse.answered_by:
            gain, said = next(one for one in self.worse.gains if name in training.gained[one[0].id])
            found.append((points.worse, gain.because, said))
        return found

    def _for_person(self, item: Exercise) -> list[Hit]:
        """Points for people whom it is meant for, for what is usual, and for what they have at home."""
        training, points = self.training, self.training.points
        found: list[Hit] = []
        if not self.group_names.isdisjoint(item.good_for):
            for group, said in self.groups:
                if group.id in item.good_for:
                    found.append((group.points, item.because if self.pain_free and item.because else group.because, said))
        if item.id in self.usual:
            found.append((points.usual, training.because_usual, ()))
        if item.needs and item.needs in self.equipment:
            found.append((points.equipment, item.because, ()))
        return found


def wished(said: Pairs) -> Pairs:
    """Answers that can be quoted as a reason: to want nothing special is none."""
    return tuple(pair for pair in said if pair[1] != "none")
