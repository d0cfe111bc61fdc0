"""Three things to do today. Source: clinical plan 2.8."""

from __future__ import annotations

from planner.domain.days import Today, Walking
from planner.domain.exercises import Moves
from planner.domain.lines import Line
from planner.domain.rules import Reading, match_any
from planner.domain.sentences import fitting
from planner.domain.waiting import CheckFirst
from planner.domain.weeks import due_with

TIP_POINTS = 4


def three_things(reading: Reading, level: str, moves: Moves, walk: Walking, lines: tuple[Line, ...]) -> tuple[Today, ...]:
    """A check first if one is due; a position that eases strong new pain, and when to be seen; else the best exercise. Then the walk,
    and the tip that answers most."""
    check, eased = booked_first(reading, level), ease(reading, moves)
    first = (check,) if level == "see_clinician" else (eased, check)
    first = first if any(first) else (best(reading, moves),)
    found = [one for one in (*first, walked(reading, walk, lines), tip(lines)) if one is not None]
    rests = match_any(reading.library.policy.rest_first, reading.words) is not None
    for line in due_first(reading, moves):
        if len(found) >= 3:
            break
        if line.id not in {one.line for one in found}:
            found.insert(len(found) if rests else min(1, len(found)), Today(line.title, line.short, line.id))
    return tuple(found[:3])


def booked_first(reading: Reading, level: str) -> Today | None:
    """What must be booked or asked first: the first sentence of the policy that fits."""
    first = check_due(reading, level)
    return Today(first.title, first.say, "") if first else None


def check_due(reading: Reading, level: str) -> CheckFirst | None:
    """The check that comes first today: the first row of the policy that fits."""
    return reading.first(reading.library.policy.checks, {**reading.words, "level": {level: ()}})


def ease(reading: Reading, moves: Moves) -> Today | None:
    """The first position that eases it, for new and strong pain."""
    first = match_any(reading.library.policy.ease_first, reading.words) is not None
    among = (line for line in moves.lines if line.item_id == moves.eases)  # a therapist may have made it an exercise
    return next((Today(line.title, line.short, line.id) for line in (*moves.easing, *among)), None) if first else None


def best(reading: Reading, moves: Moves) -> Today | None:
    return next((Today(line.title, line.short, line.id) for line in best_first(reading, moves)), None)


def due_first(reading: Reading, moves: Moves) -> list[Line]:
    """The exercises that are due on the first day of the best one."""
    lines = best_first(reading, moves)
    return [line for line in lines if due_with(line, lines[0])]


def best_first(reading: Reading, moves: Moves) -> list[Line]:
    """The exercises by points, ties by file order; not as one gets up from the floor. Who trains hard without pain has first what the goal
    puts first on a short day: nothing hurts that could speak for another."""
    policy, early = reading.library.policy, match_any(reading.library.training.early, reading.words) is not None
    ahead = policy.short_day.first.get(str(reading.answers.get("goal", "")), ()) if early else ()
    return sorted(moves.lines, key=lambda line: (line.item_id not in ahead, -line.points, line.item.order))


def walked(reading: Reading, walk: Walking, lines: tuple[Line, ...]) -> Today | None:
    """The walk (or push), with this person's own minutes of week 1."""
    line = next((line for line in lines if line.id == "selfcare:walk"), None)
    if not walk.minutes or (line is None and not walk.pushing):
        return None
    policy = reading.library.policy
    number, minutes = walk.parted(0)
    say = (
        (policy.push_today if walk.pushing else walk.today or policy.walk_today)
        if number == 1
        else (policy.push_often if walk.pushing else policy.walk_often)
    )
    title = policy.push_title if walk.pushing else policy.walk_title
    along, either = ((), ()) if walk.pushing else [fitting(reading.holds.rows(table)) for table in policy.walk_tables]
    say = next(iter(either), say)
    text = " ".join((say.replace("{MIN}", str(minutes)).replace("{N}", str(number)), *along))
    return Today(title, text, line.id if line else "")


def tip(lines: tuple[Line, ...]) -> Today | None:
    """The tip with most points; without a good one, the first line of self-care."""
    habits = [line for line in lines if line.section == "habits" and line.points >= TIP_POINTS]
    care = [line for line in lines if line.section == "selfcare" and line.id != "selfcare:walk"]
    line = max(habits, key=lambda line: line.points, default=None) or next(iter(care), None)
    return Today(line.title, line.short, line.id) if line else None
