"""The review rules at their bounds, on made-up exercises: verdicts, and what the next sheet keeps, eases, adds and steps down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.domain.edits import Edits
from planner.domain.schedule import ReviewRules
from planner.domain.lines import Line, MassagePart, Plan
from planner.domain.massage import NO_MORE
from planner.domain.model import Library
from planner.domain.plan import build
from planner.domain.review import BadReadBack, ReadBack, Verdict, check_digit, read_back, review, verdict_of
from tests.made import exercise, line_of, massage, part_of, with_items
from tests.people import well

EASED: tuple[Verdict, ...] = ("worse", "worse_again", "same", "stuck")


def line(name: str, kind: str = "movement", points: int = 0, level: str = "beginner") -> Line:
    return line_of(exercise(name, kind), points=points, dose_level=level)


FIVE = (line("m1", points=1), line("m2", points=2), line("s", "strength", 0), line("r1", "relaxation", 3), line("r2", "relaxation", 4))


@pytest.fixture
def rules(library: Library) -> ReviewRules:
    """The numbers of the reference (k), told apart: 2 points or 30 % worse, 30 % and 1 point better, 2 and 4 weeks, fewer than 3 days."""
    found = library.schedule.review_rules
    assert (found.worse_points, found.better_points, found.changed_share, found.settled_pain) == (2, 1, 0.3, 1)
    assert (found.weeks_to_progress, found.weeks_to_stop, found.few_days, found.few_exercises, found.light_pressure) == (2, 4, 3, 3, 2)
    return found


@pytest.mark.parametrize(
    ("before", "pain", "weeks", "verdict"),
    [
        (5, 7, 0, "worse"),
        (5, 6, 0, "same"),
        (9, 9, 4, "stuck"),
        (10, 9, 1, "same"),  # one box holds one digit: 9 is 9 or 10
        (10, 9, 4, "stuck"),
        (4, 5, 1, "same"),  # 25 % up
        (3, 4, 1, "worse"),  # 33 % up
        (0, 1, 1, "worse"),
        (0, 0, 1, "same"),
        (0, 0, 4, "settled"),
        (1, 1, 4, "settled"),
        (2, 2, 4, "stuck"),
        (5, 1, 3, "better"),
        (5, 1, 4, "settled"),
        (5, 1, 1, "same"),
        (10, 7, 2, "same"),  # from 9, the most that one digit says, that is 2 points: less than 30 %
        (10, 6, 2, "better"),
        (3, 2, 2, "better"),
        (4, 3, 2, "same"),
        (1, 0, 2, "better"),
        (5, 3, 2, "better"),
        (5, 3, 1, "same"),
        (5, 5, 3, "same"),
        (5, 5, 4, "stuck"),
        (5, 4, 4, "stuck"),
    ],
)
def test_verdicts_on_both_sides_of_each_bound(rules: ReviewRules, before: int, pain: int, weeks: int, verdict: str) -> None:
    assert verdict_of(rules, ReadBack(5, pain, 0, 0), before, weeks, worse_last_time=False) == verdict
    again = "worse_again" if verdict == "worse" else verdict
    assert verdict_of(rules, ReadBack(5, pain, 0, 0), before, weeks, worse_last_time=True) == again


def kept(
    rules: ReviewRules, verdict: Verdict = "same", *, days: int = 2, best: int = 0, worst: int = 0, shown: tuple[Line, ...] = FIVE
) -> str:
    """Ids of the exercises on the next sheet."""
    plan = a_plan()
    return " ".join(review(rules, plan, shown, ReadBack(days, 5, best, worst), Edits(), verdict).exercises)


def a_plan(part: MassagePart | None = None) -> Plan:
    """As much of a plan as the review looks at."""
    held = object.__new__(Plan)
    held.__dict__["massage"] = part
    return held


@pytest.mark.parametrize("verdict", EASED)
def test_few_days_leave_three_by_their_points_with_movement_and_strength(rules: ReviewRules, verdict: Verdict) -> None:
    assert kept(rules, verdict) == "m2 s r2"
    assert kept(rules, verdict, days=3) == "m1 m2 s r1 r2"
    assert kept(rules, "better", days=0) == kept(rules, "settled", days=0) == "m1 m2 s r1 r2"


def test_the_least_useful_goes_first_and_the_most_useful_stays(rules: ReviewRules) -> None:
    assert kept(rules, worst=5) == "m2 s r1"
    assert kept(rules, best=1) == "m1 s r2"
    assert kept(rules, best=1, worst=5) == "m1 s r1"
    assert kept(rules, worst=3) == "m2 s r2", "the only strength stays, useful or not"
    assert kept(rules, worst=1) == kept(rules, worst=2, shown=(FIVE[1], FIVE[0], *FIVE[2:])) == "m2 s r2"


def test_the_most_useful_stays_even_where_all_the_others_are_needed(rules: ReviewRules) -> None:
    shown = (line("m", points=9), line("s", "strength", 9), line("r", "relaxation", 0), line("r3", "relaxation", 1))
    few = replace(rules, few_exercises=2)
    assert kept(few, best=3, shown=shown) == "m s r"
    assert kept(few, shown=shown) == "m s"


def test_no_fewer_than_there_are(rules: ReviewRules) -> None:
    assert kept(rules, shown=FIVE[2:]) == "s r1 r2"
    assert kept(rules, shown=FIVE[:1]) == "m1"


@pytest.mark.parametrize(
    ("verdict", "after"),
    [
        ("worse", ["half", "half", "beginner", "normal"]),
        ("worse_again", ["half"] * 4),
        ("same", ["half", "beginner", "normal", "harder"]),
        ("stuck", ["half", "beginner", "normal", "harder"]),
        ("better", ["beginner", "normal", "harder", "harder"]),
        ("settled", ["beginner", "normal", "harder", "harder"]),
    ],
)
def test_doses_move_one_step(rules: ReviewRules, verdict: Verdict, after: list[str]) -> None:
    shown = tuple(line(level, level=level) for level in ("half", "beginner", "normal", "harder"))
    edits = review(rules, a_plan(), shown, ReadBack(6, 5, 0, 0), Edits(), verdict)
    assert list(edits.doses.values()) == after and tuple(edits.doses) == edits.exercises


@pytest.mark.parametrize(
    ("verdict", "before", "tried", "after"),
    [
        ("worse", 1, False, 1),
        ("same", 2, False, 2),
        ("better", 0, False, 1),
        ("settled", 1, False, 2),
        ("better", 3, False, 3),  # as wanted is the least often; no more is for who is stuck
        ("stuck", 1, True, NO_MORE),
        ("stuck", 1, False, 1),
    ],
)
def test_massage_steps_down_or_stops(rules: ReviewRules, verdict: Verdict, before: int, tried: bool, after: int) -> None:
    edits = review(rules, a_plan(two_styles()), FIVE, ReadBack(6, 5, 0, 0), Edits(steps_down=before), verdict, tried=tried)
    assert edits.steps_down == after


def two_styles(ask: int = 2) -> MassagePart:
    styles = tuple(replace(line(name), id=f"massage:{name}", item=massage(name)) for name in ("first", "second"))
    return replace(part_of("weekly", 4), styles=styles, pressure_ask=ask)


def test_another_style_has_its_turn_once_when_nothing_changes(rules: ReviewRules) -> None:
    def style(verdict: Verdict, part: MassagePart | None, *, tried: bool = False) -> tuple[str, int]:
        edits = review(rules, a_plan(part), FIVE, ReadBack(6, 5, 0, 0), Edits(style="before"), verdict, tried=tried)
        return edits.style, edits.steps_down

    assert style("stuck", two_styles()) == ("second", 0)
    assert style("stuck", two_styles(), tried=True) == ("before", NO_MORE)
    assert style("stuck", replace(two_styles(), styles=two_styles().styles[:1])) == ("before", NO_MORE)
    assert style("stuck", None) == ("before", NO_MORE)
    assert style("same", two_styles()) == ("before", 0)
    assert review(rules, a_plan(two_styles()), FIVE, ReadBack(6, 5, 0, 0), Edits(), "stuck").style == "second", (
        "not tried unless it says so"
    )


@pytest.mark.parametrize(("asked", "after"), [(1, 4), (2, 4), (3, 2), (4, 2)])
def test_lighter_while_somebody_gets_worse(rules: ReviewRules, asked: int, after: int) -> None:
    pressures: dict[Verdict, int] = {"worse": after, "worse_again": after, "same": 4, "better": 4}
    for verdict, pressure in pressures.items():
        edits = review(rules, a_plan(two_styles(asked)), FIVE, ReadBack(6, 5, 0, 0), Edits(pressure=4), verdict)
        assert edits.pressure == pressure, verdict
    assert review(rules, a_plan(), FIVE, ReadBack(6, 5, 0, 0), Edits(pressure=4), "worse").pressure == 4
    lightest = replace(rules, light_pressure=0)
    assert review(lightest, a_plan(), FIVE, ReadBack(6, 5, 0, 0), Edits(pressure=4), "worse").pressure == 4, "no massage, no pressure"


def test_what_was_insisted_on_stays(rules: ReviewRules) -> None:
    edits = review(
        rules, a_plan(), FIVE, ReadBack(6, 5, 0, 0), Edits(insisted=("exercise:m1",), initials="JT", given="x", next_weeks=3), "same"
    )
    assert (edits.insisted, edits.initials, edits.given, edits.next_weeks) == (("exercise:m1",), "JT", "", 0)


def test_on_a_whole_plan(library: Library, rules: ReviewRules) -> None:
    made = with_items(library, exercises=[one.item for one in FIVE])
    plan = build(made, well(made), on=date(2026, 11, 21))
    edits = review(rules, plan, plan.section("exercises"), ReadBack(6, 5, 0, 0), Edits(), "same")
    assert edits.exercises == tuple(one.item.id for one in plan.section("exercises"))


@pytest.mark.parametrize(
    ("text", "exercises", "found"),
    [
        ("7000", 0, (7, 0, 0, 0)),
        ("0900", 9, (0, 9, 0, 0)),
        ("1212", 2, (1, 2, 1, 2)),
        (" 12-12 6 ", 2, (1, 2, 1, 2)),
        ("8000", 9, "days"),
        ("1212", 1, "item"),
        ("1221", 1, "item"),
        ("1233", 9, "item"),
        ("12127", 2, "check"),
        ("121", 2, "digits"),
        ("121266", 2, "digits"),
        ("12.2", 2, "digits"),
    ],
)
def test_the_digits_of_a_sheet(text: str, exercises: int, found: Any) -> None:
    if isinstance(found, str):
        with pytest.raises(BadReadBack) as caught:
            read_back(text, exercises)
        assert caught.value.reason == str(caught.value) == found
    else:
        assert read_back(text, exercises) == ReadBack(*found)


@pytest.mark.parametrize(("four", "fifth"), [("0000", "0"), ("1212", "6"), ("7999", "4"), ("4600", "0")])
def test_the_fifth_digit_is_the_last_of_the_sum(four: str, fifth: str) -> None:
    assert check_digit(four) == fifth
    assert ReadBack(*map(int, four)).digits == four + fifth
