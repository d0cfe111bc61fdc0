"""Same as last time: what came back on an old sheet, what follows from it, and how the next sheet differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.edits import DOSES
from planner.domain.lines import Line, Plan
from planner.domain.review import FEW_DAYS, BadReadBack, ReadBack, Review, Verdict, read_back, review, verdict_of
from planner.kept import Body
from planner.outputs.arrange import by_start

PAIN = "peg_p"  # the question that pain is read from, as in planner.domain.facts
WORSE: tuple[Verdict, ...] = ("worse", "worse_again")
MASSAGE: dict[str, str] = {"stuck": "massage_stop", "better": "massage_down", "settled": "massage_down"}


@dataclass(frozen=True)
class Noted:
    """A read-back, the day it was typed in, and what it came to."""

    on: date
    back: ReadBack
    verdict: Verdict

    @property
    def text(self) -> str:
        """As it is kept: "2026-12-05 5312 better"."""
        return f"{self.on.isoformat()} {self.back.digits[:4]} {self.verdict}"


def history(body: Body) -> tuple[Noted, ...]:
    """The read-backs of this sheet and of those before it, oldest first. What can't be read is left out."""
    return tuple(one for text in body.readbacks if (one := _noted(text)))


def _noted(text: str) -> Noted | None:
    try:
        day, digits, verdict = text.split()
        return Noted(date.fromisoformat(day), read_back(digits, 9), verdict)  # type: ignore[arg-type]
    except (ValueError, BadReadBack):
        return None


def judged(body: Body, back: ReadBack, on: date) -> Noted:
    """What a read-back comes to, by the review rules. `body`: of the old sheet, with the read-backs before this one."""
    before = history(body)
    said = body.answers.get(PAIN, 0)
    pain = before[-1].back.pain if before else int(said) if isinstance(said, int | str) and str(said).isdigit() else 0
    worse = bool(before) and before[-1].verdict in WORSE
    return Noted(on, back, verdict_of(back, pain, max(0, (on - body.made).days) // 7, worse))


def next_edits(plan: Plan, body: Body, noted: Noted) -> Review:
    """The next sheet's edits. Exercises are numbered as the paper numbers them."""
    return review(plan, by_start(plan), noted.back, body.edits, noted.verdict)


def differences(old: Plan, new: Plan, noted: Noted | None) -> tuple[str, ...]:
    """What the new sheet has that the old one had not, as `what:title`; why comes first. Empty where nothing can be compared."""
    found = [*_why(old, new, noted), *_exercises(old, new)]
    if old.massage and new.massage and new.massage.styles and new.massage.pressure_ask < old.massage.pressure_ask:
        found.append("light:")
    if noted and noted.verdict in MASSAGE and new.massage and new.massage.styles:
        found.append(f"{MASSAGE[noted.verdict]}:")
    if noted and not any(not one.startswith("why:") for one in found):
        found.append("keep:")
    return tuple(found)


def _why(old: Plan, new: Plan, noted: Noted | None) -> list[str]:
    if noted is None:
        return []
    fewer = len(new.section("exercises")) < len(old.section("exercises"))
    found = [f"why:{noted.verdict}"] + (["why:few"] if fewer and noted.back.days < FEW_DAYS else [])
    return [*found, "clinician:"] if noted.verdict == "worse_again" else found


def _exercises(old: Plan, new: Plan) -> list[str]:
    before = {line.id: line for line in old.section("exercises")}
    after = {line.id: line for line in new.section("exercises")}
    found = [f"{_step(before[name], line)}:{line.title}" for name, line in after.items() if name in before and _step(before[name], line)]
    found += [f"new:{line.title}" for name, line in after.items() if name not in before]
    return found + [f"dropped:{line.title}" for name, line in before.items() if name not in after]


def _step(before: Line, after: Line) -> str:
    was, now = DOSES.index(_level(before)), DOSES.index(_level(after))
    if now == was:
        return ""
    return "up" if now > was else "half" if now == 0 else "down"


def _level(line: Line) -> str:
    return line.dose_level if line.dose_level in DOSES else "normal"
