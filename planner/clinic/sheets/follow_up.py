"""Same as last time: what came back on an old sheet, what follows from it, and how the next sheet differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from planner.domain.edits import DOSES, Edits
from planner.domain.lines import Line, MassagePart, Plan
from planner.domain.massage import FREQUENCIES
from planner.domain.model import Frequency
from planner.domain.review import BadReadBack, Before, ReadBack, Verdict, eases, moved, read_back, review, severe, verdict_of
from planner.domain.schedule import ReviewRules
from planner.domain.thread import Told, gone_before, weeks_between
from planner.kept.plans import Body

MOVED = "moved"
PAIN = "peg_p"  # the question that pain is read from, as in planner.domain.facts
VERDICTS: Mapping[str, Verdict] = {one: one for one in get_args(Verdict)}


@dataclass(frozen=True)
class Noted:
    """A read-back, the day it was typed in, what it came to, and the day its sheet was made. A check-in at home is kept as one too: its
    sheet is the plan as the check-in before left it, and `moved` says that it changed that plan."""

    on: date
    back: ReadBack
    verdict: Verdict
    sheet: date
    moved: bool = False

    @property
    def text(self) -> str:
        """As it is kept: "2026-12-05 5312 better 2026-11-21", and "moved" behind it."""
        words = (self.on.isoformat(), self.back.digits[:4], self.verdict, self.sheet.isoformat(), *([MOVED] if self.moved else []))
        return " ".join(words)


def history(body: Body) -> tuple[Noted, ...]:
    """The read-backs of this sheet and of those before it, oldest first. What can't be read is left out."""
    return tuple(one for text in body.readbacks if (one := _noted(text)))


def _noted(text: str) -> Noted | None:
    try:
        day, digits, verdict, sheet, *more = text.split()
        back = read_back(digits, 9)
        return Noted(date.fromisoformat(day), back, VERDICTS[verdict], date.fromisoformat(sheet), MOVED in more)
    except (ValueError, KeyError, BadReadBack):
        return None


def judged(rules: ReviewRules, body: Body, back: ReadBack, on: date, home: Sequence[Noted] = ()) -> Noted:
    """What a read-back comes to, by the review rules. `body`: of the old sheet, with the read-backs before this one. `home`: check-ins."""
    return Noted(on, back, verdict_of(rules, back, before_of(rules, body, on, home)), body.made)


def before_of(rules: ReviewRules, body: Body, on: date, home: Sequence[Noted] = ()) -> Before:
    """Pain and weeks up to a day. Weekly visits add up: that it is the same counts from the first sheet of which it was said."""
    told = [Told(one.on, one.back.pain, one.verdict, one.sheet) for one in in_order((*history(body), *home))]
    return gone_before(rules, pain_base(body), told, body.made, on)


def in_order(noted: Iterable[Noted]) -> list[Noted]:
    """What came back, by day."""
    return sorted(noted, key=lambda one: one.on)


def pain_base(body: Body) -> int:
    """The pain at the first sheet, 0 to 10: kept from sheet to sheet, on the first one that of the answers. Source: clinical safety 7.7."""
    return (pain_said(body) or 0) if body.pain_base is None else body.pain_base


def pain_said(body: Body) -> int | None:
    """The pain in the answers of a sheet, 0 to 10. None where nobody said."""
    said = body.answers.get(PAIN)
    return int(said) if isinstance(said, int | str) and str(said).isdecimal() else None


def next_edits(rules: ReviewRules, plan: Plan, body: Body, noted: Noted, home: Sequence[Noted] = ()) -> Edits:
    """The next sheet's edits. Exercises are numbered as the paper numbers them. `home`: check-ins at home."""
    tried = any(one.verdict == "stuck" and one.back.days for one in before_it(body, noted, home))
    weeks = weeks_unmoved(rules, body, noted, home)
    edits = review(rules, plan, noted.back, body.edits, noted.verdict, weeks=weeks, tried=tried)
    walked = body.edits.walk_week  # a sheet that went on from check-ins goes on from it
    less = walked > 1 and eases(rules, noted.back, noted.verdict)
    return replace(edits, holds=body.edits.holds, walk_week=walked - 1 if less else walked)


def before_it(body: Body, noted: Noted, home: Sequence[Noted] = ()) -> list[Noted]:
    """What came back before this, by day."""
    return in_order(one for one in (*history(body), *home) if one != noted)


def weeks_unmoved(rules: ReviewRules, body: Body, noted: Noted, home: Sequence[Noted] = ()) -> int:
    """Whole weeks since doses or massage last moved, when this came back."""
    return weeks_between(last_move(rules, before_it(body, noted, home), noted.sheet), noted.on)


def last_move(rules: ReviewRules, before: Sequence[Noted], made: date) -> date:
    """The day of the sheet on which doses or massage last moved, or of the first one. `made`: of the sheet after `before`."""
    sheets = [*(one.sheet for one in before), made]
    since = sheets[0]
    for one, following in zip(before, sheets[1:], strict=True):
        if one.moved or moved(rules, one.back, one.verdict, weeks_between(since, one.on)):
            since = following
    return since


def differences(rules: ReviewRules, old: Plan, new: Plan, noted: Noted | None, weeks: int | None = None) -> tuple[str, ...]:
    """What the new sheet has that the old one had not, as `what:title`; why comes first. Empty where nothing can be compared.

    `weeks`: as weeks_unmoved counts them, None where nothing came back."""
    found = [*_why(rules, old, new, noted), *_exercises(old, new)]
    if old.massage and new.massage and new.massage.styles and new.massage.pressure_ask < old.massage.pressure_ask:
        found.append("light:")
    if old.massage and new.massage and old.massage.styles and new.massage.styles:
        found += _massage(old.massage, new.massage)
    if noted and not any(not one.startswith("why:") for one in found):
        early = noted.verdict == "better" and weeks is not None and weeks < rules.weeks_to_progress
        found.append("early:" if early else "keep:")
    return tuple(found)


def _massage(old: MassagePart, new: MassagePart) -> list[str]:
    if new.freq != old.freq:
        return ["massage_stop:"] if new.freq == "none" else ["massage_down:"] if FREQUENCIES.index(new.freq) > _level_of(old.freq) else []
    return ["massage_other:"] if new.styles[0].id != old.styles[0].id else []


def _level_of(freq: Frequency) -> int:
    return FREQUENCIES.index(freq) if freq in FREQUENCIES else len(FREQUENCIES)


def _why(rules: ReviewRules, old: Plan, new: Plan, noted: Noted | None) -> list[str]:
    if noted is None:
        return []
    fewer = len(new.section("exercises")) < len(old.section("exercises"))
    found = [f"why:{noted.verdict}"] + (["why:few"] if fewer and noted.back.days < rules.few_days else [])
    return [*found, "clinician:"] if noted.verdict == "worse_again" or severe(rules, noted.back) else found


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
    return line.dose_step if line.dose_step in DOSES else "start"
