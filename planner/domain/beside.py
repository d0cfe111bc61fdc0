"""What stands beside exercises and massage: habits for the day, self-care, and therapies. Source: clinical plan 5 to 7."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from planner.domain.choose import Ranked, Split, because_of_condition, line_of, split
from planner.domain.items import Habit, Therapy
from planner.domain.lazy import Later
from planner.domain.lines import Because, LeftOut, Line, MassagePart
from planner.domain.rules import Reading, Words, match_any

ABOUT_SLEEP = "sleep"
FOLDED = "comfort"  # tips that a fold holds, never the sheet
STAY_ACTIVE = "stay_active"  # not while a check is awaited: clinical plan 6.1


def habit_lines(tips: Split[Habit], reading: Reading) -> tuple[Line, ...]:
    """The best tips: enough points, few of one situation, one about sleep unless sleep is what matters, and none that says it again."""
    policy = reading.library.policy
    well = "pain_free" in reading.words
    most = policy.habits_without_pain if well else policy.habits
    least = policy.habit_points_without_pain if well else policy.habit_points
    shown: list[Ranked[Habit]] = []
    seen: Counter[str] = Counter()
    for one in tips.allowed:
        if one.item.situation == FOLDED:
            continue
        room = most_of(one.item.situation, reading)
        said = any(one.item.id in other.item.alike or other.item.id in one.item.alike for other in shown)
        if one.points >= least and not said and seen[one.item.situation] < room and len(shown) < most:
            seen[one.item.situation] += 1
            shown.append(one)
    return tuple(line_of(one, "habits", reading) for one in shown)


def most_of(situation: str, reading: Reading) -> int:
    """How many tips of one situation: two, but one about sleep unless sleep, turning in bed or pregnancy asks for more."""
    policy = reading.library.policy
    few = situation == ABOUT_SLEEP and match_any(policy.nights, reading.words) is None
    return 1 if few else policy.habits_of_one_situation


def selfcare_lines(
    reading: Reading, massage: MassagePart, breathes: bool, covered: Iterable[str]
) -> tuple[tuple[Line, ...], Sequence[LeftOut]]:
    """Walking for everybody who may, unless its points are below 0, then the best of the rest.

    `breathes`: breathing already is an exercise of this plan. `covered`: what the check that is due says already."""
    policy = reading.library.policy
    excluded: dict[str, tuple[Because, ...]] = {}
    if massage.held:
        held = reading.limits.held
        excluded[policy.home_massage] = because_of_condition(held[0], reading) if held else (Because(policy.held_because),)
    parted: Split[Any] = split("selfcare", reading, excluded)
    always = [one for one in parted.allowed if one.item.id in policy.always_selfcare and one.points >= 0]
    unsaid = {*covered, "breathing"} if breathes else set(covered)
    unsaid |= {STAY_ACTIVE} if check_awaited(reading) else set()
    rest = [one for one in parted.allowed if one not in always and one.points > 0 and one.item.id not in unsaid]
    lines = tuple(line_of(one, "selfcare", reading) for one in (*always, *rest[: policy.selfcare]))
    return lines, Later(lambda: [one for one in parted.left_out if one.id.partition(":")[2] not in policy.always_selfcare])


def check_awaited(reading: Reading) -> bool:
    """True while a flag that nobody has checked sends this person to somebody."""
    return any(one.flag.level != "self_care" for one in reading.flags)


def folded_tips(tips: Split[Habit], reading: Reading) -> tuple[Line, ...]:
    """Tips that are printed in a fold alone. Source: clinical plan 5."""
    return tuple(line_of(one, "habits", reading) for one in tips.allowed if one.item.situation == FOLDED)


def therapy_lines(therapies: Split[Therapy], reading: Reading) -> tuple[Line, ...]:
    """One that helps most, and one for mind, sleep or work. What is only asked about is no line."""
    found = [one for one in therapies.allowed if one.points > 0]
    best = [next((one for one in found if one.item.slot == slot), None) for slot in ("first", "mind")]
    return said_once(tuple(therapy_line(one, reading) for one in best if one is not None))


def said_once(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, each without advice that a line before it gives in the same words."""
    before: set[str] = set()
    found: list[Line] = []
    for line in lines:
        again = not before.isdisjoint(line.advice)
        found.append(line._replace(advice=tuple(say for say in line.advice if say not in before)) if again else line)
        before.update(line.advice)
    return tuple(found)


def therapy_line(one: Ranked[Therapy], reading: Reading) -> Line:
    """A therapy under the name that it has in the person's country."""
    line = line_of(one, "therapies", reading)
    title = one.item.title_in.get(str(reading.answers.get("country", "")), line.title)
    return line if title == line.title else line._replace(title=title)


def asked_about(therapies: Split[Therapy], reading: Reading) -> tuple[Line, ...]:
    """Therapies that people also ask about: facts and cautions, no advice."""
    return tuple(therapy_line(one, reading) for one in therapies.allowed if one.item.slot == "fold" and one.points > 0)


def not_advised(library_therapies: Mapping[str, Therapy], words: Words, asked: tuple[Line, ...]) -> tuple[Therapy, ...]:
    """Therapies that are not advised to this person, less those that one asked about would be taken for."""
    beside = {name for line in asked for name in library_therapies[line.item.id].instead}
    never = (item for item in library_therapies.values() if item.slot == "never" and item.id not in beside)
    return tuple(item for item in never if match_any(item.when, words) is not None)
