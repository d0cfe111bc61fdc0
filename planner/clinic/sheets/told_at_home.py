"""What was told at home under a sheet's code, as the next visit counts it: beside the digits on the paper, by the same review rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.clinic.sheets.follow_up import PAIN, Noted, history, judged, pain_base
from planner.clinic.sheets.handouts import OpenedHandout
from planner.domain.course import Courses
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.moving_on import Asked, recorded
from planner.domain.review import WORSE, ReadBack
from planner.domain.thread import CheckIn, Diary, Told, as_read_back, week_due
from planner.kept.plans import Body
from planner.kept.reopen import Reopened


def base_here(here: Reopened) -> int | None:
    """Pain at the beginning; None where nobody said."""
    return base_in(here.kept.body)


def base_in(body: Body) -> int | None:
    return None if body.pain_base is None and PAIN not in body.answers else pain_base(body)


def asked_here(here: Reopened) -> Asked:
    """What a check-in of this plan is judged by."""
    body, schedule = here.kept.body, here.library.schedule
    told = tuple(Told(one.on, one.back.pain, one.verdict, one.sheet) for one in history(body))
    course = Courses(here.journey).of
    return Asked(schedule.review_rules, schedule.check_ins, course, base_here(here) or 0, body.edits, body.made, told)


def noted_at_home(diary: Diary | None, plan: Plan) -> tuple[Noted, ...]:
    """The check-ins as digits on paper would say them, oldest first. `plan`: of the sheet, which numbers its exercises."""
    if diary is None:
        return ()
    printed = [line.item_id for line in plan.section("exercises")]
    days = [diary.begun, *(entry.on for entry in diary.entries)]
    return tuple(
        Noted(entry.on, as_read_back(entry.said, printed), entry.verdict, since, entry.moved)
        for entry, since in zip(diary.entries, days, strict=False)
    )


def has_moved(diary: Diary | None) -> bool:
    """True if check-ins made something of the sheet since it was printed."""
    return diary is not None and diary.edits is not None and bool(diary.entries)


def judged_with_home(opened: OpenedHandout, before: Body, plan: Plan, back: ReadBack, library: Library, country: str) -> Noted:
    """What digits on the paper come to today, with what was told at home. `before`: the sheet with the read-backs before these."""
    today, rules = date.today(), library.schedule.review_rules
    if not has_moved(opened.diary):
        return judged(rules, before, back, today, noted_at_home(opened.diary, plan))
    both = joined(opened, before, plan, Noted(today, back, "same", before.made), library, country)
    last = noted_at_home(both, plan)[-1]
    return replace(last, on=today, back=back)


def joined(opened: OpenedHandout, before: Body, plan: Plan, digits: Noted | None, library: Library, country: str) -> Diary:
    """The diary of a sheet that check-ins have moved, with the digits of its paper as one more check-in: for a week that was told at
    home too, what asks for less counts. Digits that are older than the last check-in count where they were worse. Nothing is kept."""
    diary = opened.diary
    if diary is None or diary.last is None:
        raise ValueError("nothing was told at home")
    if digits is None or (digits.on < diary.last.on and digits.verdict not in WORSE):
        return diary
    here = Reopened(replace(opened.there, body=before), library, country)
    last = diary.last
    again = last.week if diary.edits == last.after else last.week + 1  # answers were changed since: that week is over
    week = week_due(library.schedule.check_ins, diary, digits.on) or again
    return recorded(asked_here(here), diary, said_on_paper(digits.back, plan), week, digits.on)


def said_on_paper(back: ReadBack, plan: Plan) -> CheckIn:
    """The digits as a check-in says them: by the ids of the exercises that the paper numbers."""
    printed = [line.item_id for line in plan.section("exercises")]
    return CheckIn(back.days, back.pain, best=_numbered(printed, back.best), easy=_numbered(printed, back.easy))


def _numbered(printed: Sequence[str], number: int) -> tuple[str, ...]:
    return tuple(printed[number - 1 : number]) if number else ()


def readbacks_to_keep(opened: OpenedHandout, plan: Plan) -> tuple[str, ...]:
    """What the next sheet remembers: what came back on paper and at home, by day."""
    texts = (*opened.there.body.readbacks, *(one.text for one in noted_at_home(opened.diary, plan)))
    return tuple(sorted(texts, key=lambda text: text[:10]))
