"""The read-back of a sheet and what it changes: digits there and back, and the review rules."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from planner.clinic.sheets.follow_up import Noted, differences
from planner.domain.edits import Edits
from planner.domain.lines import Line, Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.domain.review import BadReadBack, ReadBack, Verdict, read_back, review, verdict_of
from planner.library.reader import load
from tests.people import well

ON = date(2026, 11, 21)
RULES = load().schedule.review_rules


@pytest.mark.parametrize(("days", "pain", "best", "worst"), list(itertools.product((0, 3, 7), (0, 5, 9), (0, 1, 5), (0, 2))))
def test_digits_there_and_back(days: int, pain: int, best: int, worst: int) -> None:
    back = ReadBack(days, pain, best, worst)
    assert read_back(back.digits, 5) == read_back(back.digits[:4], 5) == back
    assert read_back(f"{back.digits[:2]} {back.digits[2:4]}-{back.digits[4]}", 5) == back


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "digits"),
        ("123", "digits"),
        ("12a4", "digits"),
        ("٣٣٣٣", "digits"),
        ("123456", "digits"),
        ("8501", "days"),
        ("3591", "item"),
        ("3522", "item"),
    ],
)
def test_digits_that_cannot_be(text: str, reason: str) -> None:
    with pytest.raises(BadReadBack) as caught:
        read_back(text, 5)
    assert caught.value.reason == reason


def test_every_single_wrong_digit_is_caught() -> None:
    right = ReadBack(4, 5, 1, 3).digits
    for place, digit in itertools.product(range(5), "0123456789"):
        wrong = right[:place] + digit + right[place + 1 :]
        if wrong != right:
            with pytest.raises(BadReadBack):
                read_back(wrong, 5)


@pytest.mark.parametrize(
    ("pain", "before", "weeks", "worse_before", "verdict"),
    [
        (7, 5, 1, False, "worse"),
        (7, 5, 3, True, "worse_again"),
        (4, 3, 1, False, "worse"),  # a third up
        (6, 5, 1, False, "same"),  # one point, a fifth
        (5, 5, 2, False, "same"),
        (5, 5, 4, False, "stuck"),
        (3, 5, 2, False, "better"),
        (3, 5, 1, False, "same"),  # not yet two weeks
        (4, 5, 3, False, "same"),  # one point is not 30 %
        (1, 5, 4, False, "settled"),
        (0, 0, 2, False, "same"),
    ],
)
def test_verdicts(pain: int, before: int, weeks: int, worse_before: bool, verdict: str) -> None:
    assert verdict_of(RULES, ReadBack(5, pain, 0, 0), before, weeks, worse_before) == verdict


def made(library: Library, digits: str, verdict: Verdict) -> tuple[Plan, tuple[Line, ...], Edits, list[tuple[str, str]], Plan]:
    plan = build(library, well(library), on=ON)
    shown = plan.section("exercises")
    back = read_back(digits, len(shown))
    edits = review(RULES, plan, shown, back, Edits(), verdict)
    after = build(library, well(library, minutes="20"), on=ON, edits=edits)  # room for every dose
    found = differences(RULES, plan, after, Noted(ON, back, verdict, ON))
    changes = [(what, title) for what, _, title in (one.partition(":") for one in found) if what != "why"]
    return plan, shown, edits, changes, after


def test_better_progresses_every_exercise(library: Library) -> None:
    _, shown, edits, changes, _ = made(library, "6210", "better")
    assert set(edits.exercises) == {line.id.removeprefix("exercise:") for line in shown}
    assert ("massage_down", "") in changes
    assert sum(what == "up" for what, _ in changes) == sum(line.dose_level != "harder" for line in shown)


def test_worse_eases_and_worse_again_halves_and_sends_to_a_clinician(library: Library) -> None:
    _, _, edits, changes, after = made(library, "5812", "worse")
    assert set(edits.doses.values()) <= {"half", "beginner"}
    assert after.massage and after.massage.pressure_ask <= 2
    assert ("light", "") in changes
    _, _, edits, changes, _ = made(library, "5812", "worse_again")
    assert set(edits.doses.values()) == {"half"}
    assert ("clinician", "") in changes


def test_few_days_leave_three_and_the_least_useful_goes_first(library: Library) -> None:
    plan, shown, edits, changes, after = made(library, "2513", "same")
    assert len(shown) > 3
    assert len(edits.exercises) == 3
    assert shown[0].id.removeprefix("exercise:") in edits.exercises, "the most useful stays"
    assert shown[2].id.removeprefix("exercise:") not in edits.exercises
    assert {"movement", "strength"} <= {getattr(line.item, "kind", "") for line in after.section("exercises")}
    assert {title for what, title in changes if what == "dropped"} == {line.title for line in shown} - {
        line.title for line in after.section("exercises")
    }
    assert plan.minutes_used >= after.minutes_used


def test_same_keeps_everything(library: Library) -> None:
    _, shown, edits, changes, after = made(library, "6512", "same")
    assert changes == [("keep", "")]
    assert [line.id for line in after.section("exercises")] == [line.id for line in shown]
    assert edits.pressure == 0
