"""The review rules at their bounds, on made-up exercises: verdicts, and what the next sheet keeps, eases, adds and steps down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.domain.edits import DOSES, Edits
from planner.domain.lines import Line, MassagePart, Plan, Rung
from planner.domain.massage import NO_MORE
from planner.domain.model import Library
from planner.domain.review import Before, ReadBack, Verdict, moved, read_back, review, verdict_of
from planner.domain.schedule import ReviewRules
from tests.made import exercise, line_of, massage, part_of

SIX_DAYS, UNCHANGED = ReadBack(6, 5, 0, 0), Edits()
EASED: tuple[Verdict, ...] = ("worse", "worse_again", "same", "stuck")


def line(name: str, purpose: str = "movement", points: int = 0, step: str = "start", harder: str = "") -> Line:
    return line_of(exercise(name, purpose), points=points, dose_steps=(step,) * 4, harder=Rung(harder, harder, harder) if harder else None)


FIVE = (line("m1", points=1), line("m2", points=2), line("s", "strength", 0), line("r1", "breathing", 3), line("r2", "breathing", 4))


@pytest.fixture
def rules(library: Library) -> ReviewRules:
    """The numbers of the references: 2 points worse or better, 1 or less settled; 2 and 4 weeks; fewer than 3 days; 8 is strong."""
    found = library.schedule.review_rules
    assert (found.worse_points, found.better_points, found.settled_pain, found.mild_pain, found.severe_pain) == (2, 2, 1, 3, 8)
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
        (0, 1, 1, "same"),
        (0, 2, 1, "worse"),
        (5, 3, 0, "better"),  # clinical safety 7.8: said at any interval
        (5, 4, 3, "same"),
        (5, 1, 4, "better"),
        (10, 8, 2, "better"),  # clinical safety 7.8: 2 lower than the base, and 8 is 8
        (10, 7, 2, "better"),
        (3, 2, 2, "same"),  # clinical plan 10: from 3 or less, better is 1 or less
        (3, 1, 2, "better"),
        (2, 1, 2, "better"),
        (1, 0, 2, "better"),
        (1, 1, 2, "same"),
        (4, 3, 2, "same"),
        (4, 2, 2, "better"),
        (5, 5, 3, "same"),
        (5, 5, 4, "stuck"),
        (5, 4, 4, "stuck"),
    ],
)
def test_verdicts_on_both_sides_of_each_bound(rules: ReviewRules, before: int, pain: int, weeks: int, verdict: str) -> None:
    known = Before(base=before, last=before, low=before, weeks=weeks)
    assert verdict_of(rules, ReadBack(5, pain, 0, 0), known) == verdict
    again = "worse_again" if verdict == "worse" else verdict
    assert verdict_of(rules, ReadBack(5, pain, 0, 0), replace(known, worse=True)) == again


@pytest.mark.parametrize(
    ("base", "last", "low", "pain", "verdict"),
    [
        (4, 5, 4, 6, "worse"),  # one point a visit
        (6, 4, 4, 6, "worse"),
        (8, 4, 2, 4, "worse"),  # although 4 lower than at first
        (8, 4, 3, 4, "better"),
        (6, 3, 3, 4, "better"),  # better goes by the first sheet, not by the last
        (6, 4, 4, 5, "same"),
    ],
)
def test_worse_than_any_of_three_and_better_than_the_first(
    rules: ReviewRules, base: int, last: int, low: int, pain: int, verdict: str
) -> None:
    """Clinical safety 7.7 and 7.8."""
    assert verdict_of(rules, ReadBack(5, pain, 0, 0), Before(base, last, low, weeks=1)) == verdict


@pytest.mark.parametrize(("pain", "calm", "verdict"), [(1, 4, "settled"), (1, 3, "better"), (0, 9, "settled"), (2, 9, "better")])
def test_settled_is_hardly_any_pain_for_four_weeks(rules: ReviewRules, pain: int, calm: int, verdict: str) -> None:
    """Clinical plan 10. It is said before better, and however long ago the doses moved."""
    for weeks in (0, 2, 9):
        assert verdict_of(rules, ReadBack(5, pain, 0, 0), Before(5, pain, pain, weeks, calm)) == verdict
    assert verdict_of(rules, ReadBack(5, 1, 0, 0), Before(1, 1, 1, weeks=9, calm=4)) == "settled", "not stuck"
    assert verdict_of(rules, ReadBack(5, 2, 0, 0), Before(0, 0, 0, weeks=9, calm=4)) == "worse"


def reviewed(
    rules: ReviewRules,
    verdict: Verdict = "same",
    back: ReadBack = SIX_DAYS,
    shown: tuple[Line, ...] = FIVE,
    part: MassagePart | None = None,
    before: Edits = UNCHANGED,
    **more: Any,
) -> Edits:
    """The edits after as much of a plan as the review looks at, two weeks after the last move."""
    plan = object.__new__(Plan)
    plan.__dict__.update(massage=part, lines=shown)
    return review(rules, plan, back, before, verdict, **{"weeks": 2, **more})


def kept(rules: ReviewRules, verdict: Verdict = "same", *, days: int = 2, best: int = 0, shown: tuple[Line, ...] = FIVE) -> str:
    """Ids of the exercises on the next sheet."""
    return " ".join(reviewed(rules, verdict, back=ReadBack(days, 5, best, 0), shown=shown).exercises)


@pytest.mark.parametrize("verdict", EASED)
def test_few_days_leave_three_by_their_points_with_movement_and_strength(rules: ReviewRules, verdict: Verdict) -> None:
    assert kept(rules, verdict) == kept(rules, verdict, days=1) == "m2 s r2"
    assert kept(rules, verdict, days=3) == "m1 m2 s r1 r2"
    assert kept(rules, verdict, days=0) == "m1 m2 s r1 r2", "clinical safety 7.6: zero days, and nothing changes"
    assert kept(rules, "better", days=1) == kept(rules, "settled", days=1) == "m1 m2 s r1 r2"
    assert (kept(rules, shown=FIVE[2:]), kept(rules, shown=FIVE[:1])) == ("s r1 r2", "m1"), "no fewer than there are"


def test_the_most_useful_stays(rules: ReviewRules) -> None:
    assert kept(rules, best=1) == "m1 s r2"
    assert kept(rules, best=4) == "m2 s r1"
    assert kept(rules, best=3) == "m2 s r2"
    shown = (line("m", points=9), line("s", "strength", 9), line("r", "breathing", 0), line("r3", "breathing", 1))
    few = replace(rules, few_exercises=2)
    assert kept(few, best=3, shown=shown) == "m s r", "even where all the others are needed"
    assert kept(few, shown=shown) == "m s"


@pytest.mark.parametrize(
    ("verdict", "after"),
    [
        ("worse", ["half", "half", "start", "build"]),
        ("worse_again", ["half"] * 4),
        *((verdict, list(DOSES)) for verdict in ("same", "stuck", "better", "settled")),
    ],
)
def test_a_score_of_pain_takes_doses_down_and_never_up(rules: ReviewRules, verdict: Verdict, after: list[str]) -> None:
    shown = tuple(line(step, step=step) for step in DOSES)
    edits = reviewed(rules, verdict, shown=shown, weeks=9)
    assert list(edits.doses.values()) == after and tuple(edits.doses) == edits.exercises
    assert set(reviewed(rules, verdict, shown=shown, back=ReadBack(6, 8, 0, 1), weeks=9).doses.values()) == {"half"}


@pytest.mark.parametrize("verdict", ["same", "stuck", "better", "settled"])
def test_what_felt_easy_goes_up_and_nothing_else(rules: ReviewRules, verdict: Verdict) -> None:
    """Clinical plan 2.6, clinical safety 7.6."""
    shown = (line("a", harder="b"), line("c", step="build"), line("d", step="strong"), line("e", harder="c"))

    def up(easy: int, *, days: int = 3, pain: int = 7, weeks: int = 2, verdict: Verdict = verdict) -> tuple[str, str]:
        edits = reviewed(rules, verdict, back=ReadBack(days, pain, 0, easy), shown=shown, weeks=weeks)
        return " ".join(edits.exercises), " ".join(edits.doses.values())

    as_it_was = ("a c d e", "start build strong start")
    assert up(0) == as_it_was
    assert up(1) == ("b c d e", "build strong start"), "the harder rung, at the dose that it begins with"
    assert up(2) == ("a c d e", "start strong strong start") and up(3) == as_it_was
    assert up(4) == ("a c d e", "start build strong build"), "a rung that is on the sheet already is not taken again"
    assert up(1, weeks=1) == up(2, weeks=0) == as_it_was
    assert up(1, days=0) == up(2, days=0) == as_it_was and "b" not in up(1, days=2)[0] and "strong strong" not in up(2, days=2)[1]
    assert up(1, pain=8) == ("a c d e", "half half half half")
    assert up(1, verdict="worse") == ("a c d e", "half start build half")


@pytest.mark.parametrize(
    ("verdict", "before", "tried", "after"),
    [
        ("worse", 1, False, 1),
        ("same", 2, False, 2),
        ("better", 0, False, 1),
        ("settled", 1, False, 2),
        ("better", 3, False, 3),  # as wanted is the least often; no more is for who is stuck
        ("better", NO_MORE, False, NO_MORE),  # and none stays none
        ("stuck", 1, True, NO_MORE),
        ("stuck", 1, False, 1),
    ],
)
def test_massage_steps_down_or_stops(rules: ReviewRules, verdict: Verdict, before: int, tried: bool, after: int) -> None:
    def steps(**more: Any) -> int:
        return reviewed(rules, verdict, part=two_styles(), before=Edits(steps_down=before), tried=tried, **more).steps_down

    assert steps() == steps(back=ReadBack(1, 5, 0, 0)) == after
    assert steps(back=ReadBack(0, 5, 0, 0)) == before, "after no day at all nothing changes"
    if verdict in ("better", "settled"):
        assert steps(weeks=1) == before, "clinical safety 7.8: only after 2 weeks"


def two_styles(ask: int = 2) -> MassagePart:
    styles = tuple(line(name)._replace(id=f"massage:{name}", item=massage(name)) for name in ("first", "second"))
    return replace(part_of("weekly", 4), styles=styles, pressure_ask=ask)


def test_another_style_has_its_turn_once_when_nothing_changes(rules: ReviewRules) -> None:
    def style(verdict: Verdict, part: MassagePart | None, **more: Any) -> tuple[str, int]:
        edits = reviewed(rules, verdict, part=part, before=Edits(style="before"), **more)
        return edits.style, edits.steps_down

    assert style("stuck", two_styles()) == ("second", 0)
    assert style("stuck", two_styles(), tried=True) == ("before", NO_MORE)
    assert style("stuck", replace(two_styles(), styles=two_styles().styles[:1])) == ("before", NO_MORE)
    assert style("stuck", None) == ("before", NO_MORE)
    assert style("same", two_styles()) == style("stuck", two_styles(), back=ReadBack(0, 5, 0, 0)) == ("before", 0)


@pytest.mark.parametrize(("asked", "after"), [(1, 4), (2, 4), (3, 2), (4, 2)])
def test_lighter_while_somebody_gets_worse(rules: ReviewRules, asked: int, after: int) -> None:
    pressures: dict[Verdict, int] = {"worse": after, "worse_again": after, "same": 4, "better": 4}
    held = Edits(pressure=4)
    for verdict, pressure in pressures.items():
        assert reviewed(rules, verdict, part=two_styles(asked), before=held).pressure == pressure, verdict
        assert reviewed(rules, verdict, part=two_styles(asked), before=held, back=ReadBack(6, 8, 0, 0)).pressure == after, "strong pain"
    assert reviewed(rules, "worse", before=held).pressure == 4
    assert reviewed(replace(rules, light_pressure=0), "worse", before=held).pressure == 4, "no massage, no pressure"


def test_what_was_insisted_on_is_asked_again(rules: ReviewRules) -> None:
    """Clinical safety 7.4: initials hold for that visit."""
    edits = reviewed(rules, before=Edits(insisted=("exercise:m1",), initials="JT", given="x", next_weeks=3))
    assert (edits.insisted, edits.initials, edits.given, edits.next_weeks) == ((), "", "", 0)
    assert "m1" in edits.exercises, "it stands there to be added again"


def test_what_counts_as_a_move(rules: ReviewRules) -> None:
    """From a move on, the weeks to the next one count. Clinical safety 7.6 and 7.8."""
    calls: list[tuple[str, Verdict, int, bool]] = [
        ("5500", "same", 9, False),
        ("5501", "same", 2, True),
        ("5501", "same", 1, False),
        ("2501", "same", 2, False),  # fewer exercises, none of them moved
        ("5300", "better", 2, True),
        ("5300", "better", 1, False),
        ("0300", "better", 2, False),
        ("5500", "stuck", 4, True),
        ("0500", "stuck", 4, False),
        ("0700", "worse", 0, True),
        ("5800", "same", 0, True),
    ]
    for digits, verdict, weeks, found in calls:
        assert moved(rules, read_back(digits, 1), verdict, weeks) is found, (digits, verdict, weeks)
