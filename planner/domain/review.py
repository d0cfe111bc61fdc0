"""The read-back of a sheet, and what it changes on the next one: the review rules of the schedule, as edits.

Four digits are written on the paper by hand: days done out of 7, pain now, the number of the most useful exercise and of one
that felt easy. A fifth, the last digit of their sum, shows a slip of the pen or of the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planner.domain.course import Course
from planner.domain.doses import Numbers, halved, numbers_of, one_step_down, one_step_up
from planner.domain.edits import Edits, stepped
from planner.domain.lines import Line, Plan
from planner.domain.massage import FREQUENCIES, NO_MORE
from planner.domain.schedule import ReviewRules

Verdict = Literal["worse", "worse_again", "same", "stuck", "better", "settled"]
WORSE: tuple[Verdict, ...] = ("worse", "worse_again")
LESS_PAIN: tuple[Verdict, ...] = ("better", "settled")
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


@dataclass(frozen=True)
class Before:
    """What went before a read-back. Pain is 0 to 10, weeks are whole. Source: clinical safety 7.7, clinical plan 10."""

    base: int  # pain at the first sheet
    last: int  # pain the last time
    low: int  # lowest pain of the last three times
    weeks: int  # since it was last anything but the same
    calm: int = 0  # weeks since when pain has been as low as `settled_pain`
    worse: bool = False  # so it was the last time


def verdict_of(rules: ReviewRules, back: ReadBack, before: Before) -> Verdict:
    """What a read-back comes to, by the review rules of the content. Better is said at any interval."""
    if any(back.pain >= min(one, HIGHEST) + rules.worse_points for one in (before.base, before.last, before.low)):
        return "worse_again" if before.worse else "worse"
    if back.pain <= rules.settled_pain and before.calm >= rules.weeks_to_stop:
        return "settled"
    mild = before.base <= rules.mild_pain and back.pain <= rules.settled_pain
    if before.base - back.pain >= (1 if mild else rules.better_points):
        return "better"
    return "stuck" if before.weeks >= rules.weeks_to_stop else "same"


def review(
    rules: ReviewRules, plan: Plan | Course, back: ReadBack, before: Edits, verdict: Verdict, *, weeks: int, tried: bool = False
) -> Edits:
    """The next sheet's edits. Exercises are numbered as the old sheet, made from `plan`, numbers them. `weeks`: since the last move.

    `tried`: nothing had changed once before, so another style has had its turn: clinical table (d), stop.
    A week without a day done changes nothing, unless it is worse. What was insisted on is asked again. Source: clinical safety 7.4, 7.6."""
    shown = plan.section("exercises")
    keep = _kept(rules, shown, back, verdict)
    easy = shown[back.easy - 1] if back.easy and moves_up(rules, back, verdict, weeks) else None
    rung = easy.harder if easy and easy.harder and easy.harder.id not in {line.item_id for line in shown} else None
    typed = {line.item_id: typed_after(rules, line, back, verdict, up=line is easy) for line in keep if line.typed}
    told = {line.item_id: line.told for line in keep if line.told}
    by = {line.item_id: dose_after(rules, line, back, verdict, up=line is easy) for line in keep if not (rung and line is easy)}
    asked = plan.massage.pressure_ask if plan.massage else 0
    lighter = eases(rules, back, verdict) and asked > rules.light_pressure
    stuck = verdict == "stuck" and back.days > 0
    other = _other_style(plan) if stuck and not tried else ""
    steps = before.steps_down + steps_down(rules, back, verdict, weeks)
    return Edits(
        exercises=tuple(rung.id if rung and line is easy else line.item_id for line in keep),
        doses=by,
        typed={name: dose for name, dose in typed.items() if not (rung and easy and name == easy.item_id)},
        told={name: words for name, words in told.items() if not (rung and easy and name == easy.item_id)},
        style=other or before.style,
        steps_down=NO_MORE if stuck and not other else max(before.steps_down, min(steps, MOST_STEPS)),
        pressure=rules.light_pressure if lighter else before.pressure,
        minutes=before.minutes,
    )


def severe(rules: ReviewRules, back: ReadBack) -> bool:
    """Pain so strong that it is half, no firm massage and a clinician, whatever it was before. Source: clinical safety 7.7."""
    return back.pain >= rules.severe_pain


def eases(rules: ReviewRules, back: ReadBack, verdict: Verdict) -> bool:
    """True when the next sheet asks for less, and for no firm massage."""
    return verdict in WORSE or severe(rules, back)


def moves_up(rules: ReviewRules, back: ReadBack, verdict: Verdict, weeks: int) -> bool:
    """By ability, never by a pain score: enough days, enough weeks, and not worse. Source: clinical plan 2.6, clinical safety 7.6."""
    return not eases(rules, back, verdict) and back.days >= rules.few_days and weeks >= rules.weeks_to_progress


def steps_down(rules: ReviewRules, back: ReadBack, verdict: Verdict, weeks: int) -> int:
    """Levels of massage less often: one, where it is better and nothing has moved for some weeks. Source: clinical safety 7.8."""
    return int(verdict in LESS_PAIN and back.days > 0 and weeks >= rules.weeks_to_progress)


def moved(rules: ReviewRules, back: ReadBack, verdict: Verdict, weeks: int) -> bool:
    """True when the next sheet had another dose, rung or massage for it: from then on the weeks to the next move count."""
    up = back.easy > 0 and moves_up(rules, back, verdict, weeks)
    stuck = verdict == "stuck" and back.days > 0
    return up or stuck or eases(rules, back, verdict) or steps_down(rules, back, verdict, weeks) > 0


def dose_after(rules: ReviewRules, line: Line, back: ReadBack, verdict: Verdict, *, up: bool) -> str:
    """Worse takes one step back; worse twice, or strong pain, half. Only what felt easy goes up, where there is no harder rung to take."""
    if verdict == "worse_again" or severe(rules, back):
        return "half"
    return stepped(line.dose_step, -1 if verdict == "worse" else 1 if up else 0)


def typed_after(rules: ReviewRules, line: Line, back: ReadBack, verdict: Verdict, *, up: bool) -> Numbers:
    """A dose in the therapist's own numbers, by the same rules as `dose_after`."""
    dose = numbers_of(line.doses[0])
    if verdict == "worse_again" or severe(rules, back):
        return halved(dose)
    return one_step_down(dose) if verdict == "worse" else one_step_up(dose) if up else dose


def _other_style(plan: Plan | Course) -> str:
    """The next style that the old sheet named, for one more try; empty if there is none."""
    styles = plan.massage.styles if plan.massage else ()
    return styles[1].item_id if len(styles) > 1 else ""


def _kept(rules: ReviewRules, shown: Sequence[Line], back: ReadBack, verdict: Verdict) -> list[Line]:
    """Fewer exercises for somebody who managed few days without getting better: the least fitting go first. After none, all stay."""
    keep = list(shown)
    if verdict in LESS_PAIN or not 0 < back.days < rules.few_days:
        return keep
    most = shown[back.best - 1] if back.best else None
    for line in sorted(shown, key=lambda line: (line is most, line.points)):
        others = [other.exercise.purpose for other in keep if other is not line]
        purpose = line.exercise.purpose
        needed = purpose in ("movement", "strength") and purpose not in others
        if len(keep) > rules.few_exercises and not needed and line is not most:
            keep.remove(line)
    return keep
