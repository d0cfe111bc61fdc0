"""Still true? What a person says of a plan whose answers are old. What they tick is asked at once and kept nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.clinic.sheets.handed_out import before_a_change
from planner.domain.staleness import changes_for
from planner.kept import plans
from planner.kept.codes import path_of
from planner.kept.plans import ChangedMeanwhile, Gone, Kept
from planner.languages.translate import gettext as _
from planner.web import storage as database
from planner.web.draft import store
from planner.web.own_day import today_here
from planner.web.patient.kept_files import pages
from planner.web.patient.kept_pages import NoPlan, begun_again, open_kept, reopened, still_page
from planner.web.render import draft, library

__all__ = ["pages"]  # the blueprint of kept plans and their files, with this route on it


@pages.post("/<typed>/still")
def still(typed: str) -> Response | Redirect:
    """Something has changed, or may have: its questions first. Nothing has: the plan, unless some answers are too old for that."""
    found = open_kept(typed)
    here = reopened(found)
    stale = here.stale(today_here())
    if here.plan_to_show(today_here()) or here.plan is None or here.journey.triage.no_plan:
        return redirect(path_of(found.code), 303)
    rows, sent = changes_for(library(), here.words), set(request.form.getlist("tick"))
    ticked = [row for row in rows if row.id in sent]
    if found.body.stopped and not sent:
        return redirect(path_of(found.code), 303)
    if wrong := fault(sent, {row.id for row in rows}, "none" in request.form):
        return still_page(here, wrong, sent, 422)
    return begun_again(found, ticked) if ticked or stale.must_answer else confirmed(found)


def fault(sent: set[str], known: set[str], none: bool) -> str:
    """What is wrong with what was sent; empty if it is an answer."""
    if sent - known:
        return _("Choose from the list on this page")
    if none == bool(sent):
        return (
            _("You ticked something and pressed the last button. Choose one of the two")
            if none
            else _("Tick what is true, or press the last button")
        )
    return ""


def confirmed(found: Kept) -> Redirect:
    """Notes the day, and shows the plan. A draft of this plan in the same browser goes on."""
    try:
        with database.writing() as session:
            before_a_change(session, database.safe(), found, datetime.now(UTC), told=False)
            now = plans.change(
                session, database.safe(), found.code, replace(found.body, confirmed=today_here()), found.version, today_here()
            )
    except ChangedMeanwhile:
        return redirect(path_of(found.code), 303)
    except Gone as fault_:
        raise NoPlan from fault_
    done, mine = redirect(path_of(found.code), 303), draft().belongs
    if mine and (mine.code, mine.version) == (found.code, found.version):
        store(done, replace(draft(), belongs=replace(mine, version=now.version)))
    return done
