"""Begins the documents when the last question is answered, so that they are ready when they are asked for."""

from __future__ import annotations

from datetime import date

from flask import current_app

from planner.domain.journey import Journey
from planner.domain.lines import Plan
from planner.domain.plan import plan_of
from planner.outputs.forms import served
from planner.outputs.pool import pool
from planner.web.downloads import begun, of_this_site
from planner.web.render import country, library

MOST_WAITING = 8  # documents; beyond that they are made when asked for


def plan_now(here: Journey) -> Plan:
    """The plan of a finished journey, dated today."""
    return plan_of(here, on=date.today(), country=country().id)


def begin_documents(here: Journey) -> None:
    """Starts rendering the plan and the sheet in the background, once nothing is open. A fault here must not cost the
    person the answer they have just sent."""
    if current_app.config.get("TESTING") or here.missing or here.triage.no_plan or len(pool().under_way) >= MOST_WAITING:
        return
    try:
        plan = plan_now(here)
        for form in served().values():
            if form.kind:
                begun(plan, library(), form, of_this_site(large=False))
    except Exception as fault:
        current_app.logger.error("documents not begun: %s", type(fault).__name__)
