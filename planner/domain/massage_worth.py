"""Is massage worth it for one person: pain before a session against the next morning, measured by their own ups and downs. Decision 24.

An exact test of whole numbers. The befores and the mornings are thrown into one heap and dealt again in every way; how few of these
ways give mornings as low as the real ones? Right after a massage nearly everybody feels better, so that number decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import comb
from typing import Literal

from planner.domain.schedule import ReviewRules

LOOK_EVERY = 4
"""It is judged after so many whole sessions, and again after each so many more: looking every time would find luck sooner or later."""
ONE_IN = 20
"""What would happen by chance more seldom than once in so many times is more than ups and downs."""
A_WEEK = timedelta(days=7)
MOST_SESSIONS = 60
Worthwhile = Literal["early", "clear", "little", "too_little", "worse", "unsure"]
"""early: fewer than four. clear: more than ups and downs, and what the plan calls a clear help. little: more than ups and downs, less
than clear. too_little: shown to be less than clear. worse: mornings are worse. unsure: it may be either."""
Next = Literal["go_on", "space_out", "stop"]


class OtherSession(ValueError):
    """Another session is written under this day, with other numbers."""


@dataclass(frozen=True)
class MassageTold:
    """One session in the words of the person: pain 0 to 10 before it, right after it, and on the next morning. None: not known (yet)."""

    on: date
    before: int
    after: int | None = None
    morning: int | None = None

    def with_more(self, other: MassageTold) -> MassageTold:
        """The numbers of both. OtherSession where they differ."""
        after, morning = _either_of(self.after, other.after), _either_of(self.morning, other.morning)
        if self.before != other.before:
            raise OtherSession
        return MassageTold(self.on, self.before, after, morning)


def _either_of(one: int | None, other: int | None) -> int | None:
    if one is not None and other is not None and one != other:
        raise OtherSession
    return other if one is None else one


Sessions = tuple[MassageTold, ...]


def with_session(told: Sessions, new: MassageTold) -> Sessions:
    """With one more, by day. The same twice is one; what was not known is filled in. OtherSession where the day has other numbers."""
    here = next((one for one in told if one.on == new.on), None)
    rest = [one for one in told if one.on != new.on]
    both = here.with_more(new) if here else new
    return tuple(sorted((*rest, both), key=lambda one: one.on))[-MOST_SESSIONS:]


def put_right(told: Sessions, seen: MassageTold, new: MassageTold) -> Sessions:
    """With a session as it is now said to be. `seen`: as it was on the page; what was left as seen stays as another phone has made it.
    OtherSession where it moved to a day that has one."""
    now = next((one for one in told if one.on == seen.on), seen)
    before = now.before if new.before == seen.before else new.before
    after = now.after if new.after == seen.after else new.after
    morning = now.morning if new.morning == seen.morning else new.morning
    return with_session(without_session(told, seen.on), MassageTold(new.on, before, after, morning))


def without_session(told: Sessions, on: date) -> Sessions:
    return tuple(one for one in told if one.on != on)


@dataclass(frozen=True)
class Worth:
    """What the sessions come to. `before` and `morning`: averages of the first `judged` whole sessions, of `whole` in all.
    `ways` of `of`: how many ways of dealing the numbers give mornings at least as low."""

    whole: int
    judged: int
    before: Fraction
    morning: Fraction
    ways: int
    of: int
    verdict: Worthwhile
    next: Next | None

    @property
    def fall(self) -> Fraction:
        """Points by which the next morning was lower, on average; negative where it was higher."""
        return self.before - self.morning


def worth_of(rules: ReviewRules, told: Sequence[MassageTold]) -> Worth:
    """What the sessions come to by now. Early, and judged by nothing, with fewer than `LOOK_EVERY` that have all that counts."""
    whole = [(one.before, one.morning) for one in told if one.morning is not None]
    judged = len(whole) // LOOK_EVERY * LOOK_EVERY
    befores, mornings = [pair[0] for pair in whole[:judged]], [pair[1] for pair in whole[:judged]]
    if not judged:
        return Worth(len(whole), 0, Fraction(0), Fraction(0), 0, 0, "early", None)
    ways, of = ways_as_low(mornings, befores), comb(2 * judged, judged)
    verdict = verdict_on(rules, befores, mornings)
    means = Fraction(sum(befores), judged), Fraction(sum(mornings), judged)
    return Worth(len(whole), judged, *means, ways, of, verdict, next_for(rules, told, verdict))


def verdict_on(rules: ReviewRules, befores: Sequence[int], mornings: Sequence[int]) -> Worthwhile:
    """The three questions, each by the same test: worse than chance? better than chance? less than what is called clear?"""
    number, wanted = len(befores), fall_wanted(rules, befores)
    if beyond_chance(befores, mornings):
        return "worse"
    if beyond_chance(mornings, befores):
        return "clear" if 0 < wanted <= sum(befores) - sum(mornings) else "little"
    raised = [one * number + wanted for one in mornings]
    return "too_little" if wanted > 0 and beyond_chance([one * number for one in befores], raised) else "unsure"


def fall_wanted(rules: ReviewRules, befores: Sequence[int]) -> int:
    """Points, over all sessions together, that a clear help takes off; none is left for those who hardly had pain. As the plan says:
    2 points, or down to 1 for those who began at 3 or less."""
    number = len(befores)
    if sum(befores) <= rules.mild_pain * number:
        return max(0, sum(befores) - rules.settled_pain * number)
    return rules.better_points * number


def beyond_chance(lower: Sequence[int], higher: Sequence[int]) -> bool:
    return ways_as_low(lower, higher) * ONE_IN <= comb(len(lower) + len(higher), len(lower))


def ways_as_low(some: Sequence[int], others: Sequence[int]) -> int:
    """In how many ways as many numbers, drawn from both heaps, add up to no more than `some` do. From 1 (itself) to all ways."""
    size = len(some)
    ways: list[dict[int, int]] = [{0: 1}, *({} for _ in range(size))]  # by how many are drawn: their sum, and the ways to it
    for value in (*some, *others):
        for drawn in range(size, 0, -1):
            for total, count in ways[drawn - 1].items():
                ways[drawn][total + value] = ways[drawn].get(total + value, 0) + count
    return sum(count for total, count in ways[size].items() if total <= sum(some))


def next_for(rules: ReviewRules, told: Sequence[MassageTold], verdict: Worthwhile) -> Next:
    """The plan's stop rule: who is not clearly helped stops buying; who is, and has had 2 points less for 2 weeks, spaces it out."""
    if verdict != "clear":
        return "stop"
    return "space_out" if lower_for_two_weeks(rules, told) else "go_on"


def lower_for_two_weeks(rules: ReviewRules, told: Sequence[MassageTold]) -> bool:
    """True where pain before the last two sessions, a week or more apart, was as much lower than at first as the plan asks for."""
    base = told[0].before
    low = rules.settled_pain if base <= rules.mild_pain else base - rules.better_points
    return any(two.on - one.on >= A_WEEK and max(one.before, two.before) <= low for one, two in [*pairwise(told[1:])][-1:])


def waits_for_morning(told: Sequence[MassageTold], today: date) -> MassageTold | None:
    """The last session, where its next morning has come within the last week and was not told."""
    last = told[-1] if told else None
    return last if last and last.morning is None and last.on < today <= last.on + A_WEEK else None


def rose_after(rules: ReviewRules, told: Sequence[MassageTold]) -> MassageTold | None:
    """The last session, where pain was higher after it by what counts as worse."""
    last = told[-1] if told else None
    later = [one for one in (last.after, last.morning) if one is not None] if last else []
    return last if last and later and max(later) >= last.before + rules.worse_points else None
