"""The read-back of a sheet, and what it changes on the next one: the review rules of the schedule, as edits.

Four digits are written on the paper by hand: days done out of 7, pain now, the number of the most useful exercise and of one
that felt easy. A fifth, the last digit of their sum, shows a slip of the pen or of the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planner.domain.edits import Edits, stepped
from planner.domain.lines import Line, Plan
from planner.domain.massage import FREQUENCIES, NO_MORE
from planner.domain.schedule import ReviewRules

Verdict = Literal["worse", "worse_again", "same", "stuck", "better", "settled"]
HIGHEST = 9
"""9 stands for 9 or 10: one box holds one digit."""
MOST_STEPS = len(FREQUENCIES) - 1


class BadReadBack(ValueError):
    """The digits can't be what the paper says; `reason` is one of: digits, days, item, check."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class ReadBack:
    """What came back on paper. `best` and `easy` are exercise numbers from 1; 0 = none."""

    days: int
    pain: int
    best: int
    easy: int

    @property
    def digits(self) -> str:
        """The four digits and their check digit."""
        four = f"{self.days}{self.pain}{self.best}{self.easy}"
        return four + check_digit(four)


def check_digit(four: str) -> str:
    """The last digit of the sum: a person can work it out on paper."""
    return str(sum(map(int, four)) % 10)


def read_back(text: str, exercises: int) -> ReadBack:
    """Four digits, or five with the check digit; spaces and hyphens are ignored. BadReadBack if they can't be right."""
    digits = "".join(text.split()).replace("-", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in (4, 5):
        raise BadReadBack("digits")
    if len(digits) == 5 and check_digit(digits[:4]) != digits[4]:
        raise BadReadBack("check")
    days, pain, best, easy = map(int, digits[:4])
    if days > 7:
        raise BadReadBack("days")
    if best > exercises or easy > exercises:
        raise BadReadBack("item")
    return ReadBack(days, pain, best, easy)


def verdict_of(rules: ReviewRules, back: ReadBack, pain_before: int, weeks: int, worse_last_time: bool) -> Verdict:
    """What a read-back comes to, by the review rules of the content, so many weeks after the doses last moved."""
    rise = back.pain - min(pain_before, HIGHEST)
    if rise >= rules.worse_points:
        return "worse_again" if worse_last_time else "worse"
    if back.pain <= rules.settled_pain and weeks >= rules.weeks_to_stop:
        return "settled"
    if -rise >= rules.better_points:
        return "better" if weeks >= rules.weeks_to_progress else "same"
    return "stuck" if weeks >= rules.weeks_to_stop else "same"


def review(rules: ReviewRules, plan: Plan, back: ReadBack, before: Edits, verdict: Verdict, *, weeks: int, tried: bool = False) -> Edits:
    """The next sheet's edits. Exercises are numbered as the old sheet, made from `plan`, numbers them. `weeks`: since the last move.

    `tried`: nothing had changed once before, so another style has had its turn: clinical table (d), stop."""
    shown = plan.section("exercises")
    keep = _kept(rules, shown, back, verdict)
    easy = shown[back.easy - 1] if back.easy and moves_up(rules, back, verdict, weeks) else None
    doses = {line.item_id: dose_after(line, verdict, up=line is easy and line.harder is None) for line in keep}
    asked = plan.massage.pressure_ask if plan.massage else 0
    lighter = verdict in ("worse", "worse_again") and asked > rules.light_pressure
    other = _other_style(plan) if verdict == "stuck" and not tried else ""
    steps = before.steps_down + (verdict in ("better", "settled"))
    return Edits(
        exercises=tuple(line.harder.id if line is easy and line.harder else line.item_id for line in keep),
        doses=doses,
        style=other or before.style,
        steps_down=NO_MORE if verdict == "stuck" and not other else min(steps, MOST_STEPS),
        pressure=rules.light_pressure if lighter else before.pressure,
        insisted=before.insisted,
        initials=before.initials,
    )


def moves_up(rules: ReviewRules, back: ReadBack, verdict: Verdict, weeks: int) -> bool:
    """By ability, never by a pain score: enough days, enough weeks, and not worse. Source: clinical plan 2.6, clinical safety 7.6."""
    return verdict not in ("worse", "worse_again") and back.days >= rules.few_days and weeks >= rules.weeks_to_progress


def dose_after(line: Line, verdict: Verdict, *, up: bool) -> str:
    """Worse takes one step back, worse twice half. Only what felt easy goes up, and only where there is no harder rung to take."""
    if verdict == "worse_again":
        return "half"
    return stepped(line.dose_step, -1 if verdict == "worse" else 1 if up else 0)


def _other_style(plan: Plan) -> str:
    """The next style that the old sheet named, for one more try; empty if there is none."""
    styles = plan.massage.styles if plan.massage else ()
    return styles[1].item_id if len(styles) > 1 else ""


def _kept(rules: ReviewRules, shown: Sequence[Line], back: ReadBack, verdict: Verdict) -> list[Line]:
    """Fewer exercises for somebody who managed few days without getting better: the least fitting go first."""
    keep = list(shown)
    if verdict in ("better", "settled") or back.days >= rules.few_days:
        return keep
    most = shown[back.best - 1] if back.best else None
    for line in sorted(shown, key=lambda line: (line is most, line.points)):
        others = [other.exercise.purpose for other in keep if other is not line]
        purpose = line.exercise.purpose
        needed = purpose in ("movement", "strength") and purpose not in others
        if len(keep) > rules.few_exercises and not needed and line is not most:
            keep.remove(line)
    return keep
