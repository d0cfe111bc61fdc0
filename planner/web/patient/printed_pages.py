"""A clinic's sheet that its patient has changed since, as it was printed: beside the patient's own version, never instead of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, redirect
from werkzeug.wrappers import Response as Redirect

from planner.domain.from_clinic import OWN
from planner.domain.lines import Line, Plan
from planner.kept.codes import grouped, path_of
from planner.web.own_day import today_here
from planner.web.own_photos import picture_response
from planner.web.patient.given_exercises import given_picture
from planner.web.patient.kept_pages import clinic_of, edits_of, open_kept, reopened
from planner.web.patient.still_true import pages
from planner.web.render import page

__all__ = ["pages"]  # the blueprint of kept plans and their files, with this route on it


@dataclass(frozen=True)
class PaperLine:
    """An exercise of the paper. `fits`: the patient's new answers leave room for it; if not, its dose is not said."""

    line: Line
    fits: bool


@pages.get("/<typed>/printed")
def printed(typed: str) -> Response | Redirect:
    """Only where the patient's own version may be shown too: what stops that one stops this one. The answers of the paper may be old."""
    found = open_kept(typed)
    clinic, now = clinic_of(found), reopened(found).plan_to_show(today_here())
    paper = reopened(clinic.printed) if clinic and clinic.printed else None
    if clinic is None or clinic.printed is None or now is None or paper is None or paper.plan is None or paper.journey.triage.no_plan:
        return redirect(path_of(found.code), 303)
    about: dict[str, Any] = {
        "code": grouped(found.code),
        "clinic": clinic,
        "made": clinic.printed.body.made,
        "note": clinic.printed.body.note,
    }
    return page("kept_printed.html", lines=paper_lines(paper.plan, now), **about)


@pages.get("/<typed>/picture/<row>")
def own_picture(typed: str, row: str) -> Response:
    """The picture of an exercise that the clinic wrote itself, on the sheet as it is or as it was printed."""
    found = open_kept(typed)
    here = edits_of(found)
    if not any(OWN + row in one.exercises for one in here) and (clinic := clinic_of(found)) and clinic.printed:
        here = (clinic.printed.body.edits,)
    return picture_response(given_picture(row, *here))


def paper_lines(before: Plan, now: Plan) -> tuple[PaperLine, ...]:
    shut = {one.id for one in now.left_out}
    return tuple(PaperLine(line, line.id not in shut) for line in before.section("exercises"))
