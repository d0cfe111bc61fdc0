"""Begins the documents when the last question is answered, so that they are ready when they are asked for."""

from __future__ import annotations

import hmac
import json
from dataclasses import replace
from hashlib import sha256

from flask import current_app

from planner.clinic.sheets.handed_out import carried
from planner.database.engines import Unavailable
from planner.domain.answers import Value
from planner.domain.edits import Edits
from planner.domain.journey import Journey
from planner.domain.lines import Plan
from planner.domain.plan import plan_of
from planner.kept import plans
from planner.kept.diaries import diary_of
from planner.outputs.forms import served
from planner.outputs.pool import pool
from planner.web import storage as database
from planner.web.downloads import of_this_site
from planner.web.draft import Draft
from planner.web.own_day import today_here
from planner.web.own_photos import with_own_photos
from planner.web.patient.given_exercises import journey_given
from planner.web.render import country, draft, library


def plan_now(here: Journey) -> Plan:
    """The plan of a finished journey, dated today. Answers that came from a kept plan keep what was chosen on it."""
    edits = Edits() if draft().belongs is None else edits_left(here, kept_edits())
    return plan_of(with_theirs(here, edits), on=today_here(), country=country().id, edits=edits)


def with_theirs(here: Journey, edits: Edits) -> Journey:
    """With what the clinic wrote itself, where the answers came from its sheet."""
    belongs = draft().belongs
    return journey_given(here, belongs.code, edits) if belongs else here


def kept_edits() -> Edits:
    """Those of the kept plan that the answers came from, with what check-ins made of them. None where it can't be read just now: the
    answers are enough for a plan."""
    belongs = draft().belongs
    try:
        with database.reading() as rows:
            found = plans.find_kept(rows, database.safe(), belongs.code, today_here()) if belongs else None
            diary = diary_of(rows, database.safe(), found.code) if found else None
    except Unavailable as fault:
        database.noted(fault)
        return Edits()
    if diary and diary.edits is not None:
        return diary.edits
    return found.body.edits if found else Edits()


def edits_left(here: Journey, edits: Edits) -> Edits:
    """What stays of them with the answers of today. Where no exercise of theirs does, those of a new plan come instead."""
    left = carried(edits)
    if not left.exercises or plan_of(with_theirs(here, left), on=today_here(), edits=left).section("exercises"):
        return left
    return replace(left, exercises=())


def begin_documents(before: Journey, here: Journey, answers: dict[str, Value]) -> None:
    """After an answer, with the journey before and after it: what was drawn for the answers before is forgotten; once nothing is open,
    the plan and the sheet are drawn for the new ones, after everybody who waits. A fault here must not cost the person the answer
    they have just sent."""
    try:
        if before.complete and draft().answers != answers:
            pool().take_back(draft_tag(draft()))
        if current_app.config.get("TESTING") or here.missing or here.triage.no_plan:
            return
        now = draft_tag(replace(draft(), answers=answers))
        plan = with_own_photos(plan_now(here))
        for form in served().values():
            if form.kind:
                pool().draw_ahead(form.words(plan, library(), of_this_site(large=False)), form.kind, now)
    except Exception as fault:
        current_app.logger.error("documents not begun: %s", type(fault).__name__)


def forget_documents() -> None:
    """With the draft of this request its documents are forgotten."""
    if draft().answers:
        pool().take_back(draft_tag(draft()))


def draft_tag(of: Draft) -> str:
    """What the renderers call a draft: nobody can go from it to the answers, and it is another one when they change."""
    said = json.dumps([of.answers, of.belongs.code if of.belongs else ""], sort_keys=True)
    return hmac.digest(str(current_app.config["SECRET_KEY"]).encode(), said.encode(), sha256).hex()[:40]
