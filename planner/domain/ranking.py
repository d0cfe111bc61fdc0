"""Which exercises a person may start on, and how well each suits them. Source: clinical plan 2.1, 2.4, 2.5."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.domain.choose import Ranked, barred, eligible, explained
from planner.domain.items import Exercise
from planner.domain.lines import LeftOut
from planner.domain.rules import Reading, match, match_any
from planner.domain.terms import Pairs
from planner.domain.training import Ladder

Hit = tuple[int, str, Pairs]
"""Points, the reason in words, and the answers it rests on."""


def level_of(reading: Reading) -> int:
    """The person's level, 1 to 4; 1 while only starters are allowed."""
    if reading.limits.tier != "all":
        return 1
    return int(next(iter(reading.words.get("level", {"1": ()}))))


def serves(item: Exercise, reading: Reading) -> bool:
    """True when the item is for a region of this person's, or for the whole body."""
    return "whole" in item.regions or any(region in reading.words.get("regions", {}) for region in item.regions)


def of_this_person(reading: Reading) -> tuple[list[Exercise], list[LeftOut]]:
    """Exercises for this person's places and kind that no limit bars, and those that one does."""
    allowed: list[Exercise] = []
    left_out: list[LeftOut] = []
    for item in reading.library.exercises.values():
        if not eligible(item, reading) or not serves(item, reading):
            continue
        if why := barred(item, reading):
            left_out.append(LeftOut(f"exercise:{item.id}", item.title, why))
        elif in_tier(item, reading) and has_equipment(item, reading):
            allowed.append(item)
    return allowed, left_out


def in_tier(item: Exercise, reading: Reading) -> bool:
    """True when the tier of this person's limits lets the item in: all, starters, breathing alone, or none."""
    tier = reading.limits.tier
    if tier == "starters":
        return is_starter(item, reading)
    return tier == "all" or (tier == "breathing" and item.id == reading.library.policy.only_breathing)


def is_starter(item: Exercise, reading: Reading) -> bool:
    """True when it is gentle enough for this person while a check is awaited."""
    return item.starter or bool(item.starter_for and match_any(item.starter_for, reading.words) is not None)


def has_equipment(item: Exercise, reading: Reading) -> bool:
    """A band is something to have; a bag to fill or a step is in every home. Source: clinical plan 2.5."""
    return item.needs != "band" or "band" in reading.words.get("equipment", {})


def ladders(reading: Reading) -> list[Ladder]:
    """The ladders that count for this person."""
    return [ladder for ladder in reading.library.training.ladder if match(ladder.when, reading.words) is not None]


def start_rungs(allowed: Sequence[Exercise], reading: Reading) -> list[Exercise]:
    """Of each line the highest rung at or below the person's level, and what stands on no line."""
    level = level_of(reading)
    held = {item.id: item for item in allowed if item.level <= level}
    lines = [[name for name in line if name in held] for ladder in ladders(reading) for line in ladder.lines]
    tops = {line[-1] for line in lines if line}
    return [item for item in held.values() if item.id in tops or not any(item.id in line for line in lines)]


def related(one: str, other: str, reading: Reading) -> bool:
    """True for two rungs of one line: a plan holds one of them."""
    return any(one in line and other in line for ladder in reading.library.training.ladder for line in ladder.lines)


def ranked_exercises(items: Iterable[Exercise], reading: Reading) -> list[Ranked[Exercise]]:
    """Exercises by points, highest first; ties by file order."""
    found = [explained(item, hits(item, reading), reading) for item in items]
    points = reading.library.training.points.spared
    found = [replace(one, points=one.points + points) if worsens(one.item, reading) else one for one in found]
    return sorted(found, key=lambda one: (-one.points, one.item.order))


def worsens(item: Exercise, reading: Reading) -> bool:
    """True for an exercise that asks for just what makes it worse for this person."""
    return any(
        set(item.demands) & set(gain.spares) and item.id not in gain.but and match(gain.when, reading.words) is not None
        for gain in reading.library.training.worse
    )


def is_due(item: Exercise, reading: Reading) -> bool:
    """False for an exercise of a purpose that only some need, and not this person. Whoever waits for a check is given what there is."""
    due = [one for one in reading.library.training.due if one.purpose == item.purpose]
    return reading.limits.tier != "all" or not due or any(match_any(one.when, reading.words) is not None for one in due)


def hits(item: Exercise, reading: Reading) -> list[Hit]:
    """Everything that speaks for an exercise."""
    training, words = reading.library.training, reading.words
    points = training.points
    found: list[Hit] = []
    hurt = [region for region in item.regions if region in words.get("regions", {})]
    if hurt and "pain_free" not in words:
        pairs = tuple(pair for region in hurt for pair in words["regions"][region])
        found.append((points.two_regions if len(hurt) > 1 else points.region, item.because or training.because_region, pairs))
    found += goal_hits(item, reading)
    for gain in training.worse if hurt and not worsens(item, reading) else ():
        if item.id in training.gained[gain.id] and (said := match(gain.when, words)) is not None:
            found.append((points.worse, gain.because, said))
            break
    for group in training.group:
        if group.id in item.good_for and (said := match_any(group.when, words)) is not None:
            found.append((group.points, item.because if "pain_free" in words and item.because else group.because, said))
    if (
        any(item.id in usual.exercises and usual.region in words.get("regions", {}) for usual in training.usual)
        and "pain_free" not in words
    ):
        found.append((points.usual, training.because_usual, ()))
    if item.needs and item.needs in words.get("equipment", {}):
        found.append((points.equipment, item.because, ()))
    return found


def goal_hits(item: Exercise, reading: Reading) -> list[Hit]:
    """Points from the goal: its first ladders, or its second."""
    training = reading.library.training
    for goal in training.goal:
        if (said := match(goal.when, reading.words)) is not None:
            for names, points in ((goal.first, training.points.goal_first), (goal.second, training.points.goal_second)):
                if item.id in training.members(names):
                    return [(points, goal.because or training.because_goal, said)]
            return []
    return []
