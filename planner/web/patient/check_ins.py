"""The check-in of a kept plan, and what is done today. New warning signs are asked first, and stop the plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.clinic.sheets.handed_out import before_a_change
from planner.clinic.sheets.told_at_home import asked_here, base_here
from planner.domain.moving_on import recorded
from planner.domain.staleness import changes_for
from planner.domain.thread import Diary, week_due
from planner.kept import plans
from planner.kept.codes import path_of
from planner.kept.diaries import write_diary
from planner.kept.plans import ChangedMeanwhile, Gone, Kept
from planner.kept.reopen import Reopened
from planner.outputs.thread_words import changes_of, headline_of, next_step_of, points_of, said_of, shown_words, why_not_up
from planner.web import storage as database
from planner.web.own_day import today_here
from planner.web.patient.check_in_form import CheckInForm, sent_on
from planner.web.patient.kept_pages import NoPlan, begun_again, open_kept, reopened, sign_rows
from planner.web.patient.still_true import confirmed, fault, pages
from planner.web.patient.thread_view import day_page, diary_here, due_today, week_now
from planner.web.render import library, page

__all__ = ["pages"]  # the blueprint of kept plans and their files, with these routes on it
DiaryChange = Callable[[Diary], Diary]
SIGNS_FRESH = timedelta(days=1)
"""How old "none of these" may be: a check-in may go on past midnight."""
LATEST = timedelta(days=7)
"""For which past days a tick still counts: a page that was left open."""


@pages.post("/<typed>/done")
def tick(typed: str) -> Redirect:
    """One tap: something is done today, or is not after all. The day is that of the page, if it was left open over midnight."""
    found = open_kept(typed)
    here, day, today = reopened(found), day_sent(), today_here()
    if here.plan is None or found.body.stopped or here.journey.triage.no_plan or not today - LATEST < day <= today:
        return redirect(path_of(found.code), 303)
    names = [one.name for one in due_today(here.plan, diary_here(here), day)]
    wanted, off = request.form.get("done", ""), request.form.get("undo", "")
    some = names if "all" in (wanted, off) else [name for name in names if name in (wanted, off)]
    written_in(found, lambda diary: diary.ticked(day, some, off=not wanted))
    return redirect(path_of(found.code), 303)


def day_sent() -> date:
    try:
        return date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        return today_here()


def written_in(found: Kept, change: DiaryChange) -> Diary:
    """Changes the diary of a plan, which begins with it. NoPlan if it was deleted meanwhile."""
    try:
        with database.writing() as session:
            return write_diary(session, database.safe(), found.code, lambda diary: change(diary or Diary(found.body.made)))
    except Gone as fault_:
        raise NoPlan from fault_


@pages.get("/<typed>/checkin")
def ask_check_in(typed: str) -> Response | Redirect:
    """The signs first, then the form. Whatever stops a plan from showing stops this too."""
    found = open_kept(typed)
    here = reopened(found)
    week = week_due(here.library.schedule.check_ins, diary_here(here), today_here())
    if here.plan_to_show(today_here()) is None or week is None:
        return redirect(path_of(found.code), 303)
    done = diary_here(here).days_done(today_here())
    return form_page(here, CheckInForm(week=week, days=done or None), counted=done) if fresh(here) else signs_page(here)


def fresh(here: Reopened) -> bool:
    """True when somebody has said, since yesterday, that none of the signs is true."""
    answered = here.kept.body.answered
    return all(answered.known(row) >= today_here() - SIGNS_FRESH for row in sign_rows(here.library))


def signs_page(here: Reopened, error: str = "", ticked: frozenset[str] = frozenset(), status: int = 200) -> Response:
    """Is any of this new? `sent_on`: a check-in that was typed before it was asked."""
    rows, home = changes_for(library(), here.words), path_of(here.kept.code)
    return page("check_in_signs.html", status, changes=rows, plan=here.plan, error=error, ticked=ticked, home=home, carried=sent_on())


def form_page(here: Reopened, form: CheckInForm, status: int = 200, counted: int = 0) -> Response:
    home = path_of(here.kept.code)
    return page("check_in.html", status, plan=here.plan, form=form, home=home, counted=counted, day=diary_here(here).day(today_here()))


@pages.post("/<typed>/checkin")
def check_in(typed: str) -> Response | Redirect:
    """Signs, then numbers; both at once where the numbers were typed on a page that had grown old."""
    found = open_kept(typed)
    here, home = reopened(found), path_of(found.code)
    if found.body.stopped or here.plan is None or here.journey.triage.no_plan:
        return redirect(home, 303)
    rows, sent, none = changes_for(library(), here.words), frozenset(request.form.getlist("tick")), "none" in request.form
    asks_signs = none or bool(sent) or "signs" in request.form
    if asks_signs and (wrong := fault(set(sent), {row.id for row in rows}, none)):
        return signs_page(here, wrong, sent, 422)
    if sent:
        return begun_again(stopped(found), [row for row in rows if row.id in sent])
    typed_in = "days" in request.form or "pain" in request.form
    if not asks_signs and not fresh(here):
        return signs_page(here)
    if asks_signs and not here.stale(today_here()).must_answer:
        confirmed(found)
    return numbers_sent(reopened(open_kept(typed))) if typed_in else redirect(f"{home}/checkin", 303)


def stopped(found: Kept) -> Kept:
    """The plan is stopped from now on, in every tab, until the questions are answered and saved. Somebody may have saved meanwhile."""
    today = today_here()
    try:
        with database.writing() as session:
            now = plans.find_kept(session, database.safe(), found.code, today)
            if now is None:
                raise Gone
            before_a_change(session, database.safe(), now, datetime.now(UTC), told=False)
            return plans.change(session, database.safe(), found.code, replace(now.body, stopped=today), now.version, today)
    except Gone as fault_:
        raise NoPlan from fault_
    except ChangedMeanwhile:
        return stopped(open_kept(found.code))


def numbers_sent(here: Reopened) -> Response | Redirect:
    """The check-in counts once for its week: the same again, or from another phone, makes no second one."""
    form, today, home = CheckInForm.sent(here.library), today_here(), path_of(here.kept.code)
    plan = here.plan_to_show(today)
    if plan is None:
        return redirect(home, 303)
    if form.errors:
        return form_page(here, form, 422)
    rules, asked = here.library.schedule.check_ins, asked_here(here)
    over = week_due(rules, Diary(diary_here(here).begun), today)
    if over is None:
        return redirect(home, 303)
    week = form.week if form.week in rules.weeks and form.week <= over else over
    words = shown_words(plan, min(week - 1, week_now(plan, today)))
    diary = written_in(here.kept, lambda diary: recorded(asked, diary, form.said, week, today, words))
    return redirect(f"{home}/checkin/{diary.entries[-1].week}", 303)


@pages.get("/<typed>/checkin/<int:week>")
def checked_in(typed: str, week: int) -> Response | Redirect:
    """What the last check-in came to. Of older ones the list of versions tells."""
    found = open_kept(typed)
    here, home = reopened(found), path_of(found.code)
    plan, entry = here.plan_to_show(today_here()), diary_here(here).last
    if plan is None or entry is None or entry.week != week:
        return redirect(home, 303)
    asked, rules, base = asked_here(here), here.library.schedule.review_rules, base_here(here)
    return page(
        "check_in_done.html",
        plan=plan,
        home=home,
        entry=entry,
        headline=headline_of(entry, rules),
        step=next_step_of(entry, rules),
        said=said_of(entry, base),
        hint=why_not_up(entry, rules),
        changes=changes_of(entry, asked.course(entry.before), asked.course(entry.after), rules),
        points=points_of(base, diary_here(here)),
        today=day_page(here, plan, today_here()),
    )


@pages.get("/<typed>/versions")
def versions(typed: str) -> Response | Redirect:
    """The plan as it was before each check-in, to be read."""
    found = open_kept(typed)
    here, home = reopened(found), path_of(found.code)
    plan = here.plan_to_show(today_here())
    if plan is None:
        return redirect(home, 303)
    now = shown_words(plan, week_now(plan, today_here()))
    return page("kept_versions.html", home=home, diary=diary_here(here), now=now, made=found.body.made)
