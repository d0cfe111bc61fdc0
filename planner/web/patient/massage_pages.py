"""Is massage worth it for me? The sessions that somebody with a kept plan writes down, and what they come to."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.domain.lines import Plan
from planner.domain.massage_worth import OtherSession, put_right, rose_after, with_session, without_session, worth_of
from planner.domain.thread import Diary
from planner.kept.codes import path_of
from planner.kept.reopen import Reopened
from planner.outputs.massage_words import counts_massages, how_worked_out, worth_headline, worth_next, worth_said
from planner.web.own_day import today_here
from planner.web.patient.check_ins import written_in
from planner.web.patient.kept_pages import open_kept, reopened
from planner.web.patient.massage_form import MassageForm
from planner.web.patient.still_true import pages
from planner.web.patient.thread_view import diary_here
from planner.web.render import page

__all__ = ["pages"]  # the blueprint of kept plans, with these routes on it


@pages.get("/<typed>/massage")
def show_worth(typed: str) -> Response | Redirect:
    found = open_kept(typed)
    here, home = reopened(found), path_of(found.code)
    plan = with_massage(here)
    if plan is None:
        return redirect(home, 303)
    schedule, told = here.library.schedule, diary_here(here).massages
    worth = worth_of(schedule.review_rules, told)
    return page(
        "massage_worth.html",
        home=home,
        plan=plan,
        told=told,
        worth=worth,
        headline=worth_headline(worth),
        said=worth_said(worth, schedule),
        next=worth_next(worth, plan, schedule),
        how=how_worked_out(worth) if worth.judged else "",
        rose=rose_after(schedule.review_rules, told),
    )


def with_massage(here: Reopened) -> Plan | None:
    """The plan, where it may show and has massage by a therapist against pain."""
    plan = here.plan_to_show(today_here())
    return plan if plan and counts_massages(plan) else None


@pages.get("/<typed>/massage/new")
def ask_massage(typed: str) -> Response | Redirect:
    return massage_page(reopened(open_kept(typed)), MassageForm.new(today_here()))


@pages.get("/<typed>/massage/<int:number>")
def ask_again(typed: str, number: int) -> Response | Redirect:
    """One session to be put right or finished. `number`: from 1, by day; an address says no day."""
    here = reopened(open_kept(typed))
    told = diary_here(here).massages
    if not 0 < number <= len(told):
        raise NotFound
    return massage_page(here, MassageForm.of(told[number - 1]))


def massage_page(here: Reopened, form: MassageForm, status: int = 200) -> Response | Redirect:
    home = path_of(here.kept.code)
    return page("massage_told.html", status, home=home, form=form, today=today_here()) if with_massage(here) else redirect(home, 303)


@pages.post("/<typed>/massage")
def write_massage(typed: str) -> Response | Redirect:
    """A session counts once for its day, posted twice or from two phones. One that is put right leaves its old day."""
    found = open_kept(typed)
    here, home = reopened(found), path_of(found.code)
    if with_massage(here) is None:
        return redirect(home, 303)
    form = MassageForm.sent(today_here())
    taken_out = "delete" in request.form
    if form.errors and not taken_out:
        return massage_page(here, form, 422)
    try:
        written_in(found, lambda diary: changed(diary, form, taken_out=taken_out))
    except OtherSession:
        return massage_page(here, form.clashes(), 422)
    return redirect(f"{home}/massage", 303)


def changed(diary: Diary, form: MassageForm, *, taken_out: bool) -> Diary:
    """The diary with what the form says. OtherSession where the day has other numbers."""
    if taken_out:
        told = without_session(diary.massages, form.was.on) if form.was else diary.massages
    else:
        told = put_right(diary.massages, form.was, form.said) if form.was else with_session(diary.massages, form.said)
    return replace(diary, massages=told)
