"""Is massage worth it: the verdict on invented sessions, how often it is right about simulated people, and what follows from it.

Written from decision 24: helped = mornings lower than the person's own ups and downs explain (1 way in 20 or fewer); clear = 2 points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from benchmarks.massage_worth import WORLDS, verdicts
from planner.domain.massage_worth import (
    MassageTold,
    OtherSession,
    put_right,
    rose_after,
    waits_for_morning,
    ways_as_low,
    with_session,
    worth_of,
)
from planner.domain.model import Library
from planner.domain.thread import Diary
from planner.outputs.massage_words import average, massage_line

ON = date(2026, 9, 7)


def told(befores: Sequence[int], mornings: Sequence[int | None], apart: int = 7) -> tuple[MassageTold, ...]:
    both = zip(befores, mornings, strict=True)
    return tuple(MassageTold(ON + timedelta(days=apart * n), one, max(0, one - 3), two) for n, (one, two) in enumerate(both))


@pytest.mark.parametrize(
    ("befores", "mornings", "verdict"),
    [
        ((6, 7, 5, 6), (3, 4, 2, 3), "clear"),
        ((6, 7, 6, 6), (5, 5, 5, 4), "little"),
        ((6, 7, 5, 6), (6, 6, 6, 6), "too_little"),
        ((6, 6, 6, 6), (6, 6, 6, 6), "too_little"),
        ((3, 4, 2, 3), (6, 7, 5, 6), "worse"),
        ((8, 3, 7, 2), (6, 2, 5, 1), "unsure"),  # always better, but less than from week to week
        ((6, 7, 5, None), (3, 4, 2, None), "early"),
        ((3, 3, 2, 3), (1, 1, 0, 1), "clear"),  # who begins at 3 or less: down to 1
        ((3, 3, 3, 3), (2, 2, 2, 2), "little"),
        ((1, 0, 1, 1), (0, 0, 1, 0), "unsure"),  # nothing is left to take off
        ((10, 10, 10, 10), (8, 8, 8, 8), "clear"),
    ],
)
def test_what_four_sessions_come_to(library: Library, befores: Sequence[int | None], mornings: Sequence[int | None], verdict: str) -> None:
    sessions = [one for one in befores if one is not None]
    assert worth_of(library.schedule.review_rules, told(sessions, mornings[: len(sessions)])).verdict == verdict


def test_the_ways_are_those_of_dealing_by_hand() -> None:
    """Eight numbers, all 70 ways of taking four of them, counted one by one."""
    chance = Random(4)
    for _ in range(200):
        some, others = ([chance.randint(0, 10) for _ in range(4)] for _ in range(2))
        by_hand = sum(sum(four) <= sum(some) for four in combinations([*some, *others], 4))
        assert ways_as_low(some, others) == by_hand


def test_by_chance_at_most_one_in_twenty_ways_says_that_it_helped(library: Library) -> None:
    """Whatever the eight numbers are: of all orders in which they may come, "it helped" is read in 1 of 20 at most. So is "worse"."""
    chance, rules = Random(7), library.schedule.review_rules
    for _ in range(60):
        heap = [chance.randint(0, chance.choice((2, 10))) for _ in range(8)]
        found = []
        for picked in combinations(range(8), 4):
            befores = [heap[place] for place in range(8) if place not in picked]
            found.append(worth_of(rules, told(befores, [heap[place] for place in picked])).verdict)
        assert 20 * sum(one in ("clear", "little") for one in found) <= 70, heap
        assert 20 * found.count("worse") <= 70, heap


@pytest.mark.parametrize("world", ["no effect", "no effect, pain near 0", "no effect, pain near 10", "no effect, gets better anyway"])
def test_nobody_whom_it_does_not_help_is_told_so_but_one_in_a_hundred(library: Library, world: str) -> None:
    shares = verdicts(library.schedule.review_rules, WORLDS[world], 1000)
    assert shares["clear"] + shares["little"] <= 0.01


def test_people_of_known_effect_are_judged_as_promised(library: Library) -> None:
    """Figures of decision 24, with room for chance: 600 people each."""
    rules = library.schedule.review_rules
    worlds = {"none": "no effect", "bad": "no effect, goes on bad days", "small": "small effect, 1 point"}
    worlds |= {"two": "clear effect, 2 points", "three": "clear effect, 3 points"}
    shares = {name: verdicts(rules, WORLDS[world], 600) for name, world in worlds.items()}
    assert shares["bad"]["clear"] + shares["bad"]["little"] <= 0.05
    assert shares["three"]["clear"] >= 0.7 and shares["two"]["clear"] + shares["two"]["little"] >= 0.4
    assert all(shares[name]["too_little"] <= 0.01 for name in ("two", "three")), "no clear help is ruled out"
    assert shares["none"]["too_little"] >= 0.4 and shares["small"]["clear"] <= 0.06


@pytest.mark.slow
def test_two_looks_together_keep_the_promise(library: Library) -> None:
    rules, world = library.schedule.review_rules, WORLDS["no effect, 8 sessions"]
    second = verdicts(rules, world, 2000, seed=9)
    first = verdicts(rules, WORLDS["no effect"], 2000, seed=9)
    assert sum(one["clear"] + one["little"] for one in (first, second)) <= 0.05


def test_it_is_judged_at_four_and_eight_and_not_between(library: Library) -> None:
    rules = library.schedule.review_rules
    seven = worth_of(rules, told((6, 7, 5, 6, 6, 6, 6), (3, 4, 2, 3, 9, 9, 9)))
    assert (seven.judged, seven.whole, seven.verdict) == (4, 7, "clear")
    assert (seven.before, seven.morning, seven.fall, seven.ways, seven.of) == (Fraction(6), Fraction(3), Fraction(3), 1, 70)
    assert worth_of(rules, told((6, 7, 5, 6) * 2, (3, 4, 2, 3, 9, 9, 9, 9))).judged == 8


def test_a_session_without_its_morning_waits(library: Library) -> None:
    found = worth_of(library.schedule.review_rules, told((6, 7, 9, 5, 6), (3, 4, None, 2, 3)))
    assert (found.whole, found.verdict, found.before) == (4, "clear", Fraction(6))


def test_only_clear_help_goes_on_and_lasting_ease_spaces_out(library: Library) -> None:
    rules = library.schedule.review_rules
    assert worth_of(rules, told((6, 7, 5, 6), (3, 4, 2, 3))).next == "go_on"
    assert worth_of(rules, told((8, 7, 6, 6), (4, 3, 3, 2))).next == "space_out"
    assert worth_of(rules, told((8, 7, 6, 6), (4, 3, 3, 2), apart=3)).next == "go_on", "two weeks are not over"
    for mornings in ((5, 5, 5, 4), (6, 6, 6, 6), (9, 9, 9, 9), (2, 9, 3, 6)):
        assert worth_of(rules, told((6, 7, 6, 6), mornings)).next == "stop"


def test_the_same_session_twice_is_one_and_what_was_missing_is_filled_in() -> None:
    first = with_session((), MassageTold(ON, 6, None, None))
    assert with_session(first, MassageTold(ON, 6)) == first
    whole = with_session(with_session(first, MassageTold(ON, 6, 3)), MassageTold(ON, 6, None, 4))
    assert whole == (MassageTold(ON, 6, 3, 4),)
    with pytest.raises(OtherSession):
        with_session(whole, MassageTold(ON, 7))
    with pytest.raises(OtherSession):
        with_session(whole, MassageTold(ON, 6, 2, 4))


def test_putting_right_keeps_what_another_phone_wrote_meanwhile() -> None:
    seen = MassageTold(ON, 6, 3)
    now = (replace(seen, morning=4),)
    assert put_right(now, seen, MassageTold(ON, 7, 3)) == (MassageTold(ON, 7, 3, 4),)
    bare = MassageTold(ON, 6)
    assert put_right((MassageTold(ON, 6, 3),), bare, MassageTold(ON, 6, None, 4)) == (MassageTold(ON, 6, 3, 4),)
    other = MassageTold(ON + timedelta(days=1), 5)
    assert put_right((*now, other), now[0], replace(now[0], on=ON - timedelta(days=1)))[0].on == ON - timedelta(days=1)
    with pytest.raises(OtherSession):
        put_right((*now, other), now[0], replace(now[0], on=other.on))


def test_the_next_morning_is_asked_for_from_the_next_day_for_a_week(library: Library) -> None:
    sessions = told((6, 6), (4, None))
    days = [day for day in range(12) if waits_for_morning(sessions, sessions[-1].on + timedelta(days=day))]
    assert days == list(range(1, 8))
    assert waits_for_morning(told((6,), (4,)), ON + timedelta(days=1)) is None
    rules = library.schedule.review_rules
    assert rose_after(rules, told((4,), (6,))) and not rose_after(rules, told((4, 4), (6, 5)))


def test_the_line_for_a_therapist_has_the_numbers_and_the_verdict(library: Library) -> None:
    rules = library.schedule.review_rules
    assert massage_line(Diary(ON), rules) == ""
    line = massage_line(Diary(ON, massages=told((6, 7, 5, 6), (3, 4, 2, None))), rules)
    assert line == "Massages written down: 4. Pain before 6, 7, 5, 6; after 3, 4, 2, 3; next morning 3, 4, 2, -. Too early to say."


def test_averages_are_said_to_one_decimal() -> None:
    assert [average(Fraction(*one)) for one in ((6, 1), (17, 4), (13, 3), (23, 4))] == ["6", "4.3", "4.3", "5.8"]
