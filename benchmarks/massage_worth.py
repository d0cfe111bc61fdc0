"""Is massage worth it: how often the page is right about simulated people of whom it is known what massage does for them.

A person's pain goes up and down by itself and remembers yesterday (from day to day 0.3 to 0.8 of it stays, spread 0.7 to 2 points about
a level of 4 to 7); each number is said with a slip of half a point, as a whole number from 0 to 10. Massage takes `effect` points off
the next morning, and half of what is left of that goes with each day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, sqrt
from random import Random

from benchmarks.compare import report
from planner.domain.massage_worth import MassageTold, Sessions, Worthwhile, worth_of
from planner.domain.schedule import ReviewRules
from planner.library.reader import load

PEOPLE = 4000
DAY_ONE = date(2026, 1, 5)
SLIP = 0.5  # points by which a number is said wrong
BAD_DAY_WAITS = 21  # days that somebody waits for a bad day, at most


@dataclass(frozen=True)
class World:
    """What is true. Points, days and sessions; `effect` is what massage takes off the next morning."""

    effect: float = 0
    sessions: int = 4
    apart: int = 7
    gets_better: float = 0  # points a week that go by themselves
    mornings: float = 0  # points that every morning is better than the day
    bad_days: bool = False  # goes on a day that is worse than usual by the person's own spread
    level: tuple[float, ...] = (4, 5, 6, 7)


WORLDS: Mapping[str, World] = {
    "no effect": World(),
    "small effect, 1 point": World(1),
    "clear effect, 2 points": World(2),
    "clear effect, 3 points": World(3),
    "no effect, pain near 0": World(level=(0, 1, 2)),
    "no effect, pain near 10": World(level=(9, 10)),
    "clear effect (3), pain near 10": World(3, level=(9, 10)),
    "no effect, gets better anyway": World(gets_better=0.7),
    "no effect, goes on bad days": World(bad_days=True),
    "no effect, mornings 1 point better": World(mornings=1),
    "no effect, 8 sessions": World(sessions=8),
    "small effect, 8 sessions": World(1, sessions=8),
    "clear effect (2), 8 sessions": World(2, sessions=8),
    "clear effect (3), 8 sessions": World(3, sessions=8),
}


def main() -> None:
    rules = load().schedule.review_rules
    for name, world in WORLDS.items():
        shares = verdicts(rules, world)
        report(f"massage: {name}", {verdict: shares[verdict] for verdict in ("clear", "little", "unsure", "too_little", "worse")})


def verdicts(rules: ReviewRules, world: World, people: int = PEOPLE, seed: int = 1) -> Mapping[Worthwhile, float]:
    """The share of people who read each verdict, after all of their sessions."""
    chance = Random(seed)
    found = Counter(worth_of(rules, sessions_of(chance, world)).verdict for _ in range(people))
    return {verdict: found[verdict] / people for verdict in ("clear", "little", "unsure", "too_little", "worse")}


def sessions_of(chance: Random, world: World) -> Sessions:
    """The sessions of one person, who lives in `world`."""
    level, spread = chance.choice(world.level), chance.choice((0.7, 1, 1.5, 2))
    half_day = sqrt(chance.choice((0.3, 0.6, 0.8)))
    mood, left, day = chance.gauss(0, 1), 0.0, DAY_ONE
    told: list[MassageTold] = []

    def passes(mood: float) -> float:
        return half_day * mood + sqrt(1 - half_day * half_day) * chance.gauss(0, 1)

    while len(told) < world.sessions:
        waited = 0
        while waited < world.apart or (world.bad_days and mood < 1 and waited < BAD_DAY_WAITS):
            mood, waited = passes(passes(mood)), waited + 1
        day, left = day + timedelta(days=waited), left / 2**waited
        usual = level - world.gets_better * (day - DAY_ONE).days / 7
        before = said_pain(chance, usual + spread * mood - left)
        mood = passes(mood)
        left += world.effect
        told.append(MassageTold(day, before, None, said_pain(chance, usual + spread * mood - left - world.mornings)))
        mood = passes(mood)
    return tuple(told)


def said_pain(chance: Random, pain: float) -> int:
    """As somebody says it: a whole number from 0 to 10."""
    return max(0, min(10, floor(pain + chance.gauss(0, SLIP) + 0.5)))


if __name__ == "__main__":
    main()
