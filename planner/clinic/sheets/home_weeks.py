"""The check-ins of a sheet as its therapist reads them: the pain as a line, the days, what helped, and what they made of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.clinic.sheets.follow_up import differences, history, pain_said
from planner.clinic.sheets.handouts import OpenedHandout
from planner.clinic.sheets.of_one_person import PainPoint, drawn
from planner.clinic.sheets.told_at_home import base_in
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.review import Verdict
from planner.domain.thread import Diary, WeekTold
from planner.kept.plans import Body, Kept
from planner.kept.reopen import Reopened
from planner.languages.translate import gettext as _
from planner.languages.translate import using_language
from planner.outputs.changed import changed_text
from planner.outputs.massage_words import massage_line
from planner.outputs.thread_words import thread_line
from planner.outputs.words import date_text, listed


@dataclass(frozen=True)
class HomeWeek:
    """One check-in. `felt`: what was useful most and least, too easy and too much, as name and titles; `twice`: it was told twice."""

    week: int
    on: date
    days: int
    pain: int
    verdict: Verdict
    felt: tuple[tuple[str, str], ...]
    twice: bool


@dataclass(frozen=True)
class HomeThread:
    """`weeks`: the newest first. `points`: the pain by day, of the check-ins and of the digits on paper. `ticked`: days on which
    something was ticked as done, of the last 60. `moved`: what the check-ins made of the sheet, in words; `massages`: the sessions that
    were written down, and what they come to, in one sentence. Both may be empty."""

    weeks: tuple[HomeWeek, ...]
    points: tuple[PainPoint, ...]
    ticked: int
    moved: str
    massages: str


def home_thread(opened: OpenedHandout, plan: Plan, library: Library, country: str) -> HomeThread | None:
    """None where nothing was told, ticked or written down at home."""
    diary = opened.diary
    if diary is None or not (diary.entries or diary.massages or any(diary.done.values())):
        return None
    weeks = tuple(home_week(entry, library) for entry in reversed(diary.entries))
    ticked = sum(bool(names) for names in diary.done.values())
    moved, massages = moved_at_home(opened, plan, library, country), massage_line(diary, library.schedule.review_rules)
    return HomeThread(weeks, pains_of(opened.there.body, diary), ticked, moved, massages)


def home_week(entry: WeekTold, library: Library) -> HomeWeek:
    said = entry.said
    felt = (
        (_("Most useful"), titles_of(said.best, library)),
        (_("Least useful"), titles_of(said.least, library)),
        (_("Too easy"), titles_of(said.easy, library)),
        (_("Too much"), titles_of(said.much, library)),
    )
    return HomeWeek(entry.week, entry.on, said.days, said.pain, entry.verdict, tuple(one for one in felt if one[1]), bool(entry.also))


def titles_of(names: Sequence[str], library: Library) -> str:
    return listed([library.exercises[name].title for name in names if name in library.exercises])


def pains_of(body: Body, diary: Diary) -> tuple[PainPoint, ...]:
    """The pain on the day of the sheet, at what came back on paper, and at the check-ins; where a day has two, the higher."""
    start = pain_said(body)
    told = [(body.made, start)] if start is not None else []
    told += [(one.on, one.back.pain) for one in history(body)]
    told += [(entry.on, entry.said.pain) for entry in diary.entries]
    found: dict[date, int] = {}
    for day, pain in told:
        found[day] = max(pain, found.get(day, 0))
    return drawn(found)


def moved_at_home(opened: OpenedHandout, plan: Plan, library: Library, country: str) -> str:
    """How the plan under the code differs from the printed sheet by its check-ins; empty where it does not."""
    if opened.diary is None or opened.diary.edits is None:
        return ""
    now = Reopened(replace(opened.there, diary=opened.diary), library, country).plan
    return changed_text(differences(library.schedule.review_rules, plan, now, None)) if now else ""


def stopped_text(opened: OpenedHandout, library: Library, country: str) -> str:
    """One sentence where the patient's plan is stopped, by a new sign or by what they answered about it; else empty."""
    if opened.stopped:
        text = _("Stopped by the patient on %(date)s because of a new sign, until they answer the questions about it.")
        return text % {"date": date_text(opened.stopped)}
    if opened.own is None:
        return ""
    own = Reopened(opened.own, library, country).plan
    text = _("What the patient answered at home on %(date)s stops the plan.")
    return text % {"date": date_text(opened.own.body.made)} if own and own.triage.no_plan else ""


def borrowed_text(kept: Kept, library: Library) -> str:
    """What was told at home of a plan that is no sheet of the clinic; a stop stands first. Empty where nothing was told."""
    stopped = _("The patient stopped this plan on %(date)s because of a new sign. Ask about every warning sign first.")
    found = [stopped % {"date": date_text(kept.body.stopped)}] if kept.body.stopped else []
    return " ".join([*found, *told_lines(kept.diary, kept.body, library)])


def told_lines(diary: Diary | None, body: Body, library: Library) -> list[str]:
    """One line of the check-ins and one of the massages, as far as there were any."""
    both = (thread_line(diary, base_in(body), library), massage_line(diary, library.schedule.review_rules)) if diary else ()
    return list(filter(None, both))


def chart_line(opened: OpenedHandout, library: Library, country: str) -> str:
    """What was told at home for the notes, in English: a stop, the check-ins, the massages, a line each. Empty where nothing was."""
    with using_language("en"):
        told = told_lines(opened.diary, opened.there.body, library)
        return "\n".join(filter(None, (stopped_text(opened, library, country), *told)))
